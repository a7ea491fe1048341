"""A mentor's own hours, and the week in which they and all that is booked are seen together."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chalicelib.domain import entries
from chalicelib.domain.accounts import Account
from chalicelib.domain.availability import Hours
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.domain.slots import WIDEST_BUFFER
from chalicelib.stores.availabilities import CHANGED
from chalicelib.stores.bookings import Booked
from chalicelib.stores.sessions import LONGEST

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

GONE = ("cancelled", "expired")


@dataclass(frozen=True)
class Availability:
    """Hours by the clock of a zone, which is their mentor's."""

    hours: Hours
    zone: str


@dataclass(frozen=True)
class Entry:
    """A session in a person's week, on their side of it; the buffers are the mentor's own matter."""

    side: Side
    session: Session
    booking_id: str | None
    other: str | None


class Overtaken(Conflict):
    """The hours were saved by another page first; `current` is what they are now."""

    def __init__(self, current: Availability):
        super().__init__(CHANGED.code, CHANGED.message)
        self.current = current


def of(deps: "Deps", mentor_id: str) -> Availability:
    """The hours as they are from today on."""
    return _current(deps, *deps.availabilities.with_account(mentor_id))


def save(deps: "Deps", wanted: Hours, zone: str | None) -> Availability:
    """Over the version and zone that were seen, else Overtaken; what is there already is not saved again."""
    account, old = deps.availabilities.with_account(wanted.mentor_id)
    if zone is not None:
        entries.refuse(zone=entries.zone_fault(zone))
    new = wanted.checked(_today(deps, account))
    seen = wanted.version == old.version and zone in (None, account.zone)
    if not seen:
        current = _current(deps, account, old)
        if replace(new, version=old.version) == current.hours and zone in (None, account.zone):
            return current
        raise Overtaken(current)
    try:
        deps.tables.commit([deps.availabilities.saving(old, new), deps.accounts.in_standing(account)])
    except Conflict as conflict:
        if conflict.code == CHANGED.code:
            raise Overtaken(of(deps, wanted.mentor_id)) from None
        raise
    return Availability(replace(new, version=old.version + 1), account.zone)


def week(deps: "Deps", user_id: str, first: datetime, until: datetime) -> list[Entry]:
    """All that takes some of a stretch of a person's time, on either side, by time."""
    start, end = first - LONGEST - WIDEST_BUFFER, until + WIDEST_BUFFER
    held, booked = deps.sessions.between(user_id, start, end), deps.bookings.between(user_id, start, end)
    found = [_mentoring(session) for session in held if session.status not in GONE]
    found += [_learning(row) for row in booked if not row.booking.status.startswith(GONE)]
    return sorted((each for each in found if _touches(each, first, until)), key=lambda each: each.session.starts_at)


def _today(deps: "Deps", account: Account) -> date:
    return deps.clock().astimezone(ZoneInfo(account.zone)).date()


def _current(deps: "Deps", account: Account, hours: Hours) -> Availability:
    return Availability(hours.as_of(_today(deps, account)), account.zone)


def _mentoring(session: Session) -> Entry:
    return Entry("mentor", session, session.booking_id, session.learner.name if session.learner else None)


def _learning(row: Booked) -> Entry:
    session = replace(row.session, buffer_before=0, buffer_after=0)
    return Entry("learner", session, row.booking.id, session.mentor.name)


def _touches(entry: Entry, first: datetime, until: datetime) -> bool:
    session = entry.session
    begins = session.starts_at - timedelta(minutes=session.buffer_before)
    return begins < until and session.ends_at + timedelta(minutes=session.buffer_after) > first
