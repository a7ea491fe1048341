"""Fifteen minutes more: one side asks, the other agrees or not, and both calendars have to be free."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.footprints import footprint
from chalicelib.domain.sessions import EXTENSION, Session
from chalicelib.services import realtime, sessions
from chalicelib.services.meetings import Words
from chalicelib.services.rooms import side_of
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LONGER = EXTENSION // timedelta(minutes=1)


def ask(deps: "Deps", *, user_id: str, session_id: str, seen: datetime) -> Session:
    """Ask for more than the end that was seen, or agree to it; who could only be disappointed is told so at once."""
    now, side = deps.clock(), side_of(deps.sessions.get(session_id), user_id)

    def asked(session: Session) -> Session:
        wanted = session.ask_to_extend(side, now, seen)
        if seen == session.ends_at and wanted.extension_asked_by:
            _must_be_free(deps, session, side)
        return wanted

    def later(session: Session) -> list[Write]:
        return [deps.rooms.marking(session_id, session.status, session.hard_end)] if session.extended else []

    try:
        session = sessions.move(deps, session_id, asked, also=later, words=_busy(side))
    except Conflict as conflict:
        if conflict.code == "time_taken":
            # Nobody is left waiting for an answer. Should this be lost, the wish stands until it is answered, taken
            # back, or over with the session (`_over`): no time is claimed for it, and nothing else waits for it.
            refuse(deps, user_id=user_id, session_id=session_id)
        raise
    realtime.tell_room(deps, session)
    return session


def refuse(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """The other side would rather end in time, or whoever asked thinks better of it."""
    changed: list[bool] = []

    def refused(session: Session) -> Session:
        side_of(session, user_id)
        changed[:] = [session.extension_asked_by is not None]
        return replace(session, extension_asked_by=None)

    session = sessions.move(deps, session_id, refused)
    if any(changed):
        realtime.tell_room(deps, session)


def _must_be_free(deps: "Deps", session: Session, side: Side) -> None:
    longer = footprint(replace(session, duration_minutes=session.duration_minutes + LONGER))
    people = [(longer.mentor, session.mentor.id, "mentor")]
    if session.learner:
        people.append((longer.learner, session.learner.id, "learner"))
    for wanted, user_id, whose in people:
        for day, quarters in wanted.items():
            claimed = deps.calendars.claimed(user_id, day)
            if any(claimed.get(quarter, session.id) != session.id for quarter in quarters):
                raise vars(_busy(side))[whose]


def _busy(side: Side) -> Words:
    """Whose time is not free, as this side hears it."""
    then = "something else right after this session, so it cannot be extended."
    said = {each: "You have" if each == side else f"The {each} has" for each in ("mentor", "learner")}
    return Words(**{each: Conflict("time_taken", f"{who} {then}") for each, who in said.items()})
