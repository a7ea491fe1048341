"""Messages, blocks and presence on both kinds of tables: the conditions that decide between two at once."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import messages as rules
from chalicelib.domain.blocks import Block
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.messages import Thread
from chalicelib.domain.reports import Report, Subject
from chalicelib.stores.blocks import Blocks
from chalicelib.stores.correspondents import Correspondents
from chalicelib.stores.messages import Messages
from chalicelib.stores.presences import Presences
from chalicelib.stores.reports import Reports

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def messages(tables):
    """The store."""
    return Messages(tables)


@pytest.fixture
def pair():
    """Two people whom no other test knows."""
    return tuple(f"usr_{uuid.uuid4().hex}" for _ in range(2))


def say(tables, messages, by, to, text="Hello", also=()):
    mine, theirs = messages.both(by, to)
    mine, theirs = mine or Thread(by, to), theirs or Thread(to, by)
    message = rules.written(mine, theirs, text, "key", NOW)
    tables.commit([*messages.adding(message, mine, theirs), *also])
    return message


def test_a_thread_is_what_both_have_written(tables, messages, pair):
    one, other = pair
    first, second = say(tables, messages, one, other, "One"), say(tables, messages, other, one, "Two")
    third = say(tables, messages, one, other, "Three")
    assert messages.page(first.thread_id, limit=9, cursor=None).items == [first, second, third]
    assert [messages.find(each.id) for each in (first, second, third)] == [first, second, third]
    mine, theirs = messages.both(one, other)
    assert (mine.count, mine.received, mine.unread) == (3, 1, 1)
    assert (theirs.count, theirs.received, theirs.unread, theirs.last_text, theirs.last_by) == (3, 2, 2, "Three", one)
    assert (messages.of_person(one), messages.of_person(other)) == ([mine], [theirs])
    with pytest.raises(NotFound):
        messages.get(rules.message_id(first.thread_id, 4))


def test_a_message_written_on_an_old_state_is_lost(tables, messages, pair):
    one, other = pair
    old = Thread(one, other), Thread(other, one)
    say(tables, messages, one, other)
    for mine, theirs in (old, (messages.both(one, other)[0], Thread(other, one, count=1, received=1, seen=1))):
        late = rules.written(mine, theirs, "Late", "key", NOW)
        with pytest.raises(Conflict):
            tables.commit(messages.adding(late, mine, theirs))


def test_seeing_goes_only_forward_and_only_as_far_as_there_is_something(tables, messages, pair):
    one, other = pair
    for _ in range(3):
        say(tables, messages, one, other)
    tables.update(messages.seeing(other, one, 2))
    for until in (1, 2, 4):
        with pytest.raises(Conflict):
            tables.update(messages.seeing(other, one, until))
    assert messages.side(other, one).unread == 1
    with pytest.raises(Conflict):
        tables.update(messages.seeing(other, f"{one}x", 1))
    old = messages.side(other, one)
    say(tables, messages, one, other)
    with pytest.raises(Conflict):
        tables.update(messages.seeing_all(old))
    tables.update(messages.seeing_all(messages.side(other, one)))
    assert messages.side(other, one).unread == 0
    with pytest.raises(NotFound):
        tables.update(messages.muting(other, f"{one}x", True))


def test_of_two_at_once_exactly_one_is_first(tables, messages, pair):
    one, other = pair
    outcomes, start = [], threading.Barrier(2)
    say(tables, messages, one, other)
    mine, theirs = messages.both(one, other)

    def write(mine, theirs):
        start.wait()
        try:
            tables.commit(messages.adding(rules.written(mine, theirs, "x", "key", NOW), mine, theirs))
            outcomes.append("written")
        except Conflict as conflict:
            outcomes.append(conflict.code)

    racers = [threading.Thread(target=write, args=each) for each in ((mine, theirs), (theirs, mine))]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(outcomes) == ["changed_meanwhile", "written"]
    assert messages.side(one, other).count == 2


def test_a_block_stands_in_the_way_of_a_commit(tables, messages, pair):
    one, other = pair
    blocks = Blocks(tables)
    say(tables, messages, one, other, also=blocks.free_both(one, other))
    tables.commit([blocks.adding(Block(other, one, NOW))])
    for by, to, code in ((one, other, "not_possible"), (other, one, "blocked_by_you")):
        with pytest.raises(Conflict, match=code):
            say(tables, messages, by, to, also=blocks.free_both(by, to))
    assert Correspondents(tables).of(other, [one])[one].blocked
    assert blocks.of_person(other) == [Block(other, one, NOW)]
    tables.commit([blocks.removing(other, one)])
    say(tables, messages, one, other, also=blocks.free_both(one, other))


def test_who_leaves_takes_their_side_along(tables, messages, pair):
    one, other = pair
    message = say(tables, messages, one, other)
    side = messages.side(one, other)
    tables.commit([messages.unsaying(message)])
    tables.commit(messages.leaving(side))
    assert messages.of_person(one) == []
    assert messages.side(other, one).last_text == ""


def test_a_mentor_is_there_until_they_go_or_are_not_heard_of(tables, pair):
    presences, mentor = Presences(tables), pair[0]
    assert presences.find(mentor) is None
    tables.update(presences.taking_instant(mentor, True))
    tables.update(presences.coming(mentor, NOW))
    assert presences.find(mentor).is_live(NOW + timedelta(minutes=4, seconds=59))
    with pytest.raises(Conflict):
        tables.update(presences.going(mentor, NOW))  # heard of at that very moment
    tables.update(presences.going(mentor, NOW + timedelta(milliseconds=1)))
    [found] = presences.among([pair[1], mentor])
    assert (found.user_id, found.instant, found.is_live(NOW + timedelta(seconds=1))) == (mentor, True, False)


def test_a_report_is_written_and_closed_once(tables):
    reports = Reports(tables)
    new = Report(f"rep_{uuid.uuid4().hex}", "usr_l", Subject("person", "usr_m", "usr_m"), "spam", "", NOW)
    tables.commit([reports.adding(new)])
    with pytest.raises(Conflict):
        tables.commit([reports.adding(new)])
    closed = reports.get(new.id).closed("Seen to.", "usr_a", NOW)
    tables.commit([reports.closing(closed)])
    with pytest.raises(Conflict):
        tables.commit([reports.closing(closed)])
    assert reports.find(new.id) == closed
