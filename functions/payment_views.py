"""What a booking's money, and a dispute about it, look like to its people."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.domain.disputes import Dispute
from chalicelib.domain.earnings import WHYS
from chalicelib.domain.payments import Payment

RefundState = Literal["due", "sent", "processed", "failed"]


class RepaymentView(msgspec.Struct):
    """Money on its way back to the learner."""

    paise: int
    why: str
    status: RefundState


class PaymentView(msgspec.Struct):
    """What the learner pays; `processing`: it may have been paid, and the gateway has not said so yet."""

    status: Literal["open", "paid", "closed"]
    price_paise: int
    discount_paise: int
    payable_paise: int
    coupon: str | None
    paid_paise: int
    paid_at: datetime | None
    processing: bool
    refunds: list[RepaymentView]


class DecisionView(msgspec.Struct):
    """An admin's word."""

    percent: int
    paise: int
    words: str


class DisputeView(msgspec.Struct):
    """What is said to have gone wrong, and the answer; `left_early` is a look of our own at who left when."""

    status: Literal["open", "answered", "decided"]
    kind: Literal["learner", "left_early"]
    reason: str
    answer: str
    opened_at: datetime
    answer_by: datetime
    decide_by: datetime
    decision: DecisionView | None


def payment_view(payment: Payment) -> PaymentView:
    """For its learner."""
    paid = payment.status == "paid"
    return PaymentView(
        status=payment.status,
        price_paise=payment.price_paise,
        discount_paise=payment.discount_paise,
        payable_paise=payment.payable_paise,
        coupon=payment.coupon or None,
        paid_paise=payment.payable_paise if paid else 0,
        paid_at=payment.paid_at,
        processing=payment.status == "open" and payment.order_id != "" and not payment.refunds,
        refunds=[RepaymentView(each.paise, each.why, each.status) for each in payment.refunds],
    )


def dispute_view(dispute: Dispute) -> DisputeView:
    """For both sides."""
    decision = dispute.decision
    return DisputeView(
        status=dispute.status,
        kind=dispute.cause,
        reason=dispute.reason,
        answer=dispute.answer,
        opened_at=dispute.opened_at,
        answer_by=dispute.answer_by,
        decide_by=dispute.decide_by,
        decision=DecisionView(decision.percent, decision.paise, decision.words) if decision else None,
    )


def refund_state(payment: Payment | None) -> RefundState:
    """How far what goes back with a booking's end has come; where nothing had to, there is nothing left to do."""
    whys = set(WHYS.values())
    found = [each.status for each in payment.refunds if each.why in whys] if payment else []
    return found[-1] if found else "processed"
