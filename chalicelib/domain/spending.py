"""How a booking's way through its states counts for its learner's allowance and its mentor's standing."""

from datetime import datetime, timedelta

from chalicelib.domain.allowances import Allowance
from chalicelib.domain.bookings import Booking, Meeting
from chalicelib.domain.standings import Standing

LAST_MINUTES = timedelta(minutes=5)  # a hold given back so late has kept the time from others all the same


def concerned(old: Meeting | None, new: Meeting) -> Booking | None:
    """The booking whose state changes, as it will be; None if none does."""
    booking = new.booking
    before = old.booking if old else None
    return booking if booking and (before is None or before.status != booking.status) else None


def spent(allowance: Allowance, old: Meeting | None, new: Meeting, now: datetime) -> Allowance:
    """The learner's allowance after this change; what it does not allow is refused."""
    booking, before = concerned(old, new), old.booking if old else None
    if booking is None:
        return allowance
    free = booking.price_paise == 0
    if before is None:
        if booking.status == "held" and new.session.origin != "request":
            allowance = allowance.hold_on(booking.id, booking.mentor_id, now)
        return allowance.take_free(now) if free else allowance
    allowance = allowance.let_go(booking.id)
    if booking.status == "expired" and booking.pay_by and now >= booking.pay_by - LAST_MINUTES:
        allowance = allowance.lapsed(booking.mentor_id, now)
    if not free or booking.status == "confirmed":
        return allowance
    missed = booking.status == "no_show" and new.session.status in ("no_show_learner", "no_show_both")
    return (allowance.missed(now) if missed else allowance).free_done()


def judged(standing: Standing, old: Meeting | None, new: Meeting, now: datetime) -> Standing:
    """The mentor's standing after this change: cancelling on a learner and not coming are strikes."""
    booking = concerned(old, new)
    if booking is None:
        return standing
    if booking.status == "cancelled_by_mentor":
        return standing.struck(booking.session_id, "cancelled", now)
    absent = booking.status == "no_show" and new.session.status in ("no_show_mentor", "no_show_both")
    return standing.struck(booking.session_id, "no_show", now) if absent else standing
