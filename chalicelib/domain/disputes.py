"""Disputes: a learner says what went wrong, the mentor answers, an admin decides; the earning waits meanwhile.

A mentor who left before half the time was shared is looked into without anybody's asking.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain import earnings
from chalicelib.domain.bookings import Booking
from chalicelib.domain.cards import Side
from chalicelib.domain.earnings import DISPUTABLE
from chalicelib.domain.errors import Conflict
from chalicelib.domain.payments import Payment, Step
from chalicelib.domain.refunds import cash_back
from chalicelib.domain.sessions import Session

ANSWERED_IN, DECIDED_IN = timedelta(hours=48), timedelta(days=5)
SHORTEST, LONGEST = 20, 2000
LEFT_EARLY = "By our records the mentor left before half of the booked time was shared. We look into it."
DISPUTABLE_STATES = ("confirmed", "completed", "no_show")


@dataclass(frozen=True)
class Decision:
    """An admin's word: so much of what was left of the cash goes back."""

    percent: int
    paise: int
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Dispute:
    """Beside its booking. `cause` says who has brought it up: the learner, or our own look at who left when."""

    booking_id: str
    session_id: str
    learner_id: str
    mentor_id: str
    title: str
    opened_at: datetime
    cause: Literal["learner", "left_early"] = "learner"
    reason: str = ""
    answer: str = ""
    answered_at: datetime | None = None
    decision: Decision | None = None
    version: int = 1

    @property
    def status(self) -> Literal["open", "answered", "decided"]:
        """How far it has come."""
        if self.decision:
            return "decided"
        return "answered" if self.answered_at else "open"

    @property
    def answer_by(self) -> datetime:
        """Until when the mentor can answer."""
        return self.opened_at + ANSWERED_IN

    @property
    def decide_by(self) -> datetime:
        """By when an admin has decided."""
        return (self.answered_at or self.answer_by) + DECIDED_IN

    def is_known_to(self, side: Side) -> bool:
        """What we look into ourselves the learner hears of once something comes of it."""
        return side == "mentor" or self.cause == "learner" or self.decision is not None

    def can_be_answered(self, now: datetime) -> bool:
        """The mentor has a word to say, once."""
        return self.status == "open" and now < self.answer_by

    def answered(self, words: str, now: datetime) -> "Dispute":
        """The mentor's side of it."""
        if self.status == "answered":
            raise Conflict("answered_already", "You have answered already.")
        if not self.can_be_answered(now):
            raise Conflict("too_late", "The time to answer is over.")
        return replace(self, answer=words, answered_at=now)

    def decided(self, decision: Decision) -> "Dispute":
        """The last word, said once."""
        if self.decision:
            raise Conflict("decided", "This has been decided already.")
        return replace(self, decision=decision)


def can_be_opened(
    dispute: Dispute | None, payment: Payment | None, booking: Booking, session: Session, now: datetime
) -> bool:
    """What `opened` would not refuse."""
    return payment is not None and _refusal(dispute, payment, booking, session, now) is None


def opened(
    dispute: Dispute | None, payment: Payment, booking: Booking, session: Session, reason: str, now: datetime
) -> Dispute:
    """The learner says what went wrong with what they paid for; a look that we take already becomes theirs, and the
    mentor, who may have answered that, answers the learner."""
    refusal = _refusal(dispute, payment, booking, session, now)
    if refusal:
        raise refusal
    if dispute:
        return replace(dispute, cause="learner", reason=reason, opened_at=now, answered_at=None)
    return replace(_about(payment, now), reason=reason)


def left_early(payment: Payment, now: datetime) -> Dispute:
    """The mentor left before half the time was shared: an admin looks into it, and the mentor may say why."""
    return replace(_about(payment, now), cause="left_early", reason=LEFT_EARLY)


def settled(payment: Payment, percent: int, refund_id: str, now: datetime) -> Step:
    """As decided: that part of the cash that is left goes back, and the earning moves on."""
    if payment.releases_at is None:
        raise Conflict("not_over", "This session is only just ending. Please decide in a quarter of an hour.")
    if percent and payment.chargeback == "lost":
        raise Conflict("charged_back", "The learner's bank has taken the money back: nothing is left to give back.")
    given = _given(payment, percent, refund_id, now)
    return given._replace(payment=earnings.thaw(given.payment, now))


def _given(payment: Payment, percent: int, refund_id: str, now: datetime) -> Step:
    if not percent:
        return Step(payment)
    if payment.payable_paise == 0:  # a coupon has paid it all: the mentor's part goes back to the platform
        return earnings.reverse(payment, percent, "dispute", refund_id, now)
    return earnings.give_back(payment, cash_back(payment.refundable_paise, percent), "dispute", refund_id, now)


def _about(payment: Payment, now: datetime) -> Dispute:
    return Dispute(
        booking_id=payment.booking_id,
        session_id=payment.session_id,
        learner_id=payment.learner_id,
        mentor_id=payment.mentor_id,
        title=payment.title,
        opened_at=now,
    )


def _refusal(
    dispute: Dispute | None, payment: Payment, booking: Booking, session: Session, now: datetime
) -> Conflict | None:
    if dispute and dispute.decision:
        return Conflict("decided", "This has been decided already.")
    if dispute and dispute.cause == "learner":
        return Conflict("disputed_already", "You have told us already what went wrong.")
    if booking.status not in DISPUTABLE_STATES or payment.status != "paid":
        return Conflict("nothing_paid", "Nothing that was paid for this booking is left to dispute.")
    if now < session.ends_at and session.is_taken:
        return Conflict("too_early", "You can say what went wrong once the session is over.")
    if now >= session.ends_at + DISPUTABLE or payment.earning == "available":
        return Conflict("too_late", "The three days for saying what went wrong are over.")
    if payment.kept_paise == 0 or payment.chargeback == "lost":
        return Conflict("nothing_paid", "Nothing that was paid for this booking is left to dispute.")
    return None
