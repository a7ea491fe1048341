"""What has become due in a session at a moment, and what is to be said of it; late or doubled looks end the same."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain import bookings
from chalicelib.domain.bookings import Meeting, follow
from chalicelib.domain.sessions import REMINDERS, Outcome, Session

Event = Literal["reminder_day", "reminder_soon", "reminder_now", "proposal_lapsed", "lapsed", "over"]
SAID: tuple[Event, ...] = ("reminder_day", "reminder_soon", "reminder_now")


@dataclass(frozen=True)
class End:
    """What is known at the scheduled end: who came, and whether one of the two has something next."""

    outcome: Outcome
    busy_next: bool = False
    mentor_left_early: bool = False


def tick(old: Meeting, now: datetime, end: End | None = None) -> tuple[Meeting, list[Event]]:
    """The state after everything that is due by now; `end` is needed once the scheduled end has come."""
    session = old.session
    due = session.next_due()
    if due is None or now < due:
        return old, []
    if session.status == "held":
        return _lapsed(old, now), ["lapsed"]
    if session.status == "open":
        return replace(old, session=replace(session, status="expired")), ["over"]
    return _under_way(old, now, end)


def _lapsed(old: Meeting, now: datetime) -> Meeting:
    if old.booking:
        return bookings.lapse(old, now)
    return replace(old, session=old.session.freed(now))  # the waiter did not take what was kept for them


def _under_way(old: Meeting, now: datetime, end: End | None) -> tuple[Meeting, list[Event]]:
    session, events = _reminded(old.session, now)
    if session.proposal and now >= session.proposal.lapses_at:
        session, events = replace(session, proposal=None), [*events, "proposal_lapsed"]
    if end:
        left = end.mentor_left_early
        session = session.settle(now, end.outcome, busy_next=end.busy_next, mentor_left_early=left)
    if not session.is_taken:
        events = [*events, "over"]
    return Meeting(session, follow(old.booking, session) if old.booking else None), events


def _reminded(session: Session, now: datetime) -> tuple[Session, list[Event]]:
    """Of several reminders that are past only the latest is given, and none after the start."""
    past = sum(now >= session.starts_at - before for before in REMINDERS)
    if past <= session.reminded:
        return session, []
    return replace(session, reminded=past), [SAID[past - 1]] if now < session.starts_at else []
