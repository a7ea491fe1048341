"""A mentor's hours over HTTP, their open times for everyone, and a person's week."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.domain.availability import (
    MOST_BLACKOUTS,
    MOST_OVERRIDES,
    WEEK,
    Blackout,
    Hours,
    Override,
    Range,
    Ranges,
)
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.services import availability, open_times
from functions.access import MENTOR, PUBLIC, SELF
from functions.http import Answer, Call, Routes, refused
from functions.shapes import Time, utc

routes = Routes(__name__)
Clock = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z")]
LONGEST_LOOK, LONGEST_WEEK = timedelta(days=62), timedelta(days=45)


class OpenRange(Struct, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}):
    """Part of a day by the mentor's own clock, such as 09:00 to 17:00; 24:00 is its end."""

    start: Clock
    end: Clock


OpenRanges = tuple[OpenRange, ...]


class Weekly(Struct, forbid_unknown_fields=True):
    """The hours of every week."""

    mon: OpenRanges
    tue: OpenRanges
    wed: OpenRanges
    thu: OpenRanges
    fri: OpenRanges
    sat: OpenRanges
    sun: OpenRanges


class OwnDate(Struct, forbid_unknown_fields=True):
    """One date's own hours; none is a day off."""

    date: date
    ranges: OpenRanges


class TimeOff(Struct, forbid_unknown_fields=True, rename={"first": "from", "last": "to"}):
    """Dates on which nothing is open, both included."""

    first: date
    last: date


class WantedHours(Struct, forbid_unknown_fields=True, kw_only=True):
    """All of it, on the version that was read (0: never saved), and the zone, if it was seen."""

    version: Annotated[int, Meta(ge=0)]
    zone: str | None = None
    weekly: Weekly
    overrides: Annotated[tuple[OwnDate, ...], Meta(max_length=MOST_OVERRIDES)]
    blackouts: Annotated[tuple[TimeOff, ...], Meta(max_length=MOST_BLACKOUTS)]
    buffer_before_minutes: int
    buffer_after_minutes: int
    notice_minutes: int
    horizon_days: int
    daily_most: int | None
    start_every_minutes: int
    away: bool
    away_until: date | None


class OwnAvailability(WantedHours, kw_only=True):
    """A mentor's hours by the clock of the zone in their profile."""

    zone: str


class Between(Struct, forbid_unknown_fields=True, rename={"first": "from"}, kw_only=True):
    """A stretch of time; the end is not part of it."""

    first: Time
    until: Time

    def stretch(self, most: timedelta) -> tuple[datetime, datetime]:
        """Both ends in UTC, in order and not too far apart."""
        first, until = utc(self.first, "from"), utc(self.until, "until")
        if until <= first:
            raise Invalid({"until": "The end comes after the beginning."})
        if until - first > most:
            raise Invalid({"until": f"At most {most.days} days at a time."})
        return first, until


class SlotsQuery(Between, kw_only=True):
    """Which open times, for which offering; `booking_id` is the booking to be moved, if it is one's own.

    `instant`: with those within the mentor's notice, which is waived while they are live.
    """

    offering_id: Annotated[str, Meta(max_length=80)]
    booking_id: Annotated[str, Meta(max_length=80)] | None = None
    instant: bool = False


class OpenTimes(Struct):
    """When an offering can begin; `next` is the first open start after the stretch that was asked for."""

    offering_id: str
    duration_minutes: int
    zone: str
    starts: list[datetime]
    next: datetime | None


class CalendarEntry(Struct, rename={"other": "with"}):
    """A session in a person's week; `with` is the other one's name, if there is another."""

    kind: Literal["mentoring", "learning"]
    session_id: str
    booking_id: str | None
    title: str
    starts_at: datetime
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    status: str
    other: str | None


class Calendar(Struct):
    """All that takes time in a stretch, soonest first."""

    items: list[CalendarEntry]


@routes.add("GET", "/me/availability", MENTOR, answer=OwnAvailability)
def show_availability(call: Call) -> OwnAvailability:
    """The mentor's own hours."""
    return _shown(availability.of(call.deps, call.user.user_id))


