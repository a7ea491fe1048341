"""Opening a socket, what it may say, and what becomes of it."""

import json
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.identity import Identity
from chalicelib.services import realtime
from chalicelib.stores import keys

LENA = Identity("usr_l", ("learner",), 1, "dev_1", False)
SITE = "http://localhost:8000"


def code(answers):
    [answer] = answers
    assert answer["type"] == "error"
    return answer["data"]["code"]


def test_a_ticket_opens_a_socket_and_hello_says_whose_it_is(deps, page):
    lena = page("c1=")
    [welcome] = lena.send({"type": "hello", "id": "1"})
    assert welcome == {
        "type": "welcome",
        "topic": "user:usr_l",
        "id": "1",
        "data": {"user_id": "usr_l", "connection_id": "c1=", "server_time": "2026-03-02T12:00:00Z"},
    }
    assert deps.connections.of("usr_l") == ["c1="]


def test_opening_is_one_transaction_and_posts_nothing(deps, page):
    page("c1=")
    assert deps.tables.requests == ["TransactWriteItems"]
    assert deps.sockets.posts == []


def test_a_ticket_is_good_once(deps, page):
    ticket = realtime.ticket(deps, LENA)
    assert page("c1=", opened=False).connect(ticket) == 200
    assert page("c2=", opened=False).connect(ticket) == 401
    assert deps.connections.of("usr_l") == ["c1="]


def test_a_ticket_is_good_for_half_a_minute(deps, page, clock):
    ticket = realtime.ticket(deps, LENA)
    clock.forward(timedelta(seconds=31))
    assert page("c1=", opened=False).connect(ticket) == 401


@pytest.mark.parametrize("shown", [None, "", "nonsense", "a.b.c"])
def test_without_a_ticket_nobody_gets_in(deps, page, shown):
    assert page("c1=", opened=False).connect(shown) == 401
    assert deps.tables.items == {}


def test_a_token_for_another_purpose_is_no_ticket(deps, page):
    assert page("c1=", opened=False).connect(deps.tokens.access(LENA)) == 401
    assert page("c1=", opened=False).connect(deps.tokens.sign("room-pass", "usr_l", timedelta(hours=1))) == 401


@pytest.mark.parametrize(
    "origin", [None, "", "null", "https://evil.example", f"{SITE}.evil.example", f"{SITE}/", "https://localhost:8000"]
)
def test_other_sites_do_not_get_in_even_with_a_ticket(deps, page, origin):
    ticket = realtime.ticket(deps, LENA)
    assert page("c1=", opened=False).connect(ticket, origin) == 403
    assert page("c1=", opened=False).connect(ticket, SITE) == 200, "and the ticket was not used up"


@pytest.mark.parametrize("door", [None, "", "guess", "जो"])
def test_nobody_gets_in_around_the_front_door(deps, page, door):
    ticket = realtime.ticket(deps, LENA)
    assert page("c1=", opened=False).connect(ticket, door=door) == 403
    assert page("c1=", opened=False).connect(ticket) == 200, "and the ticket was not used up"


def test_a_passing_fault_is_not_a_refusal(deps, page, monkeypatch):
    def busy(writes):
        raise Unavailable

    monkeypatch.setattr(deps.tables, "commit", busy)
    assert page("c1=", opened=False).connect(realtime.ticket(deps, LENA)) == 503


def test_ping_asks_no_table(deps, page):
    lena = page("c1=")
    deps.tables.requests.clear()
    assert lena.send({"type": "ping"}) == [{"type": "pong", "data": {"server_time": "2026-03-02T12:00:00Z"}}]
    assert deps.tables.requests == []


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "hello",
        "null",
        "[]",
        "{}",
        '{"type":1}',
        '{"type":"ping","data":[]}',
        '{"type":"ping","data":NaN}',
        '{"type":"ping","id":7}',
        '{"type":"ping","id":"' + "x" * 65 + '"}',
        '{"type":"ping","topic":null}',
        '{"type":"\\ud800"}',
        "\ud800",
        '{"type":"join","topic":"room:ses_1"}',
        '{"type":"join","topic":"room:ses_1","data":{"pass":"x","sid":"<b>"}}',
        '{"type":"join","topic":"room:ses_1","data":{"pass":["x"],"sid":"s1"}}',
    ],
    ids=lambda frame: repr(frame[:40]),
)
def test_a_frame_that_cannot_be_read_is_answered_in_words(page, frame):
    assert code(page("c1=").send(frame)) == "bad_message"


