"""What SES tells us of mails that came back or were called spam."""

from email.utils import parseaddr
from typing import Any, Literal

import msgspec
from chalice.app import Blueprint, CloudWatchEvent

from chalicelib import wiring
from chalicelib.domain.accounts import Stopped
from chalicelib.services import mail_events as events
from functions.logs import logger

routes = Blueprint(__name__)


class Recipient(msgspec.Struct, rename="camel"):
    """One address; some relays put a name before it."""

    email_address: str


class Bounce(msgspec.Struct, rename="camel"):
    """Transient ones are tried again by SES itself, and mean nothing about the address."""

    bounce_type: str
    bounced_recipients: list[Recipient]


class Complaint(msgspec.Struct, rename="camel"):
    """Somebody pressed "spam", or took that back."""

    complained_recipients: list[Recipient]
    complaint_feedback_type: str | None = None


class Mail(msgspec.Struct):
    """Our own tag says whom it was for."""

    tags: dict[str, list[str]] = {}


class Told(msgspec.Struct, rename="camel"):
    """An event as SES publishes it."""

    event_type: Literal["Bounce", "Complaint"]
    mail: Mail
    bounce: Bounce | None = None
    complaint: Complaint | None = None


@routes.on_cw_event({"source": ["aws.ses"]}, name="mail_events")  # the template narrows this to our own mails
def mail_events(event: CloudWatchEvent) -> dict[str, Any]:
    """A fault is raised: the event comes again."""
    try:
        told = msgspec.convert(event.detail, type=Told)
    except msgspec.ValidationError as error:
        logger.error("mail event not understood", extra={"type": type(error).__name__})
        return {"outcome": "nothing"}
    outcome, [user_id, *_] = "nothing", [*told.mail.tags.get("user", []), ""]
    for address, why in _unwanted(told) if user_id else []:
        done = events.stop(wiring.deps(), user_id, address, why)
        outcome = done if done == "stopped" else outcome
    logger.info("mail event", extra={"user": user_id, "event": told.event_type, "outcome": outcome})
    return {"outcome": outcome}


def _unwanted(told: Told) -> list[tuple[str, Stopped]]:
    if told.bounce and told.bounce.bounce_type == "Permanent":
        return [(_address(each), "bounced") for each in told.bounce.bounced_recipients]
    if told.complaint and told.complaint.complaint_feedback_type != "not-spam":
        return [(_address(each), "complained") for each in told.complaint.complained_recipients]
    return []


def _address(recipient: Recipient) -> str:
    return parseaddr(recipient.email_address)[1]
