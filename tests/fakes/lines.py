"""Sockets that people have open, where no handshake is to be tried."""

from chalicelib import wiring
from chalicelib.services import signaling
from chalicelib.services.rooms import Admission
from chalicelib.stores.connections import Connection


def opened(deps: wiring.Deps, user_id: str, connection: str) -> str:
    """An open socket of this person."""
    deps.tables.commit(deps.connections.opening(Connection(connection, user_id), deps.new_id("tkt"), deps.clock()))
    return connection


def join(deps: wiring.Deps, admission: Admission, connection: str, sid: str) -> None:
    """Whoever was let in comes into the room on a socket of theirs."""
    session = admission.session
    people = {"mentor": session.mentor.id, "learner": session.learner.id if session.learner else ""}
    opened(deps, people[admission.side], connection)
    signaling.join(deps, connection, session.id, admission.room_pass, sid)
