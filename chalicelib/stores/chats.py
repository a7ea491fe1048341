"""What was written in rooms: an item a message, in the order of their ids, and how far each side has read."""

from typing import NamedTuple

from chalicelib.domain.cards import Side
from chalicelib.domain.chats import Said
from chalicelib.domain.errors import Conflict
from chalicelib.domain.rooms import OTHER
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Below, Delete, Put, Update

TAKEN = "taken"


class ChatPage(NamedTuple):
    """Some of a chat, newest first; the cursor leads to what was said before."""

    items: list[Said]
    next: str | None


class Chats:
    """A chat is a booking's: whoever has the session after a cancelled booking reads nothing of it."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, session_id: str, booking_id: str, id: str) -> Said | None:
        """One message."""
        item = self._tables.read(keys.chat(session_id, booking_id, id))
        return value_of(Said, item) if item else None

    def page(self, session_id: str, booking_id: str, *, limit: int, cursor: str | None) -> ChatPage:
        """The latest messages, and on from there to earlier ones."""
        key = keys.chat(session_id, booking_id, "")
        page = self._tables.query("core", key.pk, prefix=key.sk, limit=limit, cursor=cursor, newest_first=True)
        return ChatPage([value_of(Said, item) for item in page.items], page.next)

    def whole(self, session_id: str, *, limit: int, cursor: str | None) -> ChatPage:
        """The chats of all bookings that a session ever had."""
        key = keys.chat(session_id, "", "")
        page = self._tables.query("core", key.pk, prefix="CHAT#", limit=limit, cursor=cursor)
        return ChatPage([value_of(Said, item) for item in page.items], page.next)

    def adding(self, session_id: str, said: Said) -> Put:
        """A new message; one with this id is there only once."""
        item = item_of(said) | {"kind": "chat"}
        taken = Conflict(TAKEN, "This message has been sent already.")
        return Put(key=keys.chat(session_id, said.booking_id, said.id), item=item, when=NEW, lost=taken)

    def seeing(self, session_id: str, booking_id: str, side: Side, until: str) -> Update:
        """This side has read so far; never less far than before."""
        return Update(
            key=keys.chat_seen(session_id, booking_id, side), set={"until": until}, when={"until": Below(until)}
        )

    def seen_by_other(self, session_id: str, booking_id: str, side: Side) -> str | None:
        """How far the other side has read."""
        item = self._tables.read(keys.chat_seen(session_id, booking_id, OTHER[side]))
        return str(item["until"]) if item else None

    def unsaying(self, session_id: str, said: Said) -> Delete:
        """The words of somebody who has left."""
        return Delete(key=keys.chat(session_id, said.booking_id, said.id))
