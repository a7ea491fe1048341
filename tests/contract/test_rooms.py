"""Presence in a room, on the tables in memory and the real ones: who comes second finds who came first."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Unauthenticated
from chalicelib.domain.rooms import Entry, Presence
from chalicelib.stores.connections import Connection, Connections
from chalicelib.stores.rooms import Rooms

NOW = datetime.now(UTC)


@pytest.fixture
def rooms(tables):
    """The store."""
    return Rooms(tables)


@pytest.fixture
def entry():
    """Passes into a room that no other test uses."""
    session_id = f"ses_{uuid.uuid4().hex}"
    return lambda side: Entry(session_id, f"usr_{side}", side, NOW, NOW + timedelta(hours=1), "bkg_1", "Lena")


def come(rooms, entry, connection, sid="sid", begun=True):
    return rooms.enter(entry, Presence(entry.side, entry.user_id, connection, sid), begun=begun)


def session_of(entry):
    return SimpleNamespace(id=entry.session_id, booking_id=entry.booking_id, hard_end=entry.until)


def test_who_comes_is_there_until_they_leave(rooms, entry):
    first = come(rooms, entry("learner"), "c1=")
    assert (first.status, first.displaced, first.beside("learner")) == ("booked", None, None)
    second = come(rooms, entry("mentor"), "c2=")
    assert second.beside("mentor") == Presence("learner", "usr_learner", "c1=", "sid")
    assert rooms.find(first.session_id) == second
    assert rooms.leave(first.session_id, second.here["learner"])
    assert set(rooms.find(first.session_id).here) == {"mentor"}


def test_of_two_who_come_at_once_exactly_one_finds_the_other(rooms, entry):
    for turn in range(20):
        found, start = [], threading.Barrier(2)

        def arrive(pass_, found=found, start=start, turn=turn):
            start.wait()
            found.append(come(rooms, pass_, f"{pass_.side}{turn}=").beside(pass_.side) is not None)

        passes = [entry(side) for side in ("mentor", "learner")]
        racers = [threading.Thread(target=arrive, args=(each,)) for each in passes]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert sorted(found) == [False, True]
        room = rooms.find(passes[0].session_id)
        for presence in room.here.values():
            assert rooms.leave(room.session_id, presence)


def test_another_page_of_the_same_person_takes_over_and_the_old_one_can_no_longer_leave(rooms, entry):
    old = come(rooms, entry("learner"), "laptop=").here["learner"]
    room = come(rooms, entry("learner"), "phone=")
    assert room.displaced == "laptop="
    assert not rooms.leave(room.session_id, old)
    assert rooms.find(room.session_id).here["learner"].connection == "phone="
    assert come(rooms, entry("mentor"), "hers=").displaced is None


def test_a_closed_room_lets_nobody_in(rooms, entry):
    pass_ = entry("mentor")
    rooms._tables.commit([rooms.marking(pass_.session_id, "completed", pass_.until, closed=True)])
    with pytest.raises(Conflict) as refusal:
        come(rooms, pass_, "c=")
    assert refusal.value.code == "ended"
    assert rooms.find(pass_.session_id).status == "completed"


def test_before_the_start_a_learner_waits_until_they_come_again_after_being_let_in(rooms, entry):
    learner = entry("learner")
    assert come(rooms, learner, "c1=", begun=False).here["learner"].waits
    admitted = rooms.admit(session_of(learner))
    assert admitted.admitted == {"bkg_1"} and admitted.here["learner"].waits, "until they come again"
    assert not come(rooms, learner, "c1=", begun=False).here["learner"].waits
    assert not come(rooms, entry("mentor"), "c2=", begun=False).here["mentor"].waits


def test_at_the_start_nobody_waits_and_who_came_before_does_until_they_come_again(rooms, entry):
    learner = entry("learner")
    come(rooms, learner, "c1=", begun=False)
    assert come(rooms, entry("mentor"), "c2=").here["learner"].waits
    assert not come(rooms, learner, "c1=").here["learner"].waits


def test_whoever_was_put_out_does_not_come_in_until_they_may_again(rooms, entry, tables):
    learner, mentor = entry("learner"), entry("mentor")
    come(rooms, learner, "c1=")
    tables.commit([rooms.barring(session_of(learner))])
    with pytest.raises(Forbidden) as refusal:
        come(rooms, learner, "c2=")
    assert refusal.value.code == "removed"
    assert come(rooms, mentor, "c3=").bars("learner", "bkg_1")
    with pytest.raises(Conflict):
        tables.commit([rooms.counting_chat(learner, 9, begun=True)])
    tables.commit([rooms.counting_chat(mentor, 9, begun=True)])
    tables.commit([rooms.readmitting(session_of(learner))])
    assert not come(rooms, learner, "c2=", begun=False).here["learner"].waits


def test_a_chat_is_counted_to_its_limit_and_not_for_whoever_waits(rooms, entry, tables):
    learner = entry("learner")
    with pytest.raises(Conflict):
        tables.commit([rooms.counting_chat(learner, 9, begun=False)])
    for _ in range(2):
        tables.commit([rooms.counting_chat(learner, 2, begun=True)])
    with pytest.raises(Conflict):
        tables.commit([rooms.counting_chat(learner, 2, begun=True)])
    assert rooms.find(learner.session_id).said == 2


def test_a_late_note_is_kept_only_where_the_other_is_as_they_were_seen(rooms, entry, tables):
    session = session_of(entry("mentor"))
    tables.commit([rooms.noting_late(session, "mentor", 10, None)])
    there = come(rooms, entry("learner"), "c1=")
    assert (there.late, there.late_notes) == ({"mentor": 10}, {"mentor": 1})
    with pytest.raises(Conflict):
        tables.commit([rooms.noting_late(session, "mentor", 5, None)])
    tables.commit([rooms.noting_late(session, "mentor", 5, there.here["learner"])])
    assert rooms.find(session.id).late == {"mentor": 5}


def test_the_rooms_a_person_was_let_into_are_found(rooms, tables):
    user_id = f"usr_{uuid.uuid4().hex}"
    for number in (1, 2):
        tables.commit([rooms.opening(Entry(f"ses_{number}", user_id, "learner", NOW, NOW))])
    assert rooms.entered_by(user_id) == ["ses_1", "ses_2"]


def test_a_ticket_opens_one_connection(tables):
    connections, user_id = Connections(tables), f"usr_{uuid.uuid4().hex}"
    ticket, one, other = f"tkt_{uuid.uuid4().hex}", uuid.uuid4().hex, uuid.uuid4().hex
    tables.commit(connections.opening(Connection(one, user_id), ticket, NOW))
    with pytest.raises(Exception, match="ticket_used"):
        tables.commit(connections.opening(Connection(other, user_id), ticket, NOW))
    assert connections.of(user_id) == [one]
    assert connections.find(other) is None
    assert connections.find(one, opened_by=NOW) == connections.find(one)
    assert connections.find(one, opened_by=NOW - timedelta(seconds=1)) is None
    tables.commit(connections.closing(connections.find(one)))
    assert connections.of(user_id) == []


def test_an_entry_that_is_over_does_not_end_the_next_one_on_the_same_line(rooms, entry):
    first = come(rooms, entry("learner"), "c1=", "sid-1").here["learner"]
    second = come(rooms, entry("learner"), "c1=", "sid-2").here["learner"]
    assert not rooms.leave(entry("learner").session_id, first)
    assert rooms.leave(entry("learner").session_id, second)


def test_what_is_called_off_leaves_nobody_and_opens_to_its_own_passes_no_more(rooms, tables, entry):
    learner, mentor = entry("learner"), entry("mentor")
    come(rooms, learner, "c1=")
    come(rooms, mentor, "c2=")
    tables.commit([rooms.calling_off(session_of(learner), closed=False)])
    assert rooms.find(learner.session_id).here == {}
    for each in (learner, mentor):
        with pytest.raises(Unauthenticated, match="pass_expired"):
            come(rooms, each, "c3=")
    next_one = replace(learner, user_id="usr_xu", booking_id="bkg_2")
    assert set(come(rooms, next_one, "c4=").here) == {"learner"}
