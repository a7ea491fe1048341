"""Two people in a room: they come, are told how to reach each other, and their signals are passed on unread."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import Forbidden, Unavailable
from chalicelib.domain.rooms import OTHER, Entry, Presence, Room, address, expired
from chalicelib.services.realtime import depart, forget, tell

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def join(deps: "Deps", connection_id: str, session_id: str, shown: str, sid: str, frame_id: str | None = None) -> None:
    """Be present in the room from now on, by one write; whoever finds the other there makes the offer.

    Before the start a learner whom the mentor has not let in waits: known to be there, and told no way to anybody.
    """
    entry, now = entitled(deps, connection_id, session_id, shown), deps.clock()
    newcomer = Presence(entry.side, entry.user_id, connection_id, sid)
    room = deps.rooms.enter(entry, newcomer, begun=entry.begun(now))
    admitted, other = not room.here[entry.side].waits, room.beside(entry.side)
    there, peer = _found(deps, entry, newcomer, other, admitted, now, room)
    knocking = bool(other and other.waits and there and not room.is_open_to_learner(entry, now))
    data = {
        "role": entry.side,
        "polite": entry.side == "learner",
        "offer": peer is not None,
        "peer": peer,
        "admitted": admitted,
        "knocking": knocking,
        "removed": room.bars("learner", entry.booking_id),
        "late": {side: room.late.get(side) for side in OTHER},
        "status": room.status,
        "recording": room.recording,
        "server_time": now,
    }
    joined = {"type": "joined", "topic": f"room:{session_id}", "data": data}
    tell(deps, connection_id, joined | ({"id": frame_id} if frame_id else {}))
    _tidy(deps, room, newcomer, met=there)


def entitled(deps: "Deps", connection_id: str, session_id: str, shown: str) -> Entry:
    """Whom a room pass lets into this room: its own bearer, on a socket of theirs; one that was stolen, nobody."""
    entry = admitted(deps, shown)
    if entry.session_id != session_id:
        raise Forbidden("wrong_room", "This pass is for another room.")
    if deps.connections.owner(connection_id) != entry.user_id:
        raise expired()
    return entry


def admitted(deps: "Deps", shown: str) -> Entry:
    """What a room pass says, whoever shows it."""
    claims = deps.tokens.read("room-pass", shown)
    if claims is None or not {"at", "bkg", "nam"} <= claims.keys():  # one without is of an earlier release
        raise expired()
    starts_at, until = (datetime.fromtimestamp(claims[name], UTC) for name in ("at", "exp"))
    return Entry(claims["ses"], claims["sub"], claims["side"], starts_at, until, claims["bkg"], claims["nam"])


def relay(deps: "Deps", connection_id: str, session_id: str, signal: dict[str, Any]) -> None:
    """Pass a signal on, stamped with who sent it and when; the token says to whom, no table is asked."""
    sent = dict(signal)
    way = deps.peer_tokens.read(str(sent.pop("token", "")))
    if way is None:
        raise Forbidden("bad_token", "This signal cannot be passed on.")
    topic, now = f"room:{session_id}", deps.clock()
    delivery = "gone"
    if good := way.good_for(connection_id, session_id, now):
        stamped = sent | {"from": {"role": way.side, "sid": way.sid}, "at": now}
        delivery = deps.sockets.post(way.receiver, {"type": "signal", "topic": topic, "data": stamped})
    if delivery == "failed":
        raise Unavailable("The other side could not be reached just now.")
    if delivery == "gone":
        deps.sockets.post(connection_id, {"type": "peer-gone", "topic": topic})
        if good:
            _clear(deps, session_id, way.receiver)


def _found(
    deps: "Deps",
    entry: Entry,
    newcomer: Presence,
    other: Presence | None,
    admitted: bool,
    now: datetime,
    room: Room,
) -> tuple[bool, dict[str, Any] | None]:
    """Whether the other is there after all, and the way to them: none as long as the learner waits."""
    if other is None:
        return False, None
    topic = f"room:{entry.session_id}"
    if not admitted:
        knock = {"name": entry.learner_name, "sid": newcomer.sid}
        return _told(deps, other, {"type": "knocking", "topic": topic, "data": knock}), None
    if other.waits:
        open_to_them = room.is_open_to_learner(entry, now)
        return not open_to_them or _told(deps, other, {"type": "admitted", "topic": topic}), None
    peer = _meet(deps, entry, newcomer, other)
    return peer is not None, peer


def _told(deps: "Deps", presence: Presence, news: dict[str, Any]) -> bool:
    there: bool = deps.sockets.post(presence.connection, news) != "gone"
    return there


def _meet(deps: "Deps", entry: Entry, newcomer: Presence, other: Presence) -> dict[str, Any] | None:
    """Tell the one who is there already; one who turns out to be gone was never there."""
    data = {"role": newcomer.side, "sid": newcomer.sid, "token": deps.peer_tokens.sign(address(other, newcomer, entry))}
    news = {"type": "peer-joined", "topic": f"room:{entry.session_id}", "data": data}
    if not _told(deps, other, news):
        return None
    return {"role": other.side, "sid": other.sid, "token": deps.peer_tokens.sign(address(newcomer, other, entry))}


def _tidy(deps: "Deps", room: Room, newcomer: Presence, *, met: bool) -> None:
    """What can wait until the newcomer has been answered: a page taken over from, a peer found gone."""
    if room.displaced not in (None, newcomer.connection):
        tell(deps, str(room.displaced), {"type": "replaced", "topic": f"room:{room.session_id}"})
    other = room.beside(newcomer.side)
    if other and not met:
        _clear(deps, room.session_id, other.connection)


def _clear(deps: "Deps", session_id: str, connection_id: str) -> None:
    depart(deps, session_id, connection_id, quietly=True)
    forget(deps, connection_id)
