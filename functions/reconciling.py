"""The day's comparison of our books with the gateway's."""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Cron

from chalicelib import wiring
from functions.logs import logger

routes = Blueprint(__name__)


@routes.schedule(Cron(30, 21, "?", "*", "*", "*"), name="reconcile")  # three in the night in India
def reconcile(event: CloudWatchEvent) -> dict[str, Any]:
    """A day missed is made up for by the next: each run looks at the last five."""
    from chalicelib.services import reconciling

    report = reconciling.reconcile(wiring.deps())
    found = {"compared": report.compared, "mended": len(report.mended), "differences": len(report.differences)}
    logger.info("reconciled", extra={"report": report.id, **found, "wrong": len(report.wrong)})
    return found
