"""Messages, typing and presence through the gateway, the packaged Lambdas and the stream."""

import time

import pytest
from ulid import ULID

from tests.stack.line import dial, greeted


@pytest.fixture
def pair(new_mentor, new_learner, new_session):
    """A mentor and a learner, and the booking they have in common."""
    mentor, learner = new_mentor(), new_learner()
    booked = learner.browser.post(f"/sessions/{new_session(mentor)}/bookings")
    assert booked.status == 201
    return mentor, learner, booked.data["id"]


def write(who, to, text, **more):
    reply = who.browser.post(f"/threads/{to.account.id}/messages", {"id": str(ULID()), "text": text, **more})
    assert reply.status == 201
    return reply.data


def test_a_message_reaches_both_peoples_pages_and_its_reading_the_sender(pair):
    mentor, learner, booking = pair
    with greeted(mentor.browser) as meera, greeted(learner.browser) as lena:
        sent = write(learner, mentor, "Hello", about=booking)
        for line in (meera, lena):
            assert line.until("message", id=sent["id"])["data"]["text"] == "Hello"
        assert mentor.browser.get("/threads/unread").data == {"unread": 1}
        assert mentor.browser.post(f"/threads/{learner.account.id}/seen", {"until": 1}).status == 204
        assert lena.until("messages-seen")["data"] == {"by": mentor.account.id, "until": 1}
        meera.until("changed", what="messages")
        assert mentor.browser.get("/threads/unread").data == {"unread": 0}


def test_typing_reaches_the_other_and_nobody_else(pair, new_learner):
    mentor, learner, booking = pair
    write(learner, mentor, "Hello", about=booking)
    token = learner.browser.get(f"/threads/{mentor.account.id}/messages").data["token"]
    sign = {"type": "typing", "topic": f"thread:{mentor.account.id}", "data": {"token": token}}
    with greeted(mentor.browser) as meera, greeted(learner.browser) as lena, greeted(new_learner().browser) as eve:
        lena.send(sign)
        assert meera.until("typing")["topic"] == f"thread:{learner.account.id}"
        forged = sign | {"data": {"token": token[:-3] + "abc"}}
        assert eve.ask(forged, "error")["data"]["code"] == "bad_token"


def test_a_mentor_is_live_from_connecting_to_closing(new_mentor, anyone):
    mentor, asked = new_mentor(), anyone()
    path = f"/presence?ids={mentor.account.id}"
    assert mentor.browser.put("/me/instant", {"instant": True}).status == 200
    with dial(mentor.browser) as line:
        token = line.ask({"type": "hello"}, "welcome")["data"]["presence"]
        [found] = asked.get(path).data["items"]
        assert (found["live"], found["seen_hours_ago"]) == (True, 0)
        line.send({"type": "present", "data": {"token": token}})
        assert line.ask({"type": "ping"}, "pong")
    assert eventually(lambda: not asked.get(path).data["items"][0]["live"])


def eventually(holds, patience=10):
    give_up = time.monotonic() + patience
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.2)
    return True
