"""Messages over HTTP: one's threads, one of them with its messages, writing, and what is seen."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain import messages as rules
from chalicelib.domain.messages import LONGEST, Thread
from chalicelib.services import messages
from chalicelib.stores.correspondents import Correspondent
from functions.access import PARTY, SELF
from functions.http import Call, Routes
from functions.presence import PresenceView, presence_view
from functions.shapes import PageQuery

routes = Routes(__name__)
Id = Annotated[str, msgspec.Meta(max_length=80)]


class OpeningQuery(PageQuery, forbid_unknown_fields=True):
    """Which part of a thread; `about` names what a new one is about."""

    about: Id | None = None


class NewThreadMessage(msgspec.Struct, forbid_unknown_fields=True):
    """`id` is a ULID of the sender's making: sent again, it is the same message. The first of a thread names a booking
    or request that the two have in common."""

    id: Id
    text: Annotated[str, msgspec.Meta(max_length=2 * LONGEST)]
    about: Id | None = None


class SeenMessages(msgspec.Struct, forbid_unknown_fields=True):
    """So many of the other's messages: the `nth` of the last one."""

    until: Annotated[int, msgspec.Meta(ge=1)]


class Muting(msgspec.Struct, forbid_unknown_fields=True):
    """Whether one is notified of what the other writes."""

    muted: bool


class CorrespondentView(msgspec.Struct):
    """Whom one writes with; a `slug` leads to a mentor's page. Whoever is `gone` cannot be written to."""

    id: str
    name: str
    photo_url: str | None
    slug: str | None
    presence: PresenceView | None
    blocked: bool
    gone: bool


class ThreadMessage(msgspec.Struct):
    """`number` is its place in the thread, `nth` that among its sender's; `key` is the sender's id of it."""

    id: str
    key: str
    by: str
    to: str
    number: int
    nth: int
    text: str
    at: datetime


class LastWords(msgspec.Struct):
    """The beginning of the latest message."""

    by: Literal["me", "other"]
    text: str
    at: datetime


class ThreadRow(msgspec.Struct):
    """A thread in one's list."""

    other: CorrespondentView
    last: LastWords | None
    unread: int
    muted: bool


class ThreadPage(msgspec.Struct):
    """Some of one's threads, the latest first; `unread` counts the messages in all of them."""

    items: list[ThreadRow]
    unread: int
    next: str | None


class UnreadMessages(msgspec.Struct):
    """How many messages one has not seen."""

    unread: int


class ConversationView(msgspec.Struct):
    """A thread's latest messages, newest last; `seen` of the other's are seen, `seen_by_other` of one's own. `token`
    goes with the frames that say one is typing, for an hour."""

    other: CorrespondentView
    seen: int
    seen_by_other: int
    received: int
    muted: bool
    token: str
    items: list[ThreadMessage]
    next: str | None


@routes.add("GET", "/threads", SELF, query=PageQuery, answer=ThreadPage)
def list_threads(call: Call) -> ThreadPage:
    """With whom one writes, the latest first."""
    query: PageQuery = call.query
    found = messages.threads(call.deps, call.user.user_id, limit=query.limit, cursor=query.cursor)
    now = call.deps.clock()
    return ThreadPage([_row(side, other, now) for side, other in found.rows], found.unread, found.next)


@routes.add("GET", "/threads/unread", SELF, answer=UnreadMessages)
def count_unread_messages(call: Call) -> UnreadMessages:
    """How many messages wait, over all threads."""
    return UnreadMessages(messages.unread(call.deps, call.user.user_id))


@routes.add("GET", "/threads/{user_id}/messages", PARTY, query=OpeningQuery, answer=ConversationView)
def open_thread(call: Call, user_id: str) -> ConversationView:
    """One thread; the cursor leads to what was written before."""
    query: OpeningQuery = call.query
    found = messages.opened(
        call.deps, call.user.user_id, user_id, about=query.about, limit=query.limit, cursor=query.cursor
    )
    return ConversationView(
        other=correspondent_view(found.other, call.deps.clock()),
        seen=found.mine.seen,
        seen_by_other=found.seen_by_other,
        received=found.mine.received,
        muted=found.mine.muted,
        token=found.token,
        items=[message_view(each) for each in found.messages.items],
        next=found.messages.next,
    )


@routes.add("POST", "/threads/{user_id}/messages", PARTY, body=NewThreadMessage, answer=ThreadMessage, status=201)
def write_message(call: Call, user_id: str) -> ThreadMessage:
    """A message to somebody one has a booking or request in common with."""
    new: NewThreadMessage = call.body
    me = call.user.user_id
    return message_view(messages.write(call.deps, me, user_id, key=new.id, text=new.text, about=new.about))


@routes.add("POST", "/threads/{user_id}/seen", PARTY, body=SeenMessages, status=204)
def see_messages(call: Call, user_id: str) -> None:
    """One has seen so many of the other's messages; saying less than before changes nothing."""
    messages.see(call.deps, call.user.user_id, user_id, call.body.until)


@routes.add("PUT", "/threads/{user_id}/muted", PARTY, body=Muting, status=204)
def mute_thread(call: Call, user_id: str) -> None:
    """No notifications of this thread, or again."""
    messages.mute(call.deps, call.user.user_id, user_id, muted=call.body.muted)


def correspondent_view(person: Correspondent, now: datetime) -> CorrespondentView:
    """As one sees them now."""
    there = presence_view(person.presence, now) if person.presence else None
    return CorrespondentView(person.id, person.name, person.photo_url, person.slug, there, person.blocked, person.gone)


def message_view(message: rules.Message) -> ThreadMessage:
    """As both see it."""
    return ThreadMessage(**{name: getattr(message, name) for name in ThreadMessage.__struct_fields__})


def _row(side: Thread, other: Correspondent, now: datetime) -> ThreadRow:
    last = None
    if side.last_at:
        last = LastWords("me" if side.last_by == side.user_id else "other", side.last_text, side.last_at)
    return ThreadRow(correspondent_view(other, now), last, side.unread, side.muted)
