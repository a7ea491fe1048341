"""What becomes of a payment that was kept: given back in part or whole, frozen, and in the end the mentor's to have."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain import ledger
from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Conflict
from chalicelib.domain.ledger import Posting, netted
from chalicelib.domain.payments import Payment, Step
from chalicelib.domain.refunds import cash_back, refund_due
from chalicelib.domain.repayments import Reason, Repayment
from chalicelib.domain.sessions import Session
from chalicelib.domain.shares import Shares, shares

DISPUTABLE = timedelta(hours=72)  # after the scheduled end
WHYS: dict[str, Reason] = {
    "cancelled_by_learner": "cancelled",
    "cancelled_by_mentor": "mentor_cancelled",
    "cancelled_by_platform": "platform_cancelled",
    "no_show": "no_show",
}


def ended(payment: Payment, booking: Booking, session: Session, refund_id: str, now: datetime) -> Step:
    """The booking is over: what is owed goes back, and what is kept is the mentor's three days after the scheduled end.

    Where the mentor left early, the earning waits for an admin.
    """
    if payment.status != "paid":
        return Step(payment)
    percent = booking.refund.percent if booking.refund else 0
    given = (
        reverse(payment, percent, WHYS.get(booking.status, "cancelled"), refund_id, now) if percent else Step(payment)
    )
    after = replace(given.payment, releases_at=session.ends_at + DISPUTABLE)
    if after.earning == "pending" and session.mentor_left_early and booking.status == "completed":
        after = replace(after, earning="frozen")
    return given._replace(payment=after)


def reverse(payment: Payment, percent: int, why: Reason, refund_id: str, now: datetime) -> Step:
    """That part of what is left: of the cash it goes back to the learner, of a coupon to the platform; the last of the
    cash takes the last of the price.

    What is owed while a bank looks into the payment is sent when the bank does not take it.
    """
    left = payment.refundable_paise
    cash = cash_back(left, percent)
    less = payment.kept_paise if left and cash == left else refund_due(payment.kept_paise, percent)
    return _back(payment, cash, payment.reversed_paise + less, why, refund_id, now)


def give_back(payment: Payment, paise: int, why: Reason, refund_id: str, now: datetime) -> Step:
    """So much of the cash that was paid, at most what is left of it, with the coupon's part in the same proportion."""
    if payment.chargeback == "open":
        raise Conflict(
            "bank_dispute", "The learner's bank is looking into this payment; nothing can go back meanwhile."
        )
    cash = min(paise, payment.refundable_paise)
    if not cash and payment.status == "paid":
        return Step(payment)
    return _back(payment, cash, _gross(payment, cash), why, refund_id, now)


def _back(payment: Payment, cash: int, gross: int, why: Reason, refund_id: str, now: datetime) -> Step:
    if payment.status != "paid":
        raise Conflict("not_paid", "Nothing has been paid for this booking.")
    if gross == payment.reversed_paise:
        return Step(payment)
    back = [Repayment(refund_id, payment.payment_id, cash, why, now, due_at=now)] if cash else []
    legs = _given_up(payment, gross, [(ledger.REFUNDS_DUE, -cash)], cash)
    after = replace(payment, reversed_paise=gross, refunds=(*payment.refunds, *back))
    return Step(after, (_posting(payment, f"refund:{refund_id}", "refund", legs, gross, now),))


def refunded(payment: Payment, repayment: Repayment, now: datetime) -> Step:
    """The gateway has paid it back."""
    legs = netted([(ledger.REFUNDS_DUE, repayment.paise), (ledger.GATEWAY, -repayment.paise)])
    posting = Posting(f"refunded:{repayment.id}", "refunded", now, legs, booking_id=payment.booking_id)
    return Step(with_refund(payment, repayment.processed()), (posting,))


def with_refund(payment: Payment, repayment: Repayment) -> Payment:
    """The payment with one of its refunds as it is now."""
    refunds = tuple(repayment if each.id == repayment.id else each for each in payment.refunds)
    return replace(payment, refunds=refunds)


def release(payment: Payment, now: datetime) -> Step:
    """Undisputed for three days: the mentor can have it, less what the law withholds."""
    if payment.earning != "pending" or payment.chargeback == "open":
        return Step(payment)
    if payment.releases_at is None or now < payment.releases_at:
        return Step(payment)
    parts = shares(payment.kept_paise, payment.rates)
    legs = netted(
        [
            (ledger.pending(payment.mentor_id), parts.share),
            (ledger.available(payment.mentor_id), parts.withheld - parts.share),
            (ledger.TAX_PAYABLE, -parts.withheld),
        ]
    )
    after = replace(payment, earning="available")
    if not legs:
        return Step(after)
    posting = _posting(payment, f"available:{payment.booking_id}", "available", legs, payment.reversed_paise, now)
    return Step(after, (replace(posting, gross_paise=payment.kept_paise, shares=parts),))


def freeze(payment: Payment) -> Payment:
    """Disputed: the earning waits for a decision."""
    return replace(payment, earning="frozen") if payment.earning == "pending" else payment


