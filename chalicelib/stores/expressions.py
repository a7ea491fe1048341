"""Writes and key ranges in DynamoDB's own language, spoken by PynamoDB."""

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any, cast

from pynamodb.attributes import MapAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action
from pynamodb.expressions.update import Update as Expression

from chalicelib.stores.writes import (
    Absent,
    AtLeast,
    Below,
    Delete,
    Item,
    OneOf,
    Present,
    Put,
    Update,
    Write,
)

_VALUES: Any = MapAttribute()  # type: ignore[no-untyped-call]


def encoded(item: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values as DynamoDB's typed ones; None is not stored."""
    raw: dict[str, Any] = _VALUES.serialize({name: value for name, value in item.items() if value is not None})
    return raw


def decoded(raw: Mapping[str, Any] | None) -> Item | None:
    """DynamoDB's typed values as plain ones."""
    return dict(_VALUES.deserialize(raw)) if raw else None


def request(write: Write, table: str) -> tuple[str, dict[str, Any]]:
    """The write as its place in a transaction: the operation's name and its parameters."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    body: dict[str, Any] = {"TableName": table}
    if isinstance(write, Put):
        body["Item"] = encoded(write.item | {"pk": write.key.pk, "sk": write.key.sk})
    else:
        body["Key"] = encoded({"pk": write.key.pk, "sk": write.key.sk})
    if isinstance(write, Update):
        body["UpdateExpression"] = Expression(*_actions(write)).serialize(names, values)
    if write.when:
        body["ConditionExpression"] = _condition(write.when).serialize(names, values)
    operation = "ConditionCheck" if type(write) not in (Put, Update, Delete) else type(write).__name__
    return operation, body | placeholders(names, values)


def placeholders(names: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The two maps that go with an expression; an empty one must be left out."""
    maps: dict[str, Any] = {}
    if names:
        maps["ExpressionAttributeNames"] = {placeholder: name for name, placeholder in names.items()}
    if values:
        maps["ExpressionAttributeValues"] = dict(values)
    return maps


def key_range(hash_name: str, pk: str, range_name: str, prefix: str, start: str, end: str) -> Condition:
    """One partition, narrowed by a prefix or by bounds that are both included."""
    path = Path(range_name)
    conditions: list[Condition] = [Path(hash_name) == pk]
    if prefix:
        conditions.append(path.startswith(prefix))
    elif start and end:
        conditions.append(path.between(start, end))
    elif start:
        conditions.append(path >= start)
    elif end:
        conditions.append(path <= end)
    return reduce(and_, conditions)


def _actions(write: Update) -> list[Action]:
    given = {name: value for name, value in write.set.items() if value is not None}
    dropped = [name for name, value in write.set.items() if value is None]
    sets: list[Action] = [Path(name).set(value) for name, value in given.items()]
    adds: list[Action] = [Path(name).add(count) for name, count in write.add.items()]
    kept: list[Action] = [Path(name).set(Path(source) | "") for name, source in write.keep.items()]
    return [*sets, *kept, *adds, *(Path(name).remove() for name in (*write.remove, *dropped))]


def _condition(when: Mapping[str, Any]) -> Condition:
    return reduce(and_, (_test(Path(name), wanted) for name, wanted in when.items()))


def _test(path: Path, wanted: Any) -> Condition:
    match wanted:
        case Absent():
            return path.does_not_exist()
        case Present():
            return path.exists()
        case OneOf(values):
            return path.is_in(*values)
        case Below(limit):
            return cast(Condition, path.does_not_exist() | (path < limit))
        case AtLeast(least):
            return cast(Condition, path >= least)
        case _:
            return cast(Condition, path == wanted)
