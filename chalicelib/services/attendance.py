"""Attendance comes from the people in a room: each page says once a minute that it is there, the server says when."""

from typing import TYPE_CHECKING

from chalicelib.domain.attendance import minute_of
from chalicelib.domain.errors import Conflict, Forbidden
from chalicelib.services import signaling

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def mark(deps: "Deps", session_id: str, shown: str) -> None:
    """The bearer of the pass is in this room in this minute of the server's clock; one write, no read.

    A mark that comes before the doors open, or after they have closed, counts nothing and is nobody's fault.
    """
    entry = signaling.admitted(deps, shown)
    if entry.session_id != session_id:
        raise Forbidden("wrong_room", "This pass is for another room.")
    try:
        minute = minute_of(deps.clock(), entry.starts_at)
    except Conflict:
        return
    deps.tables.update(deps.attendances.marking(session_id, entry.side, minute))
