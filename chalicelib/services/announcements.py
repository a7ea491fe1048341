"""The mails that go with a session's changes, each in the commit of what it tells of."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.attendance import TOGETHER
from chalicelib.domain.bookings import LONGEST_NOTE, Booking, Meeting
from chalicelib.domain.cards import LearnerCard, Side
from chalicelib.domain.gateway import Capture
from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.payments import Payment
from chalicelib.domain.refunds import Canceller
from chalicelib.domain.repayments import Repayment
from chalicelib.domain.sessions import Session
from chalicelib.domain.shares import shares
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

ASKED_AGAIN = timedelta(hours=1)
BOTH: dict[str, tuple[Template, Template]] = {
    "cancelled": ("booking_cancelled_learner", "booking_cancelled_mentor"),
    "reminder_day": ("reminder_day_learner", "reminder_day_mentor"),
    "reminder_soon": ("reminder_soon_learner", "reminder_soon_mentor"),
    "reminder_now": ("reminder_now_learner", "reminder_now_mentor"),
}


def confirmed(deps: "Deps", meeting: Meeting) -> list[Write]:
    """Both get the invitation, the mentor also what the learner wrote."""
    session, booking, facts = meeting.session, meeting.must_be_booked(), {"calendar": "request"}
    return [
        _one(deps, "learner", "booking_confirmed_learner", session, booking, **facts),
        _one(deps, "mentor", "booking_confirmed_mentor", session, booking, **facts, note=booking.note[:LONGEST_NOTE]),
    ]


def cancelled(deps: "Deps", old: Meeting, new: Meeting, by: Canceller) -> list[Write]:
    """Both hear by whom and why, the learner also what comes back, the mentor who has it next; calendars drop it."""
    booking = new.must_be_booked()
    facts = {"by": by, "reason": booking.reason, "passed_on": _passed_on(new.session), "calendar": "cancel"}
    if booking.refund or booking.paid_paise:
        facts["refund_percent"] = str(booking.refund.percent if booking.refund else 0)
    gone = {"sequence": str(old.session.sequence + 1)}
    return _both(deps, "cancelled", old.session, booking, **facts | gone)


def unpaid(deps: "Deps", old: Meeting, by: str) -> list[Write]:
    """What two had agreed on is off, because it was not paid in time or the mentor took it back."""
    booking = old.must_be_booked()
    found = [_one(deps, "learner", "hold_lapsed_unpaid", old.session, booking, by=by)]
    return (
        found if by == "mentor" else [*found, _one(deps, "mentor", "hold_lapsed_unpaid", old.session, booking, by=by)]
    )


def moved(deps: "Deps", old: Meeting, new: Meeting, mentor_zone: str) -> list[Write]:
    """Both get the new time, the learner by the mentor's clock too; their calendars follow."""
    session, booking = new.session, new.must_be_booked()
    facts = {"was_at": old.session.starts_at.isoformat(), "calendar": "request"}
    return [
        _one(deps, "learner", "session_moved_learner", session, booking, **facts, other_zone=mentor_zone),
        _one(deps, "mentor", "session_moved_mentor", session, booking, **facts),
    ]


def reminder(deps: "Deps", meeting: Meeting, kind: str) -> list[Write]:
    """Both are reminded, a day, half an hour or five minutes before."""
    return _both(deps, kind, meeting.session, meeting.must_be_booked())


def over(deps: "Deps", session: Session, shared: int) -> list[Write]:
    """A learner who can rate it is asked at its end, and an hour later if they have not; whoever was absent hears of
    it while it can still be contested, and the other that they need not wait."""
    if session.status == "completed" and shared >= TOGETHER:
        later = deps.clock() + ASKED_AGAIN
        return [
            _about(deps, session, "learner", "feedback_asked"),
            _about(deps, session, "learner", "feedback_reminder", later=later),
        ]
    absent: dict[str, list[tuple[Side, Template]]] = {
        "no_show_learner": [("learner", "marked_absent"), ("mentor", "other_absent")],
        "no_show_mentor": [("learner", "other_absent")],
        "no_show_both": [("learner", "marked_absent")],
    }
    return [_about(deps, session, to, template) for to, template in absent.get(session.status, [])]


def proposed(deps: "Deps", meeting: Meeting) -> list[Write]:
    """The other side is asked to move the session."""
    proposal = meeting.session.proposal
    if proposal is None:
        return []
    times = {"proposed_at": proposal.starts_at.isoformat(), "lapses_at": proposal.lapses_at.isoformat()}
    to: Side = "learner" if proposal.by == "mentor" else "mentor"
    return [_one(deps, to, "reschedule_proposed", meeting.session, meeting.must_be_booked(), **times)]


