"""Lines to AWS that are kept open between requests, for as long as the other end can be trusted to hold them too."""

import time
from collections.abc import Callable
from typing import Any

import urllib3

IDLE_S = 20


class Lines:
    """After a pause they are opened anew: a process that was frozen in between has not heard that the other end has
    hung up, and what it sends then is lost."""

    def __init__(self, pool: urllib3.PoolManager, clock: Callable[[], float] = time.time):
        self._pool, self._clock, self._used = pool, clock, clock()

    def request(self, method: str, url: str, **sent: Any) -> Any:
        """One request; the clock is the wall's, for a frozen process's own stands still."""
        now = self._clock()
        if not 0 <= now - self._used <= IDLE_S:
            self._pool.clear()
        self._used = now
        return self._pool.request(method, url, **sent)
