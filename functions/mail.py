"""The mail queue's end: one message, one mail."""

from typing import Any

import msgspec
from chalice.app import Blueprint, SQSEvent

from chalicelib import wiring
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Errand
from chalicelib.services import mail
from functions.logs import fault, logger

routes = Blueprint(__name__)


@routes.on_sqs_message(queue="mail", batch_size=2, name="send_mail")
def send_mail(event: SQSEvent) -> dict[str, Any]:
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
    try:
        outcome = mail.send(wiring.deps(), errand)
    except Unavailable:
        logger.warning("mail put off", extra={"mail": errand.id, "attempt": errand.attempt})
        return False
    except Exception as error:
        last = errand.attempt + 1 >= MOST_ATTEMPTS
        words = "mail parked" if last else "mail failed"
        logger.error(words, extra={"mail": errand.id, "attempt": errand.attempt} | fault(error))
        return True
    log = logger.error if outcome == "parked" else logger.info
    log("mail", extra={"mail": errand.id, "attempt": errand.attempt, "outcome": outcome})
    return True
