"""Being counted as present: each page in a room says so once a minute, and the server says in which."""

from datetime import timedelta

import pytest

from tests.fakes.world import NOON
from tests.functions.conversation import ROOM, pass_for, refusal


def here(page, shown, topic=ROOM, id_=None):
    return page.send({"type": "here", "topic": topic, "id": id_, "data": {"pass": shown}})


@pytest.fixture
def shown(deps):
    """The learner's pass to a session that starts at noon."""
    return pass_for(deps, "learner", "usr_l")


def test_each_minute_in_the_room_is_marked_once(deps, clock, lena, shown):
    for seconds in (0, 59, 60, 61, 200):
        clock.now = NOON + timedelta(seconds=seconds)
        assert here(lena, shown) == []
    assert deps.attendances.of("ses_1").learner == {15, 16, 17, 18}
    assert deps.attendances.of("ses_1").mentor == frozenset()


def test_it_costs_one_write_and_no_read(deps, lena, shown):
    deps.tables.requests.clear()
    here(lena, shown)
    assert deps.tables.requests == ["UpdateItem"]
    assert deps.sockets.posts == []


def test_reading_the_attendance_is_one_request(deps):
    deps.tables.requests.clear()
    deps.attendances.of("ses_1")
    assert len(deps.tables.requests) == 1


def test_the_pass_says_which_side_and_the_clock_which_minute(deps, clock, meera):
    clock.now = NOON - timedelta(minutes=15)
    shown = pass_for(deps, "mentor", "usr_m")
    meera.send({"type": "here", "topic": ROOM, "data": {"pass": shown, "side": "learner", "minute": 40, "at": 0}})
    assert deps.attendances.of("ses_1").mentor == {0}
    assert deps.attendances.of("ses_1").learner == frozenset()


def test_before_the_doors_open_nobody_is_there(deps, clock, lena):
    clock.now = NOON - timedelta(minutes=15, seconds=1)
    assert here(lena, pass_for(deps, "learner", "usr_l")) == []
    assert nothing_marked(deps)


def test_after_the_room_has_closed_nobody_is_there(deps, clock, lena, shown):
    clock.forward(timedelta(hours=1))
    [answer] = here(lena, shown, id_="here-7")
    assert (answer["id"], answer["data"]["code"]) == ("here-7", "pass_expired")
    assert nothing_marked(deps)


def test_a_pass_however_long_it_lives_marks_no_minute_beyond_the_longest_session(deps, clock, lena):
    shown = pass_for(deps, "learner", "usr_l", life=timedelta(days=2))
    clock.forward(timedelta(hours=3, minutes=40))
    assert here(lena, shown) == []
    assert nothing_marked(deps)


def test_a_pass_is_for_one_room(deps, lena, shown):
    assert refusal(here(lena, shown, topic="room:ses_2")) == "wrong_room"
    assert nothing_marked(deps)


@pytest.mark.parametrize("forged", ["", "x.y.z", "नमस्ते", "a" * 2000])
def test_what_is_no_pass_of_ours_marks_nothing(deps, lena, forged):
    assert refusal(here(lena, forged)) == "pass_expired"
    assert nothing_marked(deps)


@pytest.mark.parametrize("purpose", ["ticket", "access"])
def test_a_token_for_something_else_marks_nothing(deps, lena, purpose):
    claims = {"ses": "ses_1", "side": "learner", "at": int(NOON.timestamp()), "bkg": "bkg_1", "nam": "Lena"}
    assert refusal(here(lena, deps.tokens.sign(purpose, "usr_l", timedelta(hours=1), claims))) == "pass_expired"
    assert nothing_marked(deps)


def test_a_pass_of_an_earlier_release_is_asked_for_anew(deps, lena):
    old = deps.tokens.sign("room-pass", "usr_l", timedelta(hours=1), {"ses": "ses_1", "side": "learner"})
    assert refusal(here(lena, old)) == "pass_expired"


@pytest.mark.parametrize("data", [{}, {"pass": None}, {"pass": 7}, {"pass": ["x"]}, {"pass": "a" * 2001}], ids=repr)
def test_without_a_pass_the_answer_says_what_is_needed(deps, lena, data):
    [answer] = lena.send({"type": "here", "topic": ROOM, "data": data})
    assert (answer["data"]["code"], "pass" in answer["data"]["message"]) == ("bad_message", True)
    assert nothing_marked(deps)


@pytest.mark.parametrize("topic", ["", "room:", "user:usr_l", "ses_1"])
def test_one_is_present_in_rooms_only(deps, lena, shown, topic):
    assert refusal(here(lena, shown, topic=topic)) == "bad_topic"


def nothing_marked(deps):
    return not any(key.sk.startswith("ATTENDANCE#") for key in deps.tables.items)
