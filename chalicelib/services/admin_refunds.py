"""What admins give back: small sums alone, large ones together; and bookings that the platform calls off."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import bookings as booking_rules
from chalicelib.domain import earnings, entries
from chalicelib.domain import refund_wishes as rules
from chalicelib.domain.bookings import LONGEST_REASON, Meeting
from chalicelib.domain.identity import Identity
from chalicelib.domain.payments import Payment
from chalicelib.domain.refund_wishes import RefundWish
from chalicelib.services import admin_acts, announcements, bookings, payments
from chalicelib.services.again import again
from chalicelib.services.money import stepping

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["given", "waiting_for_second_admin"]


@dataclass(frozen=True)
class Given:
    """What has come of it."""

    status: Outcome
    payment: Payment


def give_back(deps: "Deps", *, by: Identity, booking_id: str, paise: int, words: str) -> Given:
    """So much of the cash that is left; above ₹10,000 the first call only asks, and another admin's same call gives.

    The same sum asked for again within minutes is refused: it has been given.
    """
    entries.refuse(words=entries.text_fault(words, LONGEST_REASON) if words else "Please say why.")
    admin_acts.must_be_anothers(bookings.get(deps, booking_id), by)
    return again(lambda: _give_back(deps, by, booking_id, paise, words))


def retry(deps: "Deps", *, by: Identity, booking_id: str, refund_id: str) -> Payment:
    """A refund that has failed for good is sent once more."""
    log = admin_acts.act(deps, by, "refund_retried", booking_id, refund=refund_id)
    return payments.retry_refund(deps, booking_id, refund_id, log)


def cancel(deps: "Deps", *, by: Identity, booking_id: str, reason: str) -> Meeting:
    """The platform calls a booking off: everything back, and nobody's fault; doing so twice changes nothing."""
    entries.refuse(reason=entries.text_fault(reason, LONGEST_REASON) if reason else "Please say why.")
    now, booking = deps.clock(), bookings.get(deps, booking_id)
    admin_acts.must_be_anothers(booking, by)
    if booking.status == "cancelled_by_platform":
        return bookings.of(deps, booking)
    log = admin_acts.act(deps, by, "booking_cancelled", booking_id)
    return bookings.move(
        deps,
        booking,
        lambda old: booking_rules.cancel(old, "platform", now, reason),
        lambda old, new: [*log, *announcements.cancelled(deps, old, new, "platform")],
    )


def _give_back(deps: "Deps", by: Identity, booking_id: str, paise: int, words: str) -> Given:
    payment, now = deps.payments.get(booking_id), deps.clock()
    rules.must_be_new(payment, paise, now)
    rules.check(payment, paise)
    wish = deps.refund_wishes.find(booking_id) if rules.needs_another(payment, paise) else None
    seconded = wish is not None and wish.is_seconded(by.user_id, paise, now)
    if rules.needs_another(payment, paise) and not seconded:
        return _ask(deps, by, payment, paise, words)
    step = earnings.give_back(payment, paise, "admin", deps.new_id("rfd"), now)
    log = admin_acts.act(deps, by, "refund_given", booking_id, paise=str(paise), asked_by=wish.by if wish else "")
    granted = [deps.refund_wishes.granting(wish)] if wish else []
    deps.tables.commit([*log, *granted, *stepping(deps, payment, step)])
    return Given("given", step.payment)


def _ask(deps: "Deps", by: Identity, payment: Payment, paise: int, words: str) -> Given:
    wish = RefundWish(payment.booking_id, paise, words, by.user_id, deps.clock())
    log = admin_acts.act(deps, by, "refund_asked", payment.booking_id, paise=str(paise))
    deps.tables.commit([*log, deps.refund_wishes.saving(wish)])
    return Given("waiting_for_second_admin", payment)
