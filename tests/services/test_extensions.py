"""Fifteen minutes more: who may ask, when it is agreed, and what stands in its way."""

from datetime import timedelta

import pytest

from chalicelib.services import bookings, extensions, rooms, sessions, settling, signaling
from chalicelib.stores import keys
from tests.fakes.lines import join
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import refusal as refusal_of

START = NOON + timedelta(hours=2)
END = START + timedelta(hours=1)


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


def publish(deps, meera, start=START):
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", start, 60)
    return sessions.publish(deps, mentor_id=meera.id, offer=offer, key=f"publish-{start:%d%H%M}").id


@pytest.fixture
def live(deps, clock, meera, lena):
    """A session of an hour, ten minutes before its end, with both in its room."""
    session_id = publish(deps, meera)
    bookings.book(deps, learner_id=lena.id, session_id=session_id, key="key-00000002")
    clock.now = START
    rooms.go_live(deps, user_id=meera.id, session_id=session_id)
    for person, connection in ((meera, "meera="), (lena, "lena=")):
        admission = rooms.let_in(deps, user_id=person.id, session_id=session_id)
        join(deps, admission, connection, f"sid-{connection}")
    clock.now = END - minutes(10)
    deps.sockets.posts.clear()
    return session_id


def ask(deps, person, session_id, seen=None):
    seen = seen or deps.sessions.get(session_id).ends_at
    return extensions.ask(deps, user_id=person.id, session_id=session_id, seen=seen)


