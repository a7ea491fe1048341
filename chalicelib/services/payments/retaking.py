"""A payment that came after its hold had lapsed: its time is taken again, if it could still be had now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import bookings as rules
from chalicelib.domain import slots
from chalicelib.domain.bookings import LIVE, Booking, Meeting
from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.mentors import Profile
from chalicelib.domain.payments import Payment
from chalicelib.domain.sessions import Session
from chalicelib.services import announcements, meetings
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TOO_LATE = Conflict("too_late", "The payment came too late for this time.")


def retake(deps: "Deps", booking: Booking, payment: Payment, paying: Sequence[Write]) -> None:
    """Within the hour, if the time is nobody's and still offered, both may still meet in it, and the learner has not
    booked anew; else Conflict, and nothing has changed."""
    now, session = deps.clock(), deps.sessions.get(booking.session_id)
    account = deps.accounts.find(booking.learner_id)
    if account is None or _booked_anew(deps, booking, now):
        raise TOO_LATE
    old = Meeting(session, booking)
    card = LearnerCard(account.id, account.name, account.photo_url)
    new = rules.confirm_late(old, card, payment.payable_paise, now)
    taken = meetings.writes(deps, old, new, most=deps.availabilities.find(booking.mentor_id).daily_most)
    gone = booking.status == "expired"
    coupon = deps.coupons.retaking(payment) if gone else []
    still = [*_both_still_may(deps, old), *(_still_offered(deps, old) if gone else [])]
    deps.tables.commit([*still, *taken, *paying, *coupon, *announcements.confirmed(deps, new)])


def _booked_anew(deps: "Deps", booking: Booking, now: datetime) -> bool:
    rows = deps.bookings.of_learner(booking.learner_id, now=now, upcoming=True, limit=50, cursor=None).items
    others = (row.booking for row in rows if row.booking.id != booking.id and row.booking.status in LIVE)
    since = booking.lapsed_at or now
    return any(each.mentor_id == booking.mentor_id and each.created_at >= since for each in others)


def _both_still_may(deps: "Deps", old: Meeting) -> list[Write]:
    """Neither was suspended, nor has the mentor been taken off the list."""
    learner = deps.accounts.verified(old.must_be_booked().learner_id)
    listed = deps.mentors.still_listed(_profile(deps, old.session))
    return [replace(learner, lost=TOO_LATE), replace(listed, lost=TOO_LATE)]


def _still_offered(deps: "Deps", old: Meeting) -> list[Write]:
    """A time out of the mentor's hours lies in them still, as if asked for when it was; one that they published, or
    agreed on, is theirs to withdraw."""
    session, booking = old.session, old.must_be_booked()
    if session.origin != "slot":
        return []
    table, zone = deps.availabilities.timetable(session.mentor.id, session.starts_at), _profile(deps, session).zone
    table.published(session.offering_id or "")
    asked = (session.duration_minutes, booking.created_at, session.starts_at, zone)
    if refusal := slots.refusal(table.hours, table.claims, table.counts, *asked):
        raise refusal
    return [deps.availabilities.unchanged(table.hours)]


def _profile(deps: "Deps", session: Session) -> Profile:
    try:
        return deps.mentors.profile(session.mentor.slug)
    except NotFound:
        raise TOO_LATE from None
