"""Bank disputes: a learner's bank asks for the money back; nothing moves until it has decided."""

from typing import TYPE_CHECKING

from chalicelib.domain import bookings as booking_rules
from chalicelib.domain import earnings
from chalicelib.domain.gateway import GatewayDispute
from chalicelib.domain.payments import Payment, Step
from chalicelib.services import announcements, bookings
from chalicelib.services.again import again
from chalicelib.services.money import stepping
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

MENTOR_ABSENT = ("no_show_mentor", "no_show_both")
WON = ("won", "closed")  # closed: the bank asked, and took nothing


def heard_of(deps: "Deps", dispute_id: str) -> None:
    """A bank dispute that the gateway speaks of: what it is now decides; doubled or reordered news end the same."""
    dispute = deps.razorpay.dispute(dispute_id)
    booking_id = deps.payments.booking_of(deps.razorpay.capture(dispute.payment_id).order_id)
    if booking_id is None:
        return deps.alarms.money("bank_dispute", dispute=dispute.id, status="of_no_booking")
    again(lambda: _advance(deps, booking_id, dispute))


def _advance(deps: "Deps", booking_id: str, dispute: GatewayDispute) -> None:
    payment = deps.payments.get(booking_id)
    step = _step(deps, payment, dispute)
    if step.payment == payment:
        return _beyond_us(deps, payment, dispute)
    deps.tables.commit([*stepping(deps, payment, step), *_told(deps, payment, step.payment)])
    if step.payment.chargeback in ("open", "lost"):
        deps.alarms.money("bank_dispute", booking=booking_id, dispute=dispute.id, status=step.payment.chargeback)


def _step(deps: "Deps", payment: Payment, dispute: GatewayDispute) -> Step:
    """Only what was kept can be taken from us; what is on its way back anyhow is for a person."""
    if payment.payment_id != dispute.payment_id:
        return Step(payment)
    if dispute.status not in (*WON, "lost"):
        return Step(earnings.disputed_by_bank(payment))
    return earnings.chargeback_over(
        payment,
        dispute.id,
        dispute.paise,
        won=dispute.status in WON,
        mentors_fault=dispute.status == "lost" and _mentors_fault(deps, payment),
        now=deps.clock(),
    )


def _told(deps: "Deps", old: Payment, new: Payment) -> list[Write]:
    """The mentor, where it holds up what they have earned."""
    waits = new.chargeback == "open" and old.earning in ("pending", "frozen")
    return [announcements.earning_frozen(deps, old, "chargeback")] if waits else []


def _mentors_fault(deps: "Deps", payment: Payment) -> bool:
    """The mentor did not come, or left before half the time was shared."""
    session = booking_rules.parted(bookings.of(deps, bookings.get(deps, payment.booking_id))).session
    return session.status in MENTOR_ABSENT or session.mentor_left_early


def _beyond_us(deps: "Deps", payment: Payment, dispute: GatewayDispute) -> None:
    """A payment that was not kept, or one whose earlier dispute is over: the books know no more of it."""
    told = {"open": ("open", "under_review"), "won": WON, "lost": ("lost",), "none": ()}[payment.chargeback]
    if payment.payment_id != dispute.payment_id or dispute.status not in told:
        deps.alarms.money("bank_dispute", booking=payment.booking_id, dispute=dispute.id, status="for_a_person")
