"""What everyone may see of a mentor: who they are, what they offer, and when it can be had."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from chalicelib.domain import slots
from chalicelib.domain.errors import NotFound
from chalicelib.domain.footprints import HOLDING
from chalicelib.domain.mentors import Profile
from chalicelib.domain.offerings import Offering
from chalicelib.domain.sessions import Session
from chalicelib.domain.slots import Board
from chalicelib.services import bookings
from chalicelib.stores.availabilities import Timetable

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


class Soonest(NamedTuple):
    """The first open start there is, and for what."""

    offering_id: str
    starts_at: datetime


@dataclass(frozen=True)
class MentorPage:
    """A mentor as everyone sees them; `away` is today, by the mentor's own calendar."""

    profile: Profile
    away: bool
    offerings: list[Offering]
    sessions: list[Session]
    soonest: Soonest | None


@dataclass(frozen=True)
class OpenTimes:
    """The open starts of an offering in a stretch of time; `next` is the first one after it."""

    offering: Offering
    zone: str
    starts: list[datetime]
    next: datetime | None


def page(deps: "Deps", slug: str) -> MentorPage:
    """The mentor at an address, with all that can be booked now."""
    now, profile = deps.clock(), deps.mentors.profile(slug)
    table = deps.availabilities.timetable(profile.id, now)
    return MentorPage(
        profile=profile,
        away=table.hours.is_away_on(now.astimezone(ZoneInfo(profile.zone)).date()),
        offerings=table.on_offer,
        sessions=[session for session in table.sessions if session.starts_at > now],
        soonest=_soonest(table, profile.zone, now),
    )


def between(
    deps: "Deps", slug: str, offering_id: str, first: datetime, until: datetime, *, instant: bool = False
) -> OpenTimes:
    """The open starts of one offering from a time on, up to and not including another; `instant`: as they are while
    the mentor takes sessions at once, which a hold makes sure of."""
    return _between(deps, deps.mentors.profile(slug), offering_id, first, until, instant=instant)


def between_moving(
    deps: "Deps", slug: str, offering_id: str, first: datetime, until: datetime, *, user_id: str, booking_id: str
) -> OpenTimes:
    """As they are for moving a booking, told to its two people: what it takes up itself is in nobody's way."""
    booking = bookings.owned(deps, user_id, booking_id)
    profile, session = deps.mentors.with_session(slug, booking.session_id)
    if profile.id != booking.mentor_id:
        raise NotFound("booking")
    own = session if session and session.booking_id == booking.id and session.status in HOLDING else None
    return _between(deps, profile, offering_id, first, until, but=own)


def _between(
    deps: "Deps",
    profile: Profile,
    offering_id: str,
    first: datetime,
    until: datetime,
    but: Session | None = None,
    instant: bool = False,
) -> OpenTimes:
    now = deps.clock()
    table = deps.availabilities.timetable(profile.id, max(first, now))
    table = table.without_notice() if instant else table
    table, own = (_without(table, but), but.id) if but else (table, None)
    offering = next((each for each in table.on_offer if each.id == offering_id), None)
    if offering is None:
        raise NotFound("offering")
    minutes, last = offering.duration_minutes, until - datetime.resolution
    return OpenTimes(
        offering=offering,
        zone=profile.zone,
        starts=_board(table, profile.zone, now, first, last, own).starts(minutes),
        next=_board(table, profile.zone, now, until, None, own).soonest(minutes),
    )


def _without(table: Timetable, session: Session) -> Timetable:
    """Its place in the daily count is free."""
    return replace(table, counts={day: count - (day == session.counted_on) for day, count in table.counts.items()})


def _soonest(table: Timetable, zone: str, now: datetime) -> Soonest | None:
    """Of offerings that can begin equally soon, the first of the mentor's own list."""
    board = _board(table, zone, now, now, None)
    found = ((board.soonest(each.duration_minutes), each.id) for each in table.on_offer)
    first = min(((at, number, id_) for number, (at, id_) in enumerate(found) if at), default=None)
    return Soonest(first[2], first[0]) if first else None


def _board(
    table: Timetable, zone: str, now: datetime, first: datetime, last: datetime | None, but: str | None = None
) -> Board:
    """Between two starts, or from one on as far as bookings are taken."""
    last = last or slots.furthest_start(table.hours, now)
    return slots.board(table.hours, zone, table.claims, table.counts, now=now, first=first, last=last, but=but)
