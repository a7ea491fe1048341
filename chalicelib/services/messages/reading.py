"""Reading: somebody's threads, one of them with its messages, and what is seen of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.messages import Thread
from chalicelib.services.again import again
from chalicelib.services.messages.writing import must_have_in_common
from chalicelib.stores.correspondents import Correspondent
from chalicelib.stores.messages import MessagePage

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TOKEN_LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Conversation:
    """One thread as one of its two people sees it; `token` lets them show that they are typing."""

    mine: Thread
    seen_by_other: int
    other: Correspondent
    token: str
    messages: MessagePage


@dataclass(frozen=True)
class ThreadList:
    """Some of somebody's threads with whom they are with, how much is unread in all of them, and where it goes on."""

    rows: list[tuple[Thread, Correspondent]]
    unread: int
    next: str | None


def threads(deps: "Deps", user_id: str, *, limit: int, cursor: str | None) -> ThreadList:
    """The latest first; the cursor is whom the last thread of a page is with."""
    all_ = deps.messages.of_person(user_id)
    ids = [each.other_id for each in all_]
    first = ids.index(cursor) + 1 if cursor in ids else 0
    page = all_[first : first + limit]
    others = deps.correspondents.of(user_id, [each.other_id for each in page])
    goes_on = first + limit < len(all_)
    rows = [(each, others[each.other_id]) for each in page]
    return ThreadList(rows, _unread(all_), page[-1].other_id if goes_on else None)


def unread(deps: "Deps", user_id: str) -> int:
    """How many messages wait for somebody, over all threads."""
    return _unread(deps.messages.of_person(user_id))


def opened(
    deps: "Deps", user_id: str, other_id: str, *, about: str | None, limit: int, cursor: str | None
) -> Conversation:
    """A thread with its latest messages; a new one by what the two have in common, with none yet."""
    mine, theirs = deps.messages.both(user_id, other_id)
    if mine is None:
        must_have_in_common(deps, user_id, other_id, about)
        mine = Thread(user_id, other_id)
    return Conversation(
        mine=mine,
        seen_by_other=theirs.seen if theirs else 0,
        other=deps.correspondents.of(user_id, [other_id])[other_id],
        token=deps.tokens.sign("thread", user_id, TOKEN_LIFE, {"to": other_id}),
        messages=deps.messages.page(mine.id, limit=limit, cursor=cursor),
    )


def see(deps: "Deps", user_id: str, other_id: str, until: int) -> None:
    """So many of the other's messages are seen, which changes nothing if they were before."""
    again(lambda: _see(deps, user_id, other_id, until))


def _see(deps: "Deps", user_id: str, other_id: str, until: int) -> None:
    """With the last of them, the notification that told of them is read, in the same commit."""
    side = deps.messages.side(user_id, other_id)
    if side is None:
        raise NotFound("conversation")
    if until > side.received:
        raise Conflict("not_there", "There are not so many messages yet.")
    if until <= side.seen:
        return
    if until < side.received or not side.note:
        deps.tables.update(deps.messages.seeing(user_id, other_id, until))
        return
    seen, read = deps.messages.seeing_all(side), deps.notes.reading(user_id, side.note, deps.clock())
    try:
        deps.tables.commit([seen, read])
    except NotFound:  # it has grown so old that it is listed no more
        deps.tables.update(seen)


def mute(deps: "Deps", user_id: str, other_id: str, *, muted: bool) -> None:
    """Whether one is notified of what the other writes."""
    deps.tables.update(deps.messages.muting(user_id, other_id, muted))


def _unread(all_: list[Thread]) -> int:
    return sum(each.unread for each in all_)
