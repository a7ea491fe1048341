"""The payout queue's end: one message, one step of one payout, five a second at most."""

import time
from collections.abc import Callable
from typing import Any

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import wiring
from chalicelib.domain.errands import MoneyErrand
from chalicelib.services import payouts
from functions.logs import fault, logger

# Two of these run at once, each with one message: RazorpayX takes five payouts a second.
LEAST = 0.4
routes = Blueprint(__name__)


@routes.on_sqs_message(queue="payouts", batch_size=1, name="pay_out")
def pay_out(event: SQSEvent) -> dict[str, Any]:
    """What fails comes again from the queue: the payout's own state knows how far it has come."""
    records = event.to_dict()["Records"]
    again = [record["messageId"] for record in records if not unhurried(lambda body=record["body"]: _done(body))]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}


def unhurried(
    step: Callable[[], bool], clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
) -> bool:
    """The step's answer, not before its share of the second has passed."""
    began = clock()
    try:
        return step()
    finally:
        sleep(max(0.0, began + LEAST - clock()))


def _done(body: str) -> bool:
    try:
        errand = msgspec.json.decode(body, type=MoneyErrand)
    except msgspec.MsgspecError:
        logger.error("errand not understood")
        return True
    try:
        payouts.advance(wiring.deps(), errand.id)
    except Exception as error:
        logger.error("payout failed", extra={"payout": errand.id} | fault(error))
        return False
    logger.info("payout seen to", extra={"payout": errand.id})
    return True
