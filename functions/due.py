"""The schedule's tick."""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib import wiring
from chalicelib.services import due
from functions.deadline import deadline
from functions.logs import logger

SPARE_MS = 10_000
routes = Blueprint(__name__)


@routes.schedule("rate(1 minute)", name="sweep")
def sweep(event: CloudWatchEvent) -> dict[str, Any]:
    """Everything that is due, as far as the time goes; the next tick goes on."""
    swept = due.sweep(wiring.deps(), deadline(event.context, SPARE_MS))
    if swept.failed:
        logger.error("due work failed", extra={"failed": swept.failed})
    logger.info("swept", extra={"done": swept.done})
    return {"done": len(swept.done), "failed": len(swept.failed)}
