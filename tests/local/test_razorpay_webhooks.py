"""The stand-in's events: signed, at least once, repeated until they are heard, in whatever order."""

import hashlib
import hmac
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.fakes.world import SECRETS
from tests.local.simulator import simulator
from tests.local.test_razorpay import order, paid


class Ear(ThreadingHTTPServer):
    """Our side: what was heard, and how many are turned away at first."""

    def __init__(self):
        self.heard, self.refusing = [], 0
        super().__init__(("127.0.0.1", 0), Hearing)

    def names(self):
        return [json.loads(body)["event"] for body, _ in self.heard]

    def until(self, many):
        """So many have been heard."""
        give_up = time.monotonic() + 8
        while len(self.heard) < many:
            assert time.monotonic() < give_up, self.names()
            time.sleep(0.02)
        return self.heard


class Hearing(BaseHTTPRequestHandler):
    """One event."""

    def do_POST(self):  # noqa: N802 - the library's own name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        refused, self.server.refusing = self.server.refusing > 0, self.server.refusing - 1
        if not refused:
            self.server.heard.append((body, dict(self.headers)))
        self.send_response(500 if refused else 200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def ear():
    """It listens."""
    with Ear() as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening
        listening.shutdown()


@pytest.fixture
def up(ear):
    """A stand-in that tells it."""
    with simulator(webhook_url=f"http://127.0.0.1:{ear.server_port}/") as running:
        yield running


def test_a_payment_is_told_in_three_events_signed_over_the_raw_body(up, ear):
    payment = paid(up)
    heard = ear.until(3)
    assert sorted(ear.names()) == ["order.paid", "payment.authorized", "payment.captured"]
    for body, headers in heard:
        secret = SECRETS.razorpay.webhook_secrets[0].encode()
        assert headers["X-Razorpay-Signature"] == hmac.new(secret, body, hashlib.sha256).hexdigest()
        told = json.loads(body)
        assert told["entity"] == "event"
        assert told["account_id"].startswith("acc_")
        assert told["contains"] == [*told["payload"]]
        assert told["payload"]["payment"]["entity"]["id"] == payment
    assert len({headers["x-razorpay-event-id"] for _, headers in heard}) == 3


def test_what_was_not_heard_is_told_again_with_the_same_id_and_body(up, ear):
    ear.refusing = 2
    made = order(up)["id"]
    up.act("pay", order_id=made, outcome="failed")
    ((body, headers),) = ear.until(1)
    (event,) = up.ask("GET", "/control/events")
    assert (event["id"], event["body"].encode()) == (headers["x-razorpay-event-id"], body)


def test_an_event_can_be_doubled_lost_or_overtaken(up, ear):
    up.act("faults", kind="duplicate_webhook", op="payment.authorized")
    up.act("faults", kind="lose_webhook", op="payment.captured")
    up.act("faults", kind="reorder_webhooks", op="order.paid", seconds=0.4)
    paid(up)
    ear.until(3)
    assert Counter(ear.names()) == {"payment.authorized": 2, "order.paid": 1}
    assert ear.names()[-1] == "order.paid"
    lost = next(each for each in up.ask("GET", "/control/events") if each["state"] == "lost")
    up.act("replay", event_id=lost["id"])
    ear.until(4)
    assert ear.names()[-1] == "payment.captured"


def test_events_wait_while_they_are_switched_off(up, ear):
    up.act("webhooks", on=False)
    paid(up)
    time.sleep(0.3)
    assert ear.heard == []
    up.act("webhooks", on=True)
    ear.until(3)


def test_an_event_that_nobody_heard_is_told_after_a_restart(tmp_path, ear):
    state = tmp_path / "books.sqlite"
    with simulator(state, webhook_url="http://127.0.0.1:9/") as first:
        paid(first)
        time.sleep(0.2)
    with simulator(state, webhook_url=f"http://127.0.0.1:{ear.server_port}/"):
        ear.until(3)
