"""Something was uploaded to quarantine."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib import wiring
from chalicelib.services import uploads
from functions.logs import logger

routes = Blueprint(__name__)


@routes.on_cw_event({"source": ["aws.s3"]}, name="inspect")  # the template narrows this to our bucket's quarantine
def inspect(event: CloudWatchEvent) -> None:
    """A fault is raised: the event comes again, and the upload is still there."""
    key = event.detail["object"]["key"]
    outcome = uploads.inspect(wiring.deps(), key)
    logger.info("inspected", extra={"upload": key, "outcome": outcome})
