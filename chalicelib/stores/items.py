"""Domain values as items and back: the dataclass is the schema."""

from typing import Any, TypeVar

import msgspec

from chalicelib.stores.writes import Item

Value = TypeVar("Value")


def item_of(value: Any) -> Item:
    """A domain value's fields as plain ones: times as ISO 8601 UTC, dates as text, tuples as lists."""
    item: Item = msgspec.json.decode(msgspec.json.encode(value))
    return item


def value_of(kind: type[Value], item: Item) -> Value:
    """The domain value held by an item; keys and index attributes are passed over."""
    return msgspec.convert(item, kind)
