"""Orders, payments on them and refunds: the gateway's own bookkeeping."""

import re
from collections.abc import Callable

from infra.local.razorpay import problems
from infra.local.razorpay.events import Events
from infra.local.razorpay.faults import Faults
from infra.local.razorpay.problems import Body, Problem
from infra.local.razorpay.shelves import Shelves, page, same

FEE_PERCENT, GST_PERCENT = 2, 18
CAPTURED = ("captured", "refunded")
REFUND_KEY = re.compile(r"[A-Za-z0-9_-]*")
NO_ERROR = dict.fromkeys(("error_code", "error_description", "error_source", "error_step", "error_reason"))
PAYMENT_FAILED = {
    "error_code": "BAD_REQUEST_ERROR",
    "error_description": "Payment failed",
    "error_source": "bank",
    "error_step": "payment_authorization",
    "error_reason": "payment_failed",
}


class Payments:
    """Captures by itself whatever is authorised; `later` has a thing move on after a while."""

    def __init__(self, shelves: Shelves, events: Events, faults: Faults, later: Callable[[str, str], None]):
        self._shelves, self._events, self._faults, self._later = shelves, events, faults, later
        self._tries: dict[str, list[str]] = {}
        for payment in shelves.every("payment"):
            self._tries.setdefault(payment["order_id"], []).append(payment["id"])

    def create_order(self, body: Body) -> Body:
        """What a payer is to pay."""
        problems.only(body, "amount", "currency", "receipt", "notes", "partial_payment", "payment_capture")
        paise = problems.amount(body)
        problems.rupees(body)
        receipt, notes = problems.text(body, "receipt", 40), problems.notes(body)
        return self._shelves.make(
            "order",
            amount=paise,
            amount_paid=0,
            amount_due=paise,
            currency="INR",
            receipt=receipt,
            offer_id=None,
            status="created",
            attempts=0,
            notes=notes,
        )

    def payments_of(self, order_id: str) -> Body:
        """Every try on an order."""
        self._shelves.get("order", order_id)
        return page(self.tries(order_id), {"count": "100"})

    def tries(self, order_id: str) -> list[Body]:
        """The same, the first one first."""
        return [self._shelves.get("payment", each) for each in self._tries.get(order_id, ())]

    def begin(self, order_id: str, method: str = "upi", email: str = "", contact: str = "") -> Body:
        """A payer tries to pay; an order that is paid takes no more."""
        order = self._shelves.get("order", order_id)
        if order["status"] == "paid":
            raise Problem("Payment already done for this order.", "order_id")
        self._shelves.move("order", order_id, status="attempted", attempts=order["attempts"] + 1)
        wrong = self._faults.draw("pay", "wrong_amount")
        begun = self._shelves.make(
            "payment",
            amount=order["amount"] + (100 if wrong else 0),
            currency="INR",
            status="created",
            order_id=order_id,
            invoice_id=None,
            international=False,
            method=method,
            amount_refunded=0,
            refund_status=None,
            captured=False,
            description=None,
            card_id=None,
            bank=None,
            wallet=None,
            vpa="learner@testbank" if method == "upi" else None,
            email=email,
            contact=contact,
            notes=[],
            fee=None,
            tax=None,
            acquirer_data={},
            **NO_ERROR,
        )
        self._tries.setdefault(order_id, []).append(begun["id"])
        return begun

    def fail(self, payment_id: str) -> Body:
        """The bank says no, or nothing."""
        payment = self._shelves.get("payment", payment_id)
        if payment["status"] != "created":
            return payment
        failed = self._shelves.move("payment", payment_id, status="failed", **PAYMENT_FAILED)
        self._events.tell("payment.failed", payment=failed)
        return failed

    def authorize(self, payment_id: str) -> Body:
        """The bank says yes, perhaps long after it was given up; captured at once."""
        payment = self._shelves.get("payment", payment_id)
        if payment["status"] not in ("created", "failed"):
            return payment
        authorized = self._shelves.move("payment", payment_id, status="authorized", **NO_ERROR)
        self._events.tell("payment.authorized", payment=authorized)
        return self._capture(authorized)

    def _capture(self, payment: Body) -> Body:
        fee = charge(payment["amount"])
        tax = fee - net(payment["amount"])
        captured = self._shelves.move("payment", payment["id"], status="captured", captured=True, fee=fee, tax=tax)
        self._events.tell("payment.captured", payment=captured)
        order = self._shelves.get("order", payment["order_id"])
        if order["status"] != "paid":
            paid = self._shelves.move("order", order["id"], status="paid", amount_paid=payment["amount"], amount_due=0)
            self._events.tell("order.paid", payment=captured, order=paid)
        return captured

    def refund(self, payment_id: str, body: Body, key: str | None = None) -> Body:
        """Money goes back; the same key gives the first answer."""
        problems.only(body, "amount", "speed", "receipt", "notes")
        name = f"refund:{key}"
        if key is not None:
            _check_key(key)
            earlier = self._shelves.find("key", name)
            if earlier and earlier["asked"] != same({"payment": payment_id, **body}):
                words = "Different request with the same idempotency key has already been processed."
                raise Problem(words, status=409, reason="NA")
            if earlier:
                return self._shelves.get("refund", earlier["made"])
        made = self._refund(self._shelves.get("payment", payment_id), body)
        if key is not None:
            asked = same({"payment": payment_id, **body})
            self._shelves.put("key", {"id": name, "asked": asked, "made": made["id"]})
        return made

    def _refund(self, payment: Body, body: Body) -> Body:
        left = payment["amount"] - payment["amount_refunded"]
        if payment["status"] == "refunded":
            raise Problem("The payment has been fully refunded already.", reason="NA")
        if payment["status"] != "captured":
            raise Problem("Only captured payments can be refunded", reason="NA")
        paise = problems.amount({"amount": left, **body})
        if paise > left:
            words = "The total refund amount is greater than the refund payment amount"
            raise Problem(words, "amount")
        made = self._shelves.make(
            "refund",
            amount=paise,
            currency="INR",
            payment_id=payment["id"],
            notes=problems.notes(body),
            receipt=problems.text(body, "receipt", 40),
            acquirer_data={"arn": None},
            batch_id=None,
            status="pending",
            speed_processed="normal",
            speed_requested=body.get("speed", "normal"),
        )
        paid = self._returned(payment, paise)
        self._events.tell("refund.created", refund=made, payment=paid)
        self._later(made["id"], "failed" if self._faults.draw("refund", "refund_fails") else "processed")
        return made

    def finish_refund(self, refund_id: str, status: str) -> Body:
        """Processed, or failed: then it can be asked for anew."""
        refund = self._shelves.get("refund", refund_id)
        if refund["status"] != "pending":
            return refund
        done = self._shelves.move("refund", refund_id, status=status)
        payment = self._shelves.get("payment", refund["payment_id"])
        if status == "failed":
            payment = self._returned(payment, -refund["amount"])
        self._events.tell(f"refund.{status}", refund=done, payment=payment)
        return done

    def _returned(self, payment: Body, paise: int) -> Body:
        refunded = payment["amount_refunded"] + paise
        whole = refunded == payment["amount"]
        return self._shelves.move(
            "payment",
            payment["id"],
            amount_refunded=refunded,
            refund_status="full" if whole else "partial" if refunded else None,
            status="refunded" if whole else "captured",
        )


def net(paise: int) -> int:
    """The gateway's fee, to the paisa, half up."""
    return (paise * FEE_PERCENT * 2 + 100) // 200


def charge(paise: int) -> int:
    """The fee with the tax on it."""
    return net(paise) + (net(paise) * GST_PERCENT * 2 + 100) // 200


def _check_key(key: str) -> None:
    if len(key) < 10:
        raise Problem("The idempotency key must be at least 10 characters long.", reason="NA")
    if not REFUND_KEY.fullmatch(key):
        words = "The idempotency key must only contain alphanumeric characters, underscores, and hyphens"
        raise Problem(words, reason="NA")
