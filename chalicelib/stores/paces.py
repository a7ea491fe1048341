"""How much each socket says in how short a time, as far as one process hears of it."""

from datetime import datetime, timedelta

AT_ONCE, WINDOW = 50, timedelta(seconds=5)
MOST_KNOWN = 5_000


class Paces:
    """Kept in memory: a process that is flooded sees it, and no table is asked; `factor` widens it on a laptop."""

    def __init__(self, factor: int = 1):
        self._most = AT_ONCE * factor
        self._windows: dict[str, tuple[datetime, int]] = {}

    def count(self, connection_id: str, now: datetime) -> bool:
        """One frame more; whether that is too many."""
        since, heard = self._windows.get(connection_id, (now, 0))
        if now - since >= WINDOW:
            since, heard = now, 0
        if connection_id not in self._windows and len(self._windows) >= MOST_KNOWN:
            self._windows.clear()
        self._windows[connection_id] = (since, heard + 1)
        return heard >= self._most
