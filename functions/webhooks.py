"""What the payment gateway tells us: proven by its signature, taken down with one write, and seen to elsewhere."""

import re
from typing import Any

import msgspec

from chalicelib.domain.errors import Malformed
from chalicelib.services import payments
from chalicelib.stores.inbox import Event
from functions.access import SIGNED
from functions.http import Call, Routes

routes = Routes(__name__)
_ID = re.compile(r"[A-Za-z0-9_]{1,64}")


class Entity(msgspec.Struct):
    """Only its ids are read; whatever else is said of it is asked of the gateway."""

    id: str
    reference_id: str | None = None


class Enclosed(msgspec.Struct):
    """One thing an event is about."""

    entity: Entity


class Payload(msgspec.Struct):
    """The things an event is about."""

    payment: Enclosed | None = None
    refund: Enclosed | None = None
    dispute: Enclosed | None = None
    payout: Enclosed | None = None


class Notice(msgspec.Struct):
    """An event as the gateway posts it."""

    event: str
    payload: Payload
    account_id: str = ""


@routes.add("POST", "/webhooks/razorpay", SIGNED, body=Notice)
def take_notice(call: Call) -> dict[str, Any]:
    """Doubled events are taken down once; forged ones, and those of another account, not at all."""
    notice: Notice = call.body
    payments.noted(call.deps, _event(call.headers.get("x-razorpay-event-id", ""), notice), notice.account_id)
    return {}


def _event(event_id: str, notice: Notice) -> Event:
    about = notice.payload
    ids = {
        "id": event_id,
        "payment_id": about.payment.entity.id if about.payment else "",
        "refund_id": about.refund.entity.id if about.refund else "",
        "dispute_id": about.dispute.entity.id if about.dispute else "",
        "payout_id": _ours(about.payout.entity.reference_id) if about.payout else "",
    }
    if not event_id or not all(_ID.fullmatch(each) for each in ids.values() if each):
        raise Malformed("bad_event", "This event lacks an id, or has one that is none.")
    return Event(name=notice.event[:80], **ids)


def _ours(reference: str | None) -> str:
    """What was paid by hand has any reference, or none: such an event is heard, and is about nothing of ours."""
    return reference if reference and _ID.fullmatch(reference) else ""
