"""Claimed time: one item per person and UTC day, an attribute per quarter-hour; and how full a mentor's days are."""

from datetime import date, datetime, timedelta

from chalicelib.domain.errors import DomainError
from chalicelib.domain.footprints import Quarters
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import ABSENT, Below, Item, Update

KEPT = timedelta(days=40)


class Calendars:
    """The database itself refuses a second claim on a quarter-hour, and a session more than a day's most."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def claimed(self, user_id: str, day: date) -> dict[str, str]:
        """Which quarter-hours of a day are claimed, and by which session."""
        return quarters(self._tables.read(keys.day(user_id, day)) or {})

    def moving(self, user_id: str, old: Quarters, new: Quarters, session_id: str, lost: DomainError) -> list[Update]:
        """From one footprint to the next: what is new is taken, or refused with `lost`; what is left is given back."""
        return [
            update
            for day in sorted({*old, *new})
            if (update := self._day(user_id, day, {*old.get(day, ())}, {*new.get(day, ())}, session_id, lost))
        ]

    def counting(
        self, user_id: str, old: date | None, new: date | None, most: int | None, lost: DomainError
    ) -> list[Update]:
        """One session fewer on one of the mentor's local days, one more on another, or `lost` if that day is full."""
        if old == new:
            return []
        writes = []
        if old:
            writes.append(Update(key=keys.local_day(user_id, old), add={"count": -1}))
        if new:
            below = {"count": Below(most)} if most is not None else {}
            ttl = {"ttl": _forgotten(new)}
            writes.append(Update(key=keys.local_day(user_id, new), add={"count": 1}, set=ttl, when=below, lost=lost))
        return writes

    def _day(
        self, user_id: str, day: date, old: set[str], new: set[str], session_id: str, lost: DomainError
    ) -> Update | None:
        taken, given = sorted(new - old), sorted(old - new)
        if not taken and not given:
            return None
        return Update(
            key=keys.day(user_id, day),
            set=dict.fromkeys(taken, session_id) | ({"ttl": _forgotten(day)} if taken else {}),
            remove=tuple(given),
            when=dict.fromkeys(taken, ABSENT) | dict.fromkeys(given, session_id),
            lost=lost if taken else None,
        )


def quarters(item: Item) -> dict[str, str]:
    """The claimed quarter-hours of a day's item, `q00` to `q95`, and which session has each."""
    return {name: value for name, value in item.items() if name[0] == "q" and name[1:].isdigit()}


def _forgotten(day: date) -> int:
    midnight = datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")
    return int((midnight + KEPT).timestamp())
