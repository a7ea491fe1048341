"""What each side of a booking may do with it at a moment: what pages offer, and the rules then allow."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import disputes, reschedules
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.disputes import Dispute
from chalicelib.domain.edits import LAST_WORD
from chalicelib.domain.payments import Payment


@dataclass(frozen=True)
class Options:
    """One yes or no for each move."""

    confirm: bool
    release: bool
    cancel: bool
    propose: bool
    answer_proposal: bool
    join: bool
    edit: bool
    pay: bool
    dispute: bool
    answer_dispute: bool


def options(
    meeting: Meeting, side: Side, now: datetime, payment: Payment | None = None, dispute: Dispute | None = None
) -> Options:
    """As the session, its booking, what was paid for it and what is said to have gone wrong are now."""
    session, booking = meeting.session, meeting.must_be_booked()
    mine = session.booking_id == booking.id
    held = mine and side == "learner" and booking.status == "held" and now < (booking.pay_by or now)
    ahead = mine and booking.status == "confirmed" and session.status == "booked" and now < session.starts_at
    proposal = session.proposal if ahead else None
    answerable = proposal is not None and proposal.by != side
    movable = session.reschedules < reschedules.MOST and now <= session.starts_at - reschedules.UNTIL[side]
    return Options(
        confirm=held and booking.price_paise == 0,
        release=held or _may_take_back(meeting, side),
        cancel=ahead,
        propose=ahead and movable and not answerable,
        answer_proposal=answerable and proposal is not None and now < proposal.lapses_at,
        join=mine and session.is_taken and session.doors_open <= now < session.hard_end,
        edit=mine and side == "mentor" and session.status in ("held", "booked") and now < session.starts_at - LAST_WORD,
        pay=held and booking.price_paise > 0,
        dispute=side == "learner" and disputes.can_be_opened(dispute, payment, booking, session, now),
        answer_dispute=side == "mentor" and dispute is not None and dispute.can_be_answered(now),
    )


def _may_take_back(meeting: Meeting, side: Side) -> bool:
    """The mentor of what the two have agreed on, as long as it is not paid."""
    booking, session = meeting.must_be_booked(), meeting.session
    held = session.booking_id == booking.id and booking.status == "held"
    return held and side == "mentor" and session.origin == "request"
