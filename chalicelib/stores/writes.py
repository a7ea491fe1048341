"""Intentions towards the tables: a write carries its condition on the old state, and the words for losing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from chalicelib.domain.errors import Conflict, DomainError

Item = dict[str, Any]
TableName = Literal["core", "ledger", "live"]


class Key(NamedTuple):
    """Where an item lives: its table, partition and sort key."""

    table: TableName
    pk: str
    sk: str


@dataclass(frozen=True)
class Absent:
    """The attribute is not there (on `pk`: neither is the item)."""


@dataclass(frozen=True)
class Present:
    """The attribute is there (on `pk`: the item is)."""


@dataclass(frozen=True)
class OneOf:
    """The attribute has one of these values."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Below:
    """A count that has not reached this limit; one never begun is below every limit."""

    limit: Any


@dataclass(frozen=True)
class AtLeast:
    """A number, or a time as text, not smaller than this."""

    least: Any


Test = Absent | Present | OneOf | Below | AtLeast
ABSENT, PRESENT = Absent(), Present()
NEW: Mapping[str, Any] = {"pk": ABSENT}
EXISTING: Mapping[str, Any] = {"pk": PRESENT}


@dataclass(frozen=True, kw_only=True)
class Write:
    """`when` maps attributes to the value, or `Test`, the old state must show; else `lost` is raised."""

    key: Key
    when: Mapping[str, Any] = field(default_factory=dict)
    lost: DomainError | None = None

    def refusal(self) -> DomainError:
        """The words for losing the condition."""
        return self.lost or Conflict("changed_meanwhile", "This was changed in the meantime. Please look again.")


@dataclass(frozen=True, kw_only=True)
class Put(Write):
    """The whole item, in place of any old one."""

    item: Item


@dataclass(frozen=True, kw_only=True)
class Update(Write):
    """Some attributes: `set` gives values, `add` adds to numbers, `remove` drops; `keep` gives one attribute what
    another held before this update, or "" where it held nothing."""

    set: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Delete(Write):
    """No item any more; deleting what is not there is no fault unless `when` says so."""


@dataclass(frozen=True, kw_only=True)
class Check(Write):
    """Nothing is written: the transaction holds only if the old state does."""
