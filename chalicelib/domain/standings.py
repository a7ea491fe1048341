"""A mentor's strikes: for cancelling on a learner, and for not coming."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

WINDOW, MOST = timedelta(days=90), 3
Reason = Literal["cancelled", "no_show"]


@dataclass(frozen=True)
class Strike:
    """One failing towards a learner."""

    session_id: str
    reason: Reason
    at: datetime


@dataclass(frozen=True)
class Standing:
    """A mentor's record; `flagged_at` is set when three strikes fall within 90 days, for an admin to look at."""

    id: str
    strikes: tuple[Strike, ...] = ()
    flagged_at: datetime | None = None
    version: int = 0

    def struck(self, session_id: str, reason: Reason, now: datetime) -> "Standing":
        """One strike for a session at most; the third within 90 days flags the mentor."""
        if any(each.session_id == session_id for each in self.strikes):
            return self
        strikes = (*self.strikes, Strike(session_id, reason, now))
        many = sum(now - each.at < WINDOW for each in strikes) >= MOST
        return replace(self, strikes=strikes, flagged_at=self.flagged_at or (now if many else None))
