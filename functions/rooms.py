"""A session's room over HTTP: go live, be let in, get through firewalls, end."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.services import rooms
from chalicelib.services.rooms import Admission
from functions.access import OWN_SESSION, PARTY
from functions.http import Call, Routes
from functions.shapes import SessionCard, session_card

routes = Routes(__name__)


class Other(msgspec.Struct):
    """Who is expected at the other side."""

    name: str
    photo_url: str | None


class You(msgspec.Struct):
    """How the other side knows you."""

    name: str


class Admitted(msgspec.Struct):
    """At the door: `room_pass` opens the room on a socket; `call_from` is when a learner need not wait any more."""

    role: Literal["mentor", "learner"]
    session: SessionCard
    peer: Other
    you: You
    server_time: datetime
    call_from: datetime
    ends_at: datetime
    room_pass: str = msgspec.field(name="pass")


class IceServer(msgspec.Struct):
    """As RTCPeerConnection takes it."""

    urls: tuple[str, ...]
    username: str
    credential: str


class IceServers(msgspec.Struct):
    """TURN servers with credentials for this person and this room."""

    ice_servers: list[IceServer]
    expires_at: datetime


@routes.add("POST", "/rooms/{session_id}/live", OWN_SESSION, answer=SessionCard)
def go_live(call: Call, session_id: str) -> SessionCard:
    """The mentor opens the room, from 15 minutes before the start."""
    return session_card(rooms.go_live(call.deps, user_id=call.user.user_id, session_id=session_id))


@routes.add("POST", "/rooms/{session_id}/join", PARTY, answer=Admitted)
def join_room(call: Call, session_id: str) -> Admitted:
    """One of the two people is let in, from 15 minutes before the start until 10 minutes after the end."""
    return _shown(rooms.let_in(call.deps, user_id=call.user.user_id, session_id=session_id))


@routes.add("POST", "/rooms/{session_id}/ice", PARTY, answer=IceServers)
def list_ice_servers(call: Call, session_id: str) -> IceServers:
    """TURN credentials that end with the room."""
    relay = rooms.relay(call.deps, user_id=call.user.user_id, session_id=session_id)
    servers = [IceServer(each.urls, each.username, each.credential) for each in relay.servers]
    return IceServers(servers, relay.until)


@routes.add("POST", "/rooms/{session_id}/end", OWN_SESSION, answer=SessionCard)
def end_session(call: Call, session_id: str) -> SessionCard:
    """The mentor ends the session for both."""
    return session_card(rooms.end(call.deps, user_id=call.user.user_id, session_id=session_id))


def _shown(admission: Admission) -> Admitted:
    session, learner = admission.session, admission.session.learner
    people = {
        "mentor": Other(session.mentor.name, session.mentor.photo_url),
        "learner": Other(learner.name if learner else "", learner.photo_url if learner else None),
    }
    mine = people.pop(admission.side)
    [peer] = people.values()
    return Admitted(
        role=admission.side,
        session=session_card(session),
        peer=peer,
        you=You(mine.name),
        server_time=admission.now,
        call_from=session.doors_open if session.status == "live" else session.call_opens,
        ends_at=session.ends_at,
        room_pass=admission.room_pass,
    )
