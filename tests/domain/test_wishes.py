"""What a learner may wish for: the words, the times, the price, and a word beside them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.availability import Hours
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.wishes import Wish, check_text, check_wish, must_be_there
from tests.domain.asking import DAYS, NOTICE, NOW, faults, hours, refused, request, wish


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", ["Too short", "x" * 101, "A title\u202e with a trick"]),
        ("description", ["", "   ", "word " * 201]),
        ("domain", ["alchemy", "all", ""]),
        ("duration_minutes", [0, 15, 31, 195, -30]),
        ("price_paise", [-1, 1, 49_99, 50_000_01]),
        (
            "times",
            [
                (),
                (DAYS[3], DAYS[3]),
                (DAYS[3], DAYS[4], DAYS[5], DAYS[6]),
                (DAYS[3] + timedelta(minutes=7),),
                (DAYS[3] + timedelta(seconds=1),),
                (NOW - hours(1), DAYS[3]),
                (NOW + hours(12),),
                (NOW + timedelta(days=181),),
            ],
        ),
    ],
)
def test_each_fault_of_a_wish_is_named(field, values):
    how = {"domains": ["writing"], "payments": True, "notice_minutes": NOTICE, "now": NOW}
    check_wish(wish(), **how)
    for value in values:
        assert faults(lambda value=value: check_wish(wish(**{field: value}), **how)) == [field]


def test_every_fault_of_a_wish_is_named_at_once():
    bad = Wish("", "", "", (), 0, 5)
    how = {"domains": ["writing"], "payments": False, "notice_minutes": 0, "now": NOW}
    assert set(faults(lambda: check_wish(bad, **how))) == set(vars(bad))


def test_a_price_waits_for_payments():
    how = {"domains": ["writing"], "notice_minutes": 0, "now": NOW}
    assert faults(lambda: check_wish(wish(price_paise=500_00), payments=False, **how)) == ["price_paise"]
    check_wish(wish(price_paise=500_00), payments=True, **how)


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (0, "Each time must be in the future."),
        (90, "Each time must be more than 1 hour and 30 minutes ahead."),
        (1440, "Each time must be more than 24 hours ahead."),
    ],
)
def test_a_time_too_close_says_how_far_it_must_be(notice, words):
    with pytest.raises(Invalid) as refusal:
        check_wish(wish(times=(NOW,)), domains=["writing"], payments=False, notice_minutes=notice, now=NOW)
    assert refusal.value.fields == {"times": words}


@given(st.integers(0, 10080), st.lists(st.integers(1, 900), min_size=1, max_size=3, unique=True))
def test_whoever_is_asked_always_has_some_time_to_answer(notice, quarters):
    times = tuple(NOW + timedelta(minutes=15 * n) for n in quarters)
    try:
        check_wish(wish(times=times), domains=["writing"], payments=False, notice_minutes=notice, now=NOW)
    except Invalid:
        return
    new = request(times=times, notice_minutes=notice)
    assert new.is_open(NOW) and new.choices(NOW) == new.terms.times
    assert NOW < new.expires_at <= NOW + hours(48)
    last_moment = new.expires_at - timedelta(seconds=1)
    assert max(times) in new.choices(last_moment), "as long as it is open, something can be accepted"


def test_a_message_says_something():
    check_text("Hello.")
    for text in ("", " \n", "x" * 2001, "a\u202eb"):
        assert faults(lambda text=text: check_text(text)) == ["text"]


def test_times_lie_within_the_mentor_s_horizon():
    how = {"domains": ["writing"], "payments": False, "notice_minutes": 0, "now": NOW}
    check_wish(wish(times=(DAYS[5],)), horizon_days=5, **how)
    with pytest.raises(Invalid) as refusal:
        check_wish(wish(times=(DAYS[5] + timedelta(minutes=15),)), horizon_days=5, **how)
    assert refusal.value.fields == {"times": "At most 5 days ahead."}


def test_a_mentor_who_is_away_is_not_asked_for_a_time_within_it():
    home, zone = Hours("usr_m"), "Asia/Kolkata"
    must_be_there(home, DAYS, zone)
    gone = replace(home, away=True)
    assert refused(lambda: must_be_there(gone, (DAYS[3],), zone)) == "away"
    back = replace(gone, away_until=DAYS[3].date())
    must_be_there(back, (DAYS[4],), zone)
    with pytest.raises(Conflict) as refusal:
        must_be_there(back, (DAYS[3], DAYS[4]), zone)
    assert refusal.value.message == "This mentor is away until 5 March 2026. Please choose times after that."
    evening = DAYS[3].replace(hour=19)  # already the next day where the mentor lives
    must_be_there(back, (evening,), zone)
