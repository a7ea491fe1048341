"""Booking sessions: at once or by a hold, and everything that can become of a booking by its two people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from chalicelib.domain import bookings as rules
from chalicelib.domain import entries
from chalicelib.domain.allowances import Allowance
from chalicelib.domain.bookings import HOLD, LONGEST_NOTE, LONGEST_REASON, Booking, Meeting
from chalicelib.domain.cards import NAMELESS, LearnerCard, Side
from chalicelib.domain.disputes import Dispute
from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.payments import Payment
from chalicelib.domain.sessions import Session
from chalicelib.services import announcements, meetings
from chalicelib.services.again import again
from chalicelib.services.meetings import LEARNER_BUSY, Words
from chalicelib.stores.answered import KeyUsed
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TAKEN = Words(mentor=Conflict("slot_taken", "Somebody was faster: this time has just been taken."))


def book(deps: "Deps", *, learner_id: str, session_id: str, key: str) -> Meeting:
    """A published session becomes the learner's, or is held if it has a price; the same key again, the same booking."""
    return keyed(deps, learner_id, key, session_id, lambda: _take(deps, learner_id, session_id, key))


def confirm(deps: "Deps", booking: Booking, paid_paise: int, also: Sequence[Write] = (), note: str = "") -> Meeting:
    """The hold becomes a booking, once what it costs is paid; confirming again changes nothing, but `also` goes only
    with the first."""
    now = deps.clock()

    def confirmed(old: Meeting) -> Meeting:
        if old.must_be_booked().status == "confirmed" and not also:
            return old
        return rules.confirm(old, paid_paise, now, note)

    return move(deps, booking, confirmed, lambda old, new: [*also, *announcements.confirmed(deps, new)])


def confirm_free(deps: "Deps", *, learner_id: str, booking_id: str, note: str) -> Meeting:
    """The learner confirms what costs nothing, with a word to the mentor."""
    entries.refuse(note=entries.text_fault(note, LONGEST_NOTE))
    booking = owned(deps, learner_id, booking_id, "learner")
    if booking.price_paise:
        raise Conflict("payment_needed", "This booking is confirmed by paying for it.")
    return confirm(deps, booking, 0, note=note)


def release(deps: "Deps", *, user_id: str, booking_id: str) -> Meeting:
    """The learner gives a hold back, or the mentor takes back what they agreed on and is not paid; twice is once."""
    now, booking = deps.clock(), owned(deps, user_id, booking_id)
    if booking.status == "expired":
        return of(deps, booking)
    if side_of(booking, user_id) == "learner":
        return move(deps, booking, lambda old: rules.lapse(old, now))
    return move(
        deps,
        booking,
        lambda old: rules.take_back(old, now),
        lambda old, new: announcements.unpaid(deps, old, "mentor"),
    )


def cancel(deps: "Deps", *, user_id: str, booking_id: str, reason: str, refund_paise: int) -> Meeting:
    """One of the two calls it off, for the refund they were shown; doing so twice changes nothing."""
    entries.refuse(reason=entries.text_fault(reason, LONGEST_REASON))
    now, booking = deps.clock(), owned(deps, user_id, booking_id)
    by = side_of(booking, user_id)
    if booking.status == f"cancelled_by_{by}":
        return of(deps, booking)

    def cancelled(old: Meeting) -> Meeting:
        new = rules.cancel(old, by, now, reason)
        refund = new.must_be_booked().refund
        if (refund.paise if refund else 0) != refund_paise:
            raise Conflict("refund_changed", "What would be paid back has just changed. Please look again.")
        return new

    return move(deps, booking, cancelled, lambda old, new: announcements.cancelled(deps, old, new, by))


def unsay(deps: "Deps", session_id: str, booking_id: str | None, user_id: str) -> None:
    """What somebody who leaves wrote beside a booking is taken off it, and beside those the session once had."""
    gone = deps.bookings.past_of(session_id)
    present = deps.bookings.find(booking_id) if booking_id else None
    for booking in [*gone, *([present] if present else [])]:
        if user_id in (booking.learner_id, booking.mentor_id):
            again(partial(_unsay, deps, booking.id, user_id))


def _unsay(deps: "Deps", booking_id: str, user_id: str) -> None:
    old = of(deps, get(deps, booking_id))
    booking = old.must_be_booked()
    new = booking.without_words_of(side_of(booking, user_id))
    if new != booking:
        deps.tables.commit(deps.bookings.saving(booking, new, old.session))


def arranged(
    deps: "Deps",
    session: Session,
    learner: LearnerCard,
    *,
    most: int | None,
    words: Words,
    allow: Callable[[Allowance], Allowance],
) -> tuple[Meeting, list[Write]]:
    """A private session two people have agreed on, with the writes that make it: booked if free, else to be paid."""
    now = deps.clock()
    until = rules.pay_by(session.starts_at, now) if session.price_paise else None
    meeting = rules.begin(session, learner, deps.new_id("bkg"), now, until)
    mails = [] if until else announcements.confirmed(deps, meeting)
    return meeting, [*meetings.writes(deps, None, meeting, words=words, most=most, allow=allow), *mails]


