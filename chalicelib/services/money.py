"""What a booking's changes mean for its money, in the same commit."""

from typing import TYPE_CHECKING

from chalicelib.domain import disputes, earnings
from chalicelib.domain import payments as rules
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.payments import Payment, Step
from chalicelib.domain.shares import Rates
from chalicelib.domain.spending import concerned
from chalicelib.services import announcements
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def writes(deps: "Deps", old: Meeting | None, new: Meeting) -> list[Write]:
    """A hold on what has a price opens its payment; a booking's end says what becomes of what was paid.

    That it is paid is said by whoever confirms it, with the payment's own writes.
    """
    booking, now = concerned(old, new), deps.clock()
    if booking is None or not booking.price_paise or booking.status == "confirmed":
        return []
    if old is None or old.booking is None:
        return [deps.payments.adding(rules.opened(booking, new.session, rates(deps), now))]
    payment = deps.payments.get(booking.id)
    if booking.status == "expired":
        return stepping(deps, payment, Step(rules.lapsed(payment))) + giving_up(deps, payment)
    session = old.session if new.session.booking_id != booking.id else new.session
    step = earnings.ended(payment, booking, session, deps.new_id("rfd"), now)
    used_up = booking.status in ("cancelled_by_mentor", "cancelled_by_platform")
    looked_into = _looking_into(deps, payment) if step.payment.earning == "frozen" != payment.earning else []
    return stepping(deps, payment, step) + (giving_up(deps, payment) if used_up else []) + looked_into


def stepping(deps: "Deps", old: Payment, step: Step) -> list[Write]:
    """A payment's next state, and what is to be posted of it."""
    return [*deps.payments.saving(old, step.payment), *(deps.postings.adding(each) for each in step.postings)]


def giving_up(deps: "Deps", payment: Payment) -> list[Write]:
    """The learner may use the coupon another time."""
    if not payment.coupon:
        return []
    return deps.coupons.returning(payment.coupon, payment.learner_id, payment.discount_paise)


def _looking_into(deps: "Deps", payment: Payment) -> list[Write]:
    """The mentor left early: an admin decides what becomes of the earning."""
    review = disputes.left_early(payment, deps.clock())
    return [deps.disputes.adding(review), announcements.earning_frozen(deps, payment, "left_early")]


def rates(deps: "Deps") -> Rates:
    """As configured now; each payment keeps those it began with."""
    config = deps.config
    return Rates(config.fee_bps, config.gst_bps, config.tds_bps, config.tcs_bps)
