"""What a session takes up of its people's time, as a function of its state: claims can never disagree with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from chalicelib.domain.availability import Hours
from chalicelib.domain.claims import quarters
from chalicelib.domain.sessions import Outcome, Session

HOLDING = ("open", "held", "booked", "live")
OUTCOMES = get_args(Outcome)
Quarters = Mapping[date, tuple[str, ...]]


@dataclass(frozen=True)
class Footprint:
    """Claimed quarter-hours by UTC date of each side, and the mentor's local date whose daily count it is part of."""

    mentor: Quarters
    learner: Quarters
    counted_on: date | None = None


NOTHING = Footprint({}, {})


def footprint(session: Session | None) -> Footprint:
    """From publishing on the mentor's time and buffers, from a hold on the learner's too; once over, no time at all.

    What took place, or should have, still counts among its day's sessions.
    """
    if session is None or session.status not in HOLDING + OUTCOMES:
        return NOTHING
    if session.status in OUTCOMES:
        return Footprint({}, {}, session.counted_on)
    before, after = timedelta(minutes=session.buffer_before), timedelta(minutes=session.buffer_after)
    mentor = quarters(session.starts_at - before, session.ends_at + after)
    learner = quarters(session.starts_at, session.ends_at) if session.booking_id else {}
    return Footprint(mentor, learner, session.counted_on)


def next_claim(session: Session, day: Mapping[str, str], at: datetime) -> bool:
    """Whether somebody else's claim begins at this quarter-hour of a person's day."""
    name = f"q{at.hour * 4 + at.minute // 15:02d}"
    return day.get(name, session.id) != session.id


def placed(hours: Hours, starts_at: datetime, zone: str) -> dict[str, Any]:
    """What a session at this time takes from its mentor's settings: the buffers, and the local date it counts on."""
    return {
        "buffer_before": hours.buffer_before,
        "buffer_after": hours.buffer_after,
        "counted_on": starts_at.astimezone(ZoneInfo(zone)).date(),
    }