def test_a_frame_as_deep_as_its_size_allows_brings_nothing_down(page):
    deep = '{"type":"ping","data":' + '{"a":' * 5000 + "1" + "}" * 5001
    [answer] = page("c1=").send(deep)
    assert answer["type"] == "pong" or answer["data"]["code"] == "bad_message"


@pytest.mark.parametrize("kind", ["shout", "HELLO", "__class__", "joined"])
def test_an_unknown_type_is_answered_with_its_id(page, kind):
    [answer] = page("c1=").send({"type": kind, "id": "42"})
    assert (answer["id"], answer["data"]["code"]) == ("42", "unknown_type")


@pytest.mark.parametrize("topic", ["", "room:", "user:usr_l", "ses_1"])
def test_a_message_about_a_room_needs_a_room(page, topic):
    assert code(page("c1=").send({"type": "leave", "topic": topic})) == "bad_topic"


def test_a_frame_over_32_kb_is_refused(page):
    frame = json.dumps({"type": "signal", "topic": "room:ses_1", "data": {"chat": "अ" * 11000}}, ensure_ascii=False)
    assert len(frame) < 32 * 1024 < len(frame.encode())
    assert code(page("c1=").send(frame)) == "too_large"


def test_a_surprise_is_answered_without_its_words(deps, page, monkeypatch):
    lena = page("c1=")

    def broken(connection_id):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(deps.connections, "find", broken)
    [answer] = lena.send({"type": "hello"})
    assert answer["data"]["code"] == "surprise"
    assert "secret" not in json.dumps(answer)


def test_a_closed_socket_leaves_nothing_behind(deps, page):
    page("c1=").close()
    left = [key for key in deps.tables.items if key.sk != "TICKET"]
    assert left == []


def test_closing_twice_is_no_fault(page):
    lena = page("c1=")
    lena.close()
    lena.close()


def test_what_a_socket_leaves_behind_unheard_has_an_end(deps, page):
    page("c1=")
    assert all("ttl" in item for item in deps.tables.items.values())


def test_all_pages_of_a_person_hear_of_a_change(deps, page):
    one, other = page("c1="), page("c2=")
    stranger = page("c3=", "usr_x")
    realtime.changed(deps, {"usr_l": ["bookings"]})
    news = {"type": "changed", "topic": "user:usr_l", "data": {"what": "bookings"}}
    assert one.heard == other.heard == [news]
    assert stranger.heard == []


def test_admins_hear_what_concerns_admins_and_learners_do_not(deps, page):
    lena, anna = page("c1="), page("c2=", "usr_a", roles=("learner", "admin"))
    realtime.changed(deps, {"admins": ["admin"]})
    assert [message["topic"] for message in anna.heard] == ["admin"]
    assert lena.heard == []
    anna.close()
    assert deps.connections.of("admins") == []


def test_a_page_that_is_gone_is_forgotten_at_the_next_post(deps, page, clock):
    page("c1="), page("c2=")
    clock.forward(timedelta(seconds=10))
    deps.sockets.gone.add("c1=")
    realtime.changed(deps, {"usr_l": ["me", "bookings"]})
    assert deps.connections.of("usr_l") == ["c2="]
    assert keys.connection("c1=") not in deps.tables.items
    assert len(deps.sockets.to("c2=")) == 2


def test_a_socket_that_nobody_can_post_to_yet_is_not_taken_for_gone(deps, page):
    lena = page("c1=")
    deps.sockets.gone.add("c1=")
    realtime.changed(deps, {"usr_l": ["me"]})
    deps.sockets.gone.clear()
    assert [message["type"] for message in lena.send({"type": "hello"})] == ["welcome"]
    realtime.changed(deps, {"usr_l": ["bookings"]})
    assert lena.heard[-1]["data"] == {"what": "bookings"}


def test_telling_stops_when_the_time_is_up(deps, page):
    page("c1="), page("c2=", "usr_m")
    turns = iter([False, True])
    realtime.changed(deps, {"usr_l": ["me"], "usr_m": ["me"]}, lambda: next(turns))
    assert [to for to, _ in deps.sockets.posts] == ["c1="]


def test_a_post_that_fails_costs_nobody_their_socket(deps, page):
    page("c1=")
    deps.sockets.failing.add("c1=")
    realtime.changed(deps, {"usr_l": ["me"]})
    assert deps.connections.of("usr_l") == ["c1="]
