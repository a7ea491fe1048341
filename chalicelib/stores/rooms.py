"""Presence in rooms: one item a room, so that of two people coming at once exactly one is second."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, DomainError, NotFound
from chalicelib.domain.rooms import MOST_LATE_NOTES, Entry, Presence, Room, ended
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.items import value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import ABSENT, PRESENT, Below, Item, Put, Update

KEPT = timedelta(hours=1)
SIDES: tuple[Side, Side] = ("mentor", "learner")
IN_CALL = "learner_in"  # empty where the learner came before being let in


class Rooms:
    """The item is made by whoever comes first and is gone, by its TTL, after the session."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, session_id: str) -> Room | None:
        """Who is there now."""
        item = self._tables.read(keys.room(session_id))
        return _room(session_id, item) if item else None

    def with_session(self, session_id: str) -> tuple[Session, Room]:
        """A session and what is known of its room, in one request."""
        session, room = self._tables.read_many([keys.session(session_id), keys.room(session_id)])
        if session is None:
            raise NotFound("session")
        return value_of(Session, session), _room(session_id, room or {})

    def enter(self, entry: Entry, presence: Presence, *, begun: bool) -> Room:
        """One update: present from now on, in place of any other page of the same person; refused once it is over, and
        to whom the mentor has put out. Before it has begun, who has not been let in waits."""
        side = entry.side
        waits = {IN_CALL: f"admitted_{entry.booking_id}"} if side == "learner" and not begun else {}
        came_in = {IN_CALL: True} if side == "learner" and begun else {}
        entering = Update(
            key=keys.room(entry.session_id),
            set={
                f"{side}_connection": presence.connection,
                f"{side}_sid": presence.sid,
                f"{side}_user": presence.user_id,
                "ttl": _ttl(entry.until),
            }
            | came_in,
            keep={"displaced": f"{side}_connection"} | waits,
            when=_open_to(entry),
        )
        try:
            item = self._tables.update(entering)
        except Conflict as conflict:
            if room := self.find(entry.session_id):
                room.must_be_open_to(entry)
            raise conflict
        return _room(entry.session_id, item)

    def admit(self, session: Session) -> Room:
        """The learner need not wait for the start; answers with the room, so that one who waits can be told."""
        admitting = Update(
            key=keys.room(session.id),
            set={f"admitted_{session.booking_id}": True, "ttl": _ttl(session.hard_end)},
            when={"closed": ABSENT},
            lost=ended(),
        )
        return _room(session.id, self._tables.update(admitting))

    def barring(self, session: Session, recording: Item | None = None) -> Update:
        """The learner does not come in any more; `recording` is what becomes of one by that."""
        told = {"recording": recording} if recording else {}
        return Update(
            key=keys.room(session.id),
            set={f"barred_{session.booking_id}": True, "ttl": _ttl(session.hard_end)} | told,
            when={"closed": ABSENT},
            lost=ended(),
        )

    def readmitting(self, session: Session) -> Update:
        """The learner may come again, and need not wait."""
        return Update(
            key=keys.room(session.id),
            set={f"admitted_{session.booking_id}": True, "ttl": _ttl(session.hard_end)},
            remove=(f"barred_{session.booking_id}",),
            when={"closed": ABSENT},
            lost=ended(),
        )

    def noting_late(self, session: Session, side: Side, minutes: int, other: Presence | None) -> Update:
        """How late one side will be; whether the `other` is there to hear it must still be as it was seen."""
        place = f"{'learner' if side == 'mentor' else 'mentor'}_connection"
        return Update(
            key=keys.room(session.id),
            set={f"{side}_late": minutes, "ttl": _ttl(session.hard_end)},
            add={f"{side}_late_notes": 1},
            when={"closed": ABSENT, place: other.connection if other else ABSENT}
            | {f"{side}_late_notes": Below(MOST_LATE_NOTES)},
        )

    def counting_chat(self, entry: Entry, most: int, *, begun: bool) -> Update:
        """One message more in the chat, of somebody who is let in, and not put out."""
        waits = {f"admitted_{entry.booking_id}": PRESENT} if entry.side == "learner" and not begun else {}
        return Update(
            key=keys.room(entry.session_id),
            add={"said": 1},
            set={"ttl": _ttl(entry.until)},
            when={"said": Below(most)} | _open_to(entry) | waits,
        )

    def leave(self, session_id: str, presence: Presence) -> bool:
        """Absent from now on, unless another connection, or a later entry on this one, has taken over already."""
        side = presence.side
        leaving = Update(
            key=keys.room(session_id),
            remove=(f"{side}_connection", f"{side}_sid", f"{side}_user", *((IN_CALL,) if side == "learner" else ())),
            when={f"{side}_connection": presence.connection, f"{side}_sid": presence.sid},
        )
        try:
            self._tables.update(leaving)
        except Conflict:
            return False
        return True

    def marking(self, session_id: str, status: str, until: datetime, *, closed: bool = False) -> Update:
        """The room follows its session; once closed, nobody comes in."""
        over = {"closed": True} if closed else {}
        return Update(key=keys.room(session_id), set={"status": status, "ttl": _ttl(until)} | over)

    def calling_off(self, session: Session, *, closed: bool) -> Update:
        """The session's booking is no more: its two people are not there, none of their passes is good, and nothing of
        what was said at the door concerns whoever books the session next."""
        over = {"closed": True, "status": "cancelled"} if closed else {"status": None}
        there = [f"{side}_{what}" for side in SIDES for what in ("connection", "sid", "user", "late", "late_notes")]
        return Update(
            key=keys.room(session.id),
            set={f"called_off_{session.booking_id}": True, "ttl": _ttl(session.hard_end)} | over,
            remove=(*there, IN_CALL, "displaced", "recording"),
        )

    def recording(self, session: Session, state: Item, *, lost: DomainError | None = None) -> Update:
        """Whoever joins is told, without another read, whether the session is being recorded; with `lost`, only as long
        as the learner is not put out."""
        unbarred = {f"barred_{session.booking_id}": ABSENT} if lost else {}
        told = {"recording": state, "ttl": _ttl(session.hard_end)}
        return Update(key=keys.room(session.id), set=told, when=unbarred, lost=lost)

    def opening(self, entry: Entry) -> Put:
        """Remember at whose doors this person has been let in: a lost connection is then looked for there."""
        item = {"session_id": entry.session_id, "ttl": _ttl(entry.until)}
        return Put(key=keys.room_link(entry.user_id, entry.session_id), item=item)

    def entered_by(self, user_id: str) -> list[str]:
        """The sessions whose rooms this person was let into of late."""
        page = self._tables.query("live", keys.room_link(user_id, "").pk, prefix="ROOM#")
        return [item["session_id"] for item in page.items]


