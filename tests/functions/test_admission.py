"""The waiting room: before the start a learner is let in by the mentor, and until then reaches nobody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from chalicelib.services import realtime
from tests.fakes.world import NOON
from tests.functions.conversation import BOOKING, ROOM, chat, join, pass_for, refusal, signal, ulid

START = NOON + timedelta(minutes=5)
SESSION = SimpleNamespace(id="ses_1", booking_id=BOOKING, hard_end=START + timedelta(hours=1))


@pytest.fixture
def passes(deps):
    """Both people's passes to a session that starts in five minutes."""
    return {side: pass_for(deps, side, f"usr_{side[0]}", starts_at=START) for side in ("learner", "mentor")}


def admit(deps):
    """What the mentor's press of a button does in the room."""
    learner = deps.rooms.admit(SESSION).here.get("learner")
    if learner:
        realtime.tell(deps, learner.connection, {"type": "admitted", "topic": ROOM})


def test_a_learner_who_comes_before_the_start_waits_and_the_mentor_hears_a_knock(deps, lena, meera, passes):
    [hers] = join(meera, passes["mentor"], "sid-m")
    assert (hers["data"]["admitted"], hers["data"]["knocking"]) == (True, False)
    [his] = join(lena, passes["learner"], "sid-l")
    assert (his["data"]["admitted"], his["data"]["peer"], his["data"]["offer"]) == (False, None, False)
    assert meera.heard[-1] == {"type": "knocking", "topic": ROOM, "data": {"name": "Lena", "sid": "sid-l"}}
    assert "token" not in str(deps.sockets.posts)


def test_a_mentor_who_comes_later_finds_somebody_knocking(deps, lena, meera, passes):
    join(lena, passes["learner"], "sid-l")
    [hers] = join(meera, passes["mentor"], "sid-m")
    assert (hers["data"]["knocking"], hers["data"]["peer"], hers["data"]["offer"]) == (True, None, False)
    assert [message["type"] for message in lena.heard] == ["joined"]
    assert "token" not in str(deps.sockets.posts)


