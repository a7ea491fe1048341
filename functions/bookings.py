"""Bookings over HTTP: taking a session or an open time, and everything its two people can do with it."""

from typing import Annotated

import msgspec

from chalicelib.domain.bookings import LONGEST_NOTE, LONGEST_REASON, Meeting
from chalicelib.services import bookings, holds, reschedules
from functions.access import PARTY, SELF, SIGNED_IN
from functions.booking_views import BookingRow, BookingView, booking_row, booking_view
from functions.http import Call, Routes
from functions.shapes import OwnQuery, Time, utc

routes = Routes(__name__)


class BookingPage(msgspec.Struct):
    """A learner's bookings."""

    items: list[BookingRow]
    next: str | None


class WantedTime(msgspec.Struct, forbid_unknown_fields=True):
    """An open time of a mentor's; `replacing` is one's own hold that is given back for it."""

    offering_id: Annotated[str, msgspec.Meta(max_length=80)]
    starts_at: Time
    replacing: Annotated[str, msgspec.Meta(max_length=80)] | None = None


class Confirmation(msgspec.Struct, forbid_unknown_fields=True):
    """What the mentor should know before."""

    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""


class Cancellation(msgspec.Struct, forbid_unknown_fields=True):
    """Why, and what goes back as the person was shown it."""

    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)] = ""
    refund_paise: Annotated[int, msgspec.Meta(ge=0)] = 0


class AnotherTime(msgspec.Struct, forbid_unknown_fields=True):
    """A time to move the session to."""

    starts_at: Time


@routes.add("POST", "/sessions/{session_id}/bookings", SIGNED_IN, answer=BookingRow, status=201, keyed=True)
def book_session(call: Call, session_id: str) -> BookingRow:
    """A verified person books a published session, or holds it if it has a price; exactly one can."""
    return booking_row(
        bookings.book(call.deps, learner_id=call.user.user_id, session_id=session_id, key=call.key or "")
    )


@routes.add("POST", "/mentors/{slug}/bookings", SIGNED_IN, body=WantedTime, answer=BookingView, status=201, keyed=True)
def hold_time(call: Call, slug: str) -> BookingView:
    """An open time of a mentor is held for a quarter of an hour, to be confirmed or paid."""
    wanted: WantedTime = call.body
    slot = holds.Slot(slug, wanted.offering_id, utc(wanted.starts_at))
    learner_id, key = call.user.user_id, call.key or ""
    held = holds.hold(call.deps, learner_id=learner_id, slot=slot, key=key, replacing=wanted.replacing)
    return _view(call, held)


@routes.add("GET", "/me/bookings", SELF, query=OwnQuery, answer=BookingPage)
def list_own_bookings(call: Call) -> BookingPage:
    """The learner's own bookings."""
    page = call.deps.bookings.of_learner(call.user.user_id, now=call.deps.clock(), **call.query.part())
    return BookingPage([booking_row(row) for row in page.items], page.next)


@routes.add("GET", "/bookings/{booking_id}", PARTY, answer=BookingView)
def show_booking(call: Call, booking_id: str) -> BookingView:
    """A booking, for its two people."""
    return _view(call, bookings.of(call.deps, bookings.owned(call.deps, call.user.user_id, booking_id)))


@routes.add("POST", "/bookings/{booking_id}/confirm", PARTY, body=Confirmation, answer=BookingView)
def confirm_booking(call: Call, booking_id: str) -> BookingView:
    """The learner confirms what costs nothing while the hold lasts."""
    note = call.body.note.strip()
    me = call.user.user_id
    return _view(call, bookings.confirm_free(call.deps, learner_id=me, booking_id=booking_id, note=note))


@routes.add("POST", "/bookings/{booking_id}/release", PARTY, answer=BookingView)
def release_booking(call: Call, booking_id: str) -> BookingView:
    """The learner gives a hold back, or the mentor takes back what was agreed on and is not paid yet."""
    return _view(call, bookings.release(call.deps, user_id=call.user.user_id, booking_id=booking_id))


@routes.add("POST", "/bookings/{booking_id}/cancel", PARTY, body=Cancellation, answer=BookingView)
def cancel_booking(call: Call, booking_id: str) -> BookingView:
    """One of the two calls it off, for the refund they were shown."""
    asked: Cancellation = call.body
    cancelled = bookings.cancel(
        call.deps,
        user_id=call.user.user_id,
        booking_id=booking_id,
        reason=asked.reason.strip(),
        refund_paise=asked.refund_paise,
    )
    return _view(call, cancelled)


@routes.add("POST", "/bookings/{booking_id}/proposal", PARTY, body=AnotherTime, answer=BookingView)
def propose_time(call: Call, booking_id: str) -> BookingView:
    """One of the two asks for another time."""
    at = utc(call.body.starts_at)
    me = call.user.user_id
    return _view(call, reschedules.propose(call.deps, user_id=me, booking_id=booking_id, starts_at=at))


@routes.add("DELETE", "/bookings/{booking_id}/proposal", PARTY, answer=BookingView)
def drop_proposal(call: Call, booking_id: str) -> BookingView:
    """Taken back by its maker, or declined by the other."""
    return _view(call, reschedules.drop_proposal(call.deps, user_id=call.user.user_id, booking_id=booking_id))


@routes.add("POST", "/bookings/{booking_id}/proposal/accept", PARTY, body=AnotherTime, answer=BookingView)
def accept_proposal(call: Call, booking_id: str) -> BookingView:
    """The other side agrees to the time they were shown, and the session moves there."""
    at, me = utc(call.body.starts_at), call.user.user_id
    return _view(call, reschedules.accept_proposal(call.deps, user_id=me, booking_id=booking_id, starts_at=at))


def _view(call: Call, meeting: Meeting) -> BookingView:
    return booking_view(bookings.shown(call.deps, call.user.user_id, meeting), call.deps.clock())
