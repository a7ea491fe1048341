"""How long a Lambda still has: work that may wait stops before AWS stops it."""

import time
from collections.abc import Callable
from typing import Any


def deadline(context: Any, spare_ms: int) -> Callable[[], bool]:
    """Asked whether only the spare time is left; without a Lambda around it, it never is."""
    if context is None:
        return lambda: False
    ends = time.monotonic() * 1000 + context.get_remaining_time_in_millis() - spare_ms
    return lambda: time.monotonic() * 1000 > ends
