"""The three DynamoDB tables through one connection: read, query, and all-or-nothing commits."""

import base64
import binascii
import json
import random
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.domain.errors import Malformed, Unavailable
from chalicelib.stores import expressions
from chalicelib.stores.connection import Connection, Refused
from chalicelib.stores.writes import Item, Key, TableName, Update, Write

ATTEMPTS, BATCH = 5, 100
PATIENCE_S = 5  # and one attempt more, of four seconds at the most, is less than any of our functions may take
LOST = "ConditionalCheckFailed"
LAST = "\U0010ffff"  # sorts behind every key
_PASSING = {
    "ThrottlingException",
    "ThrottlingError",
    "ProvisionedThroughputExceededException",
    "ProvisionedThroughputExceeded",
    "RequestLimitExceeded",
    "InternalServerError",
    "TransactionInProgressException",
    "TransactionConflictException",
    "TransactionConflict",
}
INDEXES = {None: ("pk", "sk"), "gsi1": ("g1pk", "g1sk"), "gsi2": ("g2pk", "g2sk")}


class Page(NamedTuple):
    """A part of a list; `next` is the cursor of the following one, or None at the end."""

    items: list[Item]
    next: str | None


class Tables:
    """core, ledger and live; every call is one request unless DynamoDB asks for a retry."""

    def __init__(
        self, connection: Connection, names: Mapping[TableName, str], pause: Callable[[float], None] = time.sleep
    ):
        self._connection, self._names, self._pause = connection, names, pause

    def read(self, key: Key, *, consistent: bool = True) -> Item | None:
        """One item, or None."""
        answer = self._send(
            "GetItem", {"TableName": self._names[key.table], "Key": _raw(key), "ConsistentRead": consistent}
        )
        return expressions.decoded(answer.get("Item"))

    def read_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """The items in the order of their keys, read consistently; one request for each hundred."""
        distinct = list(dict.fromkeys(keys))
        found: dict[tuple[str, str, str], Item | None] = {}
        for first in range(0, len(distinct), BATCH):
            found |= self._read_batch(distinct[first : first + BATCH])
        return [found.get((self._names[key.table], key.pk, key.sk)) for key in keys]

    def _read_batch(self, keys: Sequence[Key]) -> dict[tuple[str, str, str], Item | None]:
        asked: dict[str, Any] = {}
        for key in keys:
            asked.setdefault(self._names[key.table], {"Keys": [], "ConsistentRead": True})["Keys"].append(_raw(key))
        found: dict[tuple[str, str, str], Item | None] = {}
        for attempt in range(ATTEMPTS):
            answer = self._send("BatchGetItem", {"RequestItems": asked})
            for table, rows in answer.get("Responses", {}).items():
                found |= {(table, row["pk"]["S"], row["sk"]["S"]): expressions.decoded(row) for row in rows}
            asked = answer.get("UnprocessedKeys") or {}
            if not asked:
                return found
            self._wait(attempt)
        raise Unavailable()

    def query(
        self,
        table: TableName,
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
        """A page of one partition, by sort-key prefix or between two bounds; consistent but on an index."""
        hash_name, range_name = INDEXES[index]
        names: dict[str, str] = {}
        values: dict[str, Any] = {}
        condition = expressions.key_range(hash_name, pk, range_name, prefix, start, end).serialize(names, values)
        request = {
            "TableName": self._names[table],
            "KeyConditionExpression": condition,
            "Limit": limit + 1,  # one more tells whether there is a next page; DynamoDB's own word for it can be wrong
            "ScanIndexForward": not newest_first,
            "ConsistentRead": index is None,
            **expressions.placeholders(names, values),
        }
        if index:
            request["IndexName"] = index
        position = resumed(cursor, index, prefix, start, end, newest_first)
        if position:
            request["ExclusiveStartKey"] = expressions.encoded(position | {hash_name: pk})
        answer = self._send("Query", request)
        items = [item for row in answer["Items"] if (item := expressions.decoded(row))]
        return page_of(items, limit, index, cut="LastEvaluatedKey" in answer)

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none; the first condition lost is raised as its write's refusal."""
        rows = [expressions.request(write, self._names[write.key.table]) for write in writes]
        request = {
            "TransactItems": [{operation: body} for operation, body in rows],
            "ClientRequestToken": str(uuid.uuid4()),  # a repeat after a lost answer is the same transaction
        }
        try:
            self._send("TransactWriteItems", request)
        except Refused as error:
            for write, code in zip(writes, error.reasons, strict=False):
                if code == LOST:
                    raise write.refusal() from None
            raise

    def update(self, write: Update) -> Item:
        """One update outside any transaction, answered with the item as it then is."""
        _, body = expressions.request(write, self._names[write.key.table])
        try:
            answer = self._send("UpdateItem", body | {"ReturnValues": "ALL_NEW"})
        except Refused as error:
            if error.code == "ConditionalCheckFailedException":
                raise write.refusal() from None
            raise
        return expressions.decoded(answer["Attributes"]) or {}

    def _send(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Ask again, with growing random pauses, while the fault is a passing one; then say so, as long as there is
        time to: who waits for lines that are dead is ended, with no answer at all."""
        began = time.monotonic()
        for attempt in range(ATTEMPTS):
            try:
                answer: dict[str, Any] = self._connection.dispatch(operation, request)
                return answer
            except Refused as error:
                if not _passing(error):
                    raise
            except ConnectionError:
                if time.monotonic() - began > PATIENCE_S:
                    break
            self._wait(attempt)
        raise Unavailable()

    def _wait(self, attempt: int) -> None:
        self._pause(random.uniform(0, 0.05 * 2**attempt))


def _passing(error: Refused) -> bool:
    """A throttle, a conflict with another transaction or a fault of DynamoDB's own: never a lost condition."""
    if LOST in error.reasons:
        return False
    return bool(_PASSING & {*error.reasons, error.code})


def _raw(key: Key) -> dict[str, Any]:
    return expressions.encoded({"pk": key.pk, "sk": key.sk})


def page_of(items: list[Item], limit: int, index: str | None, *, cut: bool = False) -> Page:
    """The first `limit` of the items, and where to go on if there are more; `cut`: a megabyte was full before."""
    if len(items) <= limit and not (cut and items):
        return Page(items, None)
    hash_name, range_name = INDEXES[index]
    items = items[:limit]
    return Page(items, _cursor({name: items[-1][name] for name in {"pk", "sk", range_name} - {hash_name}}))


def _cursor(position: Item) -> str:
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def resumed(
    cursor: str | None, index: str | None, prefix: str, start: str, end: str, newest_first: bool
) -> Item | None:
    """Where a list goes on: nowhere yet, if its range has moved past the place in the meantime."""
    if not cursor:
        return None
    hash_name, range_name = INDEXES[index]
    position = _position(cursor)
    if set(position) != {"pk", "sk", range_name} - {hash_name}:
        raise _not_ours()
    low, high = (prefix, prefix + LAST) if prefix else (start, end or LAST)
    place = position[range_name]
    if low <= place <= high:
        return position
    if place > high if newest_first else place < low:
        return None
    raise _not_ours()


def _position(cursor: str) -> dict[str, str]:
    """The inverse of `_cursor`; the partition never comes from outside."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        json.dumps(position, ensure_ascii=False).encode()
    except (binascii.Error, ValueError):
        raise _not_ours() from None
    if not isinstance(position, dict) or not all(isinstance(value, str) and value for value in position.values()):
        raise _not_ours()
    return position


def _not_ours() -> Malformed:
    return Malformed("bad_cursor", "That cursor is not one we gave. Please start from the first page.")
