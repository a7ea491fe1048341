"""What time makes of a payment: unpaid orders are looked at, refunds are sent, earnings become available."""

from typing import TYPE_CHECKING

from chalicelib.domain import earnings
from chalicelib.domain import payments as rules
from chalicelib.domain.payments import Payment
from chalicelib.services.again import again
from chalicelib.services.money import stepping
from chalicelib.services.payments import capturing, refunding

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def advance(deps: "Deps", booking_id: str) -> None:
    """Whatever is due; doing it twice, or late, ends the same."""
    payment = deps.payments.find(booking_id)
    if payment is None:
        return
    if payment.status == "open":
        _look(deps, payment)
    refunding.send_due(deps, deps.payments.get(booking_id))
    again(lambda: _release(deps, booking_id))


def _look(deps: "Deps", payment: Payment) -> None:
    """Nobody came back from the checkout: has it been paid all the same?"""
    due = payment.next_check()
    if due is None or deps.clock() < due:
        return
    for capture in deps.razorpay.captures_of(payment.order_id):
        capturing.take(deps, payment.booking_id, capture)
    again(lambda: _looked(deps, payment))


def _looked(deps: "Deps", seen: Payment) -> None:
    now = deps.payments.get(seen.booking_id)
    if now.status == "open" and now.checks == seen.checks:
        deps.tables.commit(deps.payments.saving(now, rules.checked(now)))


def _release(deps: "Deps", booking_id: str) -> None:
    payment = deps.payments.get(booking_id)
    step = earnings.release(payment, deps.clock())
    if step.payment != payment:
        deps.tables.commit(stepping(deps, payment, step))
