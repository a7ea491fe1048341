"""The doors of a room: going live, being let in, the way through firewalls, and the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.rooms import Entry, removed
from chalicelib.domain.sessions import Session
from chalicelib.services import announcements, realtime, sessions, settling
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LONGEST_RELAY, AFTERWARDS = timedelta(hours=4), timedelta(minutes=5)


@dataclass(frozen=True)
class Admission:
    """Someone has been let in: the pass opens the room on a socket, until the room closes."""

    session: Session
    side: Side
    room_pass: str
    now: datetime


@dataclass(frozen=True)
class Relay:
    """TURN servers and until when their credentials are good."""

    servers: Sequence[Any]
    until: datetime


def go_live(deps: "Deps", *, user_id: str, session_id: str) -> Session:
    """The mentor opens the room; a learner who waits there is told, one who does not gets a notification."""
    now = deps.clock()

    def marked(session: Session) -> list[Write]:
        room = deps.rooms.find(session_id)
        unheard = [] if room and "learner" in room.here else [announcements.mentor_live(deps, session)]
        opened = deps.rooms.opening(_entry(session, user_id))
        return [deps.rooms.marking(session_id, "live", session.hard_end), opened, *unheard]

    decide = by_mentor(user_id, lambda session: session.go_live(now))
    session = sessions.move(deps, session_id, decide, also=marked)
    realtime.tell_room(deps, session)
    return session


def let_in(deps: "Deps", *, user_id: str, session_id: str) -> Admission:
    """One of the two people comes to the door; the first coming is what attendance counts from."""
    now = deps.clock()

    def opened(session: Session) -> list[Write]:
        return [deps.rooms.opening(_entry(session, user_id))]

    def entered(session: Session) -> Session:
        return session.enter(side_of(session, user_id), now)

    session, room = deps.rooms.with_session(session_id)
    side = side_of(session, user_id)
    if room.bars(side, session.booking_id):
        raise removed()
    if entered(session) != session:  # coming again, as at each reconnection, is one read
        session = sessions.move(deps, session_id, entered, also=opened)
    claims = {"ses": session_id, "side": side, "at": int(session.starts_at.timestamp())}
    claims |= {"bkg": session.booking_id, "nam": session.learner.name if session.learner else ""}
    room_pass = deps.tokens.sign("room-pass", user_id, session.hard_end - now, claims)
    return Admission(session, side, room_pass, now)


def relay(deps: "Deps", *, user_id: str, session_id: str) -> Relay:
    """Credentials for TURN while the room is open, and a little longer: a call at its end is not cut short."""
    now = deps.clock()
    session, room = deps.rooms.with_session(session_id)
    if room.bars(side_of(session, user_id), session.booking_id):
        raise removed()
    session.must_be_enterable(now)
    until = min(session.hard_end + AFTERWARDS, now + LONGEST_RELAY)
    return Relay(deps.turn.servers(user_id, until), until)


def end(deps: "Deps", *, user_id: str, session_id: str) -> Session:
    """The mentor ends the session for both; nobody comes in any more."""
    now = deps.clock()

    def ended(session: Session) -> Session:
        attended = settling.attendance(deps, session)
        left_early = attended.mentor_left_early(session.ends_at - session.starts_at, now < session.ends_at)
        return session.end(now, attended.outcome(), mentor_left_early=left_early)

    def closed(session: Session) -> list[Write]:
        told = announcements.over(deps, session, settling.attendance(deps, session).shared)
        return [deps.rooms.marking(session_id, session.status, session.hard_end, closed=True), *told]

    session = sessions.move(deps, session_id, by_mentor(user_id, ended), also=closed)
    realtime.tell_room(deps, session)
    return session


def by_mentor(user_id: str, rule: Callable[[Session], Session]) -> Callable[[Session], Session]:
    """The rule, for the session's mentor alone."""

    def decide(session: Session) -> Session:
        if side_of(session, user_id) != "mentor":
            raise Forbidden("mentor_only", "Only the mentor can do this.")
        return rule(session)

    return decide


def side_of(session: Session, user_id: str) -> Side:
    """Which of the two this is; nobody else learns that there is a session."""
    side = session.side_of(user_id)
    if side is None:
        raise NotFound("session")
    return side


def _entry(session: Session, user_id: str) -> Entry:
    side = side_of(session, user_id)
    return Entry(session.id, user_id, side, session.starts_at, session.hard_end, session.booking_id or "")
