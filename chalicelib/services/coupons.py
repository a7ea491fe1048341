"""Coupons: put on a held booking and taken off again by its learner; made, listed and closed by admins."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chalicelib.domain import coupons as rules
from chalicelib.domain import entries, throttles
from chalicelib.domain import payments as payment_rules
from chalicelib.domain.bookings import Booking, Meeting
from chalicelib.domain.coupons import Coupon
from chalicelib.domain.errors import Conflict
from chalicelib.domain.identity import Identity
from chalicelib.domain.payments import Payment
from chalicelib.services import admin_acts, bookings
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def put_on(deps: "Deps", *, learner_id: str, booking_id: str, typed: str) -> Meeting:
    """The use, the budget and the discount in one commit; putting the same on again changes nothing."""
    booking = bookings.owned(deps, learner_id, booking_id, "learner")
    deps.throttles.count(throttles.coupons(learner_id), deps.clock())
    payment, code = _payable(deps, booking), rules.code_of(typed)
    if payment.coupon == code:
        return bookings.of(deps, booking)
    if payment.coupon:
        raise Conflict("coupon_set", "A booking takes one coupon. Please take the other one off first.")
    off = _good(deps, code).off(booking.price_paise)

    def discounted(old: Meeting) -> Meeting:
        return _with(old, off)

    def taken(old: Meeting, new: Meeting) -> list[Write]:
        return [*_saving(deps, payment, code, off), *deps.coupons.taking(code, learner_id, booking_id, off)]

    return bookings.move(deps, booking, discounted, taken)


def take_off(deps: "Deps", *, learner_id: str, booking_id: str) -> Meeting:
    """It can be used another time; taking off what is not there changes nothing."""
    booking = bookings.owned(deps, learner_id, booking_id, "learner")
    payment = _payable(deps, booking)
    if not payment.coupon:
        return bookings.of(deps, booking)

    def whole(old: Meeting) -> Meeting:
        return _with(old, 0)

    def returned(old: Meeting, new: Meeting) -> list[Write]:
        back = deps.coupons.returning(payment.coupon, learner_id, payment.discount_paise)
        return [*_saving(deps, payment, "", 0), *back]

    return bookings.move(deps, booking, whole, returned)


def make(
    deps: "Deps",
    *,
    by: Identity,
    code: str,
    percent: int,
    amount_paise: int,
    expires_on: date,
    budget_paise: int,
) -> Coupon:
    """A new one, good at once."""
    coupon = Coupon(
        code=rules.code_of(code),
        expires_on=expires_on,
        budget_paise=budget_paise,
        left_paise=budget_paise,
        created_at=deps.clock(),
        created_by=by.user_id,
        percent=percent,
        amount_paise=amount_paise,
    )
    entries.refuse(**rules.faults(coupon, deps.clock()))
    facts = {"percent": str(percent), "amount_paise": str(amount_paise), "budget_paise": str(budget_paise)}
    log = admin_acts.act(deps, by, "coupon_made", coupon.code, **facts)
    deps.tables.commit([*log, deps.coupons.adding(coupon)])
    return coupon


def close(deps: "Deps", *, by: Identity, code: str) -> Coupon:
    """Nobody can use it any more; closing it again changes nothing."""
    code = rules.code_of(code)
    coupon = deps.coupons.get(code)
    if coupon.status == "closed":
        return coupon
    deps.tables.commit([*admin_acts.act(deps, by, "coupon_closed", code), deps.coupons.closing(code)])
    return coupon.closed()


def _payable(deps: "Deps", booking: Booking) -> Payment:
    """Its payment, while it is held and not paid yet."""
    if not booking.price_paise:
        raise Conflict("nothing_to_pay", "This booking costs nothing.")
    if booking.status != "held" or booking.pay_by is None or deps.clock() >= booking.pay_by:
        raise Conflict("hold_lapsed", "This time is not being held for you any more.")
    return deps.payments.get(booking.id)


def _good(deps: "Deps", code: str) -> Coupon:
    coupon = deps.coupons.find(code) if rules.is_code(code) else None
    if coupon is None:
        raise rules.unknown()
    if coupon.is_over(deps.clock()):
        raise rules.over()
    return coupon


def _with(old: Meeting, off: int) -> Meeting:
    booking = old.must_be_booked()
    if booking.status != "held":
        raise Conflict("hold_lapsed", "This time is not being held for you any more.")
    return replace(old, booking=replace(booking, discount_paise=off))


def _saving(deps: "Deps", seen: Payment, code: str, off: int) -> list[Write]:
    payment = deps.payments.get(seen.booking_id)
    if payment.coupon != seen.coupon:
        raise Conflict("changed_meanwhile", "This was changed in the meantime. Please look again.")
    return deps.payments.saving(payment, payment_rules.discounted(payment, code, off))
