"""A learner's receipt: what was paid for a booking, and what went back."""

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.bookings import Meeting, parted
from chalicelib.domain.errors import Conflict
from chalicelib.domain.india import INDIA
from chalicelib.domain.papers import Receipt, Refunded
from chalicelib.domain.payments import Payment
from chalicelib.domain.repayments import Repayment
from chalicelib.domain.shares import shares
from chalicelib.services import bookings

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

WHYS: dict[str, str] = {
    "cancelled": "You cancelled the booking",
    "mentor_cancelled": "The mentor cancelled",
    "platform_cancelled": "PeerLearn cancelled",
    "no_show": "The session did not take place",
    "too_late": "Paid after the time was gone",
    "wrong_amount": "Another amount than the price",
    "paid_twice": "Paid twice",
    "dispute": "Decided after your report",
    "admin": "Given back by PeerLearn",
}


def of(deps: "Deps", learner_id: str, booking_id: str) -> tuple[str, bytes]:
    """The file's name and the PDF; only for who paid, and only once something was paid and kept."""
    booking = bookings.owned(deps, learner_id, booking_id, "learner")
    payment = deps.payments.find(booking_id)
    if payment is None or payment.status != "paid" or payment.paid_at is None:
        raise Conflict("not_paid", "There is a receipt once the booking is paid.")
    meeting = parted(bookings.of(deps, booking))
    receipt = _receipt(deps, payment, payment.paid_at, meeting)
    return f"peerlearn-receipt-{receipt.number}.pdf", deps.papers.receipt_pdf(receipt)


def _receipt(deps: "Deps", payment: Payment, paid_at: datetime, meeting: Meeting) -> Receipt:
    session, account = meeting.session, deps.accounts.get(payment.learner_id)
    kept = shares(payment.kept_paise, payment.rates)
    return Receipt(
        number=payment.booking_id.removeprefix("bkg_"),
        issued_on=deps.clock().astimezone(INDIA).date(),
        learner=account.name,
        mentor=session.mentor.name,
        title=session.title,
        starts_at=session.starts_at,
        minutes=session.duration_minutes,
        zone=account.zone,
        price_paise=payment.price_paise,
        paid_paise=payment.payable_paise,
        paid_on=paid_at.astimezone(INDIA).date(),
        fee_paise=kept.fee,
        gst_paise=kept.gst,
        gst_bps=payment.rates.gst_bps,
        discount_paise=payment.discount_paise,
        coupon=payment.coupon,
        reference=payment.payment_id,
        refunds=tuple(_refunded(each) for each in payment.refunds if each.payment_id == payment.payment_id),
    )


def _refunded(refund: Repayment) -> Refunded:
    on = refund.decided_at.astimezone(INDIA).date()
    return Refunded(on, refund.paise, WHYS[refund.why], refund.status == "processed")
