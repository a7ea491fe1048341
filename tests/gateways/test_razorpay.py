"""What comes of a call to Razorpay: done, refused, or not known."""

import json
import subprocess
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chalicelib.domain.gateway import BankAccount, Refused, Unknown
from chalicelib.gateways.razorpay import Razorpay, RazorpayX, sdk
from infra.local.razorpay.api import signed
from tests.fakes.world import SECRETS

ORDER = {"id": "order_1", "receipt": "b", "amount": 100, "currency": "INR", "status": "paid"}
REFUSAL = {"error": {"code": "BAD_REQUEST_ERROR", "description": "No."}}


class Answering(BaseHTTPRequestHandler):
    """Says what the test has laid out."""

    def do_GET(self):  # noqa: N802 - the library's own name
        self.server.asked.append((self.path, dict(self.headers)))
        status, body, headers = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):  # noqa: N802 - the library's own name
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def far():
    """The far end: `says` lays out its one answer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def line(far):
    """Razorpay at the far end."""
    return Razorpay(lambda: SECRETS, f"http://127.0.0.1:{far.server_port}")


def says(far, status, body, **headers):
    """What the far end will answer."""
    far.answer = status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers


def test_what_is_asked_goes_with_our_keys_and_is_read_strictly(far, line):
    says(far, 200, ORDER)
    assert line.order("order_1").status == "paid"
    ((path, headers),) = far.asked
    assert path == "/v1/orders/order_1"
    assert headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_definite_no_is_refused_in_the_gateway_s_words(far, line, status):
    says(far, status, REFUSAL)
    with pytest.raises(Refused) as refused:
        line.order("order_1")
    assert (refused.value.code, refused.value.words) == ("BAD_REQUEST_ERROR", "No.")


def error(code="BAD_REQUEST_ERROR", words="No."):
    """An error's body."""
    return {"error": {"code": code, "description": words}}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, REFUSAL),
        (403, REFUSAL),
        (400, error(words="The api key provided is invalid")),
        (400, error(words="Authentication failed")),
        (408, REFUSAL),
        (409, error(words="Another request with the same idempotency key is still in progress.")),
        (429, REFUSAL),
        (400, error(code="SERVER_ERROR")),
        (400, error(code="GATEWAY_ERROR")),
        (400, {}),
        (400, {"error": "no"}),
        (400, b"<html>"),
        (500, REFUSAL),
        (502, b"<html>bad gateway"),
        (504, b""),
        (200, b"{"),
        (200, b"[]"),
        (200, {}),
        (200, {**ORDER, "amount": None}),
        (200, {**ORDER, "status": "surprising"}),
    ],
)
def test_whatever_else_is_not_known(far, line, status, body):
    says(far, status, body)
    with pytest.raises(Unknown):
        line.order("order_1")


def test_another_body_under_a_key_is_a_definite_no(far, line):
    says(far, 409, error(words="Different request with the same idempotency key has already been processed."))
    with pytest.raises(Refused):
        line.refund("pay_1", paise=100, key="a-key-of-ours")


def test_our_keys_go_to_no_other_place(far, line):
    says(far, 302, {}, Location="http://127.0.0.1:9/")
    with pytest.raises(Unknown):
        line.order("order_1")
    assert len(far.asked) == 1


def test_nobody_there_is_not_known():
    with pytest.raises(Unknown):
        Razorpay(lambda: SECRETS, "http://127.0.0.1:9").order("order_1")


def test_nobody_is_waited_for_without_end(far, line, monkeypatch):
    monkeypatch.setattr(sdk, "READ", 0.1)
    silence = threading.Event()
    far.finish_request = lambda *_: silence.wait(5)
    with pytest.raises(Unknown):
        line.order("order_1")
    silence.set()


@pytest.mark.parametrize("ask", ["refund_of", "find_order"])
def test_a_list_that_is_none_is_not_known(far, line, ask):
    says(far, 200, {"entity": "collection"})
    with pytest.raises(Unknown):
        getattr(line, ask)(*["pay_1", "x"][: 2 if ask == "refund_of" else 1])


def test_the_balance_is_that_of_our_account(far):
    x = RazorpayX(lambda: SECRETS, f"http://127.0.0.1:{far.server_port}", "ours")
    amounts = [{"account_number": "other", "available_amount": 1}, {"account_number": "ours", "available_amount": 2}]
    says(far, 200, {"items": amounts})
    assert x.balance_paise() == 2
    says(far, 200, {"items": amounts[:1]})
    with pytest.raises(Unknown):
        x.balance_paise()


def test_a_secret_that_nobody_has_filled_in_proves_nothing():
    keys = replace(SECRETS.razorpay, webhook_secrets=("new", ""), key_secret="")
    line = Razorpay(lambda: replace(SECRETS, razorpay=keys), "http://x")
    assert not line.webhook_is_genuine(b"{}", signed("", b"{}"))
    assert not line.callback_is_genuine("order_1", "pay_1", signed("", b"order_1|pay_1"))


def test_events_signed_with_the_secret_before_are_believed_still():
    keys = replace(SECRETS.razorpay, webhook_secrets=("new", "old"))
    line = Razorpay(lambda: replace(SECRETS, razorpay=keys), "http://x")
    for secret, believed in (("new", True), ("old", True), ("older", False), (keys.key_secret, False)):
        assert line.webhook_is_genuine(b"{}", signed(secret, b"{}")) is believed
    assert not line.webhook_is_genuine(b"{ }", signed("new", b"{}"))
    assert not line.webhook_is_genuine(b"{}", "")


def test_a_signature_is_checked_without_the_sdk():
    code = "import sys, chalicelib.gateways.razorpay; print('razorpay' in sys.modules, 'requests' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_bank_details_are_not_said_by_a_fault():
    account = BankAccount("Asha Rao", "123456789012", "HDFC0000053")
    assert "1234" not in repr(account)
    assert "Asha" not in repr(account)
