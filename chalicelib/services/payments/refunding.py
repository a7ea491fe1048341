"""Sending money back: each refund is asked for under its own key until the gateway has had the last word."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.domain import earnings
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.gateway import GatewayRefund, Refused, Unknown
from chalicelib.domain.payments import Payment, Step
from chalicelib.domain.repayments import Repayment
from chalicelib.services import announcements
from chalicelib.services.again import again
from chalicelib.services.money import stepping
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def send_due(deps: "Deps", payment: Payment) -> None:
    """Every refund whose time has come, one after the other."""
    now = deps.clock()
    if payment.chargeback == "open":
        return
    for each in payment.refunds:
        if each.is_open and each.due_at and each.due_at <= now:
            _send(deps, payment.booking_id, each)


def heard_of_refund(deps: "Deps", refund_id: str) -> None:
    """A refund that the gateway speaks of: what it is now decides; one that is none of ours is passed over."""
    found = deps.razorpay.gateway_refund(refund_id)
    booking_id = deps.payments.booking_of(deps.razorpay.capture(found.payment_id).order_id)
    if booking_id:
        _record(deps, booking_id, found.receipt.rpartition("-")[0], found)


def retry_refund(deps: "Deps", booking_id: str, refund_id: str, also: Sequence[Write] = ()) -> Payment:
    """An admin asks once more for what has failed for good; `also` goes with it."""
    now = deps.clock()

    def retried() -> Payment:
        payment = deps.payments.get(booking_id)
        refund = _refund(payment, refund_id)
        if refund is None:
            raise NotFound("refund")
        if refund.status != "failed":
            raise Conflict("not_failed", "Only a refund that has failed can be sent again.")
        new = earnings.with_refund(payment, refund.retried(now))
        deps.tables.commit([*also, *deps.payments.saving(payment, new)])
        return new

    return again(retried)


def _send(deps: "Deps", booking_id: str, seen: Repayment) -> None:
    """Counted first; what is unknown is asked again under the same key, and nobody else's turn is taken."""
    payment = deps.payments.get(booking_id)
    refund = _refund(payment, seen.id)
    if refund is None or refund != seen:
        return
    trying = refund.trying(deps.clock())
    try:
        deps.tables.commit(deps.payments.saving(payment, earnings.with_refund(payment, trying)))
    except Conflict:
        return  # somebody else is at it
    try:
        found = _asked(deps, trying)
    except Unknown:
        return
    _record(deps, booking_id, refund.id, found, refund.key)


def _asked(deps: "Deps", refund: Repayment) -> GatewayRefund | None:
    """What the gateway says of this round; None if it has definitely refused it."""
    if refund.gateway_id:
        return deps.razorpay.gateway_refund(refund.gateway_id)
    try:
        return deps.razorpay.refund(refund.payment_id, paise=refund.paise, key=refund.key)
    except Refused as refused:
        found = deps.razorpay.refund_of(refund.payment_id, refund.key)  # an answer lost long ago
        if found is None:
            deps.alarms.money("refund_refused", refund=refund.key, code=refused.code)
        return found


def _record(deps: "Deps", booking_id: str, refund_id: str, found: GatewayRefund | None, key: str = "") -> None:
    """Forward only: late or doubled news of an earlier round changes nothing."""

    def record() -> None:
        payment = deps.payments.get(booking_id)
        refund = _refund(payment, refund_id)
        if refund is None or refund.key != (found.receipt if found else key):
            return
        step = _step(deps, payment, refund, found)
        if step.payment != payment:
            deps.tables.commit([*stepping(deps, payment, step), *_told(deps, payment, step.payment, refund_id)])

    again(record)


def _step(deps: "Deps", payment: Payment, refund: Repayment, found: GatewayRefund | None) -> Step:
    now = deps.clock()
    if not refund.is_open:
        return Step(payment)
    if found and found.status == "processed":
        return earnings.refunded(payment, refund.sent(found.id, now), now)
    if found and found.status == "pending":
        return Step(earnings.with_refund(payment, refund.sent(found.id, now)))
    failed = refund.failed(now)
    if failed.status == "failed":
        deps.alarms.money("refund_failed", refund=refund.id)
    return Step(earnings.with_refund(payment, failed))


def _told(deps: "Deps", old: Payment, new: Payment, refund_id: str) -> list[Write]:
    before, after = _refund(old, refund_id), _refund(new, refund_id)
    if after and after.status == "processed" and before != after:
        return [announcements.refund_done(deps, new, after)]
    return []


def _refund(payment: Payment, refund_id: str) -> Repayment | None:
    return next((each for each in payment.refunds if each.id == refund_id), None)
