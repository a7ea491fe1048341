"""Bookings: the thing itself and its place, with a copy of the session, in the learner's list."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.bookings import Booking
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.sessions import period
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Put, Write


class Booked(NamedTuple):
    """A booking with the session it is of."""

    booking: Booking
    session: Session


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

    def of_learner(
        self, learner_id: str, *, now: datetime, upcoming: bool, limit: int, cursor: str | None
    ) -> BookingPage:
        """A learner's bookings by time: those not over yet, soonest first, or the others, latest first."""
        start, end = period("BKG", now, upcoming)
        page = self._tables.query(
            "core", f"USR#{learner_id}", start=start, end=end, limit=limit, cursor=cursor, newest_first=not upcoming
        )
        rows = [Booked(value_of(Booking, item), value_of(Session, item["session"])) for item in page.items]
        return BookingPage([row for row in rows if row.session.is_over(now) != upcoming], page.next)

    def adding(self, booking: Booking, session: Session) -> list[Write]:
        """A new booking in its learner's list."""
        item = item_of(booking) | {"kind": "booking"}
        return [Put(key=keys.booking(booking.id), item=item, when=NEW), _copy(booking, session)]

    def saving(self, old: Booking, new: Booking, session: Session) -> list[Write]:
        """The booking's next state and its copy of the session's."""
        item = item_of(new) | {"kind": "booking"}
        return [Put(key=keys.booking(new.id), item=item, when={"status": old.status}), _copy(new, session)]


def _copy(booking: Booking, session: Session) -> Put:
    item = item_of(booking) | {"kind": "booking_copy", "session": item_of(session)}
    return Put(key=keys.booking_link(booking.learner_id, booking.starts_at, booking.id), item=item)
