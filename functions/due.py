"""The schedule's tick."""

import time
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib import wiring
from chalicelib.services import due
from functions.logs import logger

SPARE_MS = 10_000
routes = Blueprint(__name__)


@routes.schedule("rate(1 minute)", name="sweep")
def sweep(event: CloudWatchEvent) -> dict[str, Any]:
    """Everything that is due, as far as the time goes; the next tick goes on."""
    began, context = time.monotonic(), event.context
    left = context.get_remaining_time_in_millis() if context else 60_000
    swept = due.sweep(wiring.deps(), lambda: (time.monotonic() - began) * 1000 > left - SPARE_MS)
    if swept.failed:
        logger.error("due work failed", extra={"failed": swept.failed})
    logger.info("swept", extra={"done": swept.done})
    return {"done": len(swept.done), "failed": len(swept.failed)}