def declined(deps: "Deps", old: Meeting) -> list[Write]:
    """Whoever proposed another time learns that the old one stands."""
    proposal = old.session.proposal
    if proposal is None:
        return []
    return [_one(deps, proposal.by, "reschedule_declined", old.session, old.must_be_booked())]


def offer(deps: "Deps", session: Session, user_id: str) -> Write:
    """Whoever has waited longest may take the session, for a quarter of an hour."""
    until = (session.held_until or session.starts_at).isoformat()
    facts = _facts(session, "", session.mentor.name) | {"until": until}
    return deps.outbox.adding(Outgoing(deps.new_id("out"), user_id, "", "waitlist_offer", deps.clock(), facts))


def payment_received(deps: "Deps", payment: Payment) -> Write:
    """The learner's receipt is there."""
    return _of_money(deps, payment, "payment_received", paise=str(payment.payable_paise))


def refund_on_its_way(deps: "Deps", payment: Payment, paise: int) -> Write:
    """The learner hears of a refund that nobody has shown them before."""
    return _of_money(deps, payment, "refund_on_its_way", paise=str(paise))


def payment_returned(deps: "Deps", payment: Payment, capture: Capture, why: str) -> Write:
    """The learner hears why what they paid goes back whole."""
    return _of_money(deps, payment, "payment_returned", paise=str(capture.amount_paise), why=why)


def refund_done(deps: "Deps", payment: Payment, refund: Repayment) -> Write:
    """The learner hears that it has left."""
    return _of_money(deps, payment, "refund_done", paise=str(refund.paise))


def earning_frozen(deps: "Deps", payment: Payment, why: str) -> Write:
    """The mentor hears that an earning waits, and why."""
    share = shares(payment.kept_paise, payment.rates).share
    facts = {"booking_id": payment.booking_id, "session_id": payment.session_id, "title": payment.title}
    whole = facts | {"paise": str(share), "why": why}
    return deps.outbox.adding(
        Outgoing(deps.new_id("out"), payment.mentor_id, "", "earning_frozen", deps.clock(), whole)
    )


def mentor_live(deps: "Deps", session: Session) -> Write:
    """The learner, who is not in the room, hears that the mentor is."""
    return _about(deps, session, "learner", "mentor_live")


def running_late(deps: "Deps", session: Session, side: Side, minutes: int) -> Write:
    """The other, who is not in the room, hears that this side will be late."""
    to: Side = "learner" if side == "mentor" else "mentor"
    return _about(deps, session, to, "running_late", late=str(minutes))


def strike(deps: "Deps", meeting: Meeting) -> Write:
    """The mentor learns of a strike."""
    return _one(deps, "mentor", "strike_given", meeting.session, meeting.must_be_booked())


def _passed_on(session: Session) -> str:
    """To whom a session goes that its learner has left, if it goes on."""
    if session.offered_to:
        return "waitlist"
    return "everyone" if session.is_listed else ""


def _both(deps: "Deps", kind: str, session: Session, booking: Booking, **facts: str) -> list[Write]:
    to_learner, to_mentor = BOTH[kind]
    return [
        _one(deps, "learner", to_learner, session, booking, **facts),
        _one(deps, "mentor", to_mentor, session, booking, **facts),
    ]


def _one(deps: "Deps", to: Side, template: Template, session: Session, booking: Booking, **facts: str) -> Write:
    learner = session.learner.name if session.learner else ""
    user_id, other = (booking.learner_id, session.mentor.name) if to == "learner" else (session.mentor.id, learner)
    whole = _facts(session, booking.id, other) | facts
    return deps.outbox.adding(Outgoing(deps.new_id("out"), user_id, "", template, deps.clock(), whole))


def _about(
    deps: "Deps", session: Session, to: Side, template: Template, *, later: datetime | None = None, **facts: str
) -> Write:
    """As `_one`, where the session is all that is at hand."""
    learner = session.learner or LearnerCard("", "")
    user_id, other = (learner.id, session.mentor.name) if to == "learner" else (session.mentor.id, learner.name)
    whole = _facts(session, session.booking_id or "", other) | facts
    told = Outgoing(deps.new_id("out"), user_id, "", template, deps.clock(), whole)
    return deps.outbox.adding(replace(told, mail_due=later, push_due=later))


def _of_money(deps: "Deps", payment: Payment, template: Template, **facts: str) -> Write:
    whole = {"booking_id": payment.booking_id, "session_id": payment.session_id, "title": payment.title} | facts
    return deps.outbox.adding(Outgoing(deps.new_id("out"), payment.learner_id, "", template, deps.clock(), whole))


def _facts(session: Session, booking_id: str, other: str) -> dict[str, str]:
    return {
        "session_id": session.id,
        "booking_id": booking_id,
        "origin": session.origin,
        "title": session.title,
        "other": other,
        "starts_at": session.starts_at.isoformat(),
        "minutes": str(session.duration_minutes),
        "sequence": str(session.sequence),
    }
