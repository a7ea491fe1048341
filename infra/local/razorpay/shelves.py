"""What the books hold, by kind and id in order of making, and what of it has changed since it was last kept."""

import json
import secrets
import string
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from infra.local.razorpay.problems import Body, Problem

LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
# kind -> how its ids begin
PREFIXES = {
    "order": "order",
    "payment": "pay",
    "refund": "rfnd",
    "settlement": "setl",
    "dispute": "disp",
    "contact": "cont",
    "fund_account": "fa",
    "payout": "pout",
    "transaction": "txn",
    "bank_transfer": "bt",
    "reversal": "rvrsl",
}
MOST = 100


def chance() -> str:
    """Fourteen letters and digits, as the gateway's ids have."""
    return "".join(secrets.choice(LETTERS) for _ in range(14))


class Shelves:
    """Entities in the gateway's own JSON; an entity is never changed but replaced."""

    def __init__(self, now: Callable[[], float] = time.time, new: Callable[[], str] = chance):
        self.now, self.new = now, new
        self._held: dict[str, dict[str, Body]] = {}
        self.changed: dict[tuple[str, str], Body] = {}

    def make(self, kind: str, **fields: Any) -> Body:
        """A new entity with its id and time."""
        made = {"id": f"{PREFIXES[kind]}_{self.new()}", "entity": kind, **fields, "created_at": int(self.now())}
        return self.put(kind, made)

    def put(self, kind: str, entity: Body) -> Body:
        """As it is from now on."""
        self._held.setdefault(kind, {})[entity["id"]] = entity
        self.changed[kind, entity["id"]] = entity
        return entity

    def move(self, kind: str, entity_id: str, **fields: Any) -> Body:
        """The entity with these fields changed."""
        return self.put(kind, {**self._held[kind][entity_id], **fields})

    def find(self, kind: str, entity_id: str) -> Body | None:
        """An entity, if it is there."""
        return self._held.get(kind, {}).get(entity_id)

    def get(self, kind: str, entity_id: str) -> Body:
        """An entity, or the gateway's refusal."""
        if not str(entity_id).startswith(f"{PREFIXES[kind]}_"):
            raise Problem(f"{entity_id} is not a valid id")
        found = self.find(kind, entity_id)
        if found is None:
            raise Problem("The id provided does not exist")
        return found

    def every(self, kind: str) -> Iterator[Body]:
        """In the order in which they were made."""
        return iter([*self._held.get(kind, {}).values()])

    def restore(self, kind: str, entity: Body) -> None:
        """What was kept before."""
        self._held.setdefault(kind, {})[entity["id"]] = entity


def page(found: Iterable[Body], query: dict[str, str], fields: tuple[str, ...] = ()) -> Body:
    """A collection, newest first: `from` and `to` are within, `count` is 10 unless asked for, 100 at most."""
    start, end = _number(query, "from", 0), _number(query, "to", 2**53)
    count, skip = _number(query, "count", 10), _number(query, "skip", 0)
    if count > MOST:
        raise Problem(f"The count may not be greater than {MOST}.", "count")
    wanted = {name: query[name] for name in fields if name in query}
    items = [
        each
        for each in found
        if start <= each["created_at"] <= end and all(each.get(name) == value for name, value in wanted.items())
    ][::-1]
    shown = items[skip : skip + count]
    return {"entity": "collection", "count": len(shown), "items": shown}


def _number(query: dict[str, str], name: str, usual: int) -> int:
    try:
        given = int(query.get(name, usual))
    except ValueError:
        raise Problem(f"The {name} must be an integer.", name) from None
    if given < 0:
        raise Problem(f"The {name} must be at least 0.", name)
    return given


def same(body: Body) -> str:
    """What tells two requests apart."""
    return json.dumps(body, sort_keys=True)
