"""Open times, exact by the clock on the mentor's wall: pure functions of hours, claims, counts and the time it is.

A stretch of UTC time is one whole number, a bit for each quarter-hour: to ask whether n quarters in a row are all free
is to lay the number over itself, moved by one to n-1 places. That takes the same few steps however full the days are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.availability import DAY, GRID, STEPS, Hours
from chalicelib.domain.claims import QUARTER, on_grid
from chalicelib.domain.errors import Conflict, DomainError, Invalid

Claims = Mapping[date, Mapping[str, str]]
Counts = Mapping[date, int]
PER_DAY = DAY // GRID
BIT = {f"q{number:02d}": 1 << number for number in range(PER_DAY)}
EVERY = {step: sum(1 << at for at in range(0, PER_DAY, step // GRID)) for step in STEPS}
LONGEST, WIDEST_BUFFER = timedelta(hours=3), timedelta(hours=2)


@dataclass(frozen=True)
class Board:
    """Quarter-hours from `base` on: those in the mentor's hours, those a session may start in, those claimed."""

    base: datetime
    offered: int
    startable: int
    claimed: int
    hours: Hours

    def fitting(self, minutes: int) -> int:
        """Starts from which the whole session lies within the hours."""
        return self.startable & _run(self.offered, minutes // GRID)

    def clear(self, minutes: int) -> int:
        """Starts from which the session, its buffers included, touches nothing claimed."""
        before, after = self.hours.buffer_before // GRID, self.hours.buffer_after // GRID
        return ~_spread(self.claimed << before, before + minutes // GRID + after)

    def starts(self, minutes: int) -> list[datetime]:
        """Every open start, in order."""
        return list(self._times(self.fitting(minutes) & self.clear(minutes)))

    def soonest(self, minutes: int) -> datetime | None:
        """The first open start."""
        return next(self._times(self.fitting(minutes) & self.clear(minutes)), None)

    def _times(self, mask: int) -> Iterator[datetime]:
        digits = f"{mask:b}"[::-1]
        at = digits.find("1")
        while at >= 0:
            yield self.base + at * QUARTER
            at = digits.find("1", at + 1)


def board(
    hours: Hours,
    zone: str,
    claims: Claims,
    counts: Counts,
    *,
    now: datetime,
    first: datetime,
    last: datetime,
    but: str | None = None,
) -> Board:
    """What can be had between two starts, both included; the claims of the session `but` are looked through."""
    earliest, latest = max(first, soonest_start(hours, now)), min(last, furthest_start(hours, now))
    base = _midnight(earliest - WIDEST_BUFFER)
    if earliest > latest:
        return Board(base, 0, 0, 0, hours)
    days = (_midnight(latest + LONGEST + WIDEST_BUFFER) - base).days + 1
    full = {day for day, count in counts.items() if hours.daily_most is not None and count >= hours.daily_most}
    offered, startable = _laid(hours, ZoneInfo(zone), base, days, full)
    window = _span(-((base - earliest) // QUARTER), (latest - base) // QUARTER + 1)
    return Board(base, offered, startable & window, _claimed(claims, base, days, but), hours)


def open_starts(
    hours: Hours,
    zone: str,
    claims: Claims,
    counts: Counts,
    *,
    minutes: int,
    now: datetime,
    first: datetime,
    last: datetime,
) -> list[datetime]:
    """Every start between two times, both included, at which a session of so many minutes can be had."""
    return board(hours, zone, claims, counts, now=now, first=first, last=last).starts(minutes)


def refusal(
    hours: Hours,
    claims: Claims,
    counts: Counts,
    minutes: int,
    now: datetime,
    starts_at: datetime,
    zone: str,
    *,
    but: str | None = None,
) -> DomainError | None:
    """Why this start cannot be had, or None: the same rule as `open_starts`, with words."""
    if untimely := _untimely(hours, now, starts_at):
        return untimely
    last_minute = starts_at + timedelta(minutes=minutes - 1)
    first_day, last_day = (at.astimezone(ZoneInfo(zone)).date() for at in (starts_at, last_minute))
    if hours.is_away_on(first_day) or hours.is_away_on(last_day):
        return Conflict("away", "This mentor is away on that day.")
    found = board(hours, zone, claims, {}, now=now, first=starts_at, last=starts_at, but=but)
    if not found.fitting(minutes):
        return Conflict("not_offered", "This mentor is not available at that time.")
    if hours.daily_most is not None and counts.get(first_day, 0) >= hours.daily_most:
        return Conflict("day_full", "This mentor takes no more sessions on that day.")
    if not found.starts(minutes):
        return Conflict("slot_taken", "Somebody was faster: this time has just been taken.")
    return None


def _untimely(hours: Hours, now: datetime, starts_at: datetime) -> DomainError | None:
    if not on_grid(starts_at):
        return Invalid({"starts_at": "Sessions start on the quarter-hour."})
    if starts_at < soonest_start(hours, now):
        return Conflict("too_soon", "That is too soon for this mentor. Please choose a later time.")
    if starts_at > furthest_start(hours, now):
        return Conflict("too_far", "This mentor does not take bookings that far ahead yet.")
    return None


def soonest_start(hours: Hours, now: datetime) -> datetime:
    """The end of the mentor's minimum notice."""
    return now + timedelta(minutes=hours.notice_minutes)


def furthest_start(hours: Hours, now: datetime) -> datetime:
    """The end of the mentor's booking horizon."""
    return now + timedelta(days=hours.horizon_days)


def _laid(hours: Hours, zone: ZoneInfo, base: datetime, days: int, full: set[date]) -> tuple[int, int]:
    """The hours of a stretch of days as UTC quarters, and those of them that a session may start in."""
    offered: list[tuple[int, int]] = []
    startable, first = 0, base.date()
    ranges = hours.on(first - timedelta(days=1), first + timedelta(days=days + 1))
    for begin, end, offset in _offsets(zone, base, days):
        for number in range((begin + offset) // DAY, (end + offset - 1) // DAY + 1):
            day, midnight = first + timedelta(days=number), number * DAY - offset
            for each in ranges.get(day, ()):
                low, high = max(midnight + each.start, begin), min(midnight + each.end, end)
                if low < high:
                    offered.append((low, high))
                    if day not in full:
                        startable |= _steps(low, high, midnight + each.start, hours.start_every)
    return _quarters(offered), startable


def _offsets(zone: ZoneInfo, base: datetime, days: int) -> Iterator[tuple[int, int, int]]:
    """Stretches (from, to, how far the wall is ahead of UTC), in minutes: no zone turns its clocks twice in a day."""
    begin, here = 0, _offset(zone, base)
    for day in range(1, days + 1):
        ahead = _offset(zone, base + timedelta(days=day))
        if ahead != here:
            turn = _turn(zone, base, (day - 1) * DAY, day * DAY)
            yield begin, turn, here
            begin, here = turn, ahead
    yield begin, days * DAY, here


def _turn(zone: ZoneInfo, base: datetime, low: int, high: int) -> int:
    """The first minute of the new offset, somewhere in (low, high]."""
    before = _offset(zone, base + timedelta(minutes=low))
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, base + timedelta(minutes=middle)) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: ZoneInfo, at: datetime) -> int:
    return (at.astimezone(zone).utcoffset() or timedelta()) // timedelta(minutes=1)


def _steps(low: int, high: int, origin: int, every: int) -> int:
    """Every so many minutes from `origin`, where that meets the quarter-hours of [low, high)."""
    first = low + (origin - low) % every
    if first % GRID or first >= high:
        return 0
    return (EVERY[every] & ((1 << -((first - high) // GRID)) - 1)) << first // GRID


def _quarters(stretches: list[tuple[int, int]]) -> int:
    """The quarter-hours that lie wholly within stretches of minutes, given in order; what adjoins is one stretch."""
    mask = begin = end = 0
    for low, high in stretches:
        if low != end:
            mask |= _span(-(-begin // GRID), end // GRID)
            begin = low
        end = high
    return mask | _span(-(-begin // GRID), end // GRID)


def _claimed(claims: Claims, base: datetime, days: int, but: str | None) -> int:
    mask = 0
    for day, owners in claims.items():
        number = (day - base.date()).days
        if 0 <= number < days:
            held = sum(BIT[name] for name, owner in owners.items() if owner != but)
            mask |= held << number * PER_DAY
    return mask


def _span(first: int, end: int) -> int:
    """The bits from one place up to, not including, another."""
    return ((1 << max(end, 0)) - 1) & -(1 << max(first, 0)) if first < end else 0


def _run(mask: int, length: int) -> int:
    """The places from which this many bits in a row are all set."""
    done = 1
    while done < length:
        by = min(done, length - done)
        mask &= mask >> by
        done += by
    return mask


def _spread(mask: int, length: int) -> int:
    """The places from which at least one of this many bits in a row is set."""
    done = 1
    while done < length:
        by = min(done, length - done)
        mask |= mask >> by
        done += by
    return mask


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date(), time(), UTC)
