"""Claimed time: one item per person and UTC day, one attribute per quarter-hour."""

from datetime import date, datetime, timedelta

from chalicelib.domain.claims import quarters
from chalicelib.domain.errors import DomainError
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import ABSENT, Update

KEPT = timedelta(days=40)


class Calendars:
    """The database itself refuses a second claim on a quarter-hour."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def claimed(self, user_id: str, day: date) -> dict[str, str]:
        """Which quarter-hours of a day are claimed, and for what."""
        item = self._tables.read(keys.day(user_id, day)) or {}
        return {name: value for name, value in item.items() if name[0] == "q" and name[1:].isdigit()}

    def claiming(
        self, user_id: str, starts_at: datetime, ends_at: datetime, owner: str, lost: DomainError
    ) -> list[Update]:
        """Take every quarter-hour of the range for `owner` (a session or booking id), or refuse with `lost`."""
        return [
            Update(
                key=keys.day(user_id, day),
                set=dict.fromkeys(names, owner) | {"ttl": _forgotten(day)},
                when=dict.fromkeys(names, ABSENT),
                lost=lost,
            )
            for day, names in quarters(starts_at, ends_at).items()
        ]

    def freeing(self, user_id: str, starts_at: datetime, ends_at: datetime, owner: str) -> list[Update]:
        """Give the range back; it must still be `owner`'s."""
        return [
            Update(key=keys.day(user_id, day), remove=names, when=dict.fromkeys(names, owner))
            for day, names in quarters(starts_at, ends_at).items()
        ]


def _forgotten(day: date) -> int:
    midnight = datetime.fromisoformat(f"{day.isoformat()}T00:00:00+00:00")
    return int((midnight + KEPT).timestamp())
