"""What admins give back, over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain.bookings import LONGEST_REASON
from chalicelib.domain.payments import Payment
from chalicelib.domain.refund_wishes import WAITS
from chalicelib.services import admin_refunds
from functions.access import ADMIN
from functions.http import Answer, Call, Routes
from functions.payment_views import PaymentView, RepaymentView, payment_view
from functions.shapes import SessionCard, session_card

routes = Routes(__name__)


class RefundWish(msgspec.Struct, forbid_unknown_fields=True):
    """How much of the cash, and why."""

    paise: Annotated[int, msgspec.Meta(ge=1)]
    words: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]


class PlatformReason(msgspec.Struct, forbid_unknown_fields=True):
    """What both people are told."""

    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]


class AdminRepayment(RepaymentView, kw_only=True):
    """With what it is named by, and when it was decided."""

    id: str
    decided_at: datetime


class AdminPayment(msgspec.Struct):
    """The money of a booking as admins see it; `waiting_paise` is what one of them has asked to give back, and another
    has not yet."""

    booking_id: str
    session: SessionCard
    payment: PaymentView
    order_id: str
    payment_id: str
    refunds: list[AdminRepayment]
    refundable_paise: int
    earning: str
    releases_at: datetime | None
    chargeback: str
    waiting_paise: int | None
    waiting_words: str | None


class RefundAnswer(AdminPayment, kw_only=True):
    """`waiting_for_second_admin`: another admin has to ask for the same within a day."""

    status: Literal["given", "waiting_for_second_admin"]


class Cancelled(msgspec.Struct):
    """The booking as it is now."""

    id: str
    status: str


@routes.add("GET", "/admin/bookings/{booking_id}/payment", ADMIN, answer=AdminPayment)
def show_payment(call: Call, booking_id: str) -> AdminPayment:
    """What was paid for a booking, what went back, and what still can."""
    return _payment(call, call.deps.payments.get(booking_id))


@routes.add("POST", "/admin/bookings/{booking_id}/refund", ADMIN, body=RefundWish, answer=RefundAnswer)
def give_refund(call: Call, booking_id: str) -> Answer:
    """Part or all of the cash that is left goes back; above ₹10,000 it takes two admins."""
    wish: RefundWish = call.body
    words = wish.words.strip()
    given = admin_refunds.give_back(call.deps, by=call.user, booking_id=booking_id, paise=wish.paise, words=words)
    waits = given.status == "waiting_for_second_admin"
    view = msgspec.structs.asdict(_payment(call, given.payment))
    return Answer(RefundAnswer(**view, status=given.status), 202 if waits else 200)


@routes.add("POST", "/admin/bookings/{booking_id}/refunds/{refund_id}/retry", ADMIN, answer=AdminPayment)
def retry_refund(call: Call, booking_id: str, refund_id: str) -> AdminPayment:
    """A refund that has failed for good is sent once more."""
    sent = admin_refunds.retry(call.deps, by=call.user, booking_id=booking_id, refund_id=refund_id)
    return _payment(call, sent)


@routes.add("POST", "/admin/bookings/{booking_id}/cancel", ADMIN, body=PlatformReason, answer=Cancelled)
def cancel_as_platform(call: Call, booking_id: str) -> Cancelled:
    """The platform calls a booking off: everything goes back, and it counts against nobody."""
    reason = call.body.reason.strip()
    booking = admin_refunds.cancel(call.deps, by=call.user, booking_id=booking_id, reason=reason).must_be_booked()
    return Cancelled(booking.id, booking.status)


def _payment(call: Call, payment: Payment) -> AdminPayment:
    wish = call.deps.refund_wishes.find(payment.booking_id)
    waits = wish if wish and call.deps.clock() < wish.at + WAITS else None
    return AdminPayment(
        booking_id=payment.booking_id,
        session=session_card(call.deps.sessions.get(payment.session_id)),
        payment=payment_view(payment),
        order_id=payment.order_id,
        payment_id=payment.payment_id,
        refunds=[
            AdminRepayment(each.paise, each.why, each.status, id=each.id, decided_at=each.decided_at)
            for each in payment.refunds
        ],
        refundable_paise=payment.refundable_paise,
        earning=payment.earning,
        releases_at=payment.releases_at,
        chargeback=payment.chargeback,
        waiting_paise=waits.paise if waits else None,
        waiting_words=waits.words if waits else None,
    )
