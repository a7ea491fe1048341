"""A person's calendar feed: the link that shows their sessions to whoever has it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.claims import FURTHEST

PAST, AHEAD = timedelta(days=90), FURTHEST + timedelta(days=1)


@dataclass(frozen=True)
class CalendarFeed:
    """`seed` is what makes this link another than the one before; the link itself is kept nowhere."""

    user_id: str
    seed: str
    made_at: datetime
