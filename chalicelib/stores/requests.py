"""Requests: the thing itself, its place in both people's lists, the mark of its pair, and the words beside it."""

from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.requests import Message, Request
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Check, Delete, Item, Key, Put, Write


class RequestPage(NamedTuple):
    """A page of requests, without their moves, and the cursor of the next."""

    items: list[Request]
    next: str | None


class MessagePage(NamedTuple):
    """Some of a thread, newest last; the cursor leads to what was said before."""

    items: list[Message]
    next: str | None


class Requests:
    """Every write of a request brings its two links along; whether it is open decides where they stand."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, request_id: str) -> Request | None:
        """The request, as it is now."""
        item = self._tables.read(keys.request(request_id))
        return value_of(Request, item) if item else None

    def get(self, request_id: str) -> Request:
        """The request, or NotFound."""
        request = self.find(request_id)
        if request is None:
            raise NotFound("request")
        return request

    def between(self, learner_id: str, mentor_id: str) -> str | None:
        """The id of the open request of a pair, if there is one."""
        item = self._tables.read(keys.pair(learner_id, mentor_id))
        return str(item["request_id"]) if item else None

    def of_person(self, user_id: str, side: Side, *, is_open: bool, limit: int, cursor: str | None) -> RequestPage:
        """What somebody asked for, or was asked, the latest first."""
        prefix = f"REQ#{side}#{_state(is_open)}#"
        page = self._tables.query(
            "core", keys.account(user_id).pk, prefix=prefix, limit=limit, cursor=cursor, newest_first=True
        )
        return RequestPage([value_of(Request, item) for item in page.items], page.next)

    def listed(self, slug: str, mentor_id: str) -> Check:
        """The mentor stands in the directory, and so can be asked."""
        return Check(key=keys.slug(slug), when={"id": mentor_id}, lost=NotFound("mentor"))

    def adding(self, request: Request) -> list[Write]:
        """A new request in all its places."""
        one = Conflict("has_request", "You have an open request with this mentor already.")
        marked = Put(key=_pair(request), item={"request_id": request.id}, when=NEW, lost=one)
        return [Put(key=keys.request(request.id), item=_item(request), when=NEW), marked, *_links(request)]

    def saving(self, old: Request, new: Request) -> list[Write]:
        """The request's next state, unless someone else changed it first; what is no longer open makes room."""
        new = replace(new, version=old.version + 1)
        moved = Put(key=keys.request(new.id), item=_item(new), when={"version": old.version})
        return [moved, *_links(new), *_closing(old, new)]

    def thread(self, request_id: str, *, limit: int, cursor: str | None = None) -> MessagePage:
        """The latest words, and on from there to earlier ones."""
        page = self._tables.query(
            "core", keys.request(request_id).pk, prefix="MSG#", limit=limit, cursor=cursor, newest_first=True
        )
        return MessagePage([value_of(Message, item) for item in reversed(page.items)], page.next)

    def message(self, request_id: str, message_id: str) -> Message:
        """One word, or NotFound."""
        item = self._tables.read(keys.request_message(request_id, message_id))
        if item is None:
            raise NotFound("message")
        return value_of(Message, item)

    def saying(self, request: Request, message: Message) -> Put:
        """A new word; whom it concerns stands with it."""
        people = {"learner_id": request.learner.id, "mentor_id": request.mentor.id}
        item = item_of(message) | {"kind": "request_message"} | people
        return Put(key=keys.request_message(request.id, message.id), item=item, when=NEW)

    def unsaying(self, request_id: str, message: Message) -> Delete:
        """The words of somebody who has left."""
        return Delete(key=keys.request_message(request_id, message.id))


def _item(request: Request) -> Item:
    return item_of(request) | {"kind": "request"} | keys.due(request.id, request.next_due())


def _links(request: Request) -> list[Write]:
    copy = item_of(replace(request, moves=())) | {"kind": "request_copy"}
    return [Put(key=key, item=copy) for key in _places(request)]


def _closing(old: Request, new: Request) -> list[Write]:
    if old.status != "open" or new.status == "open":
        return []
    left: list[Write] = [Delete(key=key) for key in _places(old)]
    return [*left, Delete(key=_pair(old), when={"request_id": old.id})]


def _places(request: Request) -> list[Key]:
    sides: list[tuple[str, Side]] = [(request.learner.id, "learner"), (request.mentor.id, "mentor")]
    state = _state(request.status == "open")
    return [keys.request_link(user_id, side, state, request.created_at, request.id) for user_id, side in sides]


def _pair(request: Request) -> Key:
    return keys.pair(request.learner.id, request.mentor.id)


def _state(is_open: bool) -> str:
    return "open" if is_open else "closed"
