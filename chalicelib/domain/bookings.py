"""A learner's booking, and the moves it makes together with its session."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.domain import refunds, reschedules
from chalicelib.domain.cards import LearnerCard, Side
from chalicelib.domain.errors import Conflict, Forbidden
from chalicelib.domain.refunds import Canceller, Refund
from chalicelib.domain.sessions import Session
from chalicelib.domain.sessions import Status as SessionStatus

Status = Literal[
    "held",
    "confirmed",
    "completed",
    "expired",
    "cancelled_by_learner",
    "cancelled_by_mentor",
    "cancelled_by_platform",
    "no_show",
]
HOLD, LONGEST_HOLD, PAID_BEFORE = timedelta(minutes=15), timedelta(hours=24), timedelta(hours=1)
RETAKEN, BEFORE = timedelta(minutes=60), timedelta(minutes=30)  # a payment that comes late
LONGEST_NOTE, LONGEST_REASON = 1000, 500
LIVE = ("held", "confirmed")


@dataclass(frozen=True)
class Booking:
    """One learner's place in one session; money is paise, times are UTC. `refund_cap` is the most percent that comes
    back after a move the learner asked for; `minutes` is for how long it was taken."""

    id: str
    session_id: str
    learner_id: str
    starts_at: datetime
    price_paise: int
    created_at: datetime
    status: Status = "confirmed"
    mentor_id: str = ""
    pay_by: datetime | None = None
    lapsed_at: datetime | None = None
    minutes: int = 0
    note: str = ""
    confirmed_at: datetime | None = None
    discount_paise: int = 0
    paid_paise: int = 0
    refund: Refund | None = None
    refund_cap: int = refunds.WHOLE
    reason: str = ""
    version: int = 1

    @property
    def payable_paise(self) -> int:
        """Its price, less what a coupon pays."""
        return self.price_paise - self.discount_paise

    def confirm(self, paid_paise: int, now: datetime) -> "Booking":
        """It is paid for in time: the hold becomes a booking."""
        if self.status != "held" or now >= (self.pay_by or now):
            raise Conflict("hold_lapsed", "This time is not being held for you any more.")
        return self.paid(paid_paise, now)

    def paid(self, paid_paise: int, now: datetime) -> "Booking":
        """Confirmed by what it costs, and nothing else."""
        if paid_paise != self.payable_paise:
            raise Conflict("wrong_amount", "The amount paid is not this booking's price.")
        return replace(self, status="confirmed", confirmed_at=now, paid_paise=paid_paise)

    def without_words_of(self, side: Side) -> "Booking":
        """What one side wrote is taken off it."""
        theirs = replace(self, reason="") if self.status == f"cancelled_by_{side}" else self
        return replace(theirs, note="") if side == "learner" else theirs


@dataclass(frozen=True)
class Meeting:
    """A session with its present booking, if it has one; they change together."""

    session: Session
    booking: Booking | None = None

    def must_be_booked(self) -> Booking:
        """The booking, for what only makes sense with one."""
        if self.booking is None:
            raise Conflict("not_booked", "Nobody has booked this session.")
        return self.booking


def parted(meeting: Meeting) -> Meeting:
    """To a booking that its session no longer has, the session is as it was then, and over."""
    session, booking = meeting.session, meeting.must_be_booked()
    if session.booking_id == booking.id:
        return meeting
    status: SessionStatus = "expired" if booking.status == "expired" else "cancelled"
    gone = replace(session, status=status, starts_at=booking.starts_at, learner=None, booking_id=None)
    nobodys = replace(gone, held_until=None, offered_to=None, waiters=0, proposal=None, reschedules=0, reminded=0)
    never_met = replace(nobodys, mentor_came_at=None, learner_came_at=None, ended_at=None, mentor_left_early=False)
    return replace(meeting, session=replace(never_met, overtime=False, extended=0, extension_asked_by=None))


def begin(session: Session, learner: LearnerCard, booking_id: str, now: datetime, pay_by: datetime | None) -> Meeting:
    """A learner takes a session: at once, or as a hold until `pay_by`, but never past its start."""
    pay_by = min(pay_by, session.starts_at) if pay_by else None
    taken = session.take(learner, booking_id, now, pay_by)
    booking = Booking(
        id=booking_id,
        session_id=session.id,
        learner_id=learner.id,
        mentor_id=session.mentor.id,
        starts_at=taken.starts_at,
        price_paise=taken.price_paise,
        minutes=taken.duration_minutes,
        created_at=now,
        status="held" if pay_by else "confirmed",
        pay_by=pay_by,
        confirmed_at=None if pay_by else now,
    )
    return Meeting(taken, booking)


def pay_by(starts_at: datetime, now: datetime) -> datetime:
    """Until when an accepted request is to be paid: a day, an hour before the start, a quarter-hour at the least."""
    return max(min(now + LONGEST_HOLD, starts_at - PAID_BEFORE), now + HOLD)


def confirm(old: Meeting, paid_paise: int, now: datetime, note: str = "") -> Meeting:
    """held -> confirmed, with its session."""
    booking = old.must_be_booked().confirm(paid_paise, now)
    return Meeting(old.session.booked(now), replace(booking, note=note or booking.note))


def confirm_late(old: Meeting, learner: LearnerCard, paid_paise: int, now: datetime) -> Meeting:
    """It was paid after the hold had lapsed: the time is taken again within an hour, if it is still nobody's, and as
    it was."""
    booking, session = old.must_be_booked(), old.session
    lapsed_at = booking.lapsed_at or booking.pay_by or booking.created_at
    if booking.status not in ("held", "expired") or now >= min(lapsed_at + RETAKEN, session.starts_at - BEFORE):
        raise Conflict("too_late", "The payment came too late for this time.")
    then = (booking.starts_at, booking.minutes, booking.price_paise)
    if then != (session.starts_at, session.duration_minutes, session.price_paise):
        raise Conflict("session_changed", "This session is not the one that was paid for any more.")
    taken = session if booking.status == "held" else session.retaken(learner, booking.id)
    return Meeting(taken.booked(now), booking.paid(paid_paise, now))


def lapse(old: Meeting, now: datetime) -> Meeting:
    """The hold is over, unused or given back: the time is free for others."""
    booking = old.must_be_booked()
    if booking.status != "held":
        raise Conflict("not_held", "This booking is not a hold any more.")
    return Meeting(old.session.freed(now), replace(booking, status="expired", lapsed_at=now))


def take_back(old: Meeting, now: datetime) -> Meeting:
    """The mentor ends what was agreed on and has not been paid: no payment can bring it back."""
    booking, session = old.must_be_booked(), old.session
    if session.origin != "request":
        raise Forbidden("learner_only", "Only the learner can do this.")
    if booking.status != "held":
        raise Conflict("not_held", "This booking is not a hold any more.")
    gone = replace(session.freed(now), status="cancelled")
    return Meeting(gone, replace(booking, status="expired", lapsed_at=now))


def cancel(old: Meeting, by: Canceller, now: datetime, reason: str = "") -> Meeting:
    """A booked session is called off before its start; its booking says by whom and what goes back."""
    booking, session = old.must_be_booked(), old.session
    if booking.status != "confirmed" or session.status != "booked":
        raise Conflict("not_cancellable", "This booking cannot be cancelled any more.")
    if now >= session.starts_at and by != "platform":
        raise Conflict("too_late", "This session has begun.")
    refund = cancelling(old, by, now)
    status: dict[Canceller, Status] = {
        "learner": "cancelled_by_learner",
        "mentor": "cancelled_by_mentor",
        "platform": "cancelled_by_platform",
    }
    gone = replace(booking, status=status[by], refund=refund, reason=reason)
    in_time = by == "learner" and (refund is None or refund.percent > 0)
    freed = session.freed(now) if in_time and session.origin == "published" else session.cancelled()
    return Meeting(freed, gone)


def cancelling(meeting: Meeting, by: Canceller, now: datetime) -> Refund | None:
    """What would go back if it were cancelled now: shown before, given after."""
    booking = meeting.must_be_booked()
    notice = meeting.session.starts_at - now
    return refunds.refund_for(by, booking.price_paise, booking.paid_paise, notice, booking.refund_cap)


def propose(old: Meeting, by: Side, starts_at: datetime, now: datetime) -> Meeting:
    """One side asks for another time; a new proposal of one's own takes the place of the old."""
    session = old.session
    if session.status != "booked":
        raise Conflict("not_movable", "Only a booked session that has not begun can be moved.")
    if session.proposal and session.proposal.by != by:
        raise Conflict("proposal_waits", "The other side has proposed a time already. Please answer that first.")
    if session.proposal and session.proposal.starts_at == starts_at:
        return old  # asked already: the answer was lost on its way
    proposal = reschedules.propose(by=by, old=session.starts_at, new=starts_at, done=session.reschedules, now=now)
    return replace(old, session=replace(session, proposal=proposal))


