"""Moving a booked session by agreement: one side proposes another time, the other accepts or lets it stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.cards import Side
from chalicelib.domain.claims import on_grid
from chalicelib.domain.errors import Conflict, Invalid

UNTIL: dict[Side, timedelta] = {"learner": timedelta(hours=12), "mentor": timedelta(hours=2)}
LAPSE, FURTHEST, MOST = timedelta(hours=1), timedelta(days=180), 2


@dataclass(frozen=True)
class Proposal:
    """Another time asked for; unanswered by `lapses_at`, the old one stands. Times are UTC."""

    by: Side
    starts_at: datetime
    proposed_at: datetime
    lapses_at: datetime


def propose(*, by: Side, old: datetime, new: datetime, done: int, now: datetime) -> Proposal:
    """Learners until 12 hours before, mentors until two, twice a booking; it lapses an hour before either time."""
    if done >= MOST:
        raise Conflict("moved_twice", "This session has been moved twice already, which is as often as it can be.")
    if now > old - UNTIL[by]:
        hours = int(UNTIL[by].total_seconds() // 3600)
        raise Conflict("too_late", f"Another time can be asked for until {hours} hours before the start.")
    fault = time_fault(old, new, now)
    if fault:
        raise Invalid({"starts_at": fault})
    return Proposal(by, new, now, min(old, new) - LAPSE)


def time_fault(old: datetime, new: datetime, now: datetime) -> str | None:
    """What is wrong with a time to move to."""
    if not on_grid(new):
        return "Sessions start on the quarter-hour."
    if new == old:
        return "That is the time it has now."
    if new - LAPSE <= now:
        return "Please choose a time more than an hour ahead, so that there is time to answer."
    return "At most 180 days ahead." if new - now > FURTHEST else None
