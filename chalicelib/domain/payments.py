"""The money of one booking, from its order at the gateway to the mentor's earning: one thing, forward only."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from chalicelib.domain import ledger
from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Conflict
from chalicelib.domain.gateway import Capture
from chalicelib.domain.ledger import Posting, netted
from chalicelib.domain.repayments import Reason, Repayment
from chalicelib.domain.sessions import Session
from chalicelib.domain.shares import Rates, shares

# An order that is not paid is looked at again so long after it was made: late authorisations come for three days.
CHECKS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=4))
CURRENCY = "INR"


@dataclass(frozen=True)
class Payment:
    """Paise and UTC. `reversed_paise` is how much of the price has been given up again; `releases_at` when the earning
    becomes available; `refunds` also holds what was never kept, such as a payment that came too late."""

    booking_id: str
    session_id: str
    learner_id: str
    mentor_id: str
    title: str
    price_paise: int
    rates: Rates
    created_at: datetime
    discount_paise: int = 0
    coupon: str = ""
    order_id: str = ""
    tries: int = 0
    ordered_at: datetime | None = None
    checks: int = 0
    status: Literal["open", "paid", "closed"] = "open"
    payment_id: str = ""
    paid_at: datetime | None = None
    refunds: tuple[Repayment, ...] = ()
    reversed_paise: int = 0
    earning: Literal["none", "pending", "frozen", "available"] = "none"
    releases_at: datetime | None = None
    chargeback: Literal["none", "open", "won", "lost"] = "none"
    version: int = 1

    @property
    def payable_paise(self) -> int:
        """What the learner has to pay."""
        return self.price_paise - self.discount_paise

    @property
    def kept_paise(self) -> int:
        """How much of the price has not been given up again."""
        return self.price_paise - self.reversed_paise if self.status == "paid" else 0

    @property
    def refundable_paise(self) -> int:
        """What could still go back of the cash that was kept; what is going back already is not counted again."""
        back = sum(each.paise for each in self.refunds if each.payment_id == self.payment_id)
        return self.payable_paise - back if self.status == "paid" and self.chargeback != "lost" else 0

    @property
    def waiting_paise(self) -> int:
        """How much of the mentor's pending share waits for somebody's decision."""
        waits = self.earning == "frozen" or (self.earning == "pending" and self.chargeback == "open")
        return shares(self.kept_paise, self.rates).share if waits else 0

    def next_due(self) -> datetime | None:
        """When time alone will next have something to do with it. A bank dispute holds everything up."""
        dues = [self.next_check()]
        if self.chargeback != "open":
            dues += [each.due_at for each in self.refunds if each.is_open]
            dues.append(self.releases_at if self.earning == "pending" else None)
        return min((due for due in dues if due), default=None)

    def next_check(self) -> datetime | None:
        """When an order that is not paid is looked at again."""
        if self.status != "open" or self.ordered_at is None:
            return None
        return self.ordered_at + CHECKS[self.checks]


class Step(NamedTuple):
    """A payment's next state, and what is to be posted of it in the same commit."""

    payment: Payment
    postings: tuple[Posting, ...] = ()


def opened(booking: Booking, session: Session, rates: Rates, now: datetime) -> Payment:
    """A hold on something that has a price."""
    return Payment(
        booking_id=booking.id,
        session_id=session.id,
        learner_id=booking.learner_id,
        mentor_id=booking.mentor_id,
        title=session.title,
        price_paise=booking.price_paise,
        rates=rates,
        created_at=now,
    )


def discounted(payment: Payment, coupon: str, paise: int) -> Payment:
    """With a coupon, or with none; once the gateway knows the amount, it stands."""
    if payment.status != "open" or payment.tries:
        raise Conflict("order_made", "You have begun to pay, so the price stands. Let this time go to book it anew.")
    return replace(payment, coupon=coupon, discount_paise=paise)


def ordered(payment: Payment, order_id: str, now: datetime) -> Payment:
    """The gateway has an order for it: the one on which every try to pay is made."""
    if payment.status != "open" or payment.order_id:
        raise Conflict("order_made", "This payment has been begun already. Please look again.")
    return replace(payment, order_id=order_id, ordered_at=now)


def checked(payment: Payment) -> Payment:
    """Not paid yet: looked at again later, and no more once the last late authorisation could have come."""
    if payment.checks + 1 < len(CHECKS):
        return replace(payment, checks=payment.checks + 1)
    return replace(payment, status="closed")


def lapsed(payment: Payment) -> Payment:
    """The hold is over; only an order that somebody may have paid is still to be looked at."""
    return payment if payment.order_id or payment.status != "open" else replace(payment, status="closed")


def fits(payment: Payment, capture: Capture) -> bool:
    """It is for this order, of this amount, in our currency."""
    same = (capture.order_id, capture.amount_paise) == (payment.order_id, payment.payable_paise)
    return same and capture.currency == CURRENCY


def accepted(payment: Payment, capture: Capture | None, now: datetime) -> Step:
    """It is paid and kept, by this capture or, with nothing left to pay, by the coupon: the share is pending."""
    parts, mentor = shares(payment.price_paise, payment.rates), ledger.pending(payment.mentor_id)
    movements = [
        (ledger.GATEWAY, payment.payable_paise),
        (ledger.COUPONS, payment.discount_paise),
        (mentor, -parts.share),
        (ledger.FEES, parts.gst - parts.fee),
        (ledger.TAX_PAYABLE, -parts.gst),
        *_charged(capture),
    ]
    posting = Posting(
        reference=f"captured:{capture.id if capture else payment.booking_id}",
        what="captured",
        at=now,
        legs=netted(movements),
        mentor_id=payment.mentor_id,
        booking_id=payment.booking_id,
        title=payment.title,
        gross_paise=payment.price_paise,
        shares=parts,
    )
    paid = replace(payment, status="paid", payment_id=capture.id if capture else "", paid_at=now, earning="pending")
    return Step(paid, (posting,))


def returned(payment: Payment, capture: Capture, why: Reason, refund_id: str, now: datetime) -> Step:
    """It was paid, and cannot be kept: all of it goes back."""
    posting = Posting(
        reference=f"captured:{capture.id}",
        what="returned",
        at=now,
        legs=netted(
            [(ledger.GATEWAY, capture.amount_paise), (ledger.REFUNDS_DUE, -capture.amount_paise), *_charged(capture)]
        ),
        booking_id=payment.booking_id,
        title=payment.title,
    )
    back = Repayment(refund_id, capture.id, capture.amount_paise, why, now, due_at=now)
    return Step(replace(payment, refunds=(*payment.refunds, back)), (posting,))


def is_known(payment: Payment, payment_id: str) -> bool:
    """What was to be done about this capture has been done."""
    return payment.payment_id == payment_id or any(each.payment_id == payment_id for each in payment.refunds)


def _charged(capture: Capture | None) -> list[tuple[str, int]]:
    """The gateway takes its charge, with the tax on it, from what it holds for us: the platform bears it."""
    charge = capture.fee_paise if capture else 0
    return [(ledger.GATEWAY_CHARGES, charge), (ledger.GATEWAY, -charge)]