def _room(session_id: str, item: Item) -> Room:
    here = {
        side: Presence(
            side,
            item[f"{side}_user"],
            item[f"{side}_connection"],
            item[f"{side}_sid"],
            waits=side == "learner" and not item.get(IN_CALL, True),  # who came under an earlier release is in the call
        )
        for side in SIDES
        if f"{side}_connection" in item
    }
    return Room(
        session_id=session_id,
        status=item.get("status", "booked"),
        here=here,
        displaced=item.get("displaced") or None,
        closed=bool(item.get("closed")),
        admitted=_bookings(item, "admitted_"),
        barred=_bookings(item, "barred_"),
        called_off=_bookings(item, "called_off_"),
        late=_numbers(item, "late"),
        late_notes=_numbers(item, "late_notes"),
        said=int(item.get("said", 0)),
        recording=item.get("recording"),
    )


def _bookings(item: dict[str, Any], prefix: str) -> frozenset[str]:
    return frozenset(name.removeprefix(prefix) for name in item if name.startswith(prefix))


def _numbers(item: Item, name: str) -> dict[Side, int]:
    return {side: int(item[f"{side}_{name}"]) for side in SIDES if f"{side}_{name}" in item}


def _open_to(entry: Entry) -> dict[str, Any]:
    unbarred = {f"barred_{entry.booking_id}": ABSENT} if entry.side == "learner" else {}
    return {"closed": ABSENT, f"called_off_{entry.booking_id}": ABSENT} | unbarred


def _ttl(until: datetime) -> int:
    return int((until + KEPT).timestamp())
