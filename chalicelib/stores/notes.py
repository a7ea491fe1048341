"""A person's notifications as they are shown on the site, the newest first, and what of them was read."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from chalicelib.domain.errors import Malformed, NotFound
from chalicelib.domain.outgoing import Outgoing
from chalicelib.stores import keys
from chalicelib.stores.outbox import message_of
from chalicelib.stores.table import Tables, page_of
from chalicelib.stores.writes import EXISTING, Below, Delete, Item, Key, Update

MOST = 500  # what one query counts; whoever has more unread costs another


class Note(NamedTuple):
    """A notification, and whether its person has read it."""

    message: Outgoing
    read: bool


class NotePage(NamedTuple):
    """Some of them; how many are unread in all is known from the first page on."""

    notes: list[Note]
    next: str | None
    unread: int | None


class Notes:
    """One partition holds them; until which of them all were read sorts behind all of them."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def newest(self, user_id: str, limit: int, now: datetime) -> NotePage:
        """The first page, and the exact number of unread ones: one query reads the mark and all that is new."""
        page = self._tables.query("core", f"USR#{user_id}", prefix=keys.NOTE, limit=MOST, newest_first=True)
        until, items = _marked(page.items)
        unread, more = _unread(items, until, now), page.next
        while more and items[-1]["id"] > until:
            page = self._tables.query(
                "core", f"USR#{user_id}", prefix=keys.NOTE, limit=MOST, newest_first=True, cursor=more
            )
            unread, more = unread + _unread(page.items, until, now), page.next
        shown = page_of(items[: limit + 1], limit, None)
        return NotePage(_notes(shown.items, until, now), _cursor(until, shown.next), unread)

    def further(self, user_id: str, limit: int, cursor: str, now: datetime) -> NotePage:
        """The pages behind it; the cursor brings along until where all is read."""
        until, _, rest = cursor.partition(".")
        if not rest:
            raise Malformed("bad_cursor", "That cursor is not one we gave. Please start from the first page.")
        page = self._tables.query(
            "core", f"USR#{user_id}", prefix=keys.NOTE, limit=limit, newest_first=True, cursor=rest
        )
        return NotePage(_notes(page.items, until, now), _cursor(until, page.next), None)

    def unread_among(self, user_id: str, ids: Iterable[str]) -> set[str]:
        """Those of some that still stand on the site, unread."""
        mark, *items = self._tables.read_many([keys.all_read(user_id), *(keys.note(user_id, each) for each in ids)])
        until = mark["until"] if mark else ""
        return {item["id"] for item in items if item and "read_at" not in item and item["id"] > until}

    def reading(self, user_id: str, message_id: str, now: datetime) -> Update:
        """Read, the first time or again."""
        return Update(
            key=keys.note(user_id, message_id),
            set={"read_at": now.isoformat()},
            when=EXISTING,
            lost=NotFound("notification"),
        )

    def reading_all(self, user_id: str, until: str) -> Update:
        """All up to one; what was read further already stays so."""
        marked = {"kind": "all_read", "user_id": user_id, "until": until}
        return Update(key=keys.all_read(user_id), set=marked, when={"until": Below(until)})

    def held_of(self, user_id: str) -> list[Delete]:
        """The ends of all that a person was told or is still to be told."""
        gone = []
        for prefix in (keys.NOTE, keys.MAIL, keys.DIGEST):
            more: str | None = ""
            while more is not None:
                page = self._tables.query("core", f"USR#{user_id}", prefix=prefix, limit=MOST, cursor=more or None)
                gone += [Delete(key=Key("core", item["pk"], item["sk"])) for item in page.items]
                more = page.next
        return gone


def _marked(items: list[Item]) -> tuple[str, list[Item]]:
    """Until where all is read, and the notifications themselves."""
    first = items[:1]
    if first and first[0].get("kind") == "all_read":
        return first[0]["until"], items[1:]
    return "", items


def _notes(items: Iterable[Item], until: str, now: datetime) -> list[Note]:
    """Those whose time is over may still lie there, and one of a shape we do not know takes no list down."""
    found = []
    for item in items:
        if item.get("kind") != "outgoing" or item.get("ttl", 0) < now.timestamp():
            continue
        try:
            message = message_of(item)
        except msgspec.ValidationError:
            continue
        found.append(Note(message, message.read_at is not None or message.id <= until))
    return found


def _unread(items: Iterable[Item], until: str, now: datetime) -> int:
    return sum(not note.read for note in _notes((item for item in items if "read_at" not in item), until, now))


def _cursor(until: str, rest: str | None) -> str | None:
    return f"{until}.{rest}" if rest else None
