"""Bookings: the thing itself and its place, with a copy of the session, in the learner's list."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.bookings import LIVE, Booking, Meeting, parted
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.sessions import FORGOTTEN, period
from chalicelib.stores.stretches import stretch
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Item, Key, Put, Write


class Booked(NamedTuple):
    """A booking with the session it is of, as it was when the two last had to do with each other."""

    booking: Booking
    session: Session

    def is_past(self, now: datetime) -> bool:
        """It belongs among what was: over, and if it was called off, its time has come too."""
        if self.booking.status in LIVE:
            return self.session.is_over(now)
        return not self.booking.status.startswith("cancelled") or now >= self.booking.starts_at


class BookingPage(NamedTuple):
    """A page of bookings and the cursor of the next."""

    items: list[Booked]
    next: str | None


class Bookings:
    """A booking changes only together with its session."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str) -> Booking | None:
        """The booking, as it is now."""
        item = self._tables.read(keys.booking(booking_id))
        return value_of(Booking, item) if item else None

    def with_session(self, session_id: str, booking_id: str) -> tuple[Session | None, Booking | None]:
        """A booking and the session it is thought to be of, in one request."""
        session, booking = self._tables.read_many([keys.session(session_id), keys.booking(booking_id)])
        return value_of(Session, session) if session else None, value_of(Booking, booking) if booking else None

    def of_learner(
        self, learner_id: str, *, now: datetime, upcoming: bool, limit: int, cursor: str | None
    ) -> BookingPage:
        """A learner's bookings by time: those not over yet, soonest first, or the others, latest first."""
        start, end = period("BKG", now, upcoming)
        page = self._tables.query(
            "core", f"USR#{learner_id}", start=start, end=end, limit=limit, cursor=cursor, newest_first=not upcoming
        )
        rows = [_booked(item) for item in page.items]
        return BookingPage([row for row in rows if row.is_past(now) != upcoming], page.next)

    def between(self, learner_id: str, start: datetime, end: datetime) -> list[Booked]:
        """A learner's bookings that begin in a stretch of time, soonest first."""
        low, high = f"BKG#{keys.instant(start)}", f"BKG#{keys.instant(end)}"
        return [_booked(item) for item in stretch(self._tables, f"USR#{learner_id}", low, high)]

    def past_of(self, session_id: str) -> list[Booking]:
        """The bookings that a session had and has no more; at most 200."""
        prefix = keys.past_booking(session_id, "").sk
        page = self._tables.query("core", keys.session(session_id).pk, prefix=prefix, limit=200)
        places = [keys.booking(item["id"]) for item in page.items]
        return [value_of(Booking, item) for item in self._tables.read_many(places) if item] if places else []

    def adding(self, booking: Booking, session: Session) -> list[Write]:
        """A new booking in its learner's list."""
        item = item_of(booking) | {"kind": "booking"}
        return [Put(key=keys.booking(booking.id), item=item, when=NEW), copying(booking, session)]

    def saving(self, old: Booking, new: Booking, session: Session) -> list[Write]:
        """The booking's next state, unless someone else changed it first, and its copy of the session's."""
        new = replace(new, version=old.version + 1)
        item = item_of(new) | {"kind": "booking"}
        if new.status == "expired":
            item["ttl"] = int((new.starts_at + FORGOTTEN).timestamp())
        writes: list[Write] = [
            Put(key=keys.booking(new.id), item=item, when={"status": old.status, "version": old.version})
        ]
        if _place(old) != _place(new) or new.status == "expired":
            writes.append(Delete(key=_place(old)))
        if new.status != "expired":  # a hold that came to nothing is no part of anybody's history
            writes.append(copying(new, session))
        if new.status.startswith("cancelled") and session.booking_id != new.id:
            writes.append(Put(key=keys.past_booking(session.id, new.id), item={"id": new.id}))
        return writes


def copying(booking: Booking, session: Session) -> Put:
    """The learner's list shows the booking with its session as it is now, unless that has become another learner's."""
    shown = parted(Meeting(session, booking)).session
    item = item_of(booking) | {"kind": "booking_copy", "session": item_of(shown)}
    return Put(key=_place(booking), item=item)


def _place(booking: Booking) -> Key:
    return keys.booking_link(booking.learner_id, booking.starts_at, booking.id)


def _booked(item: Item) -> Booked:
    return Booked(value_of(Booking, item), value_of(Session, item["session"]))
