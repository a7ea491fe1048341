"""Presence in rooms: one item a room, so that of two people coming at once exactly one is second."""

from datetime import datetime, timedelta

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.rooms import Entry, Presence, Room
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import ABSENT, Item, Put, Update

KEPT = timedelta(hours=1)
SIDES: tuple[Side, Side] = ("mentor", "learner")


class Rooms:
    """The item is made by whoever comes first and is gone, by its TTL, after the session."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, session_id: str) -> Room | None:
        """Who is there now."""
        item = self._tables.read(keys.room(session_id))
        return _room(session_id, item) if item else None

    def enter(self, entry: Entry, presence: Presence) -> Room:
        """One update: present from now on, in place of any other page of the same person; refused once it is over."""
        side = entry.side
        item = self._tables.update(
            Update(
                key=keys.room(entry.session_id),
                set={
                    f"{side}_connection": presence.connection,
                    f"{side}_sid": presence.sid,
                    f"{side}_user": presence.user_id,
                    "ttl": int((entry.until + KEPT).timestamp()),
                },
                keep={"displaced": f"{side}_connection"},
                when={"closed": ABSENT},
                lost=Conflict("ended", "This session has ended."),
            )
        )
        return _room(entry.session_id, item)

    def leave(self, session_id: str, presence: Presence) -> bool:
        """Absent from now on, unless another connection has taken over already."""
        side = presence.side
        leaving = Update(
            key=keys.room(session_id),
            remove=(f"{side}_connection", f"{side}_sid", f"{side}_user"),
            when={f"{side}_connection": presence.connection},
        )
        try:
            self._tables.update(leaving)
        except Conflict:
            return False
        return True

    def marking(self, session_id: str, status: str, until: datetime, *, closed: bool = False) -> Update:
        """The room follows its session; once closed, nobody comes in."""
        ttl = int((until + KEPT).timestamp())
        over = {"closed": True} if closed else {}
        return Update(key=keys.room(session_id), set={"status": status, "ttl": ttl} | over)

    def recording(self, session_id: str, state: Item) -> Update:
        """Whoever joins is told, without another read, whether the session is being recorded."""
        return Update(key=keys.room(session_id), set={"recording": state})

    def opening(self, entry: Entry) -> Put:
        """Remember at whose doors this person has been let in: a lost connection is then looked for there."""
        item = {"session_id": entry.session_id, "ttl": int((entry.until + KEPT).timestamp())}
        return Put(key=keys.room_link(entry.user_id, entry.session_id), item=item)

    def entered_by(self, user_id: str) -> list[str]:
        """The sessions whose rooms this person was let into of late."""
        page = self._tables.query("live", keys.room_link(user_id, "").pk, prefix="ROOM#")
        return [item["session_id"] for item in page.items]


def _room(session_id: str, item: Item) -> Room:
    here = {
        side: Presence(side, item[f"{side}_user"], item[f"{side}_connection"], item[f"{side}_sid"])
        for side in SIDES
        if f"{side}_connection" in item
    }
    displaced, recording = item.get("displaced") or None, item.get("recording")
    return Room(session_id, item.get("status", "booked"), here, displaced, recording)
