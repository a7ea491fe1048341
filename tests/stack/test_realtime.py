"""Sockets through the proxy, the gateway and the packaged Lambdas."""

import statistics
import time
from datetime import timedelta

import pytest
from websockets.exceptions import InvalidStatus

from tests.stack.line import dial, greeted

NOW = timedelta(0)  # rounded up to the next quarter-hour: the doors are open
NO_ENTRY = (401, 403)  # the emulator knows one refusal of a handshake


@pytest.fixture
def pair(new_mentor, new_learner, new_session):
    """A mentor, a learner, and a session they have booked that is about to begin; nobody has to wait for the start."""
    mentor, learner = new_mentor(), new_learner()
    session_id = new_session(mentor, NOW)
    assert learner.browser.post(f"/sessions/{session_id}/bookings").status == 201
    assert mentor.browser.post(f"/rooms/{session_id}/admit").status == 204
    return mentor, learner, session_id


def enter(who, session_id, line, sid):
    shown = who.browser.post(f"/rooms/{session_id}/join").data["pass"]
    return line.ask({"type": "join", "topic": f"room:{session_id}", "data": {"pass": shown, "sid": sid}}, "joined")[
        "data"
    ]


def refused(act):
    with pytest.raises(InvalidStatus) as refusal:
        act()
    return refusal.value.response.status_code


def test_a_ticket_opens_one_socket(new_learner):
    learner = new_learner()
    ticket = learner.browser.post("/realtime/ticket").data["ticket"]
    with dial(learner.browser, ticket) as line:
        welcome = line.ask({"type": "hello", "id": "h1"}, "welcome")
        assert (welcome["id"], welcome["topic"]) == ("h1", f"user:{learner.account.id}")
        assert line.ask({"type": "ping"}, "pong")["data"]["server_time"]
        assert refused(lambda: dial(learner.browser, ticket)) in NO_ENTRY


def test_foreign_pages_and_forged_tickets_get_no_socket(new_learner):
    browser = new_learner().browser
    ticket = browser.post("/realtime/ticket").data["ticket"]
    assert refused(lambda: dial(browser, ticket, "https://evil.example")) in NO_ENTRY
    assert refused(lambda: dial(browser, "a.b.c")) in NO_ENTRY
    assert refused(lambda: dial(browser, "")) in NO_ENTRY
    dial(browser, ticket).close()


def test_what_cannot_be_read_is_answered_in_words(new_learner):
    with greeted(new_learner().browser) as line:
        assert line.ask("{", "error")["data"]["code"] == "bad_message"
        assert line.ask({"type": "shout", "id": "1"}, "error") == {
            "type": "error",
            "id": "1",
            "data": {"code": "unknown_type", "message": "There is no such message."},
        }


def test_two_people_meet_signal_and_part(pair):
    mentor, learner, session_id = pair
    topic = f"room:{session_id}"
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        first = enter(learner, session_id, his, "sid-l")
        assert (first["offer"], first["peer"], first["polite"]) == (False, None, True)
        second = enter(mentor, session_id, hers, "sid-m")
        assert second["offer"] and second["peer"]["sid"] == "sid-l"
        news = his.until("peer-joined")["data"]
        assert (news["sid"], news["role"]) == ("sid-m", "mentor")

        offer = {"type": "offer", "sdp": "v=0\r\n" * 1200}
        hers.send({"type": "signal", "topic": topic, "data": {"token": second["peer"]["token"], "description": offer}})
        heard = his.until("signal")["data"]
        assert heard["description"] == offer and heard["from"] == {"role": "mentor", "sid": "sid-m"}
        his.send({"type": "signal", "topic": topic, "data": {"token": news["token"], "chat": "नमस्ते 👋"}})
        assert hers.until("signal")["data"]["chat"] == "नमस्ते 👋"

        his.send(
            {"type": "signal", "topic": topic, "data": {"token": second["peer"]["token"], "chat": "as the mentor"}}
        )
        assert his.until("peer-gone")["topic"] == topic

        his.send({"type": "leave", "topic": topic})
        assert hers.until("peer-left")["data"] == {"role": "learner", "sid": "sid-l"}


