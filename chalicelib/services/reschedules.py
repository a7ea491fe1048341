"""Moving a booked session by agreement of its two people."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import bookings as rules
from chalicelib.domain import throttles
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.footprints import placed
from chalicelib.services import announcements, bookings
from chalicelib.services.meetings import LEARNER_BUSY, Words
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def propose(deps: "Deps", *, user_id: str, booking_id: str, starts_at: datetime) -> Meeting:
    """One of the two asks for another time."""
    now = deps.clock()
    booking = bookings.owned(deps, user_id, booking_id)
    by = bookings.side_of(booking, user_id)
    deps.throttles.count(throttles.proposals(user_id), now)
    decide: Callable[[Meeting], Meeting] = lambda old: rules.propose(old, by, starts_at, now)  # noqa: E731
    return bookings.move(deps, booking, decide, lambda old, new: announcements.proposed(deps, new))


def drop_proposal(deps: "Deps", *, user_id: str, booking_id: str) -> Meeting:
    """Its maker takes it back, or the other declines it."""
    booking = bookings.owned(deps, user_id, booking_id)
    by = bookings.side_of(booking, user_id)

    def told(old: Meeting, new: Meeting) -> list[Write]:
        mine = old.session.proposal is not None and old.session.proposal.by == by
        return [] if mine else announcements.declined(deps, old)

    return bookings.move(deps, booking, rules.drop_proposal, told)


def accept_proposal(deps: "Deps", *, user_id: str, booking_id: str, starts_at: datetime) -> Meeting:
    """The other side agrees to the time they saw: it is claimed and the old one given back, at once or not at all."""
    now, booking = deps.clock(), bookings.owned(deps, user_id, booking_id)
    by, hours = bookings.side_of(booking, user_id), deps.availabilities.find(booking.mentor_id)
    account, _ = deps.mentors.with_account(booking.mentor_id)

    def accepted(old: Meeting) -> Meeting:
        proposal = old.session.proposal
        if proposal is None and old.session.reschedules and old.session.starts_at == starts_at:
            return old  # accepted already: the answer was lost on its way
        if proposal and proposal.starts_at != starts_at:
            raise Conflict("proposal_changed", "Another time is being proposed by now. Please look again.")
        day = placed(hours, proposal.starts_at, account.zone)["counted_on"] if proposal else None
        return rules.accept_proposal(old, by, day, now)

    try:
        told = lambda old, new: announcements.moved(deps, old, new, account.zone)  # noqa: E731
        return bookings.move(deps, booking, accepted, told, words=Words(), most=hours.daily_most)
    except Conflict as conflict:
        raise _said_to(by, conflict) from None


def _said_to(side: Side, conflict: Conflict) -> Conflict:
    """The same refusal from where each side stands."""
    if conflict.code not in (LEARNER_BUSY, "time_taken"):
        return conflict
    whose: Side = "learner" if conflict.code == LEARNER_BUSY else "mentor"
    who = "You have" if whose == side else f"The {whose} has"
    return Conflict("time_taken", f"{who} something else at that time by now.")
