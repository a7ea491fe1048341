"""What is called off while its doors are open: its room is emptied in the same commit, and whoever is there is told."""

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.bookings import Meeting
from chalicelib.services import realtime
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def writes(deps: "Deps", old: Meeting, new: Meeting) -> list[Write]:
    """No pass of this booking opens the room any more; a session that others can book begins with an empty one."""
    if not _with_open_doors(old, new, deps.clock()):
        return []
    again = _is_anothers(old, new)
    emptied = deps.rooms.calling_off(old.session, closed=not again)
    return [emptied, *(deps.attendances.calling_off(old.session) if again else [])]


def tell(deps: "Deps", old: Meeting, new: Meeting) -> None:
    """Both pages say that it was cancelled. A learner who is to have no part in what follows is hung up on: the way to
    the mentor that they may have been told is good on one connection, and on no other."""
    session, learner = old.session, old.session.learner
    if learner is None or not _with_open_doors(old, new, deps.clock()):
        return
    data = {"status": "cancelled", "ends_at": session.ends_at, "extension_asked_by": None}
    for user_id in (session.mentor.id, learner.id):
        realtime.tell_person(deps, user_id, "session", data, topic=f"room:{session.id}")
    for connection in deps.connections.of(learner.id) if _is_anothers(old, new) else []:
        realtime.hang_up(deps, connection)


def _with_open_doors(old: Meeting, new: Meeting, now: datetime) -> bool:
    session = old.session
    called_off = _is_anothers(old, new) or new.session.status == "cancelled"
    return session.is_taken and called_off and session.doors_open <= now < session.hard_end


def _is_anothers(old: Meeting, new: Meeting) -> bool:
    return new.session.booking_id != old.session.booking_id
