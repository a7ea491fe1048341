"""What goes with every deed of an admin about money: that they still are one, and a line in the log."""

from typing import TYPE_CHECKING

from chalicelib.domain.admin_acts import AdminAct
from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Forbidden
from chalicelib.domain.identity import Identity
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def act(deps: "Deps", by: Identity, what: str, about: str, **facts: str) -> list[Write]:
    """Both in the commit of the deed: it is refused to whoever was signed out or suspended in the meantime."""
    done = AdminAct(deps.new_id("act"), deps.clock(), by.user_id, what, about, facts)
    return [deps.accounts.signed_in(by), deps.admin_acts.adding(done)]


def must_be_anothers(booking: Booking, by: Identity) -> None:
    """Nobody decides about money of their own."""
    if by.user_id in (booking.learner_id, booking.mentor_id):
        raise Forbidden("own_booking", "Another admin has to decide about your own booking.")
