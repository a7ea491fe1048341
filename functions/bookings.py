"""Bookings over HTTP: book a session, and a learner's own."""

from datetime import datetime

import msgspec

from chalicelib.services import bookings
from chalicelib.stores.bookings import Booked
from functions.access import SELF, SIGNED_IN
from functions.http import Call, Routes
from functions.sessions import OwnQuery
from functions.shapes import SessionCard, session_card

routes = Routes(__name__)


class JoinTimes(msgspec.Struct):
    """When the learner may wait in the room, be in the call, and until when."""

    waiting_from: datetime
    call_from: datetime
    until: datetime


class Booking(msgspec.Struct):
    """A booking in its learner's list."""

    id: str
    status: str
    session: SessionCard
    join: JoinTimes


class BookingPage(msgspec.Struct):
    """A learner's bookings."""

    items: list[Booking]
    next: str | None


@routes.add("POST", "/sessions/{session_id}/bookings", SIGNED_IN, answer=Booking, status=201, keyed=True)
def book_session(call: Call, session_id: str) -> Booking:
    """A verified person books a free session; exactly one can."""
    booked = bookings.book(call.deps, learner_id=call.user.user_id, session_id=session_id, key=call.key or "")
    return _shown(booked)


@routes.add("GET", "/me/bookings", SELF, query=OwnQuery, answer=BookingPage)
def list_own_bookings(call: Call) -> BookingPage:
    """The learner's own bookings."""
    page = call.deps.bookings.of_learner(call.user.user_id, now=call.deps.clock(), **call.query.part())
    return BookingPage([_shown(row) for row in page.items], page.next)


def _shown(booked: Booked) -> Booking:
    session = booked.session
    times = JoinTimes(session.doors_open, session.call_opens, session.hard_end)
    return Booking(booked.booking.id, booked.booking.status, session_card(session), times)
