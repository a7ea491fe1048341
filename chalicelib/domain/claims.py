"""Time claims: the quarter-hours of a UTC day that a person has given away, none of them twice."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

QUARTER = timedelta(minutes=15)


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
