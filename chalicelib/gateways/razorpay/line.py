"""One pair of keys' line to Razorpay: whatever comes of a call is an answer, a Refused or an Unknown."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from math import ceil
from typing import Any, TypeVar

from chalicelib.domain.gateway import Unknown

PAGE = 100
Body = dict[str, Any]
Value = TypeVar("Value")


class Line:
    """`keys` are read, and the SDK with all that it needs is imported, when something is first asked."""

    def __init__(self, keys: Callable[[], tuple[str, str]], url: str):
        self._keys, self._url = keys, url
        self._client: Any = None

    @property
    def sdk(self) -> Any:
        """Razorpay's own client, on a session that knows our two faults."""
        if self._client is None:
            from chalicelib.gateways.razorpay.sdk import connected

            self._client = connected(self._keys(), self._url)
        return self._client

    def made_between(self, path: str, start: datetime, end: datetime, **asked: Any) -> Iterator[Body]:
        """Everything made from `start` until before `end`; what slips to the next page meanwhile is told once."""
        span: Mapping[str, Any] = {"from": ceil(start.timestamp()), "to": ceil(end.timestamp()) - 1, "count": PAGE}
        told: set[str] = set()
        for skip in count(0, PAGE):
            items = listed(self.sdk.get(path, {**asked, **span, "skip": skip}))
            yield from (each for each in items if each.get("id") not in told)
            if len(items) < PAGE:
                return
            told |= {str(each.get("id")) for each in items}


def listed(answer: Body) -> list[Body]:
    """The items of a collection."""
    items = answer.get("items")
    if not isinstance(items, list):
        raise Unknown("the answer is no list")
    return items


def read(kind: Callable[[Body], Value], answer: Body) -> Value:
    """A value out of an answer; one that lacks what it should have tells us nothing."""
    try:
        return kind(answer)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise Unknown("the answer lacks what it should have") from None


def one_of(words: tuple[Any, ...], word: str) -> Any:
    """A state that we know of."""
    return words[words.index(word)]


def moment(seconds: int) -> datetime:
    """Razorpay's times are seconds."""
    return datetime.fromtimestamp(seconds, UTC)
