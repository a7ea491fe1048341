"""Time claims: the quarter-hours of a UTC day that a person has given away, none of them twice."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

QUARTER, FURTHEST = timedelta(minutes=15), timedelta(days=365)


def quarters(starts_at: datetime, ends_at: datetime) -> Mapping[date, tuple[str, ...]]:
    """The quarter-hours of [starts_at, ends_at) by UTC date, named `q00` to `q95`; both lie on the 15-minute grid."""
    claimed: dict[date, list[str]] = {}
    at = starts_at
    while at < ends_at:
        claimed.setdefault(at.date(), []).append(f"q{at.hour * 4 + at.minute // 15:02d}")
        at += QUARTER
    return {day: tuple(names) for day, names in claimed.items()}


def on_grid(at: datetime) -> bool:
    """Starts lie on UTC quarter-hours."""
    return at.minute % 15 == 0 and at.second == 0 and at.microsecond == 0


def start_fault(starts_at: datetime, now: datetime) -> str | None:
    """What is wrong with a time to begin at."""
    if starts_at <= now:
        return "The start must lie in the future."
    if starts_at - now > FURTHEST:
        return "At most a year ahead."
    return None if on_grid(starts_at) else "Sessions start on the quarter-hour."