def get(deps: "Deps", booking_id: str) -> Booking:
    """The booking, or NotFound."""
    booking = deps.bookings.find(booking_id)
    if booking is None:
        raise NotFound("booking")
    return booking


def of(deps: "Deps", booking: Booking) -> Meeting:
    """A booking with its session, even if that has another booking by now."""
    return Meeting(deps.sessions.get(booking.session_id), booking)


def as_it_is(deps: "Deps", seen: Booking) -> Meeting:
    """A booking as it is now, with its session, in one request."""
    session, booking = deps.bookings.with_session(seen.session_id, seen.id)
    return Meeting(session, booking) if session and booking else of(deps, get(deps, seen.id))


@dataclass(frozen=True)
class Shown:
    """A booking with its session, as one of its two people sees it; the other's zone, so that both clocks are shown;
    its money and the dispute about it, if it has a price."""

    meeting: Meeting
    side: Side
    learner: LearnerCard
    other_zone: str | None
    payment: Payment | None = None
    dispute: Dispute | None = None


def shown(deps: "Deps", user_id: str, meeting: Meeting) -> Shown:
    """For its page; a learner who has another session by now is looked up."""
    booking, found = meeting.must_be_booked(), rules.parted(meeting)
    side = side_of(booking, user_id)
    learner, mentor = deps.accounts.find_both(booking.learner_id, booking.mentor_id)
    name, photo = (learner.name, learner.photo_url) if learner else (NAMELESS, None)
    card = found.session.learner or LearnerCard(booking.learner_id, name, photo)
    other = learner if side == "mentor" else mentor
    payment, dispute = deps.disputes.with_payment(booking.id) if booking.price_paise else (None, None)
    return Shown(found, side, card, other.zone if other else None, payment, dispute)


def owned(deps: "Deps", user_id: str, booking_id: str, side: Side | None = None) -> Booking:
    """The booking, for its own two people, or for one side of them."""
    return must_be_of(deps.bookings.find(booking_id), user_id, side)


def must_be_of(booking: Booking | None, user_id: str, side: Side | None = None) -> Booking:
    """A booking that was found is one of theirs."""
    if booking is None or user_id not in (booking.learner_id, booking.mentor_id):
        raise NotFound("booking")
    if side and side_of(booking, user_id) != side:
        raise Forbidden(f"{side}_only", f"Only the {side} can do this.")
    return booking


def side_of(booking: Booking, user_id: str) -> Side:
    """Which of its two people this is."""
    return "learner" if user_id == booking.learner_id else "mentor"


def keyed(deps: "Deps", learner_id: str, key: str, asked: object, take: Callable[[], Meeting]) -> Meeting:
    """What taking it leads to, or has led to under the same key."""
    try:
        return again(take)
    except KeyUsed:
        return of(deps, get(deps, deps.answered.made(learner_id, key, asked) or ""))


def _take(deps: "Deps", learner_id: str, session_id: str, key: str) -> Meeting:
    now = deps.clock()
    session, account, allowance = deps.sessions.with_learner(session_id, learner_id)
    if session.origin != "published":
        raise NotFound("session")
    if session.status != "open" and deps.answered.made(learner_id, key, session_id):
        raise KeyUsed
    card = LearnerCard(learner_id, account.name, account.photo_url)
    until = now + HOLD if session.price_paise else None
    booked = rules.begin(session, card, deps.new_id("bkg"), now, until)
    welcome = deps.blocks.free(session.mentor.id, learner_id)
    return commit(deps, Meeting(session), booked, allowance, [welcome], session_id, key)


def commit(
    deps: "Deps",
    old: Meeting | None,
    new: Meeting,
    allowance: Allowance,
    also: Sequence[Write],
    asked: object,
    key: str,
    most: int | None = None,
) -> Meeting:
    """A new booking, with what it was decided on and the key it was asked under."""
    booking, session = new.must_be_booked(), new.session
    first = deps.answered.marking(booking.learner_id, key, asked, booking.id, booking.created_at)
    made = meetings.writes(deps, old, new, words=TAKEN, most=most, allowance=allowance)
    mails = announcements.confirmed(deps, new) if booking.status == "confirmed" else []
    try:
        deps.tables.commit([first, deps.accounts.verified(booking.learner_id), *also, *made, *mails])
    except Conflict as conflict:
        if conflict.code == LEARNER_BUSY:
            raise meetings.busy_with(deps, booking.learner_id, session.starts_at, session.ends_at) from None
        raise
    return new


def move(
    deps: "Deps",
    booking: Booking,
    decide: Callable[[Meeting], Meeting],
    also: Callable[[Meeting, Meeting], list[Write]] = lambda old, new: [],
    *,
    words: Words = TAKEN,
    most: int | None = None,
) -> Meeting:
    """Apply a rule to the booking and its session as they are now, as long as they belong together."""

    def mine(old: Meeting) -> Meeting:
        if old.booking is None or old.booking.id != booking.id:
            raise Conflict("booking_over", "This booking has ended already.")
        return decide(old)

    return meetings.move(deps, booking.session_id, mine, also, words=words, most=most, booking_id=booking.id)
