"""Two people in a room: they come, are told how to reach each other, and their signals are passed on unread."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import Forbidden, Unauthenticated, Unavailable
from chalicelib.domain.rooms import Entry, Presence, Room, address
from chalicelib.services.realtime import depart, forget, tell

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def join(deps: "Deps", connection_id: str, session_id: str, shown: str, sid: str) -> None:
    """Be present in the room from now on, by one write; whoever finds the other there makes the offer."""
    entry = admitted(deps, shown)
    if entry.session_id != session_id:
        raise Forbidden("wrong_room", "This pass is for another room.")
    newcomer = Presence(entry.side, entry.user_id, connection_id, sid)
    room = deps.rooms.enter(entry, newcomer)
    peer = _meet(deps, entry, newcomer, room.beside(entry.side))
    data = {
        "role": entry.side,
        "polite": entry.side == "learner",
        "offer": peer is not None,
        "peer": peer,
        "status": room.status,
        "recording": room.recording,
        "server_time": deps.clock(),
    }
    tell(deps, connection_id, {"type": "joined", "topic": f"room:{session_id}", "data": data})
    _tidy(deps, room, newcomer, met=peer is not None)


def admitted(deps: "Deps", shown: str) -> Entry:
    """Whom a room pass lets into which room."""
    claims = deps.tokens.read("room-pass", shown)
    if claims is None or "at" not in claims:  # one without is of an earlier release
        raise Unauthenticated("pass_expired", "This pass is no longer good. Please ask for a new one.")
    starts_at, until = (datetime.fromtimestamp(claims[name], UTC) for name in ("at", "exp"))
    return Entry(claims["ses"], claims["sub"], claims["side"], starts_at, until)


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


def _meet(deps: "Deps", entry: Entry, newcomer: Presence, other: Presence | None) -> dict[str, Any] | None:
    """Tell the one who is there already; one who turns out to be gone was never there."""
    if other is None:
        return None
    data = {"role": newcomer.side, "sid": newcomer.sid, "token": deps.peer_tokens.sign(address(other, newcomer, entry))}
    news = {"type": "peer-joined", "topic": f"room:{entry.session_id}", "data": data}
    if deps.sockets.post(other.connection, news) == "gone":
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
