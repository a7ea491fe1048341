"""A payment was captured: its booking is confirmed, now or late, or all of it goes back; never both, never twice."""

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain import payments as rules
from chalicelib.domain.bookings import Booking, Meeting
from chalicelib.domain.errors import Conflict, Malformed
from chalicelib.domain.gateway import Capture, Refused, Unknown
from chalicelib.domain.payments import Payment
from chalicelib.domain.repayments import Reason
from chalicelib.services import announcements, bookings
from chalicelib.services.again import again
from chalicelib.services.money import stepping
from chalicelib.services.payments import retaking
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def returned_from_checkout(
    deps: "Deps", *, learner_id: str, booking_id: str, payment_id: str, signature: str
) -> Meeting:
    """The browser is back and says that it has paid: proven against the order we stored, then asked of the gateway.

    If that does not answer, the webhook will tell.
    """
    booking, payment = deps.payments.with_booking(booking_id)
    booking = bookings.must_be_of(booking, learner_id, "learner")
    genuine = payment and payment.order_id
    if not payment or not genuine or not deps.razorpay.callback_is_genuine(payment.order_id, payment_id, signature):
        raise Malformed("bad_signature", "This confirmation does not belong to this payment.")
    with suppress(Unknown, Refused):
        take(deps, booking_id, deps.razorpay.capture(payment_id), payment)
    return bookings.as_it_is(deps, booking)


def heard_of(deps: "Deps", payment_id: str) -> Payment | None:
    """A payment that the gateway speaks of: what it is now decides; None if its order is none of ours."""
    capture = deps.razorpay.capture(payment_id)
    booking_id = deps.payments.booking_of(capture.order_id)
    return take(deps, booking_id, capture) if booking_id else None


def take(deps: "Deps", booking_id: str, capture: Capture, seen: Payment | None = None) -> Payment:
    """Keep it if it can be kept, else give it back; a capture that is known already changes nothing.

    `seen` spares a look: nothing is written if it is not so any more.
    """
    looks = iter((seen,))
    return again(lambda: _take(deps, next(looks, None) or deps.payments.get(booking_id), capture))


def _take(deps: "Deps", payment: Payment, capture: Capture) -> Payment:
    if capture.status != "captured" or rules.is_known(payment, capture.id) or capture.order_id != payment.order_id:
        return payment
    if not rules.fits(payment, capture):
        deps.alarms.money("wrong_amount", booking=payment.booking_id, payment=capture.id)
        return _give_back(deps, payment, capture, "wrong_amount")
    if payment.status == "paid":
        return _give_back(deps, payment, capture, "paid_twice")
    try:
        return keep(deps, payment, capture)
    except Conflict as conflict:
        if conflict.code == "changed_meanwhile":
            raise
        return _give_back(deps, payment, capture, "too_late")


def keep(deps: "Deps", payment: Payment, capture: Capture | None) -> Payment:
    """The booking is confirmed with what pays for it, in one commit; Conflict if its time cannot be had any more."""
    now, booking = deps.clock(), bookings.get(deps, payment.booking_id)
    step = rules.accepted(payment, capture, now)
    receipt = [announcements.payment_received(deps, step.payment)] if capture else []
    paying = [*stepping(deps, payment, step), *receipt]
    if booking.status == "held" and now < (booking.pay_by or now):
        _confirm(deps, booking, payment, paying)
    else:
        retaking.retake(deps, booking, payment, paying)
    return step.payment


def _confirm(deps: "Deps", booking: Booking, payment: Payment, paying: list[Write]) -> None:
    """What moved on between two looks is looked at anew: it was paid otherwise, or its hold has just lapsed."""
    try:
        bookings.confirm(deps, booking, payment.payable_paise, paying)
    except Conflict as conflict:
        if conflict.code not in ("hold_lapsed", "booking_over"):
            raise
        raise Conflict("changed_meanwhile", conflict.message) from None


def _give_back(deps: "Deps", payment: Payment, capture: Capture, why: Reason) -> Payment:
    step = rules.returned(payment, capture, why, deps.new_id("rfd"), deps.clock())
    told = announcements.payment_returned(deps, step.payment, capture, why)
    deps.tables.commit([*stepping(deps, payment, step), told])
    return step.payment
