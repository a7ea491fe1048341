"""A session's room over HTTP: go live, be let in, get through firewalls, end."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.domain.cards import Side
from chalicelib.services import extensions, rooms
from chalicelib.services.rooms import Admission
from functions.access import OWN_SESSION, PARTY
from functions.http import Call, Routes
from functions.shapes import SessionCard, Time, session_card, utc

routes = Routes(__name__)


class Other(msgspec.Struct):
    """Who is expected at the other side, and since when they have been here, if they came."""

    name: str
    photo_url: str | None
    came_at: datetime | None


class You(msgspec.Struct):
    """How the other side knows you, and when you came first."""

    name: str
    came_at: datetime | None


class Admitted(msgspec.Struct):
    """At the door: `room_pass` opens the room on a socket; `call_from` is when a learner need not wait any more.

    `ends_at` is the scheduled end, `extended` how often it was put off, `extension_asked_by` who would like to again.
    """

    role: Side
    session: SessionCard
    booking_id: str | None
    peer: Other
    you: You
    server_time: datetime
    call_from: datetime
    ends_at: datetime
    extended: int
    extension_asked_by: Side | None
    room_pass: str = msgspec.field(name="pass")


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """More time than until the end that was seen: once that has been put off, nothing more is asked."""

    ends_at: Time


class Extension(msgspec.Struct):
    """`asked`: the other of the two has to agree; `extended`: both have, and `ends_at` is the new end."""

    state: Literal["asked", "extended"]
    ends_at: datetime
    extended: int
    extension_asked_by: Side | None


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


@routes.add("POST", "/rooms/{session_id}/extension", PARTY, body=Wish, answer=Extension)
def extend_session(call: Call, session_id: str) -> Extension:
    """Ask for 15 minutes more, or agree to what the other side has asked; at most twice a session."""
    seen = utc(call.body.ends_at, "ends_at")
    session = extensions.ask(call.deps, user_id=call.user.user_id, session_id=session_id, seen=seen)
    state: Literal["asked", "extended"] = "asked" if session.extension_asked_by else "extended"
    return Extension(state, session.ends_at, session.extended, session.extension_asked_by)


@routes.add("DELETE", "/rooms/{session_id}/extension", PARTY, status=204)
def refuse_extension(call: Call, session_id: str) -> None:
    """No to what the other side has asked, or never mind what one has asked oneself."""
    extensions.refuse(call.deps, user_id=call.user.user_id, session_id=session_id)


@routes.add("POST", "/rooms/{session_id}/end", OWN_SESSION, answer=SessionCard)
def end_session(call: Call, session_id: str) -> SessionCard:
    """The mentor ends the session for both."""
    return session_card(rooms.end(call.deps, user_id=call.user.user_id, session_id=session_id))


def _shown(admission: Admission) -> Admitted:
    session, learner = admission.session, admission.session.learner
    people = {
        "mentor": Other(session.mentor.name, session.mentor.photo_url, session.mentor_came_at),
        "learner": Other(
            learner.name if learner else "", learner.photo_url if learner else None, session.learner_came_at
        ),
    }
    mine = people.pop(admission.side)
    [peer] = people.values()
    return Admitted(
        role=admission.side,
        session=session_card(session),
        booking_id=session.booking_id,
        peer=peer,
        you=You(mine.name, mine.came_at),
        server_time=admission.now,
        call_from=session.doors_open if session.status == "live" else session.call_opens,
        ends_at=session.ends_at,
        extended=session.extended,
        extension_asked_by=session.extension_asked_by,
        room_pass=admission.room_pass,
    )
