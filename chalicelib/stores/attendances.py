"""Attendance: an item per session and side, with an attribute for each minute that was marked."""

from chalicelib.domain.attendance import Attendance, attended
from chalicelib.domain.cards import Side
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Item, Update


class Attendances:
    """Marking the same minute again changes nothing, and nothing but the mark is ever written."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of(self, session_id: str) -> Attendance:
        """Who was there when; one request."""
        mentor, learner = self._tables.read_many([keys.attendance(session_id, side) for side in ("mentor", "learner")])
        return Attendance(attended(_marks(mentor)), attended(_marks(learner)))

    def marking(self, session_id: str, side: Side, minute: int) -> Update:
        """This side is there in this minute."""
        return Update(key=keys.attendance(session_id, side), set={f"m{minute:03}": True})


def _marks(item: Item | None) -> list[int]:
    return [int(name[1:]) for name in item or () if name[0] == "m" and name[1:].isdigit()]