def said(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def heard(deps, connection):
    return deps.sockets.to(connection)[-1]["data"]


def test_one_asks_and_the_other_agrees(deps, live, meera, lena):
    asked = ask(deps, lena, live)
    assert (asked.extension_asked_by, asked.ends_at, asked.extended) == ("learner", END, 0)
    for connection in ("meera=", "lena="):
        assert heard(deps, connection) == {"status": "live", "ends_at": said(END), "extension_asked_by": "learner"}
    agreed = ask(deps, meera, live)
    assert (agreed.extension_asked_by, agreed.ends_at, agreed.extended) == (None, END + minutes(15), 1)
    for connection in ("meera=", "lena="):
        assert heard(deps, connection)["ends_at"] == said(END + minutes(15))


def test_asking_again_is_not_agreeing_with_oneself(deps, live, lena):
    ask(deps, lena, live)
    assert ask(deps, lena, live).ends_at == END


@pytest.mark.parametrize("who", ["meera", "lena"])
def test_a_yes_whose_answer_was_lost_is_said_again_and_nothing_more_is_asked(deps, live, meera, lena, who, request):
    ask(deps, lena, live, END)
    agreed = ask(deps, meera, live, END)
    again = ask(deps, request.getfixturevalue(who), live, END)
    assert (again, again.extended, again.extension_asked_by) == (agreed, 1, None)
    assert deps.sessions.get(live) == agreed
    assert heard(deps, "lena=")["extension_asked_by"] is None


def test_a_yes_that_comes_again_late_is_not_the_answer_to_the_next_wish(deps, clock, live, meera, lena):
    ask(deps, lena, live, END)
    ask(deps, meera, live, END)
    asked = ask(deps, lena, live, END + minutes(15))
    assert ask(deps, meera, live, END) == asked
    assert (asked.extended, asked.extension_asked_by) == (1, "learner")


@pytest.mark.parametrize("who", ["meera", "lena"])
def test_either_can_say_no_or_take_it_back(deps, live, lena, who, request):
    ask(deps, lena, live)
    extensions.refuse(deps, user_id=request.getfixturevalue(who).id, session_id=live)
    for connection in ("meera=", "lena="):
        assert heard(deps, connection) == {"status": "live", "ends_at": said(END), "extension_asked_by": None}
    assert deps.sessions.get(live).extended == 0


def test_no_to_what_nobody_asked_is_said_to_nobody(deps, live, lena):
    extensions.refuse(deps, user_id=lena.id, session_id=live)
    assert deps.sockets.posts == []


def test_twice_at_most(deps, live, meera, lena):
    for _ in range(2):
        ask(deps, lena, live)
        ask(deps, meera, live)
    assert deps.sessions.get(live).ends_at == END + minutes(30)
    assert refusal_of(ask, deps, lena, live).code == "extended_twice"


def test_the_room_the_pass_and_the_way_through_firewalls_last_as_long(deps, clock, live, meera, lena):
    ask(deps, lena, live)
    ask(deps, meera, live)
    closes = END + minutes(15 + 10)
    assert deps.tables.items[keys.room(live)]["ttl"] == (closes + timedelta(hours=1)).timestamp()
    clock.now = END + minutes(12)
    admission = rooms.let_in(deps, user_id=lena.id, session_id=live)
    assert signaling.admitted(deps, admission.room_pass).until == closes
    assert rooms.relay(deps, user_id=lena.id, session_id=live).until == closes + minutes(5)
    clock.now = closes
    assert refusal_of(rooms.let_in, deps, user_id=lena.id, session_id=live).code == "ended"


def test_both_calendars_give_a_quarter_of_an_hour_more(deps, live, meera, lena):
    ask(deps, lena, live)
    ask(deps, meera, live)
    for person in (meera, lena):
        assert deps.calendars.claimed(person.id, END.date())["q60"] == live


def test_the_minute_that_would_have_ended_it_no_longer_does(deps, clock, live, meera, lena):
    ask(deps, lena, live)
    ask(deps, meera, live)
    for offset in (0, 12):
        clock.now = END + minutes(offset)
        settling.due(deps, live)
        assert deps.sessions.get(live).status == "live"
    clock.now = END + minutes(25)
    settling.due(deps, live)
    assert deps.sessions.get(live).status == "completed"
    for connection in ("meera=", "lena="):
        assert heard(deps, connection)["status"] == "completed"
    assert deps.tables.items[keys.room(live)]["closed"]


def test_who_has_something_next_is_told_when_asking_in_words_of_their_own(deps, clock, live, meera, lena):
    clock.now = NOON
    publish(deps, meera, END)
    clock.now = END - minutes(10)
    asked_by_her, asked_by_him = refusal_of(ask, deps, meera, live), refusal_of(ask, deps, lena, live)
    assert (asked_by_her.code, asked_by_him.code) == ("time_taken", "time_taken")
    assert asked_by_her.message.startswith("You have something else")
    assert asked_by_him.message.startswith("The mentor has something else")
    assert deps.sockets.posts == []


def test_a_calendar_that_fills_up_before_the_answer_leaves_nobody_waiting(deps, clock, live, meera, lena):
    ask(deps, lena, live)
    clock.now = NOON
    publish(deps, meera, END)
    clock.now = END - minutes(9)
    assert refusal_of(ask, deps, meera, live).message.startswith("You have something else")
    assert heard(deps, "lena=") == {"status": "live", "ends_at": said(END), "extension_asked_by": None}
    assert deps.sessions.get(live).ends_at == END


def test_the_learners_next_session_stands_in_the_way_as_well(deps, clock, live, meera, lena):
    clock.now = NOON
    other = mentor(deps, "Omar").account
    next_one = publish(deps, other, END)
    bookings.book(deps, learner_id=lena.id, session_id=next_one, key="key-00000003")
    clock.now = END - minutes(10)
    assert refusal_of(ask, deps, meera, live).message.startswith("The learner has something else")
    assert refusal_of(ask, deps, lena, live).message.startswith("You have something else")


def test_only_what_is_under_way_can_be_extended(deps, clock, live, meera, lena):
    clock.now = START - minutes(1)
    assert refusal_of(ask, deps, lena, live).code == "not_live"
    clock.now = END + minutes(5)
    ask(deps, lena, live)
    assert ask(deps, meera, live).ends_at == END + minutes(15)
    rooms.end(deps, user_id=meera.id, session_id=live)
    assert refusal_of(ask, deps, lena, live).code == "not_live"


def test_a_wish_that_was_never_answered_is_over_with_the_session(deps, clock, live, lena):
    ask(deps, lena, live)
    clock.now = END + minutes(10)
    settling.due(deps, live)
    over = deps.sessions.get(live)
    assert (over.status, over.extension_asked_by) == ("completed", None)


@pytest.mark.parametrize(("act", "more"), [(extensions.ask, {"seen": END}), (extensions.refuse, {})])
def test_strangers_learn_nothing(deps, live, act, more):
    stranger = learner(deps, "Sam")
    assert refusal_of(act, deps, user_id=stranger.id, session_id=live, **more).code == "not_found"
    assert refusal_of(act, deps, user_id=stranger.id, session_id="ses_none", **more).code == "not_found"
