"""Open times once more, minute by minute and by the letter of the rule: slow, and sharing nothing with the real one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.availability import Hours

MINUTE = timedelta(minutes=1)


def open_starts(hours: Hours, zone, claims, counts, *, minutes, now, first, last, but=None):
    """Every quarter-hour of [first, last] is asked for itself."""
    at = first.replace(minute=first.minute // 15 * 15, second=0, microsecond=0)
    found = []
    while at <= last:
        if at >= first and is_open(hours, ZoneInfo(zone), claims, counts, minutes, now, at, but):
            found.append(at)
        at += 15 * MINUTE
    return found


def is_open(hours, zone, claims, counts, minutes, now, start, but):
    """The definition, sentence by sentence."""
    wall = start.astimezone(zone)
    mine = [each for each in ranges_on(hours, wall.date()) if within(each, wall)]
    if not mine or (wall.hour * 60 + wall.minute - mine[0].start) % hours.start_every:
        return False
    if not all(is_offered(hours, zone, start + n * MINUTE) for n in range(minutes)):
        return False
    padded = range(-hours.buffer_before, minutes + hours.buffer_after)
    if any(is_claimed(claims, start + n * MINUTE, but) for n in padded):
        return False
    if not now + hours.notice_minutes * MINUTE <= start <= now + timedelta(days=hours.horizon_days):
        return False
    return hours.daily_most is None or counts.get(wall.date(), 0) < hours.daily_most


def is_offered(hours, zone, minute):
    """The clock on the wall at that minute shows a time within that date's hours."""
    wall = minute.astimezone(zone)
    return any(within(each, wall) for each in ranges_on(hours, wall.date()))


def within(each, wall):
    return each.start <= wall.hour * 60 + wall.minute < each.end


def ranges_on(hours, day):
    """A date's own hours before its weekday's; none when closed or away."""
    if hours.away and (hours.away_until is None or day <= hours.away_until):
        return ()
    if any(each.first <= day <= each.last for each in hours.blackouts):
        return ()
    for each in hours.overrides:
        if each.date == day:
            return each.ranges
    return hours.weekly[day.weekday()]


def is_claimed(claims, minute, but):
    """By anyone but the session that is looked through."""
    minute = minute.astimezone(UTC)
    owner = claims.get(minute.date(), {}).get(f"q{(minute.hour * 60 + minute.minute) // 15:02d}")
    return owner is not None and owner != but


def days(first: datetime, count: int):
    """Dates from one on."""
    return [(first + timedelta(days=n)).date() for n in range(count)]
