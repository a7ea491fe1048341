"""Beginning to pay: one order at the gateway for a held booking, on which every try is made."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import entries
from chalicelib.domain import payments as rules
from chalicelib.domain.bookings import LONGEST_NOTE, Booking, Meeting
from chalicelib.domain.errors import Conflict, Unavailable
from chalicelib.domain.gateway import Refused, Unknown
from chalicelib.domain.payments import Payment
from chalicelib.services import bookings
from chalicelib.services.again import again
from chalicelib.services.payments import capturing

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

NOT_BEGUN = "The payment could not be begun just now. Nothing was charged. Please try again in a moment."


@dataclass(frozen=True)
class Checkout:
    """What the gateway's checkout is opened with; with no order where nothing is left to pay."""

    booking_id: str
    order_id: str
    amount_paise: int
    description: str
    closes_at: datetime


def begin(deps: "Deps", *, learner_id: str, booking_id: str, note: str = "") -> Checkout:
    """The order of a held booking; asking again gives the same one."""
    entries.refuse(note=entries.text_fault(note, LONGEST_NOTE))
    return again(lambda: _begin(deps, learner_id, booking_id, note))


def _begin(deps: "Deps", learner_id: str, booking_id: str, note: str) -> Checkout:
    booking = bookings.owned(deps, learner_id, booking_id, "learner")
    until = _payable_until(booking, deps.clock())
    if note and note != booking.note:
        bookings.move(deps, booking, lambda old: _noted(old, note))
    payment = deps.payments.begun(booking_id)
    if payment.payable_paise == 0:
        capturing.keep(deps, payment, None)
    elif not payment.order_id:
        payment = _ordered(deps, payment)
    return Checkout(booking_id, payment.order_id, payment.payable_paise, payment.title, until)


def _payable_until(booking: Booking, now: datetime) -> datetime:
    if not booking.price_paise:
        raise Conflict("nothing_to_pay", "This booking costs nothing: it only has to be confirmed.")
    if booking.status == "confirmed":
        raise Conflict("already_paid", "This booking is paid already.")
    if booking.status != "held" or booking.pay_by is None or now >= booking.pay_by:
        raise Conflict("hold_lapsed", "This time is not being held for you any more.")
    return booking.pay_by


def _noted(old: Meeting, note: str) -> Meeting:
    return replace(old, booking=replace(old.must_be_booked(), note=note))


def _ordered(deps: "Deps", payment: Payment) -> Payment:
    """The gateway knows no key for orders: after a first try it is asked whether it has one with this receipt.

    An order that nobody wrote down is harmless: no browser ever learns of it.
    """
    try:
        order = deps.razorpay.find_order(payment.booking_id) if payment.tries > 1 else None
        order = order or deps.razorpay.create_order(amount_paise=payment.payable_paise, receipt=payment.booking_id)
    except (Unknown, Refused) as fault:
        deps.alarms.money("order_not_made", booking=payment.booking_id, fault=str(fault))
        raise Unavailable(NOT_BEGUN) from None
    new = rules.ordered(payment, order.id, deps.clock())
    deps.tables.commit(deps.payments.saving(payment, new))
    return new
