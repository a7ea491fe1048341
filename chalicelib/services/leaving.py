"""What somebody who leaves has put into their sessions goes with them; the other side keeps its own."""

from typing import TYPE_CHECKING

from chalicelib.domain.cards import Side
from chalicelib.services import documents, materials, recordings, reviews

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def leave(deps: "Deps", booking_id: str, side: Side) -> None:
    """Files, notes and recordings of one booking; what was said of a mentor who is gone is no longer listed."""
    materials.forget(deps, booking_id, side)
    documents.forget(deps, booking_id, side)
    recordings.forget(deps, booking_id)
    if side == "learner":
        reviews.unsign(deps, booking_id)
    else:
        reviews.unlist(deps, booking_id)


def leave_session(deps: "Deps", session_id: str, booking_id: str | None) -> None:
    """The same for a mentor: with every learner that one session has had."""
    had = [booking.id for booking in deps.bookings.past_of(session_id)]
    for each in dict.fromkeys([*had, *([booking_id] if booking_id else [])]):
        leave(deps, each, "mentor")
