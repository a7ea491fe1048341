"""The core table's stream: the fast path for what must follow a change. What it misses, the sweep does."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.services import reactions
from chalicelib.services.reactions import Consequences
from chalicelib.stores.expressions import decoded
from functions.deadline import deadline
from functions.logs import fault, logger

SPARE_MS = 20_000
routes = Blueprint(__name__)


@routes.lambda_function(name="react")
def react(event: dict[str, Any], context: Any) -> dict[str, list[Any]]:
    """Never fails a record: a record tried again would hold up all that come after it."""
    found = reactions.gathered([_of(record) for record in event["Records"]])
    try:
        reactions.send(wiring.deps(), found, deadline(context, SPARE_MS))
    except Exception as error:  # nothing is lost: the mails are still due, the pages can be reloaded
        logger.error("reaction failed", extra=fault(error))
    told = sorted(found.news)
    logger.info(
        "reacted", extra={"records": len(event["Records"]), "mails": [e.id for e in found.errands], "told": told}
    )
    return {"batchItemFailures": []}


def _of(record: dict[str, Any]) -> Consequences:
    change = record["dynamodb"]
    try:
        return reactions.follows(decoded(change.get("OldImage")), decoded(change.get("NewImage")))
    except Exception as error:  # an item of a shape we do not know concerns nobody else's
        logger.error("record not understood", extra={"record": change.get("SequenceNumber")} | fault(error))
        return Consequences()
