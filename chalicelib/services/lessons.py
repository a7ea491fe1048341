"""The session that something belongs to, for its two people."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.lessons import Lesson, lesson_of
from chalicelib.domain.rooms import removed

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def of(deps: "Deps", user_id: str, session_id: str) -> Lesson:
    """As one of the two sees it; nobody else learns that there is one."""
    return lesson_of(deps.sessions.find(session_id), user_id)


def to_add_to(deps: "Deps", user_id: str, session_id: str) -> Lesson:
    """The same for whoever puts something there for the other to see: not while the mentor has put them out."""
    session, room = deps.rooms.with_session(session_id)
    lesson = lesson_of(session, user_id)
    lesson.must_be_kept()
    if session.is_taken and room.bars(lesson.side, lesson.booking_id):
        raise removed()
    return lesson


def of_booking(deps: "Deps", user_id: str, session_id: str, booking_id: str) -> Lesson:
    """The same for a thing of one booking: another's is not there."""
    try:
        lesson = of(deps, user_id, session_id)
    except Conflict:
        raise NotFound("session") from None
    if lesson.booking_id != booking_id:
        raise NotFound("session")
    return lesson