def thaw(payment: Payment, now: datetime) -> Payment:
    """Decided: what is left of it is the mentor's, from the moment it would have been."""
    if payment.earning != "frozen":
        return payment
    return replace(payment, earning="pending", releases_at=payment.releases_at or now)


def disputed_by_bank(payment: Payment) -> Payment:
    """The learner's bank asks for the money: nothing moves until it has decided."""
    return replace(payment, chargeback="open") if payment.chargeback == "none" else payment


def chargeback_over(
    payment: Payment, dispute_id: str, paise: int, *, won: bool, mentors_fault: bool, now: datetime
) -> Step:
    """The bank has decided. What it took of a refund that was owed anyhow has thereby gone back; the rest is the
    platform's loss, or, where the mentor did not deliver, given up by both."""
    if payment.chargeback in ("won", "lost"):
        return Step(payment)
    if won:
        return Step(replace(payment, chargeback="won"))
    refunds, owed = _taken_instead(payment, paise)
    lost, reference = replace(payment, chargeback="lost", refunds=refunds), f"chargeback:{dispute_id}"
    taken, rest = [(ledger.GATEWAY, -paise), (ledger.REFUNDS_DUE, owed)], paise - owed
    if not mentors_fault:
        legs = netted([(ledger.CHARGEBACKS, rest), *taken])
        return Step(lost, (Posting(reference, "chargeback", now, legs, booking_id=payment.booking_id),))
    cash = min(rest, payment.refundable_paise)
    gross = _gross(payment, cash)
    legs = _given_up(payment, gross, [*taken, (ledger.CHARGEBACKS, rest - cash)], cash)
    return Step(replace(lost, reversed_paise=gross), (_posting(payment, reference, "chargeback", legs, gross, now),))


def _taken_instead(payment: Payment, paise: int) -> tuple[tuple[Repayment, ...], int]:
    """The refunds that the bank has made for us, as far as none is on its way, and what they come to."""
    refunds, owed = list[Repayment](), 0
    for each in payment.refunds:
        waits = each.status == "failed" or (each.status == "due" and not each.attempts)
        if waits and each.payment_id == payment.payment_id and owed + each.paise <= paise:
            each, owed = each.processed(), owed + each.paise
        refunds.append(each)
    return tuple(refunds), owed


def _gross(payment: Payment, cash: int) -> int:
    """How much of the price is given up once this cash goes back too: the last of the cash takes what is left."""
    if payment.payable_paise == 0:
        return payment.reversed_paise
    back = payment.payable_paise - payment.refundable_paise + cash
    return back + (2 * payment.discount_paise * back + payment.payable_paise) // (2 * payment.payable_paise)


def _given_up(payment: Payment, gross: int, to: list[tuple[str, int]], cash: int) -> tuple[ledger.Leg, ...]:
    """Share, fee and tax, each less by what the new total asks for; the coupon's part is the platform's again."""
    less = shares(payment.price_paise - payment.reversed_paise, payment.rates) - shares(
        payment.price_paise - gross, payment.rates
    )
    return netted(
        [
            *_from_mentor(payment, less),
            (ledger.FEES, less.fee - less.gst),
            (ledger.TAX_PAYABLE, less.gst),
            *_from_platform(payment, gross, cash),
            *to,
        ]
    )


def _from_mentor(payment: Payment, less: Shares) -> list[tuple[str, int]]:
    """From what is pending, or, once it was released, from what is available, and back from the tax office."""
    if payment.earning != "available":
        return [(ledger.pending(payment.mentor_id), less.share)]
    return [(ledger.available(payment.mentor_id), less.share - less.withheld), (ledger.TAX_PAYABLE, less.withheld)]


def _from_platform(payment: Payment, gross: int, cash: int) -> list[tuple[str, int]]:
    """The coupon's part is ours again; so is what a bank took at our loss, where the mentor has nothing of it now."""
    ours = gross - payment.reversed_paise - cash
    if payment.chargeback != "lost":
        return [(ledger.COUPONS, -ours)]
    back = payment.reversed_paise - sum(each.paise for each in payment.refunds if each.payment_id == payment.payment_id)
    coupon = (2 * payment.discount_paise * gross + payment.price_paise) // (2 * payment.price_paise) - back
    return [(ledger.COUPONS, -coupon), (ledger.CHARGEBACKS, coupon - ours)]


def _posting(
    payment: Payment, reference: str, what: ledger.What, legs: tuple[ledger.Leg, ...], gross: int, now: datetime
) -> Posting:
    less = shares(payment.price_paise - payment.reversed_paise, payment.rates) - shares(
        payment.price_paise - gross, payment.rates
    )
    return Posting(
        reference=reference,
        what=what,
        at=now,
        legs=legs,
        mentor_id=payment.mentor_id,
        booking_id=payment.booking_id,
        title=payment.title,
        gross_paise=payment.reversed_paise - gross,
        shares=shares(0, payment.rates) - less,
    )
