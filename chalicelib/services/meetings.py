"""The one way in which sessions and their bookings change: a rule decides, and all that follows is one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.allowances import Allowance
from chalicelib.domain.bookings import HOLD, Meeting
from chalicelib.domain.errors import Conflict, DomainError
from chalicelib.domain.footprints import footprint
from chalicelib.domain.spending import concerned, judged, spent
from chalicelib.services import announcements, called_off, money
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LEARNER_BUSY = "learner_busy"


@dataclass(frozen=True)
class Words:
    """What is said when a claim is lost: to whom the mentor's time, the learner's, or the mentor's day matters."""

    mentor: DomainError = Conflict("time_taken", "The mentor has something else at that time.")
    learner: DomainError = Conflict(LEARNER_BUSY, "The learner has something else at that time.")
    day: DomainError = Conflict("day_full", "The mentor takes no more sessions on that day.")


def load(deps: "Deps", session_id: str, booking_id: str | None = None) -> Meeting:
    """A session and its booking, as they are now; one request if it has the booking that is thought of."""
    session, booking = deps.bookings.with_session(session_id, booking_id) if booking_id else (None, None)
    if session and booking and session.booking_id == booking_id:
        return Meeting(session, booking)
    session = session or deps.sessions.get(session_id)
    return Meeting(session, deps.bookings.find(session.booking_id) if session.booking_id else None)


def move(
    deps: "Deps",
    session_id: str,
    decide: Callable[[Meeting], Meeting],
    also: Callable[[Meeting, Meeting], Sequence[Write]] = lambda old, new: (),
    *,
    words: Words = Words(),
    most: int | None = None,
    booking_id: str | None = None,
) -> Meeting:
    """Apply a rule to what is there now, again if somebody else changed it in between; `also` goes with it."""

    def attempt() -> tuple[Meeting, Meeting]:
        old = load(deps, session_id, booking_id)
        new = decide(old)
        if new == old:
            return old, new
        new, offer = _passed_on(deps, old, new)
        changed = [*writes(deps, old, new, words=words, most=most), *called_off.writes(deps, old, new)]
        deps.tables.commit([*changed, *also(old, new), *offer])
        return old, replace(new, session=replace(new.session, version=old.session.version + 1))

    old, new = again(attempt)
    called_off.tell(deps, old, new)
    return new


def writes(
    deps: "Deps",
    old: Meeting | None,
    new: Meeting,
    *,
    words: Words = Words(),
    most: int | None = None,
    allowance: Allowance | None = None,
    allow: Callable[[Allowance], Allowance] = lambda allowance: allowance,
) -> list[Write]:
    """Both things, both calendars, the mentor's day (`most` a day), what the learner may still take, strikes, money.

    `allowance` spares reading what the caller has read; `allow` goes before what this change costs.
    """
    session = new.session
    was, now_is = footprint(old.session if old else None), footprint(session)
    learner = session.learner or (old.session.learner if old else None)
    found = _saving(deps, old, new)
    found += deps.calendars.moving(session.mentor.id, was.mentor, now_is.mentor, session.id, words.mentor)
    found += deps.calendars.counting(session.mentor.id, was.counted_on, now_is.counted_on, most, words.day)
    if learner:
        found += deps.calendars.moving(learner.id, was.learner, now_is.learner, session.id, words.learner)
    return [*found, *_counted(deps, old, new, allowance, allow), *money.writes(deps, old, new)]


def busy_with(deps: "Deps", learner_id: str, starts_at: datetime, ends_at: datetime) -> Conflict:
    """The refusal of a learner's own overlap, naming what is in the way."""
    for row in deps.bookings.between(learner_id, starts_at - timedelta(hours=4), ends_at):
        other = row.session
        if row.booking.status in ("held", "confirmed") and other.starts_at < ends_at and starts_at < other.ends_at:
            words = f"You already have “{other.title}” with {other.mentor.name} at that time."
            return Conflict("time_taken", words, {"booking_id": row.booking.id})
    return Conflict("time_taken", "You already have something at that time.")


def _saving(deps: "Deps", old: Meeting | None, new: Meeting) -> list[Write]:
    if old is None:
        booking = deps.bookings.adding(new.booking, new.session) if new.booking else []
        return [*deps.sessions.adding(new.session), *booking]
    found = deps.sessions.saving(old.session, new.session)
    if new.booking and old.booking:
        return found + deps.bookings.saving(old.booking, new.booking, new.session)
    return found + (deps.bookings.adding(new.booking, new.session) if new.booking else [])


def _counted(
    deps: "Deps",
    old: Meeting | None,
    new: Meeting,
    allowance: Allowance | None,
    allow: Callable[[Allowance], Allowance],
) -> list[Write]:
    booking, now = concerned(old, new), deps.clock()
    if booking is None:
        return []
    before = allowance or deps.allowances.find(booking.learner_id)
    found: list[Write] = [*deps.allowances.saving(before, spent(allow(before), old, new, now))]
    if booking.status in ("cancelled_by_mentor", "no_show"):
        standing = deps.standings.find(booking.mentor_id)
        judgement = judged(standing, old, new, now)
        found += deps.standings.saving(standing, judgement)
        if judgement != standing:
            found.append(announcements.strike(deps, new))
    return found


def _passed_on(deps: "Deps", old: Meeting, new: Meeting) -> tuple[Meeting, list[Write]]:
    """A session that has become free is kept for a quarter of an hour for whoever has waited longest."""
    session, now = new.session, deps.clock()
    freed = session.status == "open" and old.session.status in ("held", "booked")
    if not freed or not session.waiters or now + HOLD > session.starts_at:
        return new, []
    waiter = deps.waitlists.first(session.id)
    if waiter is None:
        return new, []
    offered = Meeting(session.offered(waiter.user_id, now + HOLD), new.booking)
    return offered, [*deps.waitlists.leaving(waiter), announcements.offer(deps, offered.session, waiter.user_id)]
