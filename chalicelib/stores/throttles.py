"""Counts of attempts per window of time, in the live table."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import TooMany
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Below, Update


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts at `what` by `whom` in each `window`."""

    what: str
    whom: str
    most: int
    window: timedelta


class Throttles:
    """An address or IP is kept as a hash only."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def count(self, limits: Sequence[Limit], now: datetime) -> None:
        """Count one attempt against all limits in one transaction, or refuse it and count nothing."""
        self._tables.commit([self._counting(limit, now) for limit in limits])

    def _counting(self, limit: Limit, now: datetime) -> Update:
        seconds = int(limit.window.total_seconds())
        window, elapsed = divmod(int(now.timestamp()), seconds)
        whom = hashlib.sha256(limit.whom.encode()).hexdigest()[:32]
        return Update(
            key=keys.throttle(limit.what, whom, window),
            add={"tries": 1},
            set={"ttl": int(now.timestamp()) + 2 * seconds},
            when={"tries": Below(limit.most)},
            lost=TooMany(seconds - elapsed),
        )
