"""Threads and messages: each person's side of a thread under themselves, the messages under the thread."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.blocks import not_possible
from chalicelib.domain.errors import NotFound
from chalicelib.domain.messages import Message, Thread, place_of, snippet
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import EXISTING, NEW, AtLeast, Below, Check, Delete, Item, Key, Put, Update, Write

MOST = 500  # so many threads of one person are ever looked at: one query


class MessagePage(NamedTuple):
    """Some of a thread, newest last; the cursor leads to what was written before."""

    items: list[Message]
    next: str | None


class Messages:
    """A message moves both sides of its thread on, from the very state in which they were read."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def side(self, user_id: str, other_id: str) -> Thread | None:
        """One person's side, if they have ever written to each other."""
        item = self._tables.read(keys.thread(user_id, other_id))
        return value_of(Thread, item) if item else None

    def both(self, user_id: str, other_id: str) -> tuple[Thread | None, Thread | None]:
        """One's own side and the other's, in one request."""
        mine, theirs = self._tables.read_many([keys.thread(user_id, other_id), keys.thread(other_id, user_id)])
        return value_of(Thread, mine) if mine else None, value_of(Thread, theirs) if theirs else None

    def of_person(self, user_id: str) -> list[Thread]:
        """All of somebody's threads, the latest first: one query."""
        page = self._tables.query("core", keys.thread(user_id, "").pk, prefix="THREAD#", limit=MOST)
        return sorted((value_of(Thread, item) for item in page.items), key=_latest, reverse=True)

    def page(self, thread_id: str, *, limit: int, cursor: str | None) -> MessagePage:
        """The latest messages, and on from there to earlier ones."""
        pk = keys.message(thread_id, 0).pk
        page = self._tables.query("core", pk, prefix="MSG#", limit=limit, cursor=cursor, newest_first=True)
        return MessagePage([value_of(Message, item) for item in reversed(page.items)], page.next)

    def find(self, message_id: str) -> Message | None:
        """One message by its id."""
        place = place_of(message_id)
        item = self._tables.read(keys.message(*place)) if place else None
        return value_of(Message, item) if item else None

    def get(self, message_id: str) -> Message:
        """One message, or NotFound."""
        message = self.find(message_id)
        if message is None:
            raise NotFound("message")
        return message

    def adding(self, message: Message, mine: Thread, theirs: Thread, note: str = "") -> list[Write]:
        """The message, and both sides of the thread as they are with it; `note` is a new notification of it."""
        last = {
            "kind": "thread",
            "count": message.number,
            "last_text": snippet(message.text),
            "last_by": message.by,
            "last_at": item_of(message)["at"],
        }
        one_more = {"received": message.nth} | ({"note": note} if note else {})
        unmoved = {"received": theirs.received, "seen": theirs.seen, "muted": theirs.muted}  # they decide who is told
        return [
            Put(key=keys.message(message.thread_id, message.number), item=_item(message), when=NEW),
            Update(key=_key(mine), set=_start(mine) | last, when=_as_read(mine)),
            Update(key=_key(theirs), set=_start(theirs) | last | one_more, when=_as_read(theirs, **unmoved)),
        ]

    def seeing(self, user_id: str, other_id: str, until: int) -> Update:
        """So many of the other's messages are seen; never fewer than before, nor more than there are."""
        when = {"seen": Below(until), "received": AtLeast(until)}
        return Update(key=keys.thread(user_id, other_id), set={"seen": until}, when=when)

    def seeing_all(self, side: Thread) -> Update:
        """None is left, and the notification of them has done its work; unless one more comes at this moment."""
        when = {"seen": Below(side.received), "received": side.received}
        return Update(key=_key(side), set={"seen": side.received, "note": ""}, when=when)

    def muting(self, user_id: str, other_id: str, muted: bool) -> Update:
        """Whether new messages of a thread are notified of."""
        lost = NotFound("conversation")
        return Update(key=keys.thread(user_id, other_id), set={"muted": muted}, when=EXISTING, lost=lost)

    def reachable(self, user_id: str) -> Check:
        """The other is here, and not suspended."""
        return Check(key=keys.account(user_id), when={"status": "active"}, lost=not_possible())

    def unsaying(self, message: Message) -> Delete:
        """The words of somebody who has left."""
        return Delete(key=keys.message(message.thread_id, message.number))

    def leaving(self, side: Thread) -> list[Write]:
        """Somebody who goes has no thread any more, and the other side does not show their words."""
        gone: list[Write] = [Delete(key=_key(side))]
        if side.last_by == side.user_id:
            theirs = keys.thread(side.other_id, side.user_id)
            gone.append(Update(key=theirs, set={"last_text": ""}, when=EXISTING))
        return gone


def _item(message: Message) -> Item:
    return item_of(message) | {"kind": "message"}


def _key(side: Thread) -> Key:
    return keys.thread(side.user_id, side.other_id)


def _start(side: Thread) -> Item:
    """What the first message of a thread gives each side."""
    return {} if side.count else item_of(side)


def _as_read(side: Thread, **state: object) -> Item:
    return {"count": side.count} | state if side.count else dict(NEW)


def _latest(side: Thread) -> tuple[datetime | None, str]:
    return side.last_at, side.other_id
