"""What time alone makes of a session: holds lapse, reminders go out, proposals lapse, and in the end it is over."""

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import dues
from chalicelib.domain.attendance import Attendance, minute_of
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.dues import Event
from chalicelib.domain.footprints import next_claim
from chalicelib.domain.rooms import OTHER
from chalicelib.domain.sessions import Session
from chalicelib.services import announcements, meetings, realtime
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def due(deps: "Deps", session_id: str) -> Meeting:
    """One look at what has become due; doing it twice, or late, ends in the same state."""
    now, events = deps.clock(), list[Event]()

    def decide(old: Meeting) -> Meeting:
        events.clear()
        new, found = dues.tick(old, now, _at_the_end(deps, old.session, now))
        events.extend(found)
        return new

    settled = meetings.move(deps, session_id, decide, lambda old, new: _mails(deps, old, new, events))
    _tell(deps, settled, events)
    return settled


def attendance(deps: "Deps", session: Session) -> Attendance:
    """Who was there when, and who is excused; being let in at the door counts, even if the socket never came to."""
    found = deps.attendances.of(session.id, session.booking_id)
    came = {"mentor": session.mentor_came_at, "learner": session.learner_came_at}
    at_the_door = {side: {minute_of(at, session.starts_at)} for side, at in came.items() if at}
    mentor, learner = (found.of(side) | at_the_door.get(side, set()) for side in OTHER)
    return Attendance(mentor, learner, found.excuses)


def _at_the_end(deps: "Deps", session: Session, now: datetime) -> dues.End | None:
    """What only matters once the scheduled end has come is read only then."""
    if not session.is_taken or now < session.ends_at or session.learner is None:
        return None
    attended = attendance(deps, session)
    end = session.ends_at
    days = [deps.calendars.claimed(each, end.date()) for each in (session.mentor.id, session.learner.id)]
    return dues.End(
        outcome=attended.outcome(),
        busy_next=any(next_claim(session, day, end) for day in days),
        mentor_left_early=attended.mentor_left_early(session.ends_at - session.starts_at),
    )


def _mails(deps: "Deps", old: Meeting, new: Meeting, events: list[Event]) -> list[Write]:
    found: list[Write] = []
    for event in events:
        if event in dues.SAID:
            found += announcements.reminder(deps, new, event)
        elif event == "lapsed" and old.session.origin == "request" and old.booking:
            found += announcements.unpaid(deps, old, "time")
        elif event == "proposal_lapsed":
            found += announcements.declined(deps, old)
        elif event == "over":
            closed = new.session
            found.append(deps.rooms.marking(closed.id, closed.status, closed.hard_end, closed=True))
            found += announcements.over(deps, closed, attendance(deps, closed).shared) if old.booking else []
    return found


def _tell(deps: "Deps", settled: Meeting, events: list[Event]) -> None:
    """Whoever is in the room is told at once."""
    if "over" in events:
        realtime.tell_room(deps, settled.session)
