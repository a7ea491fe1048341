"""What could not be sent to people, for admins."""

from datetime import datetime

import msgspec

from chalicelib.domain.outgoing import State
from chalicelib.services import parked
from functions.access import ADMIN
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class ParkedView(msgspec.Struct):
    """A notification of which a channel gave up, without its words."""

    id: str
    user_id: str
    kind: str
    created_at: datetime
    mail: State
    push: State


class ParkedList(msgspec.Struct):
    """The longest parked first."""

    items: list[ParkedView]
    next: str | None


@routes.add("GET", "/admin/parked", ADMIN, query=PageQuery, answer=ParkedList)
def list_parked(call: Call) -> ParkedList:
    """Notifications that did not go out in eight tries."""
    page = parked.listed(call.deps, limit=call.query.limit, cursor=call.query.cursor)
    items = [ParkedView(x.id, x.user_id, x.template, x.created_at, x.mail, x.push) for x in page.items]
    return ParkedList(items, page.next)


@routes.add("POST", "/admin/parked/{user_id}/{notification_id}/resend", ADMIN, status=204)
def resend_parked(call: Call, user_id: str, notification_id: str) -> None:
    """Try again, now."""
    parked.resend(call.deps, user_id, notification_id, by=call.user)
