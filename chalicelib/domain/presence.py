"""Whether a mentor is there now, as far as their connections tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(minutes=5)  # an open page says each four minutes that it is looked at
FORGOTTEN = timedelta(days=60)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class MentorPresence:
    """Connected until `until` unless heard of again; `instant`: takes sessions at once while they are there."""

    user_id: str
    seen_at: datetime
    until: datetime
    instant: bool = False

    def is_live(self, now: datetime) -> bool:
        """Opted in, and connected."""
        return self.instant and now < self.until

    def seen_hours_ago(self, now: datetime) -> int | None:
        """Roughly: by the hour within a day, then by whole days; None after two months."""
        ago = now - self.seen_at
        if ago > FORGOTTEN:
            return None
        return max(ago // HOUR, 0) if ago < DAY else ago // DAY * 24
