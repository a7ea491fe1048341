"""Counts of attempts per window of time, in the live table."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.errors import TooMany
from chalicelib.domain.throttles import Limit
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Below, Delete, Key, Update


class Throttles:
    """An address or IP is kept as a hash only; `factor` widens every limit where all callers share one IP."""

    def __init__(self, tables: Tables, factor: int = 1):
        self._tables, self._factor = tables, factor

    def count(self, limits: Sequence[Limit], now: datetime) -> None:
        """Count one attempt against all limits in one transaction, or refuse it and count nothing."""
        self._tables.commit(self.counting(limits, now))

    def counting(self, limits: Sequence[Limit], now: datetime) -> list[Update]:
        """One attempt more, in the commit of what was attempted, or TooMany."""
        return [self._counting(limit, now) for limit in limits]

    def forgetting(self, limit: Limit, now: datetime) -> Delete:
        """Nothing counts as tried in the present window."""
        return Delete(key=_key(limit, now))

    def _counting(self, limit: Limit, now: datetime) -> Update:
        seconds = int(limit.window.total_seconds())
        elapsed = int(now.timestamp()) % seconds
        return Update(
            key=_key(limit, now),
            add={"tries": 1},
            set={"ttl": int(now.timestamp()) + 2 * seconds},
            when={"tries": Below(limit.most * self._factor)},
            lost=TooMany(seconds - elapsed, *([limit.words] if limit.words else [])),
        )


def _key(limit: Limit, now: datetime) -> Key:
    whom = hashlib.sha256(limit.whom.encode()).hexdigest()[:32]
    return keys.throttle(limit.what, whom, int(now.timestamp()) // int(limit.window.total_seconds()))