def test_whoever_is_admitted_joins_again_and_is_in_the_call(deps, lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    join(lena, passes["learner"], "sid-l")
    admit(deps)
    assert lena.heard[-1] == {"type": "admitted", "topic": ROOM}
    [his] = join(lena, passes["learner"], "sid-l")
    assert (his["data"]["admitted"], his["data"]["offer"]) == (True, True)
    assert meera.heard[-1]["type"] == "peer-joined"
    signal(lena, his["data"]["peer"]["token"], media={"mic": True})
    assert meera.heard[-1]["data"]["media"] == {"mic": True}


def test_once_admitted_a_learner_who_loses_the_line_need_not_knock_again(deps, page, lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    join(lena, passes["learner"], "sid-l")
    admit(deps)
    phone = page("phone=", "usr_l")
    [joined] = join(phone, passes["learner"], "sid-phone")
    assert (joined["data"]["admitted"], joined["data"]["peer"]["sid"]) == (True, "sid-m")


def test_whoever_is_admitted_before_they_come_does_not_wait(deps, lena, passes):
    admit(deps)
    [joined] = join(lena, passes["learner"], "sid-l")
    assert joined["data"]["admitted"] is True


def test_a_mentor_whose_line_is_lost_before_the_admitted_has_come_again_meets_them_when_they_do(
    deps, page, lena, meera, passes
):
    join(meera, passes["mentor"], "sid-m")
    join(lena, passes["learner"], "sid-l")
    admit(deps)
    again = page("meera2=", "usr_m")
    [hers] = join(again, passes["mentor"], "sid-m2")
    assert (hers["data"]["peer"], hers["data"]["knocking"]) == (None, False)
    assert [message["type"] for message in lena.heard].count("admitted") == 2
    [his] = join(lena, passes["learner"], "sid-l")
    assert his["data"]["peer"]["sid"] == "sid-m2"
    assert again.heard[-1]["type"] == "peer-joined"


def test_at_the_start_nobody_has_to_be_let_in(deps, clock, lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    join(lena, passes["learner"], "sid-l")
    clock.now = START
    [his] = join(lena, passes["learner"], "sid-l")
    assert (his["data"]["admitted"], his["data"]["peer"]["sid"]) == (True, "sid-m")


def test_one_second_before_it_they_do(clock, lena, passes):
    clock.now = START - timedelta(seconds=1)
    [his] = join(lena, passes["learner"], "sid-l")
    assert his["data"]["admitted"] is False


def test_a_mentor_who_comes_after_the_start_wakes_whoever_waits_still(deps, clock, lena, meera, passes):
    join(lena, passes["learner"], "sid-l")
    clock.now = START + timedelta(seconds=1)
    [hers] = join(meera, passes["mentor"], "sid-m")
    assert (hers["data"]["knocking"], hers["data"]["peer"]) == (False, None)
    assert lena.heard[-1] == {"type": "admitted", "topic": ROOM}
    [his] = join(lena, passes["learner"], "sid-l")
    assert his["data"]["peer"]["sid"] == "sid-m"


def test_whoever_stops_waiting_is_missed_by_the_mentor(lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    join(lena, passes["learner"], "sid-l")
    lena.send({"type": "leave", "topic": ROOM})
    assert meera.heard[-1] == {"type": "knock-ended", "topic": ROOM, "data": {"role": "learner", "sid": "sid-l"}}


def test_waiting_is_one_update_and_two_posts_as_joining_is(deps, lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    deps.tables.requests.clear()
    deps.sockets.posts.clear()
    join(lena, passes["learner"], "sid-l")
    assert deps.tables.requests == ["UpdateItem"]
    assert [(to, message["type"]) for to, message in deps.sockets.posts] == [
        ("meera=", "knocking"),
        ("lena=", "joined"),
    ]


def test_a_mentor_who_is_gone_is_not_knocked_at_for_long(deps, lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    deps.sockets.gone.add("meera=")
    join(lena, passes["learner"], "sid-l")
    assert "mentor" not in deps.rooms.find("ses_1").here


def test_whoever_waits_is_not_written_to_and_cannot_write(deps, lena, meera, passes):
    join(meera, passes["mentor"], "sid-m")
    join(lena, passes["learner"], "sid-l")
    told = len(lena.heard)
    chat(meera, passes["mentor"], ulid(START - timedelta(minutes=5)), "Just a moment")
    assert len(lena.heard) == told
    assert refusal(chat(lena, passes["learner"], ulid(NOON), "May I?")) == "not_admitted"


def test_the_knock_of_a_session_that_has_changed_hands_is_a_new_one(deps, lena, meera, passes):
    admit(deps)
    others = pass_for(deps, "learner", "usr_l", starts_at=START, booking_id="bkg_2")
    [joined] = join(lena, others, "sid-l")
    assert joined["data"]["admitted"] is False


def test_a_mentor_who_comes_anew_still_knows_whom_they_have_put_out(deps, meera, passes):
    [before] = join(meera, passes["mentor"], "sid-m")
    deps.tables.commit([deps.rooms.barring(SESSION)])
    [after] = join(meera, passes["mentor"], "sid-m2")
    assert (before["data"]["removed"], after["data"]["removed"]) == (False, True)


def test_how_late_each_will_be_is_said_to_whoever_joins(deps, lena, passes):
    deps.tables.commit([deps.rooms.noting_late(SESSION, "mentor", 10, None)])
    [joined] = join(lena, passes["learner"], "sid-l")
    assert joined["data"]["late"] == {"mentor": 10, "learner": None}


def test_whoever_joined_under_an_earlier_release_is_in_the_call(deps, lena, meera, passes):
    join(lena, passes["learner"], "sid-l")
    [item] = [item for key, item in deps.tables.items.items() if key.sk == "ROOM"]
    del item["learner_in"]
    [hers] = join(meera, passes["mentor"], "sid-m")
    assert hers["data"]["peer"]["sid"] == "sid-l"
