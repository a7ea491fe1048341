"""What was written in rooms: for both to read afterwards, for one to take along, and gone with its writer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.domain.chats import Said
from chalicelib.services import histories
from chalicelib.services.rooms import side_of

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

PAGE = 50


@dataclass(frozen=True)
class History:
    """Some of a chat, newest first, and how far the other has read."""

    items: list[Said]
    next: str | None
    seen_by_other_until: str | None


def read(deps: "Deps", *, user_id: str, session_id: str, limit: int, cursor: str | None) -> History:
    """What the two have written, for both of them, also when the session is over."""
    session = deps.sessions.get(session_id)
    side = side_of(session, user_id)
    if session.booking_id is None:
        return History([], None, None)
    page = deps.chats.page(session_id, session.booking_id, limit=limit, cursor=cursor)
    return History(page.items, page.next, deps.chats.seen_by_other(session_id, session.booking_id, side))


def forget(deps: "Deps", session_id: str, user_id: str) -> None:
    """What somebody wrote in a session's room is gone; twice is as good as once."""
    for said in _all(deps, session_id):
        if said.user_id == user_id:
            deps.tables.commit([deps.chats.unsaying(session_id, said)])


def exported(deps: "Deps", user_id: str) -> list[dict[str, Any]]:
    """What somebody wrote in the rooms of all their sessions."""
    ids: dict[str, None] = {}
    for upcoming in (True, False):
        ids |= dict.fromkeys(session.id for session in histories.held(deps, user_id, upcoming=upcoming))
        ids |= dict.fromkeys(row.session.id for row in histories.booked(deps, user_id, upcoming=upcoming))
    mine = [(id, said) for id in ids for said in _all(deps, id) if said.user_id == user_id]
    return [{"session_id": id, "id": said.id, "text": said.text, "at": said.at} for id, said in mine]


def _all(deps: "Deps", session_id: str) -> Iterator[Said]:
    cursor: str | None = None
    while True:
        page = deps.chats.whole(session_id, limit=PAGE, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return
