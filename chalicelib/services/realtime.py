"""The sockets of people: opened by a ticket, greeted, told what changed, forgotten once they are gone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.domain.errors import Forbidden, Unauthenticated
from chalicelib.domain.identity import Identity
from chalicelib.domain.sessions import Session
from chalicelib.services import presence
from chalicelib.stores.connections import ADMINS, Connection

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TICKET_LIFE = timedelta(seconds=30)
OPENING = timedelta(seconds=10)  # a socket is in its owner's list before API Gateway lets anyone post to it
What = Literal[
    "me",
    "bookings",
    "sessions",
    "requests",
    "availability",
    "earnings",
    "admin",
    "messages",
    "plan",
    "materials",
    "recordings",
    "reviews",
    "notifications",
]


def ticket(deps: "Deps", user: Identity) -> str:
    """Opens one socket within half a minute: an address with a ticket in it may end up in a log."""
    admin, mentor = "admin" in user.roles and user.second_factor, "mentor" in user.roles
    claims = {"jti": deps.new_id("tkt"), "adm": admin, "men": mentor}
    return deps.tokens.sign("ticket", user.user_id, TICKET_LIFE, claims)


def connect(deps: "Deps", connection_id: str, shown: str | None) -> str:
    """Let the bearer of an unused ticket in; answers with whose socket it is."""
    claims = deps.tokens.read("ticket", shown)
    if claims is None:
        raise Unauthenticated("bad_ticket", "Please ask for a new ticket.")
    now, opened = deps.clock(), Connection(connection_id, claims["sub"], claims["adm"], claims.get("men", False))
    there = [deps.presences.coming(opened.user_id, now)] if opened.mentor else []
    deps.tables.commit([*deps.connections.opening(opened, claims["jti"], now), *there])
    return opened.user_id


def greet(deps: "Deps", connection_id: str) -> dict[str, Any]:
    """What a socket is told first: who it speaks for, and the time."""
    connection = deps.connections.find(connection_id)
    if connection is None:
        raise Unauthenticated("unknown_socket", "Please connect anew.")
    told = {"user_id": connection.user_id, "connection_id": connection_id, "server_time": deps.clock()}
    shown = presence.token(deps, connection)
    return told | ({"presence": shown} if shown else {})


def forget(deps: "Deps", connection_id: str, *, opened_by: datetime | None = None) -> None:
    """A socket has closed, or was found to be gone: whoever shared a room with it is told."""
    connection = deps.connections.find(connection_id, opened_by=opened_by)
    if connection is None:
        return
    for session_id in deps.rooms.entered_by(connection.user_id):
        depart(deps, session_id, connection_id)
    deps.tables.commit(deps.connections.closing(connection))
    if connection.mentor:
        presence.leave(deps, connection.user_id)


def depart(deps: "Deps", session_id: str, connection_id: str, *, sid: str | None = None, quietly: bool = False) -> None:
    """Whoever is in the room on this connection, or by that entry of it, leaves; what took over stays."""
    room = deps.rooms.find(session_id)
    leaver = room.on(connection_id) if room else None
    if room is None or leaver is None or sid not in (None, leaver.sid) or not deps.rooms.leave(session_id, leaver):
        return
    other = room.beside(leaver.side)
    if other and not quietly:
        data, kind = {"role": leaver.side, "sid": leaver.sid}, "knock-ended" if leaver.waits else "peer-left"
        tell(deps, other.connection, {"type": kind, "topic": f"room:{session_id}", "data": data})


def tell(deps: "Deps", connection_id: str, message: dict[str, Any]) -> bool:
    """Post to one socket; one that is gone, and not just opening, is forgotten. False only if it is gone."""
    there: bool = deps.sockets.post(connection_id, message) != "gone"
    if not there:
        forget(deps, connection_id, opened_by=deps.clock() - OPENING)
    return there


def hang_up(deps: "Deps", connection_id: str) -> bool:
    """Close somebody's socket from our side, and forget it; False if it may still be open."""
    closed: bool = deps.sockets.close(connection_id) != "failed"
    if closed:
        forget(deps, connection_id)
    return closed


def tell_room(deps: "Deps", session: Session) -> None:
    """Both sides of a room hear of the session's new state at once."""
    room = deps.rooms.find(session.id)
    data = {"status": session.status, "ends_at": session.ends_at, "extension_asked_by": session.extension_asked_by}
    for present in room.here.values() if room else ():
        tell(deps, present.connection, {"type": "session", "topic": f"room:{session.id}", "data": data})


def tell_person(deps: "Deps", user_id: str, what: str, data: Mapping[str, Any], topic: str = "") -> None:
    """Something for every open page of one person, or, with a topic, for those that have to do with it."""
    for connection_id in deps.connections.of(user_id):
        tell(deps, connection_id, {"type": what, "topic": topic or f"user:{user_id}", "data": dict(data)})


def typing(deps: "Deps", other_id: str, shown: str) -> None:
    """Somebody writes to another, as the thread's token says: shown on the other's open pages, kept nowhere."""
    claims = deps.tokens.read("thread", shown)
    if claims is None or claims["to"] != other_id:
        raise Forbidden("bad_token", "This cannot be passed on.")
    sign = {"type": "typing", "topic": f"thread:{claims['sub']}", "data": {"at": deps.clock()}}
    for connection_id in deps.connections.of(other_id):
        tell(deps, connection_id, sign)


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
