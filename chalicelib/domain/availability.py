"""When a mentor can be booked: weekly hours, what differs on some dates, and the limits around a booking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.domain import entries

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY, GRID, MOST_RANGES = 24 * 60, 15, 6
MOST_OVERRIDES, MOST_BLACKOUTS = 366, 100
BUFFERS, NOTICES, HORIZONS, MOST_A_DAY = range(0, 121, 15), range(10081), range(1, 181), range(1, 21)
STEPS = (15, 30, 60)
FURTHEST, FAR = timedelta(days=730), "At most two years ahead."


class Range(NamedTuple):
    """A stretch of a day by the clock on the wall, in minutes from midnight; 1440 is the day's end."""

    start: int
    end: int


Ranges = tuple[Range, ...]


@dataclass(frozen=True)
class Override:
    """One date's own hours, in place of its weekday's; none at all is a day off."""

    date: date
    ranges: Ranges = ()


@dataclass(frozen=True)
class Blackout:
    """Dates on which nothing is open, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Hours:
    """All of it by the mentor's own calendar; `weekly` begins on Monday, version 0 has never been saved."""

    mentor_id: str
    weekly: tuple[Ranges, ...] = ((),) * 7
    overrides: tuple[Override, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    buffer_before: int = 0
    buffer_after: int = 0
    notice_minutes: int = 120
    horizon_days: int = 60
    daily_most: int | None = None
    start_every: int = 30
    away: bool = False
    away_until: date | None = None
    version: int = 0

    def is_away_on(self, day: date) -> bool:
        """On holiday, until a last day or until they say so."""
        return self.away and (self.away_until is None or day <= self.away_until)

    def on(self, first: date, last: date) -> dict[date, Ranges]:
        """The hours of each date that has any, from the first to the last."""
        own = {each.date: each.ranges for each in self.overrides}
        closed = self._closed(first, last)
        found: dict[date, Ranges] = {}
        for number in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(number)
            ranges = own.get(day, self.weekly[day.weekday()])
            if ranges and number not in closed and not self.is_away_on(day):
                found[day] = ranges
        return found

    def as_of(self, today: date) -> "Hours":
        """Without what is past: overrides, blackouts and a holiday that have ended."""
        back = self.away_until is not None and self.away_until < today
        return replace(
            self,
            overrides=tuple(each for each in self.overrides if each.date >= today),
            blackouts=tuple(each for each in self.blackouts if each.last >= today),
            away=self.away and not back,
            away_until=self.away_until if self.away and not back else None,
        )

    def checked(self, today: date) -> "Hours":
        """In order of time, what is past left out; all that is wrong with it is refused at once, where it was sent."""
        entries.refuse(**self._weekly_faults(), **self._date_faults(today), **self._limit_faults())
        own = (Override(each.date, tuple(sorted(each.ranges))) for each in self.overrides)
        ordered = replace(
            self,
            weekly=tuple(tuple(sorted(ranges)) for ranges in self.weekly),
            overrides=tuple(sorted(own, key=lambda each: each.date)),
            blackouts=tuple(sorted(self.blackouts, key=lambda each: (each.first, each.last))),
        )
        return ordered.as_of(today)

    def _closed(self, first: date, last: date) -> set[int]:
        spans = ((max(each.first, first), min(each.last, last)) for each in self.blackouts)
        return {day for start, end in spans for day in range(start.toordinal(), end.toordinal() + 1)}

    def _weekly_faults(self) -> dict[str, str | None]:
        return {f"weekly.{name}": ranges_fault(ranges) for name, ranges in zip(WEEK, self.weekly, strict=True)}

    def _date_faults(self, today: date) -> dict[str, str | None]:
        latest = today + FURTHEST
        return {
            **_overrides_faults(self.overrides, latest),
            **_blackouts_faults(self.blackouts, latest),
            "away_until": FAR if self.away_until and self.away_until > latest else None,
        }

    def _limit_faults(self) -> dict[str, str | None]:
        buffer = f"0 to {BUFFERS[-1]} minutes, in steps of {BUFFERS.step}."
        most = self.daily_most
        return {
            "buffer_before_minutes": None if self.buffer_before in BUFFERS else buffer,
            "buffer_after_minutes": None if self.buffer_after in BUFFERS else buffer,
            "notice_minutes": None if self.notice_minutes in NOTICES else "From none to a week (10080 minutes).",
            "horizon_days": None if self.horizon_days in HORIZONS else f"1 to {HORIZONS[-1]} days.",
            "daily_most": None if most is None or most in MOST_A_DAY else f"1 to {MOST_A_DAY[-1]} a day, or no limit.",
            "start_every_minutes": None if self.start_every in STEPS else "Every 15, 30 or 60 minutes.",
        }


def ranges_fault(ranges: Sequence[Range]) -> str | None:
    """What is wrong with the hours of one day."""
    if len(ranges) > MOST_RANGES:
        return f"At most {MOST_RANGES} ranges a day."
    if any(at % GRID or not 0 <= at <= DAY for each in ranges for at in each):
        return "Times lie on the quarter-hour, from 00:00 to 24:00."
    if any(each.start >= each.end for each in ranges):
        return "A range ends after it begins."
    ordered = sorted(ranges)
    if any(later.start < earlier.end for earlier, later in zip(ordered, ordered[1:], strict=False)):
        return "These ranges overlap."
    return None


def _overrides_faults(overrides: Sequence[Override], latest: date) -> dict[str, str | None]:
    if len(overrides) > MOST_OVERRIDES:
        return {"overrides": f"At most {MOST_OVERRIDES}."}
    faults: dict[str, str | None] = {}
    seen: set[date] = set()
    for at, each in enumerate(overrides):
        again = "Each date once." if each.date in seen else None
        faults[f"overrides.{at}"] = again or (FAR if each.date > latest else ranges_fault(each.ranges))
        seen.add(each.date)
    return faults


def _blackouts_faults(blackouts: Sequence[Blackout], latest: date) -> dict[str, str | None]:
    if len(blackouts) > MOST_BLACKOUTS:
        return {"blackouts": f"At most {MOST_BLACKOUTS}."}
    return {f"blackouts.{at}": _blackout_fault(each, latest) for at, each in enumerate(blackouts)}


def _blackout_fault(blackout: Blackout, latest: date) -> str | None:
    if blackout.last < blackout.first:
        return "The last day comes after the first."
    return FAR if blackout.last > latest else None
