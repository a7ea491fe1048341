"""Whether what a notification says still holds at the moment of sending it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.sessions import Session

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def still_so(deps: "Deps", message: Outgoing, now: datetime) -> bool:
    """What asks for something, or counts on it, is looked over once more before it goes out."""
    if message.template == "feedback_reminder":
        return deps.reviews.find(message.facts["booking_id"]) is None
    if message.template == "message_received":
        return _is_unseen(deps, message)
    holds = STILL_SO.get(message.template)
    if holds is None:
        return True
    session = deps.sessions.find(message.facts["session_id"])
    return session is not None and holds(session, message, now)


def _is_unseen(deps: "Deps", message: Outgoing) -> bool:
    """Whoever has read the conversation by now knows."""
    side = deps.messages.side(message.user_id, message.facts["other_id"])
    return side is None or side.note == message.id


def _is_offered(session: Session, message: Outgoing, now: datetime) -> bool:
    kept = session.status == "held" and session.offered_to == message.user_id
    return kept and session.held_until is not None and now < session.held_until


def _is_to_come(session: Session, message: Outgoing, now: datetime) -> bool:
    same = session.booking_id == message.facts["booking_id"] and session.starts_at == _time(message, "starts_at")
    return same and session.is_taken and now < session.starts_at


def _is_on(session: Session, message: Outgoing, now: datetime) -> bool:
    return session.booking_id == message.facts["booking_id"] and session.is_taken


def _is_proposed(session: Session, message: Outgoing, now: datetime) -> bool:
    asked = session.proposal
    if asked is None or session.booking_id != message.facts["booking_id"]:
        return False
    same = asked.starts_at == _time(message, "proposed_at") and asked.by != session.side_of(message.user_id)
    return same and now < asked.lapses_at


def _time(message: Outgoing, fact: str) -> datetime:
    return datetime.fromisoformat(message.facts[fact])


STILL_SO: Mapping[Template, Callable[[Session, Outgoing, datetime], bool]] = {
    "waitlist_offer": _is_offered,
    "reminder_day_learner": _is_to_come,
    "reminder_day_mentor": _is_to_come,
    "reminder_soon_learner": _is_to_come,
    "reminder_soon_mentor": _is_to_come,
    "reminder_now_learner": _is_to_come,
    "reminder_now_mentor": _is_to_come,
    "mentor_live": _is_on,
    "running_late": _is_on,
    "reschedule_proposed": _is_proposed,
}
