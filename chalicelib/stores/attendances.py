"""Attendance: an item per session and side, with an attribute for each minute that was marked."""

from datetime import datetime

from chalicelib.domain.attendance import Attendance, Excuse, attended
from chalicelib.domain.cards import Side
from chalicelib.domain.rooms import removed
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import ABSENT, Delete, Item, Put, Update, Write

EXCUSES: tuple[Excuse, ...] = ("removed", "reported")


class Attendances:
    """Marking the same minute again changes nothing, and nothing but the mark is ever written."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of(self, session_id: str, booking_id: str | None = None) -> Attendance:
        """Who was there when, and by which excuse of this booking somebody was not; one request."""
        mentor, learner = self._tables.read_many([keys.attendance(session_id, side) for side in ("mentor", "learner")])
        excuses = _excuses("mentor", mentor, booking_id) | _excuses("learner", learner, booking_id)
        return Attendance(attended(_marks(mentor)), attended(_marks(learner)), excuses)

    def marking(self, session_id: str, side: Side, minute: int, booking_id: str = "") -> Update:
        """This side is there in this minute, unless it has been put out of the room."""
        barred = {f"barred_{booking_id}": ABSENT} if booking_id else {}
        return Update(key=keys.attendance(session_id, side), set={f"m{minute:03}": True}, when=barred, lost=removed())

    def barring(self, session: Session, now: datetime) -> Update:
        """The learner is put out: from now on their pages cannot say that they are there, and that is no absence."""
        told = {"removed": session.booking_id, "removed_at": now.isoformat(), f"barred_{session.booking_id}": True}
        return Update(key=keys.attendance(session.id, "learner"), set=told)

    def readmitting(self, session: Session) -> Update:
        """They may come again; that they were out for a while stays an excuse."""
        return Update(key=keys.attendance(session.id, "learner"), remove=(f"barred_{session.booking_id}",))

    def calling_off(self, session: Session) -> list[Write]:
        """Whoever books the session next begins with no minutes; who had it gets none of theirs by an old pass."""
        barred = {f"barred_{session.booking_id}": True}
        learner = Put(key=keys.attendance(session.id, "learner"), item=barred)
        return [Delete(key=keys.attendance(session.id, "mentor")), learner]

    def excusing(self, session: Session, side: Side, now: datetime) -> Update:
        """Somebody leaves with a report while the session is on: whatever they miss of it is no absence."""
        told = {"reported": session.booking_id, "reported_at": now.isoformat()}
        return Update(key=keys.attendance(session.id, side), set=told)


def _marks(item: Item | None) -> list[int]:
    return [int(name[1:]) for name in item or () if name[0] == "m" and name[1:].isdigit()]


def _excuses(side: Side, item: Item | None, booking_id: str | None) -> frozenset[tuple[Side, Excuse]]:
    return frozenset((side, excuse) for excuse in EXCUSES if item and booking_id and item.get(excuse) == booking_id)
