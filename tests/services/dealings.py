"""What two people do with a booking, and what is left of it, for tests."""

from datetime import timedelta

from chalicelib.services import bookings, reschedules, sessions
from tests.fakes.world import NOON


def cancel(deps, user_id, booked, refund_paise=0, reason="Something came up"):
    return bookings.cancel(
        deps, user_id=user_id, booking_id=booked.booking.id, reason=reason, refund_paise=refund_paise
    )


def propose(deps, user_id, booked, hours):
    at = NOON + timedelta(hours=hours)
    return reschedules.propose(deps, user_id=user_id, booking_id=booked.booking.id, starts_at=at)


def accept(deps, user_id, booked, hours):
    at = NOON + timedelta(hours=hours)
    return reschedules.accept_proposal(deps, user_id=user_id, booking_id=booked.booking.id, starts_at=at)


def facts(deps, template):
    return [
        item["facts"]
        for item in deps.tables.items.values()
        if item.get("kind") == "outgoing" and item["template"] == template
    ]


def upcoming(deps, lena):
    return deps.bookings.of_learner(lena.id, now=deps.clock(), upcoming=True, limit=10, cursor=None).items


def edit(deps, meera, session, version=None, **changes):
    seen = version if version is not None else deps.sessions.get(session.id).version
    return sessions.edit(deps, mentor_id=meera.account.id, session_id=session.id, changes=changes, version=seen)
