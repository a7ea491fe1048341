"""A person's notifications on the site: listed, counted, read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import Conflict
from chalicelib.domain.notice_words import words
from chalicelib.domain.notices import NOTICES
from chalicelib.domain.outgoing import Outgoing
from chalicelib.services import links
from chalicelib.stores.notes import NotePage

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def listed(deps: "Deps", user_id: str, *, limit: int, cursor: str | None) -> NotePage:
    """One page of them, the newest first."""
    now = deps.clock()
    return deps.notes.further(user_id, limit, cursor, now) if cursor else deps.notes.newest(user_id, limit, now)


def unread(deps: "Deps", user_id: str) -> int:
    """How many have not been read: exact, and what was just recorded is counted."""
    return deps.notes.newest(user_id, 1, deps.clock()).unread or 0


def read(deps: "Deps", user_id: str, message_id: str) -> None:
    """Somebody has seen one of theirs."""
    deps.tables.update(deps.notes.reading(user_id, message_id, deps.clock()))


def read_all(deps: "Deps", user_id: str, until: str) -> None:
    """They have seen all up to one, and none that is yet to come."""
    try:
        deps.tables.update(deps.notes.reading_all(user_id, min(until, deps.new_id("out"))))
    except Conflict:
        return  # they had seen more


def view(message: Outgoing, *, read: bool = False) -> Mapping[str, Any]:
    """What a page shows; the same over HTTP and over the socket."""
    said = words(message)
    return {
        "id": message.id,
        "kind": message.template,
        "group": NOTICES[message.template].group,
        "title": said.title,
        "text": said.text,
        "when": said.when,
        "link": link_of(message),
        "at": message.created_at,
        "read": read,
    }


def link_of(message: Outgoing) -> str:
    """Where on the site one can act on it."""
    try:
        return links.page_for(message)
    except KeyError:  # an old one lacks a fact that is needed today: it takes no list down
        return "/"


def forget(deps: "Deps", user_id: str) -> None:
    """Whoever leaves is told nothing any more."""
    gone = [*deps.notes.held_of(user_id), deps.preferences.forgetting(user_id)]
    for first in range(0, len(gone), 100):
        deps.tables.commit(gone[first : first + 100])
