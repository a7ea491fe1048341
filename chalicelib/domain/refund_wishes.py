"""Large refunds by admins: what one asks for, another carries out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.coupons import LEAST_PAYABLE
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.payments import Payment
from chalicelib.domain.rupees import rupees

ALONE, WAITS, SAME = 10_000_00, timedelta(hours=24), timedelta(minutes=10)


@dataclass(frozen=True)
class RefundWish:
    """One admin's, good for a day."""

    booking_id: str
    paise: int
    words: str
    by: str
    at: datetime

    def is_seconded(self, by: str, paise: int, now: datetime) -> bool:
        """Another admin asks for the very same, in time."""
        return self.by != by and self.paise == paise and now < self.at + WAITS


def needs_another(payment: Payment, paise: int) -> bool:
    """It takes a second admin where this booking's refunds by admins come to more than ₹10,000 with it."""
    return paise + sum(each.paise for each in payment.refunds if each.why == "admin") > ALONE


def must_be_new(payment: Payment, paise: int, now: datetime) -> None:
    """The same sum given back some minutes ago is likely the same intent: pressed twice, or its answer was lost."""
    made = (each for each in payment.refunds if each.why == "admin" and each.paise == paise)
    if any(now < each.decided_at + SAME for each in made):
        words = f"{rupees(paise)} was given back here a moment ago. If as much again is to go back, wait ten minutes."
        raise Conflict("same_refund", words)


def check(payment: Payment, paise: int) -> None:
    """It is there to be given back, and neither it nor what is left is too little for the gateway to move."""
    if payment.status != "paid":
        raise Conflict("not_paid", "Nothing has been paid for this booking.")
    if payment.chargeback == "open":
        raise Conflict(
            "bank_dispute", "The learner's bank is looking into this payment; nothing can go back meanwhile."
        )
    left = payment.refundable_paise
    if not left:
        raise Conflict("nothing_left", "All that was paid has gone back already.")
    if paise > left or paise < min(LEAST_PAYABLE, left):
        raise Invalid({"paise": f"From ₹1 to {rupees(left)}."})
    if 0 < left - paise < LEAST_PAYABLE:
        raise Invalid(
            {"paise": f"Less than a rupee would be left, which cannot go back alone: give all {rupees(left)}."}
        )
