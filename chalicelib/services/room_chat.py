"""The chat of a room: kept before it is told, each message once, for its two people."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.domain import chats as rules
from chalicelib.domain.cards import Side
from chalicelib.domain.chats import Said
from chalicelib.domain.errors import Conflict, NotFound, TooFast, TooMany
from chalicelib.domain.rooms import Entry, Room
from chalicelib.services import realtime, signaling
from chalicelib.services.again import again
from chalicelib.stores.chats import TAKEN

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Written:
    """What a page sends to be said; `id` is a ULID that it has made."""

    id: str
    text: str
    material_id: str | None = None


def say(deps: "Deps", connection_id: str, session_id: str, shown: str, written: Written) -> Said:
    """Keep it, if whoever says it is in the call and not put out, and tell both; sent again, it is the same."""
    entry, now = signaling.entitled(deps, connection_id, session_id, shown), deps.clock()
    rules.check(written.text, written.material_id)
    rules.check_id(written.id, entry.starts_at, now)
    said = Said(
        written.id, entry.booking_id, entry.side, entry.user_id, written.text, now, material_id=written.material_id
    )
    try:
        room = again(lambda: _kept(deps, entry, said))
    except Conflict as conflict:
        if conflict.code != TAKEN:
            raise
        return _said_before(deps, session_id, said)
    _tell(deps, room, connection_id, "chat", _shown(said))
    return said


def see(deps: "Deps", connection_id: str, session_id: str, shown: str, until: str) -> None:
    """Somebody has read so far, and the other learns of it."""
    entry, now = signaling.entitled(deps, connection_id, session_id, shown), deps.clock()
    rules.check_id(until, entry.starts_at, now)
    room = _room(deps, entry)
    try:
        deps.tables.update(deps.chats.seeing(session_id, entry.booking_id, entry.side, until))
    except Conflict:
        return  # an older tab, or the same again
    _tell(deps, room, connection_id, "chat-seen", {"until": until}, but=entry.side)


def _kept(deps: "Deps", entry: Entry, said: Said) -> Room:
    """One transaction: the message, if it is new; one more in the room, if its sender may speak there; their pace."""
    room = _room(deps, entry)
    if room.said >= rules.MOST and deps.chats.find(entry.session_id, entry.booking_id, said.id) is None:
        raise Conflict("chat_full", f"At most {rules.MOST} messages can be sent in a session.")
    if said.material_id and deps.materials.find(entry.booking_id, said.material_id) is None:
        raise NotFound("material")
    limits = rules.pace(entry.user_id, entry.session_id)
    try:
        deps.tables.commit(
            [
                deps.chats.adding(entry.session_id, said),
                deps.rooms.counting_chat(entry, rules.MOST, begun=entry.begun(said.at)),
                *deps.throttles.counting(limits, said.at),
            ]
        )
    except TooMany as many:
        raise TooFast(many.retry_after) from None
    return room


def _said_before(deps: "Deps", session_id: str, said: Said) -> Said:
    earlier = deps.chats.find(session_id, said.booking_id, said.id)
    if earlier is None or not earlier.is_again(said):
        raise Conflict("id_used", "Another message has this id.")
    return earlier


def _room(deps: "Deps", entry: Entry) -> Room:
    room = deps.rooms.find(entry.session_id) or Room(entry.session_id, "booked", {})
    room.must_have_in(entry, deps.clock())
    return room


def _shown(said: Said) -> dict[str, Any]:
    about = {"id": said.id, "by": said.by, "text": said.text, "at": said.at}
    return about | ({"material": said.material_id} if said.material_id else {})


def _tell(
    deps: "Deps", room: Room, connection_id: str, kind: str, data: dict[str, Any], but: Side | None = None
) -> None:
    for each in room.others(connection_id):
        if each.side != but:
            realtime.tell(deps, each.connection, {"type": kind, "topic": f"room:{room.session_id}", "data": data})
