"""What becomes of messages when one of their two people leaves, or asks what is kept of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import Conflict
from chalicelib.domain.messages import Message, Thread
from chalicelib.stores.items import item_of

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

PAGE = 50


def exported(deps: "Deps", user_id: str) -> list[dict[str, Any]]:
    """Every thread of a person with all its messages."""
    return [
        {"other_id": side.other_id, "messages": [item_of(each) for each in _all(deps, side)]}
        for side in deps.messages.of_person(user_id)
    ]


def forget(deps: "Deps", user_id: str) -> None:
    """What somebody wrote is no more, nor their side of each thread; twice is as good as once."""
    while sides := deps.messages.of_person(user_id):
        for side in sides:
            for message in _all(deps, side):
                if message.by == user_id:
                    deps.tables.commit([deps.messages.unsaying(message)])
            _leave(deps, side)


def _leave(deps: "Deps", side: Thread) -> None:
    first, *others = deps.messages.leaving(side)
    try:
        deps.tables.commit([first, *others])
    except Conflict:  # the other side has gone before
        deps.tables.commit([first])


def _all(deps: "Deps", side: Thread) -> Iterator[Message]:
    cursor: str | None = None
    while True:
        page = deps.messages.page(side.id, limit=PAGE, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return
