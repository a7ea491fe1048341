"""Saying that one will be late, and hearing that the mentor is there: in the room, or by a notification."""

from datetime import timedelta

import pytest

from chalicelib.services import admissions, bookings, rooms, sessions
from tests.fakes.lines import join
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import refusal as refusal_of

START = NOON + timedelta(hours=2)


@pytest.fixture
def meera(deps):
    """The mentor."""
    return mentor(deps).account


@pytest.fixture
def lena(deps):
    """The learner."""
    return learner(deps)


@pytest.fixture
def booked(deps, clock, meera, lena):
    """A session of an hour, five minutes before it starts."""
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", START, 60)
    session = sessions.publish(deps, mentor_id=meera.id, offer=offer, key="key-00000001")
    bookings.book(deps, learner_id=lena.id, session_id=session.id, key="key-00000002")
    clock.now = START - timedelta(minutes=5)
    return session.id


@pytest.fixture
def passes(deps, clock, booked, meera, lena):
    """Both at the door, and in the room; the learner waits."""
    clock.now = START - timedelta(minutes=5)
    found = {who.id: rooms.let_in(deps, user_id=who.id, session_id=booked) for who in (meera, lena)}
    join(deps, found[meera.id], "meera=", "sid-m")
    join(deps, found[lena.id], "lena=", "sid-l")
    deps.sockets.posts.clear()
    return found


def heard(deps, connection):
    return [message["type"] for message in deps.sockets.to(connection)]


def outgoing(deps, template):
    """Who is to be told of something, and with which facts."""
    held = [item for item in deps.tables.items.values() if item.get("template") == template]
    return [(item["user_id"], item["facts"]) for item in held]


def test_a_late_note_is_heard_in_the_room(deps, booked, passes, meera, lena):
    admissions.say_late(deps, user_id=meera.id, session_id=booked, minutes=10)
    news = {"type": "late", "topic": f"room:{booked}", "data": {"role": "mentor", "minutes": 10}}
    assert deps.sockets.posts == [("lena=", news)]
    assert outgoing(deps, "running_late") == []


def test_or_by_a_notification(deps, booked, meera, lena):
    admissions.say_late(deps, user_id=lena.id, session_id=booked, minutes=5)
    [(user_id, facts)] = outgoing(deps, "running_late")
    assert (user_id, facts["late"], facts["other"], facts["session_id"]) == (meera.id, "5", lena.name, booked)
    assert deps.rooms.find(booked).late == {"learner": 5}


def test_a_page_that_is_gone_hears_nothing_so_a_notification_goes_out(deps, booked, passes, meera, lena):
    deps.sockets.gone.add("lena=")
    admissions.say_late(deps, user_id=meera.id, session_id=booked, minutes=15)
    assert [user_id for user_id, _ in outgoing(deps, "running_late")] == [lena.id]


def test_one_who_comes_in_between_is_told_in_the_room(deps, booked, meera, lena, monkeypatch):
    commit = deps.tables.commit

    def overtaken(writes):
        monkeypatch.setattr(deps.tables, "commit", commit)
        join(deps, rooms.let_in(deps, user_id=lena.id, session_id=booked), "lena=", "sid-l")
        commit(writes)

    monkeypatch.setattr(deps.tables, "commit", overtaken)
    admissions.say_late(deps, user_id=meera.id, session_id=booked, minutes=5)
    assert heard(deps, "lena=")[-1] == "late"
    assert outgoing(deps, "running_late") == []


def test_six_notes_are_enough(deps, booked, meera):
    for number in range(6):
        admissions.say_late(deps, user_id=meera.id, session_id=booked, minutes=5 + 5 * (number % 2))
    assert refusal_of(admissions.say_late, deps, user_id=meera.id, session_id=booked, minutes=5).code == "too_many"
    assert len(outgoing(deps, "running_late")) == 6


def test_a_learner_who_is_not_there_is_notified_that_the_mentor_is(deps, booked, meera, lena):
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    [(user_id, facts)] = outgoing(deps, "mentor_live")
    assert (user_id, facts["session_id"], facts["other"]) == (lena.id, booked, meera.name)


def test_a_learner_who_is_there_is_not(deps, booked, passes, meera):
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    assert outgoing(deps, "mentor_live") == []
    assert heard(deps, "lena=") == ["session"]
