import pytest

from chalicelib.domain import pitches

GOOD = {
    "title": "Sorting, from the ground up",
    "description": "We write three sorts and measure them.",
    "topics": ["python", "algorithms"],
    "domain": "Programming",
    "duration_minutes": 60,
    "price_paise": 0,
}


def wrong(*, payments=True, **changes):
    found = pitches.faults(**(GOOD | changes), domains=["Programming", "Music"], payments=payments)
    return {name for name, fault in found.items() if fault}


def test_a_proper_pitch_has_no_faults_and_every_field_is_looked_at():
    assert wrong() == set()
    assert set(pitches.faults(**GOOD, domains=["Programming"], payments=False)) == set(GOOD)


@pytest.mark.parametrize("title", ["", "Too short", "x" * 101, " " * 12 + "short" + " " * 12, "Sorting\u202egnitroS"])
def test_a_title_has_ten_to_a_hundred_visible_characters(title):
    assert wrong(title=title) == {"title"}


@pytest.mark.parametrize("title", ["ten signs.", "x" * 100])
def test_a_title_may_have_just_ten_or_a_hundred_characters(title):
    assert wrong(title=title) == set()


def test_a_description_has_one_to_two_hundred_words():
    assert wrong(description="word " * 200) == set()
    assert wrong(description="word " * 201) == {"description"}
    assert wrong(description=" \n ") == {"description"}
    assert wrong(description="x" * 4001) == {"description"}


@pytest.mark.parametrize("topics", [[], ["topic"] * 6, ["x"], ["x" * 41]])
def test_there_are_one_to_five_short_topics(topics):
    assert wrong(topics=topics) == {"topics"}


def test_the_domain_is_one_of_the_list():
    assert wrong(domain="Alchemy") == {"domain"}


@pytest.mark.parametrize(
    ("minutes", "good"), [(15, 0), (30, 1), (45, 1), (50, 0), (180, 1), (195, 0), (0, 0), (-30, 0)]
)
def test_a_session_lasts_half_an_hour_to_three_hours_in_quarters(minutes, good):
    assert wrong(duration_minutes=minutes) == (set() if good else {"duration_minutes"})


@pytest.mark.parametrize(
    ("paise", "good"), [(0, 1), (1, 0), (4999, 0), (5000, 1), (5_000_000, 1), (5_000_001, 0), (-1, 0)]
)
def test_a_price_is_nothing_or_fifty_to_fifty_thousand_rupees(paise, good):
    assert wrong(price_paise=paise) == (set() if good else {"price_paise"})


def test_while_payments_are_closed_only_free_will_do_and_the_words_say_so():
    assert wrong(payments=False) == set()
    found = pitches.faults(**(GOOD | {"price_paise": 50_00}), domains=["Programming"], payments=False)
    assert found["price_paise"] == "Paid sessions open soon; for now sessions are free."
