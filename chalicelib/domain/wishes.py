"""What a learner may wish for when asking a mentor for a session: the words, the times, the price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain import entries, pitches
from chalicelib.domain.availability import HORIZONS, Hours
from chalicelib.domain.claims import on_grid
from chalicelib.domain.errors import Conflict

FURTHEST = HORIZONS[-1]
MOST_TIMES, LONGEST_MESSAGE = 3, 2000


@dataclass(frozen=True)
class Wish:
    """What a learner asks for; `times` are UTC."""

    title: str
    domain: str
    description: str
    times: tuple[datetime, ...]
    duration_minutes: int
    price_paise: int


def check_wish(
    wish: Wish,
    *,
    domains: Sequence[str],
    payments: bool,
    notice_minutes: int,
    now: datetime,
    horizon_days: int = FURTHEST,
) -> None:
    """All that is wrong with it, at once."""
    entries.refuse(
        title=pitches.title_fault(wish.title),
        domain=entries.choice_fault([wish.domain], domains),
        description=pitches.description_fault(wish.description),
        times=times_fault(wish.times, notice_minutes, now, horizon_days),
        duration_minutes=pitches.duration_fault(wish.duration_minutes),
        price_paise=pitches.price_fault(wish.price_paise, payments=payments),
    )


def check_text(text: str) -> None:
    """A message says something."""
    missing = None if text.strip() else "Please write something first."
    entries.refuse(text=missing or entries.text_fault(text, LONGEST_MESSAGE))


def must_be_there(hours: Hours, times: Sequence[datetime], zone: str) -> None:
    """A mentor on holiday is not asked for a time within it."""
    if not any(hours.is_away_on(at.astimezone(ZoneInfo(zone)).date()) for at in times):
        return
    if hours.away_until is None:
        raise Conflict("away", "This mentor is away and takes no requests for now.")
    raise Conflict("away", f"This mentor is away until {_day(hours.away_until)}. Please choose times after that.")


def times_fault(
    times: Sequence[datetime], notice_minutes: int, now: datetime, horizon_days: int = FURTHEST
) -> str | None:
    """One to three different starts, each with time left to answer before the mentor's notice begins."""
    if not 1 <= len(times) <= MOST_TIMES or len(set(times)) < len(times):
        return f"One to {MOST_TIMES} different times."
    if not all(on_grid(at) for at in times):
        return "Sessions start on the quarter-hour."
    if not all(is_ahead(at, notice_minutes, now) for at in times):
        return f"Each time must be {_span(notice_minutes)}."
    return f"At most {horizon_days} days ahead." if max(times) - now > timedelta(days=horizon_days) else None


def is_ahead(at: datetime, notice_minutes: int, now: datetime) -> bool:
    """There is time left to answer before the mentor's notice begins."""
    return at - timedelta(minutes=notice_minutes) > now


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _span(minutes: int) -> str:
    if minutes == 0:
        return "in the future"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' * (hours > 1)}"] * (hours > 0) + [f"{rest} minutes"] * (rest > 0)
    return f"more than {' and '.join(parts)} ahead"
