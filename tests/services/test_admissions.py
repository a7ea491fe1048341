"""What a mentor may do at the door of a room, what it costs the learner, and who is told of being late."""

from datetime import timedelta

import pytest

from chalicelib.domain.plans import Point
from chalicelib.services import (
    admissions,
    attendance,
    bookings,
    materials,
    plans,
    realtime,
    reports,
    room_chat,
    rooms,
    sessions,
    settling,
)
from tests.fakes.lines import join, opened
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.functions.conversation import ulid
from tests.refusals import refusal as refusal_of

START = NOON + timedelta(hours=2)
ACTS = [admissions.admit, admissions.mute, admissions.remove, admissions.readmit]


def minutes(n):
    return timedelta(minutes=n)


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
    clock.now = START - minutes(5)
    return session.id


@pytest.fixture
def passes(deps, clock, booked, meera, lena):
    """Both at the door, and in the room; the learner waits."""
    clock.now = START - minutes(5)
    found = {who.id: rooms.let_in(deps, user_id=who.id, session_id=booked) for who in (meera, lena)}
    join(deps, found[meera.id], "meera=", "sid-m")
    join(deps, found[lena.id], "lena=", "sid-l")
    deps.sockets.posts.clear()
    return found


def heard(deps, connection):
    return [message["type"] for message in deps.sockets.to(connection)]


@pytest.mark.parametrize("act", ACTS)
def test_only_the_mentor_may_and_strangers_learn_nothing(deps, booked, lena, act):
    assert refusal_of(act, deps, user_id=lena.id, session_id=booked).code == "mentor_only"
    stranger = learner(deps, "Sam")
    for session_id in (booked, "ses_none"):
        assert refusal_of(act, deps, user_id=stranger.id, session_id=session_id).code == "not_found"


@pytest.mark.parametrize("act", ACTS)
def test_not_before_the_doors_open_nor_after_they_close(deps, clock, booked, meera, act):
    clock.now = START - minutes(16)
    assert refusal_of(act, deps, user_id=meera.id, session_id=booked).code == "too_early"
    clock.now = START + minutes(70)
    assert refusal_of(act, deps, user_id=meera.id, session_id=booked).code == "ended"


def test_whoever_waits_is_told_that_they_are_let_in_and_nobody_else(deps, booked, passes, meera, lena):
    admissions.admit(deps, user_id=meera.id, session_id=booked)
    assert deps.sockets.posts == [("lena=", {"type": "admitted", "topic": f"room:{booked}"})]
    join(deps, passes[lena.id], "lena=", "sid-l")
    deps.sockets.posts.clear()
    admissions.admit(deps, user_id=meera.id, session_id=booked)
    assert deps.sockets.posts == []


def test_admitting_is_one_read_and_one_update(deps, booked, passes, meera):
    deps.tables.requests.clear()
    admissions.admit(deps, user_id=meera.id, session_id=booked)
    assert deps.tables.requests == ["BatchGetItem", "UpdateItem"]


def test_the_learners_page_is_told_to_mute(deps, clock, booked, passes, meera, lena):
    assert refusal_of(admissions.mute, deps, user_id=meera.id, session_id=booked).code == "not_here", "they only wait"
    clock.now = START
    join(deps, passes[lena.id], "lena=", "sid-l")
    admissions.mute(deps, user_id=meera.id, session_id=booked)
    assert heard(deps, "lena=")[-1] == "muted"
    deps.sockets.gone.add("lena=")
    assert refusal_of(admissions.mute, deps, user_id=meera.id, session_id=booked).code == "not_here"


@pytest.fixture
def removed(deps, clock, booked, passes, meera, lena):
    """Ten minutes into the session, with a dashboard open elsewhere, the learner is put out."""
    clock.now = START + minutes(10)
    join(deps, passes[lena.id], "lena=", "sid-l")
    opened(deps, lena.id, "dashboard=")
    deps.sockets.posts.clear()
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    return booked


def test_who_is_removed_is_told_and_every_line_of_theirs_closed(deps, removed, lena):
    assert heard(deps, "lena=") == heard(deps, "dashboard=") == ["removed"]
    assert set(deps.sockets.closed) == {"lena=", "dashboard="}
    assert deps.connections.of(lena.id) == []
    assert heard(deps, "meera=") == ["peer-left"]
    assert set(deps.rooms.find(removed).here) == {"mentor"}


@pytest.mark.parametrize("line", ["there", "lost"])
def test_the_mentors_page_is_told_to_cut_them_off(deps, clock, booked, passes, meera, lena, line):
    clock.now = START
    join(deps, passes[lena.id], "lena=", "sid-l")
    if line == "lost":
        realtime.forget(deps, "lena=")
    deps.sockets.posts.clear()
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    [told] = deps.sockets.to("meera=")
    assert (told["type"], told["data"]["removed"]) == ("peer-left", True)


