"""Notifications in the tables, in memory and real: what one channel writes leaves the other's alone."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Outgoing
from chalicelib.domain.preferences import Preferences, QuietHours, Wish
from chalicelib.stores.digests import Digests
from chalicelib.stores.notes import Notes
from chalicelib.stores.outbox import Outbox
from chalicelib.stores.preferences import AllPreferences

NOW = datetime(2030, 3, 2, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=10)


@pytest.fixture
def outbox(tables):
    return Outbox(tables)


@pytest.fixture
def notes(tables):
    return Notes(tables)


@pytest.fixture
def lena():
    """Somebody whom no other test knows."""
    return f"usr_{uuid.uuid4().hex}"


@pytest.fixture
def tell(tables, outbox, lena):
    """Notifications to her, by their numbers."""

    def told(*numbers, template="review_received"):
        made = [Outgoing(f"out_{n:03d}", lena, "", template, NOW, {"title": "Decorators"}) for n in numbers]
        tables.commit([outbox.adding(each) for each in made])
        return made

    return told


def test_are_found_as_they_were_recorded(outbox, lena, tell):
    [told] = tell(1)
    [mail] = tell(2, template="verify_email")
    assert outbox.find(lena, told.id) == told
    assert outbox.find(lena, mail.id).push == "skipped"
    assert outbox.find(lena, "out_none") is None


def test_each_channel_counts_and_ends_by_itself(tables, outbox, lena, tell):
    [told] = tell(1)
    tables.update(outbox.trying(told, "mail", NOW))
    tables.update(outbox.trying(told, "push", NOW))
    tables.update(outbox.ending(outbox.find(lena, told.id), "push", "skipped", NOW))
    found = outbox.find(lena, told.id)
    assert (found.mail, found.mail_attempts, found.push, found.push_attempts) == ("waiting", 1, "skipped", 1)
    assert found.next_due() == NOW + timedelta(minutes=4)
    with pytest.raises(Conflict):
        tables.update(outbox.trying(told, "mail", NOW))


def test_what_is_done_on_all_channels_is_not_due(tables, outbox, lena, tell):
    [told] = tell(1)
    for channel in ("mail", "push"):
        item = tables.update(outbox.ending(outbox.find(lena, told.id), channel, "sent", NOW))
    assert not {"g2pk", "g2sk", "mail_due", "push_due"} & set(item)


def test_one_that_is_put_off_is_due_then_and_as_fresh_as_before(tables, outbox, lena, tell):
    [told] = tell(1)
    tables.update(outbox.ending(told, "push", "sent", NOW))
    tables.update(outbox.trying(outbox.find(lena, told.id), "mail", NOW))
    item = tables.update(outbox.putting_off(outbox.find(lena, told.id), "mail", SOON, NOW))
    found = outbox.find(lena, told.id)
    assert (found.mail, found.mail_attempts, found.mail_due) == ("waiting", 0, SOON)
    assert item["g2sk"] == "2030-03-02T12:10:00Z#out_001"


def test_what_is_parked_is_listed_until_it_is_sent_again(tables, outbox, lena, tell):
    [told] = tell(1, template="verify_email")
    for _ in range(MOST_ATTEMPTS):
        item = tables.update(outbox.trying(outbox.find(lena, told.id), "mail", NOW))
    assert (item["mail"], item["g1pk"], "g2pk" in item, item["ttl"]) == (
        "parked",
        "PARKED",
        False,
        int(NOW.timestamp()) + 30 * 86400,
    )
    assert lena in {each.user_id for each in _all_parked(outbox)}
    parked = outbox.find(lena, told.id)
    item = tables.update(outbox.resending(parked, NOW))
    assert (item["mail"], item["mail_attempts"], "g1pk" in item, "ttl" in item) == ("waiting", 0, False, False)
    with pytest.raises(Conflict):
        tables.update(outbox.resending(parked, NOW))


def test_the_newest_first_with_the_mark_before_them(tables, notes, lena, tell):
    tell(1, 2, 3, 4, 5)
    assert notes.newest(lena, 2, NOW).unread == 5
    tables.update(notes.reading(lena, "out_005", NOW))
    tables.update(notes.reading_all(lena, "out_002"))
    first = notes.newest(lena, 2, NOW)
    assert ([note.message.id for note in first.notes], first.unread) == (["out_005", "out_004"], 2)
    second = notes.further(lena, 2, first.next, NOW)
    assert [(note.message.id, note.read) for note in second.notes] == [("out_003", False), ("out_002", True)]
    last = notes.further(lena, 2, second.next, NOW)
    assert ([note.message.id for note in last.notes], last.next) == (["out_001"], None)


def test_a_mark_only_moves_on(tables, notes, lena):
    tables.update(notes.reading_all(lena, "out_003"))
    with pytest.raises(Conflict):
        tables.update(notes.reading_all(lena, "out_002"))


def test_what_is_not_there_cannot_be_read(tables, notes, lena):
    with pytest.raises(NotFound):
        tables.update(notes.reading(lena, "out_001", NOW))
    assert notes.newest(lena, 5, NOW).notes == []


def test_what_waits_for_the_morning_is_taken_once(tables, lena, tell):
    digests, told = Digests(tables), tell(1, 2)
    tables.commit([digests.adding(each, SOON) for each in told])
    waiting = digests.of(lena)
    assert waiting == told
    tables.commit([digests.taking(each) for each in waiting])
    with pytest.raises(Conflict):
        tables.commit([digests.taking(each) for each in waiting])
    assert digests.of(lena) == []


def test_wishes_are_kept_as_they_were_said(tables, lena):
    store = AllPreferences(tables)
    assert store.with_account(lena) == (Preferences(lena), None)
    wanted = Preferences(lena, {"messages": Wish("daily", "off")}, QuietHours(22 * 60, 7 * 60))
    tables.commit([store.keeping(wanted)])
    kept = replace(wanted, version=1)
    assert store.with_account(lena) == (kept, None)
    with pytest.raises(Conflict):
        tables.commit([store.keeping(wanted)])  # of one who has not seen that
    tables.commit([store.keeping(kept)])
    assert store.with_account(lena)[0].version == 2
    tables.commit([store.forgetting(lena)])
    assert store.with_account(lena) == (Preferences(lena), None)


def _all_parked(outbox):
    found, cursor = [], None
    while True:
        page = outbox.parked(50, cursor)
        found, cursor = found + page.items, page.next
        if cursor is None:
            return found
