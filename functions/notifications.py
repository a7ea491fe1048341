"""What a person is told on the site, over HTTP."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain.notices import Group
from chalicelib.services.notifications import shown
from functions.access import SELF
from functions.accounts.shapes import Input
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class Notification(msgspec.Struct):
    """In words; `when` is the time it is about, for the reader's own clock, and `link` where one can act on it."""

    id: str
    kind: str
    group: Group
    title: str
    text: str
    when: datetime | None
    link: str
    at: datetime
    read: bool


class NotificationList(msgspec.Struct):
    """The newest first; how many are unread in all is said with the first page."""

    items: list[Notification]
    next: str | None
    unread: int | None


class Unread(msgspec.Struct):
    """How many have not been read."""

    unread: int


class ReadUntil(Input):
    """The newest one that was shown."""

    until: Annotated[str, msgspec.Meta(pattern="^out_[0-9A-Za-z]{1,30}$")]


@routes.add("GET", "/notifications", SELF, query=PageQuery, answer=NotificationList)
def list_notifications(call: Call) -> NotificationList:
    """What concerned the signed-in person in the last 90 days."""
    page = shown.listed(call.deps, call.user.user_id, limit=call.query.limit, cursor=call.query.cursor)
    items = [Notification(**shown.view(note.message, read=note.read)) for note in page.notes]
    return NotificationList(items, page.next, page.unread)


@routes.add("GET", "/notifications/unread", SELF, answer=Unread)
def count_unread(call: Call) -> Unread:
    """The number beside the bell."""
    return Unread(shown.unread(call.deps, call.user.user_id))


@routes.add("POST", "/notifications/{notification_id}/read", SELF, status=204)
def read_notification(call: Call, notification_id: str) -> None:
    """Seen."""
    shown.read(call.deps, call.user.user_id, notification_id)


@routes.add("POST", "/notifications/read", SELF, body=ReadUntil, status=204)
def read_all_notifications(call: Call) -> None:
    """All seen up to one; what comes meanwhile stays unread."""
    shown.read_all(call.deps, call.user.user_id, call.body.until)