def test_who_is_removed_gets_in_by_no_door(deps, removed, passes, lena):
    shown = passes[lena.id].room_pass
    line = opened(deps, lena.id, "again=")
    said = room_chat.Written(ulid(deps.clock()), "let me in")
    assert refusal_of(join, deps, passes[lena.id], "lena2=", "sid").code == "removed"
    assert refusal_of(rooms.let_in, deps, user_id=lena.id, session_id=removed).code == "removed"
    assert refusal_of(rooms.relay, deps, user_id=lena.id, session_id=removed).code == "removed"
    assert refusal_of(admissions.say_late, deps, user_id=lena.id, session_id=removed, minutes=5).code == "removed"
    assert refusal_of(attendance.mark, deps, line, removed, shown).code == "removed"
    assert refusal_of(room_chat.say, deps, line, removed, shown, said).code == "removed"
    assert refusal_of(room_chat.see, deps, line, removed, shown, ulid(deps.clock())).code == "removed"


def test_who_is_removed_puts_nothing_before_the_mentors_eyes_until_the_session_is_over(
    deps, clock, removed, meera, lena
):
    def plan(who):
        whole = {"agenda": (Point("Shout"),), "goals": (), "version": 0}
        return plans.write(deps, user_id=who.id, session_id=removed, **whole)

    def send():
        return materials.add(deps, user_id=lena.id, session_id=removed, file=materials.Named("rude.txt", 1))

    assert refusal_of(plan, lena).code == refusal_of(send).code == "removed"
    assert plan(meera).version == 1
    assert deps.materials.of(deps.sessions.get(removed).booking_id) == []
    clock.now = START + minutes(70)
    settling.due(deps, removed)
    assert send()


def test_the_mentor_goes_on(deps, removed, passes, meera):
    line, shown = "meera=", passes[meera.id].room_pass
    join(deps, passes[meera.id], line, "sid-m")
    attendance.mark(deps, line, removed, shown)
    assert room_chat.say(deps, line, removed, shown, room_chat.Written(ulid(deps.clock()), "note to self"))
    assert rooms.relay(deps, user_id=meera.id, session_id=removed).servers


def test_a_line_that_does_not_close_is_tried_again(deps, booked, passes, meera, monkeypatch):
    monkeypatch.setattr(deps.sockets, "close", lambda connection: "failed")
    assert refusal_of(admissions.remove, deps, user_id=meera.id, session_id=booked).code == "unavailable"
    monkeypatch.undo()
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    assert deps.sockets.closed == ["lena="]


def test_whoever_waited_is_removed_as_well(deps, booked, passes, meera, lena):
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    assert heard(deps, "meera=") == ["knock-ended"]
    assert refusal_of(join, deps, passes[lena.id], "lena2=", "sid").code == "removed"


def test_the_readmitted_come_straight_in(deps, clock, booked, passes, meera, lena):
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    phone = opened(deps, lena.id, "phone=")
    admissions.readmit(deps, user_id=meera.id, session_id=booked)
    [news] = deps.sockets.to(phone)
    assert (news["type"], news["topic"]) == ("readmitted", f"user:{lena.id}")
    again = rooms.let_in(deps, user_id=lena.id, session_id=booked)
    join(deps, again, "lena2=", "sid")
    joined = deps.sockets.to("lena2=")[-1]["data"]
    assert (joined["admitted"], joined["peer"]["sid"]) == (True, "sid-m")
    attendance.mark(deps, "lena2=", booked, again.room_pass)


def test_whoever_books_after_one_who_was_removed_is_not_barred(deps, booked, passes, meera):
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    room = deps.rooms.find(booked)
    assert room.bars("learner", deps.sessions.get(booked).booking_id)
    assert not room.bars("learner", "bkg_of_another")


def test_being_removed_is_never_absence_and_the_earning_waits_for_a_look(deps, clock, booked, meera, lena):
    clock.now = START
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    clock.now = START + minutes(12)
    join(deps, rooms.let_in(deps, user_id=lena.id, session_id=booked), "lena=", "sid-l")
    admissions.remove(deps, user_id=meera.id, session_id=booked)
    clock.now = START + minutes(70)
    settled = settling.due(deps, booked).session
    assert (settled.status, settled.mentor_left_early) == ("completed", True)


def test_who_leaves_with_a_report_was_not_absent(deps, clock, booked, meera, lena):
    clock.now = START
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    clock.now = START + minutes(12)
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    session = deps.sessions.get(booked)
    deps.tables.commit(attendance.left_with_report(deps, session, lena.id))
    assert attendance.left_with_report(deps, session, "usr_stranger") == []
    clock.now = START + minutes(70)
    assert attendance.left_with_report(deps, session, lena.id) == [], "afterwards it is a report like any other"
    assert settling.due(deps, booked).session.status == "completed"


def test_a_report_from_inside_the_room_is_that_excuse(deps, clock, booked, meera, lena):
    clock.now = START + minutes(12)
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    words = {"reason": "harassment", "words": "They shouted at me.", "block": False}
    for about in ("person", "session"):
        thing_id = booked if about == "session" else meera.id
        reports.report(deps, lena.id, about=about, thing_id=thing_id, **words)
    assert settling.attendance(deps, deps.sessions.get(booked)).excuses == {("learner", "reported")}
