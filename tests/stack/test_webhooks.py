"""The gateway's webhook through the whole stack, byte for byte: forged events are nothing, and a doubled one is one."""

import json
import time
import uuid

import pytest

from chalicelib.stores import keys
from functions.http import MAX_BODY
from infra.local.razorpay.api import signed
from infra.local.razorpay.books import ACCOUNT_ID

WORDS = {"name": "Łena 😀", "price": "₹500", "line": "a\u2028b", "slash": "<\\/script>"}  # signed as sent, not as read


@pytest.fixture
def secret(stack):
    return stack.secrets["razorpay"]["webhook_secrets"][0]


def event(**changes):
    """An event about nothing of ours, as bytes."""
    told = {"entity": "event", "account_id": ACCOUNT_ID, "event": "payment.captured"}
    told |= {"payload": {"settlement": {"entity": {"id": "setl_none"}}}, "notes": WORDS}
    return json.dumps(told | changes, ensure_ascii=False).encode()


@pytest.fixture
def post(anyone):
    """Post these bytes as the gateway would: its id, and what came of it."""

    def posted(body, signature, event_id=None, **headers):
        event_id = event_id or f"evt{uuid.uuid4().hex}"
        sent = {"X-PeerLearn": None, "Idempotency-Key": None, "X-Razorpay-Signature": signature}
        sent |= {"x-razorpay-event-id": event_id, "User-Agent": "Razorpay-Webhook/v1", **headers}
        return event_id, anyone().send("POST", "/webhooks/razorpay", raw=body, headers=sent)

    return posted


def kept(real, event_id):
    return real.tables.read(keys.inbox(event_id))


def test_what_is_signed_is_taken_down_whatever_letters_are_in_it(real, post, secret):
    body = event()
    event_id, reply = post(body, signed(secret, body))
    assert (reply.status, reply.data) == (200, {})
    assert kept(real, event_id)["name"] == "payment.captured"


def test_the_same_again_is_one_and_is_seen_to_once(real, post, secret):
    body = event()
    event_id, reply = post(body, signed(secret, body))
    assert reply.status == 200
    give_up = time.monotonic() + 30
    while kept(real, event_id)["status"] != "done" and time.monotonic() < give_up:
        time.sleep(0.2)
    seen = kept(real, event_id)
    assert seen["status"] == "done"
    assert post(body, signed(secret, body), event_id)[1].status == 200
    assert kept(real, event_id) == seen


@pytest.mark.parametrize("forged", ["another secret", "another body", "cut short", "missing", "of nothing"])
def test_what_is_not_signed_like_this_is_not_taken_down(real, post, secret, forged):
    body = event()
    signature = {
        "another secret": signed("not the secret", body),
        "another body": signed(secret, body + b" "),
        "cut short": signed(secret, body)[:-1],
        "missing": None,
        "of nothing": signed(secret, b""),
    }[forged]
    event_id, reply = post(body, signature)
    assert (reply.status, reply.code) == (401, "bad_signature")
    assert kept(real, event_id) is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"event": 1}', b"\xff\xfe", b"[" * 20_000])
def test_whoever_does_not_sign_is_told_nothing_about_what_an_event_is(real, post, body):
    event_id, reply = post(body, "0" * 64)
    assert (reply.status, reply.code) == (401, "bad_signature")
    assert kept(real, event_id) is None


def test_a_signed_one_that_is_none_is_refused_precisely(real, post, secret):
    for body, status, code in (
        (b"{", 400, "bad_json"),
        (b"[]", 422, "invalid"),
        (event(payload={"payment": {"entity": {"id": 5}}}), 422, "invalid"),
        (event(payload={"payment": {"entity": {"id": "pay#1"}}}), 400, "bad_event"),
        (event(notes="x" * MAX_BODY), 413, "too_large"),
    ):
        event_id, reply = post(body, signed(secret, body))
        assert (reply.status, reply.code) == (status, code)
        assert kept(real, event_id) is None


def test_an_event_id_that_is_none_is_refused(post, secret):
    body = event()
    for event_id in ("evt#1", "x" * 65):
        assert post(body, signed(secret, body), event_id)[1].code == "bad_event"
