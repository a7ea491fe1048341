"""A booking that is called off while its doors are open: its passes are worth nothing, and its room is empty."""

from datetime import timedelta

import pytest

from chalicelib.services import attendance, bookings, room_chat, rooms, settling
from tests.fakes.lines import join, opened
from tests.fakes.people import learner
from tests.functions.conversation import ulid
from tests.refusals import refusal
from tests.services.lesson import START, booked


def minutes(n):
    return timedelta(minutes=n)


@pytest.fixture
def lesson(deps, clock):
    """Twelve minutes before the start both are at the door and in the room, and the learner is waiting."""
    made = booked(deps)
    clock.now = START - minutes(12)
    return made


@pytest.fixture
def passes(deps, lesson):
    """What let the two in."""
    found = {side: rooms.let_in(deps, **lesson.by(side)) for side in ("mentor", "learner")}
    for side, admission in found.items():
        join(deps, admission, f"{side}=", f"sid-{side}")
        attendance.mark(deps, f"{side}=", lesson.session_id, admission.room_pass)
    deps.sockets.posts.clear()
    return found


def cancel(deps, lesson, side):
    bookings.cancel(deps, **lesson.booking_by(side), reason="", refund_paise=0)


def told(deps, connection):
    return [each["data"]["status"] for each in deps.sockets.to(connection) if each["type"] == "session"]


@pytest.fixture
def taken_again(deps, clock, lesson, passes):
    """The learner has cancelled, and two minutes later Xu has booked."""
    cancel(deps, lesson, "learner")
    clock.forward(minutes(2))
    xu = learner(deps, "Xu")
    bookings.book(deps, learner_id=xu.id, session_id=lesson.session_id, key="key-00000003")
    return xu


@pytest.mark.parametrize("side", ["mentor", "learner"])
def test_both_are_told_at_once_and_the_room_is_empty(deps, lesson, passes, side):
    cancel(deps, lesson, side)
    assert told(deps, "mentor=") == told(deps, "learner=") == ["cancelled"]
    assert deps.rooms.find(lesson.session_id).here == {}


def test_where_nobody_can_book_it_any_more_nobody_comes_in(deps, lesson, passes):
    cancel(deps, lesson, "mentor")
    for side, admission in passes.items():
        assert refusal(join, deps, admission, f"{side}2=", "sid").code == "ended"
    assert deps.sockets.closed == []


def test_before_the_doors_open_there_is_no_room_to_empty(deps, clock, lesson):
    clock.now = START - minutes(16)
    cancel(deps, lesson, "learner")
    assert deps.rooms.find(lesson.session_id) is None
    assert deps.sockets.posts == []


def test_whoever_gave_the_session_up_does_not_get_in_with_whoever_has_it_then(deps, lesson, passes, taken_again):
    shown, line = passes["learner"].room_pass, opened(deps, lesson.learner.id, "back=")
    said = room_chat.Written(ulid(deps.clock()), "Here I am")
    assert refusal(rooms.let_in, deps, **lesson.by("learner")).code == "not_found"
    assert refusal(join, deps, passes["learner"], "back=", "sid").code == "pass_expired"
    assert refusal(room_chat.say, deps, line, lesson.session_id, shown, said).code == "pass_expired"
    assert refusal(room_chat.see, deps, line, lesson.session_id, shown, said.id).code == "pass_expired"
    assert refusal(attendance.mark, deps, line, lesson.session_id, shown).code == "removed"


def test_their_lines_are_cut_for_they_know_a_way_to_the_mentor(deps, lesson, passes, taken_again):
    assert deps.sockets.closed == ["learner="]


def test_the_mentor_needs_a_pass_for_the_new_learner(deps, lesson, passes, taken_again):
    assert refusal(join, deps, passes["mentor"], "mentor2=", "sid").code == "pass_expired"
    join(deps, rooms.let_in(deps, **lesson.by("mentor")), "mentor2=", "sid-m2")
    join(deps, rooms.let_in(deps, user_id=taken_again.id, session_id=lesson.session_id), "xu=", "sid-x")
    assert deps.sockets.to("xu=")[-1]["data"]["status"] == "booked"
    here = deps.rooms.find(lesson.session_id).here
    assert {side: each.connection for side, each in here.items()} == {"mentor": "mentor2=", "learner": "xu="}
    assert deps.rooms.entered_by(taken_again.id) == [lesson.session_id], "a lost line is looked for there"


def test_what_one_learner_attended_is_not_the_next_ones(deps, clock, lesson, taken_again):
    assert settling.attendance(deps, deps.sessions.get(lesson.session_id)).shared == 0
    clock.now = START
    rooms.go_live(deps, **lesson.by("mentor"))
    clock.now = START + minutes(70)
    assert settling.due(deps, lesson.session_id).session.status == "no_show_learner"


def test_who_was_there_for_the_first_learner_alone_has_not_come_to_the_second(deps, clock, lesson, taken_again):
    clock.now = START
    rooms.let_in(deps, user_id=taken_again.id, session_id=lesson.session_id)
    clock.now = START + minutes(70)
    assert settling.due(deps, lesson.session_id).session.status == "no_show_mentor"