def drop_proposal(old: Meeting) -> Meeting:
    """Withdrawn, declined or lapsed: the old time stands."""
    if old.session.proposal is None:
        raise Conflict("no_proposal", "No other time is being proposed any more.")
    return replace(old, session=replace(old.session, proposal=None))


def accept_proposal(old: Meeting, by: Side, counted_on: date | None, now: datetime) -> Meeting:
    """The other side agrees; the learner's own wish never raises the refund they had when asking."""
    booking, session = old.must_be_booked(), old.session
    proposal = session.proposal
    if proposal is None or session.status != "booked" or now >= proposal.lapses_at:
        raise Conflict("no_proposal", "No other time is being proposed any more.")
    if proposal.by == by:
        raise Conflict("own_proposal", "The other side has to agree to the time you proposed.")
    cap = booking.refund_cap
    if proposal.by == "learner":
        cap = refunds.refund_percent(session.starts_at - proposal.proposed_at, cap)
    moved = session.moved_to(proposal.starts_at, counted_on, now)
    return Meeting(moved, replace(booking, starts_at=moved.starts_at, refund_cap=cap))


def follow(booking: Booking, session: Session) -> Booking:
    """The booking that goes with its session's outcome; a mentor who did not come owes everything back."""
    if session.status == "completed":
        return replace(booking, status="completed")
    if not session.status.startswith("no_show"):
        return booking
    missed = session.status in ("no_show_mentor", "no_show_both")
    owed = refunds.refund_for("mentor", booking.price_paise, booking.paid_paise, timedelta())
    refund = owed if missed else None
    return replace(booking, status="no_show", refund=refund)
