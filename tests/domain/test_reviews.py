"""What a review makes of a mentor's rating, when it may be written, and for how long it can be changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.reviews import PRIOR_STARS, Axes, Review, Words, first_name, moved, must_be_eligible, rating

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
stars = st.integers(1, 5)


def review(given_stars=4, text="Clear.", at=NOON):
    return Review("bkg_1", "ses_1", "usr_m", "usr_l", "Lena", Words(given_stars, text=text), at)


def booking(status="completed"):
    people = {"learner_id": "usr_l", "mentor_id": "usr_m"}
    return Booking("bkg_1", "ses_1", **people, starts_at=NOON, price_paise=0, created_at=NOON, status=status)


@given(st.lists(st.lists(stars, min_size=1, max_size=3), max_size=30))
def test_totals_are_the_sum_and_count_of_what_stands_whatever_was_changed(histories):
    total = count = 0
    for history in histories:
        old = None
        for given_stars in history:
            new = review(given_stars)
            more, one = moved(old, new)
            total, count, old = total + more, count + one, new
    assert (total, count) == (sum(history[-1] for history in histories), len(histories))
    shown = rating(total, count)
    assert shown is None if count == 0 else 1 <= shown <= 5


@given(st.integers(1, 500), stars)
def test_a_rating_moves_from_what_others_have_towards_the_mentors_own(count, each):
    few, many = rating(count * each, count), rating(2 * count * each, 2 * count)
    assert abs(many - each) <= abs(few - each)
    assert min(each, PRIOR_STARS) <= few <= max(each, PRIOR_STARS)


def test_one_review_of_one_star_ruins_nobody():
    assert rating(1, 1) == 3.9
    assert rating(5, 1) == 4.6
    assert rating(0, 0) is None


def test_only_a_session_that_took_place_and_was_shared_for_ten_minutes_is_reviewed():
    must_be_eligible(booking(), 10)
    for status, shared, code in (("no_show", 60, "not_completed"), ("completed", 9, "too_short")):
        with pytest.raises(Conflict) as refused:
            must_be_eligible(booking(status), shared)
        assert refused.value.code == code


def test_it_can_be_changed_for_seven_days_to_the_moment():
    words = Words(2)
    assert review().edited(words, NOON + timedelta(days=7, seconds=-1)).words == words
    with pytest.raises(Conflict) as refused:
        review().edited(words, NOON + timedelta(days=7))
    assert refused.value.code == "review_settled"
    assert review().edited(review().words, NOON + timedelta(days=99)) == review()


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        Words(0, Axes(clarity=6), "x" * 2001).check()
    assert set(refused.value.fields) == {"stars", "axes", "text"}
    Words(1, Axes(value=5), "").check()


def test_who_has_left_leaves_only_stars():
    gone = review().unsigned()
    assert (gone.by, gone.words) == ("Former member", replace(review().words, text=""))
    assert first_name("Lena Maria Roy") == "Lena"
    assert first_name("Former member") == "Former member"
