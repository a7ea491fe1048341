"""Chats of rooms in the tables, in memory and real."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ulid import ULID

from chalicelib.domain.chats import Said
from chalicelib.domain.errors import Conflict
from chalicelib.stores.chats import Chats

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def chats(tables):
    """The store."""
    return Chats(tables)


@pytest.fixture
def session_id():
    """A session that no other test knows."""
    return f"ses_{uuid.uuid4().hex}"


def said(number, booking_id="bkg_1", text="hello"):
    at = NOW + timedelta(seconds=number)
    return Said(str(ULID.from_datetime(at)), booking_id, "learner", "usr_l", text, at)


def test_a_message_is_kept_once(tables, chats, session_id):
    one = said(1)
    tables.commit([chats.adding(session_id, one)])
    with pytest.raises(Conflict, match="taken"):
        tables.commit([chats.adding(session_id, replace(one, text="x"))])
    assert chats.find(session_id, "bkg_1", one.id) == one
    assert chats.find(session_id, "bkg_2", one.id) is None


def test_history_is_paged_newest_first_and_is_the_bookings_own(tables, chats, session_id):
    mine, others = [said(number) for number in range(5)], said(9, "bkg_2")
    for each in [*mine, others]:
        tables.commit([chats.adding(session_id, each)])
    first = chats.page(session_id, "bkg_1", limit=3, cursor=None)
    second = chats.page(session_id, "bkg_1", limit=3, cursor=first.next)
    assert [*first.items, *second.items] == mine[::-1]
    assert second.next is None
    assert chats.page(session_id, "bkg_2", limit=3, cursor=None).items == [others]
    assert len(chats.whole(session_id, limit=10, cursor=None).items) == 6


def test_what_is_unsaid_is_gone(tables, chats, session_id):
    one = said(1)
    tables.commit([chats.adding(session_id, one)])
    for _ in range(2):
        tables.commit([chats.unsaying(session_id, one)])
    assert chats.page(session_id, "bkg_1", limit=3, cursor=None).items == []


def test_what_was_read_is_never_less_than_before(tables, chats, session_id):
    early, late = said(1).id, said(2).id
    assert chats.seen_by_other(session_id, "bkg_1", "mentor") is None
    tables.update(chats.seeing(session_id, "bkg_1", "learner", late))
    with pytest.raises(Conflict):
        tables.update(chats.seeing(session_id, "bkg_1", "learner", early))
    assert chats.seen_by_other(session_id, "bkg_1", "mentor") == late
    assert chats.seen_by_other(session_id, "bkg_1", "learner") is None
    assert chats.page(session_id, "bkg_1", limit=3, cursor=None).items == [], "a mark is no message"
