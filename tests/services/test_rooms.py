"""The doors of a room: who is let in, when, and what it leaves behind."""

from datetime import timedelta

import pytest

from chalicelib.services import attendance, bookings, rooms, sessions, settling, signaling
from chalicelib.stores import keys
from tests.fakes.lines import join as join_socket
from tests.fakes.lines import opened
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import refusal as refusal_of

START = NOON + timedelta(hours=2)


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
def published(deps, meera):
    """An open session of an hour."""
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", START, 60)
    return sessions.publish(deps, mentor_id=meera.id, offer=offer, key="key-00000001")


@pytest.fixture
def booked(deps, published, lena):
    """The session's id, once the learner has booked it."""
    return bookings.book(deps, learner_id=lena.id, session_id=published.id, key="key-00000002").session.id


def at(clock, offset):
    clock.now = START + offset


@pytest.mark.parametrize("offset", [minutes(-15), minutes(-5), minutes(0), minutes(69)])
def test_both_are_let_in_from_a_quarter_before_until_ten_minutes_after(deps, clock, booked, meera, lena, offset):
    at(clock, offset)
    assert rooms.let_in(deps, user_id=meera.id, session_id=booked).side == "mentor"
    assert rooms.let_in(deps, user_id=lena.id, session_id=booked).side == "learner"


def test_before_that_the_door_says_when_it_opens(deps, clock, booked, lena):
    at(clock, minutes(-16))
    refusal = refusal_of(rooms.let_in, deps, user_id=lena.id, session_id=booked)
    assert (refusal.code, refusal.fields) == ("too_early", {"opens_at": "2026-03-02T13:45:00Z"})


def test_after_that_it_is_over(deps, clock, booked, lena):
    at(clock, minutes(70))
    assert refusal_of(rooms.let_in, deps, user_id=lena.id, session_id=booked).code == "ended"
    assert refusal_of(rooms.relay, deps, user_id=lena.id, session_id=booked).code == "ended"


@pytest.mark.parametrize("door", [rooms.go_live, rooms.let_in, rooms.relay, rooms.end])
def test_strangers_learn_nothing(deps, clock, booked, door):
    at(clock, minutes(0))
    stranger = learner(deps, "Sam")
    assert refusal_of(door, deps, user_id=stranger.id, session_id=booked).code == "not_found"
    assert refusal_of(door, deps, user_id=stranger.id, session_id="ses_none").code == "not_found"


@pytest.mark.parametrize("door", [rooms.go_live, rooms.let_in, rooms.relay])
def test_a_session_that_nobody_booked_has_no_room(deps, clock, published, meera, door):
    at(clock, minutes(0))
    assert refusal_of(door, deps, user_id=meera.id, session_id=published.id).code == "not_booked"


def test_the_mentor_goes_live_from_a_quarter_before(deps, clock, booked, meera, lena):
    at(clock, minutes(-16))
    assert refusal_of(rooms.go_live, deps, user_id=meera.id, session_id=booked).code == "too_early"
    at(clock, minutes(-15))
    assert rooms.go_live(deps, user_id=meera.id, session_id=booked).status == "live"
    row = deps.bookings.of_learner(lena.id, now=clock(), upcoming=True, limit=10, cursor=None).items[0]
    assert row.session.status == "live"


@pytest.mark.parametrize("door", [rooms.go_live, rooms.end])
def test_only_the_mentor_goes_live_and_ends(deps, clock, booked, lena, door):
    at(clock, minutes(0))
    assert refusal_of(door, deps, user_id=lena.id, session_id=booked).code == "mentor_only"


def test_a_waiting_learner_hears_that_it_is_live(deps, clock, booked, meera, lena):
    at(clock, minutes(-10))
    join_socket(deps, rooms.let_in(deps, user_id=lena.id, session_id=booked), "lena=", "sid-l")
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    data = {"status": "live", "ends_at": "2026-03-02T15:00:00Z", "extension_asked_by": None}
    assert deps.sockets.to("lena=")[-1] == {"type": "session", "topic": f"room:{booked}", "data": data}


def test_the_end_reaches_both_and_closes_the_door(deps, clock, booked, meera, lena):
    at(clock, minutes(0))
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    admissions = {who.id: rooms.let_in(deps, user_id=who.id, session_id=booked) for who in (meera, lena)}
    join_socket(deps, admissions[meera.id], "meera=", "sid-m")
    join_socket(deps, admissions[lena.id], "lena=", "sid-l")
    at(clock, minutes(40))
    assert rooms.end(deps, user_id=meera.id, session_id=booked).status == "completed"
    for connection in ("meera=", "lena="):
        assert deps.sockets.to(connection)[-1]["data"]["status"] == "completed"
    assert refusal_of(rooms.let_in, deps, user_id=lena.id, session_id=booked).code == "ended"
    assert refusal_of(join_socket, deps, admissions[lena.id], "lena2=", "sid-l2").code == "ended"
    row = deps.bookings.of_learner(lena.id, now=clock(), upcoming=False, limit=10, cursor=None).items[0]
    assert row.booking.status == "completed"


