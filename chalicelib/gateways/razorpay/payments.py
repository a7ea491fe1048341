"""Razorpay: orders, what was paid on them, what was paid back, and what came to our bank."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import datetime

from chalicelib.domain.gateway import Capture, GatewayDispute, GatewayRefund, Order, Settlement
from chalicelib.gateways.razorpay.line import PAGE, Body, Line, listed, moment, one_of, read
from chalicelib.gateways.secrets import Secrets

CURRENCY = "INR"


class Razorpay:
    """Payments. Checking a signature asks nobody and imports nothing."""

    def __init__(self, secrets: Callable[[], Secrets], url: str):
        self._secrets = secrets
        self._line = Line(lambda: (secrets().razorpay.key_id, secrets().razorpay.key_secret), url)

    @property
    def key_id(self) -> str:
        """What the browser names us by."""
        return self._secrets().razorpay.key_id

    def create_order(self, *, amount_paise: int, receipt: str) -> Order:
        """What a learner is to pay; asked twice, there are two."""
        asked = {"amount": amount_paise, "currency": CURRENCY, "receipt": receipt}
        return read(_order, self._line.sdk.order.create(asked))

    def find_order(self, receipt: str) -> Order | None:
        """The first order under a receipt of ours, if there is one."""
        found = [read(_order, each) for each in listed(self._line.sdk.order.all({"receipt": receipt}))]
        return next((each for each in reversed(found) if each.receipt == receipt), None)

    def order(self, order_id: str) -> Order:
        """An order as it is now."""
        return read(_order, self._line.sdk.order.fetch(order_id))

    def captures_of(self, order_id: str) -> list[Capture]:
        """Every try to pay an order, the first one first."""
        items = listed(self._line.sdk.order.payments(order_id))
        return sorted((read(_capture, each) for each in items), key=lambda capture: (capture.created_at, capture.id))

    def capture(self, payment_id: str) -> Capture:
        """A payment as it is now."""
        return read(_capture, self._line.sdk.payment.fetch(payment_id))

    def refund(self, payment_id: str, *, paise: int, key: str) -> GatewayRefund:
        """Pay so much back; the same key again is the same refund."""
        asked = {"amount": paise, "speed": "normal", "receipt": key}
        return read(_refund, self._line.sdk.payment.refund(payment_id, asked, headers={"X-Refund-Idempotency": key}))

    def refund_of(self, payment_id: str, receipt: str) -> GatewayRefund | None:
        """The refund of a payment that we asked for under this receipt, if it was made."""
        items = listed(self._line.sdk.payment.fetch_multiple_refund(payment_id, {"count": PAGE}))
        return next((each for each in (read(_refund, item) for item in items) if each.receipt == receipt), None)

    def gateway_refund(self, refund_id: str) -> GatewayRefund:
        """A refund as it is now."""
        return read(_refund, self._line.sdk.refund.fetch(refund_id))

    def dispute(self, dispute_id: str) -> GatewayDispute:
        """A bank's dispute as it is now."""
        return read(_dispute, self._line.sdk.dispute.fetch(dispute_id))

    def orders_between(self, start: datetime, end: datetime) -> Iterator[Order]:
        """Orders made from `start` until before `end`, as are all of these."""
        return (read(_order, each) for each in self._line.made_between("/v1/orders", start, end))

    def captures_between(self, start: datetime, end: datetime) -> Iterator[Capture]:
        """Payments, whatever became of them."""
        return (read(_capture, each) for each in self._line.made_between("/v1/payments", start, end))

    def refunds_between(self, start: datetime, end: datetime) -> Iterator[GatewayRefund]:
        """Refunds, whatever became of them."""
        return (read(_refund, each) for each in self._line.made_between("/v1/refunds", start, end))

    def settlements_between(self, start: datetime, end: datetime) -> Iterator[Settlement]:
        """What was paid into our bank."""
        return (read(_settlement, each) for each in self._line.made_between("/v1/settlements", start, end))

    def callback_is_genuine(self, order_id: str, payment_id: str, signature: str) -> bool:
        """Razorpay itself says that this payment was made on this order."""
        return _signed(self._secrets().razorpay.key_secret, f"{order_id}|{payment_id}".encode(), signature)

    def webhook_is_genuine(self, body: bytes, signature: str) -> bool:
        """Signed with our webhook secret, or with the one before: older events keep theirs."""
        return any(_signed(each, body, signature) for each in self._secrets().razorpay.webhook_secrets)


def _signed(secret: str, body: bytes, signature: str) -> bool:
    """A secret that is not there proves nothing: anybody could sign with it."""
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return secret != "" and hmac.compare_digest(expected.encode(), signature.encode())


def _order(body: Body) -> Order:
    return Order(
        id=body["id"],
        receipt=body["receipt"] or "",
        amount_paise=int(body["amount"]),
        currency=body["currency"],
        status=one_of(("created", "attempted", "paid"), body["status"]),
    )


def _capture(body: Body) -> Capture:
    """A payment without an order is none of ours, and said so by an empty one."""
    return Capture(
        id=body["id"],
        order_id=body["order_id"] or "",
        amount_paise=int(body["amount"]),
        currency=body["currency"],
        status=one_of(("created", "authorized", "captured", "refunded", "failed"), body["status"]),
        fee_paise=int(body["fee"] or 0),
        tax_paise=int(body["tax"] or 0),
        refunded_paise=int(body["amount_refunded"] or 0),
        created_at=moment(body["created_at"]),
    )


def _refund(body: Body) -> GatewayRefund:
    return GatewayRefund(
        id=body["id"],
        payment_id=body["payment_id"],
        paise=int(body["amount"]),
        status=one_of(("pending", "processed", "failed"), body["status"]),
        receipt=body.get("receipt") or "",
    )


def _settlement(body: Body) -> Settlement:
    return Settlement(
        id=body["id"],
        paise=int(body["amount"]),
        fees_paise=int(body["fees"] or 0),
        tax_paise=int(body["tax"] or 0),
        status=body["status"],
        created_at=moment(body["created_at"]),
    )


def _dispute(body: Body) -> GatewayDispute:
    return GatewayDispute(
        id=body["id"],
        payment_id=body["payment_id"],
        paise=int(body["amount"]),
        status=one_of(("open", "under_review", "won", "lost", "closed"), body["status"]),
    )
