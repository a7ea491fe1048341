"""What could not be sent to people, for admins."""

from datetime import datetime

import msgspec

from chalicelib.domain.notices import NOTICES, Group
from chalicelib.domain.outgoing import State
from chalicelib.services import parked
from chalicelib.services.parked import Parked
from functions.access import ADMIN
from functions.http import Call, Routes
from functions.messages import CorrespondentView, correspondent_view
from functions.shapes import PageQuery

routes = Routes(__name__)


class ParkedView(msgspec.Struct):
    """A notification of which a channel gave up, without its words; `…_fault` is what its last try failed of, "" if the
    sender itself was killed."""

    id: str
    user_id: str
    person: CorrespondentView
    kind: str
    group: Group
    created_at: datetime
    mail: State
    mail_fault: str
    push: State
    push_fault: str


class ParkedList(msgspec.Struct):
    """The longest parked first."""

    items: list[ParkedView]
    next: str | None


@routes.add("GET", "/admin/parked", ADMIN, query=PageQuery, answer=ParkedList)
def list_parked(call: Call) -> ParkedList:
    """Notifications that did not go out in eight tries."""
    items, next_ = parked.listed(call.deps, limit=call.query.limit, cursor=call.query.cursor)
    return ParkedList([_view(each, call.deps.clock()) for each in items], next_)


@routes.add("POST", "/admin/parked/{user_id}/{notification_id}/resend", ADMIN, status=204)
def resend_parked(call: Call, user_id: str, notification_id: str) -> None:
    """Try again, now."""
    parked.resend(call.deps, user_id, notification_id, by=call.user)


def _view(each: Parked, now: datetime) -> ParkedView:
    message = each.message
    return ParkedView(
        id=message.id,
        user_id=message.user_id,
        person=correspondent_view(each.person, now),
        kind=message.template,
        group=NOTICES[message.template].group,
        created_at=message.created_at,
        mail=message.mail,
        mail_fault=message.mail_fault,
        push=message.push,
        push_fault=message.push_fault,
    )
