"""The push queue's end: one message, one notification on all of a person's browsers."""

from typing import Any

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import wiring
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Errand
from chalicelib.services import push
from functions.logs import fault, logger

routes = Blueprint(__name__)


# One at a time: a push service that hangs takes up to 14 s of the function's 30, and is to hold up nobody else's.
@routes.on_sqs_message(queue="push", batch_size=1, name="send_push")
def send_push(event: SQSEvent) -> dict[str, Any]:
    """What fails before it was counted comes again from the queue; after that, the sweep asks again in its own time."""
    records = event.to_dict()["Records"]
    again = [record["messageId"] for record in records if not _done(record["body"])]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}


def _done(body: str) -> bool:
    try:
        errand = msgspec.json.decode(body, type=Errand)
    except msgspec.MsgspecError:
        logger.error("errand not understood")
        return True
    told: dict[str, Any] = {"push": errand.id, "attempt": errand.attempt}
    try:
        outcome = push.send(wiring.deps(), errand)
    except Unavailable:
        logger.warning("push put off", extra=told)
        return False
    except push.NotTaken as error:  # a service's own trouble, which passes: not ours to be woken by
        last = errand.attempt + 1 >= MOST_ATTEMPTS
        (logger.error if last else logger.warning)("push parked" if last else "push failed", extra=told | fault(error))
        return True
    except Exception as error:
        logger.error("push failed", extra=told | fault(error))
        return True
    log = logger.error if outcome == "parked" else logger.info
    log("push", extra=told | {"outcome": outcome})
    return True
