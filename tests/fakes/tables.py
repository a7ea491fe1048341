"""The tables in memory: the same writes, conditions and pages, so that every store above them runs unchanged."""

import copy
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.stores import expressions
from chalicelib.stores.table import BATCH, INDEXES, Page, page_of, resumed
from chalicelib.stores.writes import (
    Absent,
    AtLeast,
    Below,
    Check,
    Delete,
    Item,
    Key,
    OneOf,
    Present,
    Put,
    Update,
    Write,
)


class FakeTables:
    """Held to the real ones by tests/contract; `requests` counts what DynamoDB would have been asked."""

    def __init__(self) -> None:
        self.items: dict[Key, Item] = {}
        self.requests: list[str] = []
        self._lock = threading.Lock()

    def read(self, key: Key, *, consistent: bool = True) -> Item | None:
        self.requests.append("GetItem")
        return copy.deepcopy(self.items.get(key))

    def read_many(self, keys: Sequence[Key]) -> list[Item | None]:
        self.requests += ["BatchGetItem"] * -(-len(set(keys)) // BATCH)
        return [copy.deepcopy(self.items.get(key)) for key in keys]

    def query(
        self,
        table: str,
        pk: str,
        *,
        prefix: str = "",
        start: str = "",
        end: str = "",
        index: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
        newest_first: bool = False,
    ) -> Page:
        self.requests.append("Query")
        hash_name, range_name = INDEXES[index]
        with self._lock:
            held = list(self.items.items())
        rows = [
            item
            for key, item in held
            if key.table == table and item.get(hash_name) == pk and _within(item.get(range_name), prefix, start, end)
        ]
        rows.sort(key=lambda item: (item[range_name], item["sk"]), reverse=newest_first)
        position = resumed(cursor, index, prefix, start, end, newest_first)
        if position:
            after = (position[range_name], position["sk"])
            rows = [row for row in rows if _follows((row[range_name], row["sk"]), after, newest_first)]
        return page_of(copy.deepcopy(rows[: limit + 1]), limit, index)

    def commit(self, writes: Sequence[Write]) -> None:
        self.requests.append("TransactWriteItems")
        assert len({write.key for write in writes}) == len(writes), "an item may occur once in a transaction"
        assert len(writes) <= 100
        with self._lock:
            for write in writes:
                if not _holds(self.items.get(write.key), write.when):
                    raise write.refusal()
            for write in writes:
                self._apply(write)

    def update(self, write: Update) -> Item:
        self.requests.append("UpdateItem")
        with self._lock:
            if not _holds(self.items.get(write.key), write.when):
                raise write.refusal()
            self._apply(write)
            return copy.deepcopy(self.items[write.key])

    def _apply(self, write: Write) -> None:
        names = {"pk": write.key.pk, "sk": write.key.sk}
        match write:
            case Put():
                self.items[write.key] = _stored(write.item) | names
            case Update():
                old = self.items.get(write.key, names)
                item = old | _stored(write.set) | {name: old.get(source, "") for name, source in write.keep.items()}
                for name, count in write.add.items():
                    item[name] = item.get(name, 0) + count
                for name in (*write.remove, *(name for name, value in write.set.items() if value is None)):
                    item.pop(name, None)
                self.items[write.key] = item
            case Delete():
                self.items.pop(write.key, None)
            case Check():
                pass


def _stored(item: Mapping[str, Any]) -> Item:
    """What comes back after a round through DynamoDB's types."""
    return expressions.decoded(expressions.encoded(item)) or {}


def _follows(place: tuple[str, str], after: tuple[str, str], newest_first: bool) -> bool:
    return place < after if newest_first else place > after


def _within(value: Any, prefix: str, start: str, end: str) -> bool:
    if value is None:
        return False
    return value.startswith(prefix) if prefix else (not start or value >= start) and (not end or value <= end)


def _holds(item: Item | None, when: Mapping[str, Any]) -> bool:
    old = item or {}
    return all(_passes(old.get(name), name in old, wanted) for name, wanted in when.items())


def _passes(value: Any, there: bool, wanted: Any) -> bool:
    match wanted:
        case Absent():
            return not there
        case Present():
            return there
        case OneOf(values):
            return there and value in values
        case Below(limit):
            return not there or value < limit
        case AtLeast(least):
            return there and value >= least
        case _:
            return bool(there and value == wanted)
