"""The sockets of people: opened by a ticket, greeted, told what changed, forgotten once they are gone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.identity import Identity
from chalicelib.domain.sessions import Session
from chalicelib.stores.connections import ADMINS, Connection

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TICKET_LIFE = timedelta(seconds=30)
OPENING = timedelta(seconds=10)  # a socket is in its owner's list before API Gateway lets anyone post to it
What = Literal["me", "bookings", "sessions", "requests", "availability", "earnings", "admin"]


def ticket(deps: "Deps", user: Identity) -> str:
    """Opens one socket within half a minute: an address with a ticket in it may end up in a log."""
    claims = {"jti": deps.new_id("tkt"), "adm": "admin" in user.roles and user.second_factor}
    return deps.tokens.sign("ticket", user.user_id, TICKET_LIFE, claims)


def connect(deps: "Deps", connection_id: str, shown: str | None) -> str:
    """Let the bearer of an unused ticket in; answers with whose socket it is."""
    claims = deps.tokens.read("ticket", shown)
    if claims is None:
        raise Unauthenticated("bad_ticket", "Please ask for a new ticket.")
    opened = Connection(connection_id, claims["sub"], claims["adm"])
    deps.tables.commit(deps.connections.opening(opened, claims["jti"], deps.clock()))
    return opened.user_id


def greet(deps: "Deps", connection_id: str) -> dict[str, Any]:
    """What a socket is told first: who it speaks for, and the time."""
    connection = deps.connections.find(connection_id)
    if connection is None:
        raise Unauthenticated("unknown_socket", "Please connect anew.")
    return {"user_id": connection.user_id, "connection_id": connection_id, "server_time": deps.clock()}


def forget(deps: "Deps", connection_id: str, *, opened_by: datetime | None = None) -> None:
    """A socket has closed, or was found to be gone: whoever shared a room with it is told."""
    connection = deps.connections.find(connection_id, opened_by=opened_by)
    if connection is None:
        return
    for session_id in deps.rooms.entered_by(connection.user_id):
        depart(deps, session_id, connection_id)
    deps.tables.commit(deps.connections.closing(connection))


def depart(deps: "Deps", session_id: str, connection_id: str, *, quietly: bool = False) -> None:
    """Whoever is in the room on this connection leaves it; a connection that took over stays."""
    room = deps.rooms.find(session_id)
    leaver = room.on(connection_id) if room else None
    if room is None or leaver is None or not deps.rooms.leave(session_id, leaver):
        return
    other = room.beside(leaver.side)
    if other and not quietly:
        data = {"role": leaver.side, "sid": leaver.sid}
        tell(deps, other.connection, {"type": "peer-left", "topic": f"room:{session_id}", "data": data})


def tell(deps: "Deps", connection_id: str, message: dict[str, Any]) -> bool:
    """Post to one socket; one that is gone, and not just opening, is forgotten. False only if it is gone."""
    there: bool = deps.sockets.post(connection_id, message) != "gone"
    if not there:
        forget(deps, connection_id, opened_by=deps.clock() - OPENING)
    return there


def tell_room(deps: "Deps", session: Session) -> None:
    """Both sides of a room hear of the session's new state at once."""
    room = deps.rooms.find(session.id)
    data = {"status": session.status, "ends_at": session.ends_at, "extension_asked_by": session.extension_asked_by}
    for present in room.here.values() if room else ():
        tell(deps, present.connection, {"type": "session", "topic": f"room:{session.id}", "data": data})


def tell_person(deps: "Deps", user_id: str, what: str, data: Mapping[str, Any]) -> None:
    """Something for every open page of one person."""
    for connection_id in deps.connections.of(user_id):
        tell(deps, connection_id, {"type": what, "topic": f"user:{user_id}", "data": dict(data)})


def changed(deps: "Deps", news: Mapping[str, Iterable[What]], time_is_up: Callable[[], bool] = lambda: False) -> None:
    """On every open page of these people, what it shows is fetched again."""
    for user_id, whats in news.items():
        if time_is_up():
            return
        topic = "admin" if user_id == ADMINS else f"user:{user_id}"
        for connection_id in deps.connections.of(user_id):
            for what in whats:
                if not tell(deps, connection_id, {"type": "changed", "topic": topic, "data": {"what": what}}):
                    break
