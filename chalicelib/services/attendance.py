"""Attendance comes from the people in a room: each page says once a minute that it is there, the server says when."""

from typing import TYPE_CHECKING

from chalicelib.domain.attendance import minute_of
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.services import signaling
from chalicelib.stores.writes import Update

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def mark(deps: "Deps", connection_id: str, session_id: str, shown: str) -> None:
    """The bearer of the pass is in this room in this minute of the server's clock; one write, no read.

    A mark that comes before the doors open, or after they have closed, counts nothing and is nobody's fault; one of
    somebody whom the mentor has put out is refused.
    """
    entry = signaling.entitled(deps, connection_id, session_id, shown)
    try:
        minute = minute_of(deps.clock(), entry.starts_at)
    except Conflict:
        return
    deps.tables.update(deps.attendances.marking(session_id, entry.side, minute, entry.booking_id))


def left_with_report(deps: "Deps", session: Session, user_id: str) -> list[Update]:
    """For the commit of a report: whoever makes one of this session while its room is open was not absent."""
    side, now = session.side_of(user_id), deps.clock()
    if side is None or not session.is_taken or not session.doors_open <= now < session.hard_end:
        return []
    return [deps.attendances.excusing(session, side, now)]
