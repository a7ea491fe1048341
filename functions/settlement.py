"""The settlement queue's end: one message, one thing of money that is seen to."""

from typing import Any

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import wiring
from chalicelib.domain.errands import MoneyErrand
from chalicelib.services import settlement
from functions.logs import fault, logger

routes = Blueprint(__name__)


@routes.on_sqs_message(queue="settlement", batch_size=5, name="settle")
def settle(event: SQSEvent) -> dict[str, Any]:
    """What fails comes again from the queue, alone; after five times it waits for a person, and the sweep asks anew."""
    records = event.to_dict()["Records"]
    again = [record["messageId"] for record in records if not _done(record["body"])]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}


def _done(body: str) -> bool:
    try:
        errand = msgspec.json.decode(body, type=MoneyErrand)
    except msgspec.MsgspecError:
        logger.error("errand not understood")
        return True
    try:
        settlement.settle(wiring.deps(), errand)
    except Exception as error:
        logger.error("settlement failed", extra={"errand": errand.id, "errand_kind": errand.kind} | fault(error))
        return False
    logger.info("settled", extra={"errand": errand.id, "errand_kind": errand.kind})
    return True
