"""A person's sessions from the first to the last, however many pages that takes."""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol, TypeVar

from chalicelib.domain.cards import Side
from chalicelib.domain.requests import Message, Request
from chalicelib.domain.sessions import Session
from chalicelib.stores.bookings import Booked

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

PAGE = 50
Row = TypeVar("Row", covariant=True)
Each = TypeVar("Each")


class Page(Protocol[Row]):
    """Some of a list, and where it goes on."""

    @property
    def items(self) -> Sequence[Row]: ...

    @property
    def next(self) -> str | None: ...


def held(deps: "Deps", mentor_id: str, *, upcoming: bool) -> Iterator[Session]:
    """All that a mentor is to hold, or has held."""
    now = deps.clock()
    return _all(lambda at: deps.sessions.of_mentor(mentor_id, now=now, upcoming=upcoming, limit=PAGE, cursor=at))


def booked(deps: "Deps", learner_id: str, *, upcoming: bool) -> Iterator[Booked]:
    """All that a learner has booked, to come or past."""
    now = deps.clock()
    return _all(lambda at: deps.bookings.of_learner(learner_id, now=now, upcoming=upcoming, limit=PAGE, cursor=at))


def asked(deps: "Deps", user_id: str, side: Side, *, is_open: bool) -> Iterator[Request]:
    """All requests that a person made, or was asked, still open or not."""
    return _all(lambda at: deps.requests.of_person(user_id, side, is_open=is_open, limit=PAGE, cursor=at))


def said(deps: "Deps", request_id: str) -> Iterator[Message]:
    """All the words beside a request, the latest page first."""
    return _all(lambda at: deps.requests.thread(request_id, limit=PAGE, cursor=at))


def in_time(rows: Iterator[Each], time_is_up: Callable[[], bool]) -> Iterator[Each]:
    """As many of them as the time allows; whoever asks for them looks again whether it was up."""
    return takewhile(lambda _: not time_is_up(), rows)


def _all(page_at: Callable[[str | None], Page[Row]]) -> Iterator[Row]:
    cursor: str | None = None
    while True:
        page = page_at(cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return
