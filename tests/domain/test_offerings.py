"""What a mentor sells: drafted, published, archived, and what becomes of it at an open time."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.cards import MentorCard
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.offerings import MOST_KEPT, MOST_LIVE, Offering, room_for_one_more

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OPEN = {"domains": ("programming", "music"), "payments": True}
CLOSED = OPEN | {"payments": False}
MENTOR = MentorCard("usr_m", "meera", "Meera", "Teaches Python")


def offering(**changes):
    whole = Offering(
        id="off_1",
        mentor_id="usr_m",
        title="Code review, line by line",
        description="We read what you wrote.",
        topics=("Python", "Reviews"),
        domain="programming",
        duration_minutes=60,
        price_paise=0,
        created_at=NOW,
        status="published",
    )
    return replace(whole, **changes)


BLANK = offering(status="draft", description="", topics=(), domain="", price_paise=0)


def wrong(act):
    with pytest.raises(Invalid) as refusal:
        act()
    return set(refusal.value.fields)


def refused(act):
    with pytest.raises(Conflict) as refusal:
        act()
    return refusal.value.code


def test_a_draft_needs_no_more_than_a_title():
    assert BLANK.checked(**OPEN) == BLANK
    assert wrong(lambda: replace(BLANK, title="").checked(**OPEN)) == {"title"}


def test_what_a_draft_does_say_is_checked():
    said = replace(BLANK, topics=("x",), domain="alchemy", duration_minutes=50, price_paise=1)
    assert wrong(lambda: said.checked(**OPEN)) == {"topics", "domain", "duration_minutes", "price_paise"}


def test_publishing_needs_everything_and_publishing_twice_changes_nothing():
    assert wrong(lambda: BLANK.publish(**OPEN)) == {"description", "topics", "domain"}
    published = offering(status="draft").publish(**OPEN)
    assert published == offering() == published.publish(**OPEN)


def test_while_payments_are_closed_nothing_with_a_price_is_published():
    paid = offering(status="draft", price_paise=500_00)
    assert wrong(lambda: paid.publish(**CLOSED)) == {"price_paise"}
    assert paid.publish(**OPEN).status == "published"


def test_a_price_from_before_stands_when_payments_close_but_no_other_can_be_set():
    paid = offering(price_paise=500_00)
    assert paid.edit({"title": "Another title"}, **CLOSED).price_paise == 500_00
    assert wrong(lambda: paid.edit({"price_paise": 600_00}, **CLOSED)) == {"price_paise"}
    assert paid.edit({"price_paise": 0}, **CLOSED).price_paise == 0


def test_a_published_one_can_be_changed_but_not_into_something_incomplete():
    assert offering().edit({"title": "Another title"}, **OPEN).title == "Another title"
    assert wrong(lambda: offering().edit({"description": ""}, **OPEN)) == {"description"}


def test_an_archived_one_is_published_again_before_it_can_be_changed():
    archived = offering().archive()
    assert (archived.status, archived.archive()) == ("archived", archived)
    assert refused(lambda: archived.edit({"title": "Another title"}, **OPEN)) == "archived"
    assert archived.publish(**OPEN) == offering()


def test_a_session_of_it_has_its_words_and_the_place_it_takes():
    placed = {"buffer_before": 15, "buffer_after": 30, "counted_on": date(2026, 3, 4)}
    at = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    made = offering(price_paise=500_00).session("ses_1", MENTOR, at, NOW, **placed)
    assert (made.title, made.topics, made.duration_minutes, made.price_paise) == (
        "Code review, line by line",
        ("Python", "Reviews"),
        60,
        500_00,
    )
    assert (made.origin, made.offering_id, made.starts_at, made.status) == ("slot", "off_1", at, "open")
    assert (made.buffer_before, made.buffer_after, made.counted_on) == (15, 30, date(2026, 3, 4))
    assert not made.is_listed


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_only_what_is_on_offer_can_be_booked(status):
    at = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert refused(lambda: offering(status=status).session("ses_1", MENTOR, at, NOW)) == "not_offered"


def test_a_mentor_has_thirty_on_offer_or_drafted_at_most():
    held = [offering(id=f"off_{n}", status="draft" if n % 2 else "published") for n in range(MOST_LIVE)]
    assert room_for_one_more(held[1:]) is None
    assert refused(lambda: room_for_one_more(held)) == "too_many"
    assert room_for_one_more([replace(held[0], status="archived"), *held[1:]]) is None


def test_of_many_archived_ones_the_oldest_makes_room():
    archived = [offering(id=f"off_{n:03d}", status="archived") for n in range(MOST_KEPT)]
    assert room_for_one_more(archived[1:]) is None
    assert room_for_one_more(archived[::-1]) == archived[0]