@routes.add("PUT", "/me/availability", MENTOR, body=WantedHours, answer=OwnAvailability)
def save_availability(call: Call) -> OwnAvailability | Answer:
    """All of it anew; beside the refusal `availability_changed` stands, as `current`, what was saved meanwhile."""
    wanted: WantedHours = call.body
    try:
        return _shown(availability.save(call.deps, _hours(call.user.user_id, wanted), wanted.zone))
    except availability.Overtaken as overtaken:
        return refused(overtaken, also={"current": _shown(overtaken.current)})


@routes.add("GET", "/me/calendar", SELF, query=Between, answer=Calendar)
def show_calendar(call: Call) -> Calendar:
    """What the person mentors and learns in at most 45 days."""
    first, until = call.query.stretch(LONGEST_WEEK)
    return Calendar([_entry(each) for each in availability.week(call.deps, call.user.user_id, first, until)])


@routes.add("GET", "/mentors/{slug}/slots", PUBLIC, query=SlotsQuery, answer=OpenTimes)
def list_open_times(call: Call, slug: str) -> OpenTimes:
    """The open times of one of a mentor's offerings, in at most 62 days; with a booking, as if it were not there."""
    query: SlotsQuery = call.query
    asked = (call.deps, slug, query.offering_id, *query.stretch(LONGEST_LOOK))
    if query.booking_id is None:
        return _open_times(open_times.between(*asked, instant=query.instant))
    if call.user is None:
        raise NotFound("booking")
    return _open_times(open_times.between_moving(*asked, user_id=call.user.user_id, booking_id=query.booking_id))


def _open_times(found: open_times.OpenTimes) -> OpenTimes:
    offering = found.offering
    return OpenTimes(offering.id, offering.duration_minutes, found.zone, found.starts, found.next)


def _hours(mentor_id: str, wanted: WantedHours) -> Hours:
    return Hours(
        mentor_id=mentor_id,
        weekly=tuple(_ranges(getattr(wanted.weekly, day)) for day in WEEK),
        overrides=tuple(Override(each.date, _ranges(each.ranges)) for each in wanted.overrides),
        blackouts=tuple(Blackout(each.first, each.last) for each in wanted.blackouts),
        buffer_before=wanted.buffer_before_minutes,
        buffer_after=wanted.buffer_after_minutes,
        notice_minutes=wanted.notice_minutes,
        horizon_days=wanted.horizon_days,
        daily_most=wanted.daily_most,
        start_every=wanted.start_every_minutes,
        away=wanted.away,
        away_until=wanted.away_until,
        version=wanted.version,
    )


def _shown(own: availability.Availability) -> OwnAvailability:
    hours = own.hours
    return OwnAvailability(
        version=hours.version,
        zone=own.zone,
        weekly=Weekly(*map(_open, hours.weekly)),
        overrides=tuple(OwnDate(each.date, _open(each.ranges)) for each in hours.overrides),
        blackouts=tuple(TimeOff(each.first, each.last) for each in hours.blackouts),
        buffer_before_minutes=hours.buffer_before,
        buffer_after_minutes=hours.buffer_after,
        notice_minutes=hours.notice_minutes,
        horizon_days=hours.horizon_days,
        daily_most=hours.daily_most,
        start_every_minutes=hours.start_every,
        away=hours.away,
        away_until=hours.away_until,
    )


def _entry(entry: availability.Entry) -> CalendarEntry:
    session = entry.session
    return CalendarEntry(
        kind="mentoring" if entry.side == "mentor" else "learning",
        session_id=session.id,
        booking_id=entry.booking_id,
        title=session.title,
        starts_at=session.starts_at,
        duration_minutes=session.duration_minutes,
        buffer_before_minutes=session.buffer_before,
        buffer_after_minutes=session.buffer_after,
        status=session.status,
        other=entry.other,
    )


def _ranges(ranges: OpenRanges) -> Ranges:
    return tuple(Range(_minutes(each.start), _minutes(each.end)) for each in ranges)


def _open(ranges: Ranges) -> OpenRanges:
    return tuple(OpenRange(_clock(each.start), _clock(each.end)) for each in ranges)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