def test_only_what_is_live_can_be_ended(deps, clock, booked, meera):
    at(clock, minutes(0))
    assert refusal_of(rooms.end, deps, user_id=meera.id, session_id=booked).code == "not_live"


def test_the_first_coming_is_what_counts(deps, clock, booked, lena):
    at(clock, minutes(-3))
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    at(clock, minutes(20))
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    assert deps.sessions.get(booked).learner_came_at == START - minutes(3)


def test_coming_again_is_one_read_and_no_write(deps, clock, booked, lena):
    at(clock, minutes(0))
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    deps.tables.requests.clear()
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    assert deps.tables.requests == ["BatchGetItem"]


def test_both_coming_at_once_are_both_counted(deps, clock, booked, meera, lena, monkeypatch):
    at(clock, minutes(0))
    commit = deps.tables.commit

    def overtaken(writes):
        monkeypatch.setattr(deps.tables, "commit", commit)
        rooms.let_in(deps, user_id=meera.id, session_id=booked)
        commit(writes)

    monkeypatch.setattr(deps.tables, "commit", overtaken)
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    session = deps.sessions.get(booked)
    assert (session.mentor_came_at, session.learner_came_at) == (START, START)


def test_a_pass_ends_with_the_room(deps, clock, booked, lena):
    at(clock, minutes(-10))
    shown = rooms.let_in(deps, user_id=lena.id, session_id=booked).room_pass
    assert signaling.admitted(deps, shown).until == START + minutes(70)
    at(clock, minutes(70))
    assert refusal_of(signaling.admitted, deps, shown).code == "pass_expired"


def test_a_lost_connection_is_looked_for_where_its_owner_was_let_in(deps, clock, booked, meera, lena):
    at(clock, minutes(0))
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    rooms.let_in(deps, user_id=lena.id, session_id=booked)
    assert deps.rooms.entered_by(meera.id) == deps.rooms.entered_by(lena.id) == [booked]
    assert deps.tables.items[keys.room_link(lena.id, booked)]["ttl"] > (START + minutes(70)).timestamp()


def test_turn_credentials_are_ones_own_and_end_with_the_room(deps, clock, booked, lena):
    at(clock, minutes(0))
    relay = rooms.relay(deps, user_id=lena.id, session_id=booked)
    assert relay.until == START + minutes(75)
    [server] = relay.servers
    assert server.username == f"{int(relay.until.timestamp())}:{lena.id}"


def mark(deps, clock, session_id, person, *at_minutes):
    """This person's page says that it is there."""
    for minute in at_minutes:
        at(clock, minutes(minute))
        shown = rooms.let_in(deps, user_id=person.id, session_id=session_id).room_pass
        attendance.mark(deps, opened(deps, person.id, f"{person.id}="), session_id, shown)


def test_the_room_closes_itself_after_the_grace_and_says_what_became_of_it(deps, clock, booked, meera, lena):
    at(clock, minutes(0))
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    join_socket(deps, rooms.let_in(deps, user_id=meera.id, session_id=booked), "meera=", "sid-m")
    mark(deps, clock, booked, lena, 0, 1)
    for minute, status in ((59, "live"), (60, "live"), (69, "live"), (70, "completed")):
        at(clock, minutes(minute))
        settling.due(deps, booked)
        assert deps.sessions.get(booked).status == status
    assert deps.sockets.to("meera=")[-1]["data"]["status"] == "completed"


def test_the_grace_stops_where_somebodys_next_claim_begins(deps, clock, booked, meera, lena):
    offer = sessions.Offer("Generators", "What they are.", ("python",), "programming", START + minutes(60), 30)
    sessions.publish(deps, mentor_id=meera.id, offer=offer, key="key-00000009")
    at(clock, minutes(0))
    rooms.go_live(deps, user_id=meera.id, session_id=booked)
    join_socket(deps, rooms.let_in(deps, user_id=lena.id, session_id=booked), "lena=", "sid-l")
    at(clock, minutes(60))
    settling.due(deps, booked)
    assert deps.sockets.to("lena=")[-1]["data"]["status"] == "completed"
    assert refusal_of(rooms.let_in, deps, user_id=lena.id, session_id=booked).code == "ended"


def test_one_who_waited_alone_is_told_at_the_scheduled_end_that_the_other_did_not_come(deps, clock, booked, lena):
    at(clock, minutes(-3))
    join_socket(deps, rooms.let_in(deps, user_id=lena.id, session_id=booked), "lena=", "sid-l")
    at(clock, minutes(60))
    settling.due(deps, booked)
    assert deps.sockets.to("lena=")[-1]["data"]["status"] == "no_show_mentor"
