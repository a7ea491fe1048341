"""The door between waiting room and call: the mentor lets in, mutes and puts out; each side says if they are late."""

from typing import TYPE_CHECKING

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, Forbidden, TooMany, Unavailable
from chalicelib.domain.recordings import Consent
from chalicelib.domain.rooms import MOST_LATE_NOTES, Presence, Room, removed
from chalicelib.domain.sessions import Session
from chalicelib.services import announcements, realtime, recordings
from chalicelib.services.again import again
from chalicelib.services.rooms import side_of

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

HOUR_S = 3600


def admit(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """The learner need not wait for the start; whoever waits is told, and comes in by joining again."""
    session, _ = _of_mentor(deps, user_id, session_id)
    learner = deps.rooms.admit(session).here.get("learner")
    if learner and learner.waits:
        _tell(deps, session, learner, "admitted")


def mute(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """The learner's page turns its microphone off; they may turn it on again."""
    session, room = _of_mentor(deps, user_id, session_id)
    learner = room.here.get("learner")
    if learner is None or learner.waits or not _tell(deps, session, learner, "muted"):
        raise Conflict("not_here", "The learner is not in the room now.")


def remove(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """The learner is out, and stays out, and nobody records the session any more; doing so twice changes nothing.

    The mentor's page cuts them off, whatever theirs does, and even if it has no socket just now. Every socket of theirs
    is closed: a peer token is good on the connection that it was made for, and on no other.
    """
    session, stopped = again(lambda: _barred(deps, user_id, session_id))
    if stopped:
        recordings.tell(deps, stopped)
    room = deps.rooms.find(session_id)
    there, mentor = (room.here.get(side) if room else None for side in ("learner", "mentor"))
    waited = there is not None and there.waits
    if mentor and not waited:
        _tell(deps, session, mentor, "peer-left", role="learner", sid=there.sid if there else "", removed=True)
    lines = dict.fromkeys([there.connection] if there else [])
    lines |= dict.fromkeys(deps.connections.of(session.learner.id) if session.learner else [])
    for connection in lines:
        deps.sockets.post(connection, {"type": "removed", "topic": f"room:{session_id}"})
    if there:
        realtime.depart(deps, session_id, there.connection, quietly=not waited)
    closed = [realtime.hang_up(deps, connection) for connection in lines]
    if not all(closed):
        raise Unavailable("They cannot come in any more, but one of their lines is still open. Please try again.")


def readmit(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """The learner may come again, at once; their open pages hear of it."""
    session, _ = _of_mentor(deps, user_id, session_id)
    deps.tables.commit([deps.rooms.readmitting(session), deps.attendances.readmitting(session)])
    if session.learner:
        realtime.tell_person(deps, session.learner.id, "readmitted", {"session_id": session_id})


def say_late(deps: "Deps", *, user_id: str, session_id: str, minutes: int) -> None:
    """The other hears in the room that this side will be late, or by a notification if they are not there."""

    def noted() -> tuple[Session, Side, Presence | None]:
        session, room = deps.rooms.with_session(session_id)
        side, other = side_of(session, user_id), room.beside(side_of(session, user_id))
        session.must_be_enterable(deps.clock())
        if room.bars(side, session.booking_id):
            raise removed()
        if room.late_notes.get(side, 0) >= MOST_LATE_NOTES:
            raise TooMany(HOUR_S, "You have said so often enough.")
        unheard = [] if other else [announcements.running_late(deps, session, side, minutes)]
        deps.tables.commit([deps.rooms.noting_late(session, side, minutes, other), *unheard])
        return session, side, other

    session, side, other = again(noted)
    if other and not _tell(deps, session, other, "late", role=side, minutes=minutes):
        deps.tables.commit([announcements.running_late(deps, session, side, minutes)])


def _barred(deps: "Deps", user_id: str, session_id: str) -> tuple[Session, Consent | None]:
    session, _ = _of_mentor(deps, user_id, session_id)
    consent, writes = recordings.stopping(deps, session, "mentor")
    barring = deps.rooms.barring(session, recordings.state(consent) if writes else None)
    deps.tables.commit([barring, deps.attendances.barring(session, deps.clock()), *writes])
    return session, consent if writes else None


def _of_mentor(deps: "Deps", user_id: str, session_id: str) -> tuple[Session, Room]:
    session, room = deps.rooms.with_session(session_id)
    if side_of(session, user_id) != "mentor":
        raise Forbidden("mentor_only", "Only the mentor can do this.")
    session.must_be_enterable(deps.clock())
    return session, room


def _tell(deps: "Deps", session: Session, presence: Presence, kind: str, **data: str | int) -> bool:
    news = {"type": kind, "topic": f"room:{session.id}"} | ({"data": data} if data else {})
    return realtime.tell(deps, presence.connection, news)