def test_a_socket_that_dies_is_missed_and_its_successor_met(pair):
    mentor, learner, session_id = pair
    with greeted(mentor.browser) as hers:
        his = greeted(learner.browser)
        enter(learner, session_id, his, "sid-l")
        enter(mentor, session_id, hers, "sid-m")
        his.close()
        assert hers.until("peer-left")["data"] == {"role": "learner", "sid": "sid-l"}
        with greeted(learner.browser) as again:
            assert enter(learner, session_id, again, "sid-l")["offer"] is True
            assert hers.until("peer-joined")["data"]["sid"] == "sid-l"


def test_a_connection_that_never_was_is_gone(real):
    assert real.sockets.post("bm9ib2R5PQ=", {"type": "pong"}) == "gone"


def test_a_second_device_takes_over(pair):
    mentor, learner, session_id = pair
    with greeted(learner.browser) as laptop, greeted(learner.browser) as phone, greeted(mentor.browser) as hers:
        enter(learner, session_id, laptop, "laptop")
        enter(mentor, session_id, hers, "sid-m")
        enter(learner, session_id, phone, "phone")
        assert laptop.until("replaced")["topic"] == f"room:{session_id}"
        assert hers.until("peer-joined")["data"]["sid"] == "phone"


def test_live_and_end_reach_both_at_once(pair):
    mentor, learner, session_id = pair
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        enter(learner, session_id, his, "sid-l")
        assert mentor.browser.post(f"/rooms/{session_id}/live").data["status"] == "live"
        assert his.until("session")["data"]["status"] == "live"
        assert enter(mentor, session_id, hers, "sid-m")["status"] == "live"
        assert mentor.browser.post(f"/rooms/{session_id}/end").data["status"] == "completed"
        assert his.until("session")["data"]["status"] == hers.until("session")["data"]["status"] == "completed"
        assert learner.browser.post(f"/rooms/{session_id}/join").code == "ended"
        assert mentor.browser.post(f"/rooms/{session_id}/ice").code == "ended"


def test_a_mark_of_presence_is_kept_on_the_side_that_made_it(pair, real):
    mentor, learner, session_id = pair
    topic = f"room:{session_id}"
    shown = learner.browser.post(f"/rooms/{session_id}/join").data["pass"]
    with greeted(learner.browser) as his:
        his.send({"type": "here", "topic": topic, "data": {"pass": shown}})
        assert his.ask({"type": "here", "topic": topic, "id": "h", "data": {"pass": "x"}}, "error")["id"] == "h"
    attended = real.attendances.of(session_id)
    assert (len(attended.learner), attended.mentor) == (1, frozenset())


def test_ice_is_for_the_two_alone(pair, new_learner):
    mentor, learner, session_id = pair
    answer = learner.browser.post(f"/rooms/{session_id}/ice").data
    for server in answer["ice_servers"]:
        assert server["username"].endswith(f":{learner.account.id}") and server["credential"]
    stranger = new_learner().browser
    for door in ("join", "ice"):
        assert stranger.post(f"/rooms/{session_id}/{door}").code == "not_found"
    assert mentor.browser.post(f"/rooms/{session_id}/ice").status == 200


def test_both_dashboards_hear_of_a_booking(new_mentor, new_learner, new_session):
    mentor, learner = new_mentor(), new_learner()
    session_id = new_session(mentor)
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        assert learner.browser.post(f"/sessions/{session_id}/bookings").status == 201
        assert hers.until("changed", what="sessions")["topic"] == f"user:{mentor.account.id}"
        assert his.until("changed", what="bookings")["topic"] == f"user:{learner.account.id}"


def test_a_relay_takes_milliseconds(pair, record_property):
    mentor, learner, session_id = pair
    topic = f"room:{session_id}"
    with greeted(mentor.browser) as hers, greeted(learner.browser) as his:
        enter(learner, session_id, his, "sid-l")
        token = enter(mentor, session_id, hers, "sid-m")["peer"]["token"]
        times = []
        for number in range(60):
            began = time.perf_counter()
            hers.send({"type": "signal", "topic": topic, "data": {"token": token, "number": number}})
            assert his.until("signal")["data"]["number"] == number
            times.append((time.perf_counter() - began) * 1000)
    record_property("relay_ms", statistics.median(times))
    print(f"\nrelay one way: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    assert statistics.median(times) < 250
