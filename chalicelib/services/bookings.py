"""Booking sessions: at once or by a hold, and everything that can become of a booking by its two people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import bookings as rules
from chalicelib.domain import entries, slots
from chalicelib.domain.allowances import Allowance
from chalicelib.domain.bookings import HOLD, LONGEST_NOTE, LONGEST_REASON, Booking, Meeting
from chalicelib.domain.cards import NAMELESS, LearnerCard, Side
from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.footprints import placed
from chalicelib.domain.sessions import Session
from chalicelib.services import announcements, meetings
from chalicelib.services.again import again
from chalicelib.services.meetings import LEARNER_BUSY, Words
from chalicelib.stores.answered import KeyUsed
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TAKEN = Words(mentor=Conflict("slot_taken", "Somebody was faster: this time has just been taken."))


@dataclass(frozen=True)
class Slot:
    """A start among a mentor's open times for one offering; `starts_at` is UTC."""

    slug: str
    offering_id: str
    starts_at: datetime


def book(deps: "Deps", *, learner_id: str, session_id: str, key: str) -> Meeting:
    """A published session becomes the learner's, or is held if it has a price; the same key again, the same booking."""
    return _keyed(deps, learner_id, key, session_id, lambda: _take(deps, learner_id, session_id, key))


def hold(deps: "Deps", *, learner_id: str, slot: Slot, key: str, replacing: str | None = None) -> Meeting:
    """An open time of a mentor is held for a quarter of an hour; the same key again gives the same hold.

    `replacing` is the learner's own hold to be given back for it.
    """
    if replacing and owned(deps, learner_id, replacing, "learner").status == "held":
        release(deps, learner_id=learner_id, booking_id=replacing)
    return _keyed(deps, learner_id, key, slot, lambda: _hold(deps, learner_id, slot, key))


def confirm(deps: "Deps", *, booking_id: str, paid_paise: int, note: str = "") -> Meeting:
    """The hold becomes a booking, once what it costs is paid; confirming again changes nothing."""
    now = deps.clock()

    def confirmed(old: Meeting) -> Meeting:
        if old.must_be_booked().status == "confirmed":
            return old
        return rules.confirm(old, paid_paise, now, note)

    return move(deps, booking_id, confirmed, lambda old, new: announcements.confirmed(deps, new))


def confirm_free(deps: "Deps", *, learner_id: str, booking_id: str, note: str) -> Meeting:
    """The learner confirms what costs nothing, with a word to the mentor."""
    entries.refuse(note=entries.text_fault(note, LONGEST_NOTE))
    booking = owned(deps, learner_id, booking_id, "learner")
    if booking.price_paise:
        raise Conflict("payment_needed", "This booking is confirmed by paying for it.")
    return confirm(deps, booking_id=booking_id, paid_paise=0, note=note)


def release(deps: "Deps", *, learner_id: str, booking_id: str) -> Meeting:
    """The learner gives a hold back; doing so twice changes nothing."""
    now = deps.clock()
    if owned(deps, learner_id, booking_id, "learner").status == "expired":
        return of(deps, booking_id)
    return move(deps, booking_id, lambda old: rules.lapse(old, now))


def cancel(deps: "Deps", *, user_id: str, booking_id: str, reason: str, refund_paise: int) -> Meeting:
    """One of the two calls it off, for the refund they were shown; doing so twice changes nothing."""
    entries.refuse(reason=entries.text_fault(reason, LONGEST_REASON))
    now, booking = deps.clock(), owned(deps, user_id, booking_id)
    by = side_of(booking, user_id)
    if booking.status == f"cancelled_by_{by}":
        return of(deps, booking_id)

    def cancelled(old: Meeting) -> Meeting:
        new = rules.cancel(old, by, now, reason)
        refund = new.must_be_booked().refund
        if (refund.paise if refund else 0) != refund_paise:
            raise Conflict("refund_changed", "What would be paid back has just changed. Please look again.")
        return new

    return move(deps, booking_id, cancelled, lambda old, new: announcements.cancelled(deps, old, new, by))


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


def of(deps: "Deps", booking_id: str) -> Meeting:
    """A booking with its session, even if that has another booking by now."""
    booking = deps.bookings.find(booking_id)
    if booking is None:
        raise NotFound("booking")
    return Meeting(deps.sessions.get(booking.session_id), booking)


@dataclass(frozen=True)
class Shown:
    """A booking with its session, as one of its two people sees it; the other's zone, so that both clocks are shown."""

    meeting: Meeting
    side: Side
    learner: LearnerCard
    other_zone: str | None


def shown(deps: "Deps", user_id: str, meeting: Meeting) -> Shown:
    """For its page; a learner who has another session by now is looked up."""
    booking, found = meeting.must_be_booked(), rules.parted(meeting)
    side = side_of(booking, user_id)
    account = deps.accounts.find(booking.learner_id)
    other = account if side == "mentor" else deps.accounts.find(booking.mentor_id)
    name, photo = (account.name, account.photo_url) if account else (NAMELESS, None)
    learner = found.session.learner or LearnerCard(booking.learner_id, name, photo)
    return Shown(found, side, learner, other.zone if other else None)


def owned(deps: "Deps", user_id: str, booking_id: str, side: Side | None = None) -> Booking:
    """The booking, for its own two people, or for one side of them."""
    booking = deps.bookings.find(booking_id)
    if booking is None or user_id not in (booking.learner_id, booking.mentor_id):
        raise NotFound("booking")
    if side and side_of(booking, user_id) != side:
        raise Forbidden(f"{side}_only", f"Only the {side} can do this.")
    return booking


def side_of(booking: Booking, user_id: str) -> Side:
    """Which of its two people this is."""
    return "learner" if user_id == booking.learner_id else "mentor"


def _keyed(deps: "Deps", learner_id: str, key: str, asked: object, take: Callable[[], Meeting]) -> Meeting:
    try:
        return again(take)
    except KeyUsed:
        return of(deps, deps.answered.made(learner_id, key, asked) or "")


def _take(deps: "Deps", learner_id: str, session_id: str, key: str) -> Meeting:
    now = deps.clock()
    session, account, allowance = deps.sessions.with_learner(session_id, learner_id)
    if session.origin != "published":
        raise NotFound("session")
    if session.status != "open" and deps.answered.made(learner_id, key, session_id):
        raise KeyUsed
    card = LearnerCard(learner_id, account.name, account.photo_url)
    until = now + HOLD if session.price_paise else None
    taken = rules.begin(session, card, deps.new_id("bkg"), now, until)
    return _booked(deps, Meeting(session), taken, allowance, [], session_id, key)


def _hold(deps: "Deps", learner_id: str, slot: Slot, key: str) -> Meeting:
    now = deps.clock()
    profile, account, allowance = deps.mentors.with_learner(slot.slug, learner_id)
    if learner_id == profile.id:
        raise Conflict("own_session", "These are your own times: you cannot book yourself.")
    table = deps.availabilities.timetable(profile.id, slot.starts_at)
    offering = table.published(slot.offering_id)
    minutes, zone = offering.duration_minutes, profile.zone
    refusal = slots.refusal(table.hours, table.claims, table.counts, minutes, now, slot.starts_at, zone)
    if refusal and deps.answered.made(learner_id, key, slot):
        raise KeyUsed
    if refusal:
        raise refusal
    place = placed(table.hours, slot.starts_at, zone)
    session = offering.session(deps.new_id("ses"), profile.card(), slot.starts_at, now, **place)
    card = LearnerCard(learner_id, account.name, account.photo_url)
    held = rules.begin(session, card, deps.new_id("bkg"), now, now + HOLD)
    unchanged = [deps.availabilities.unchanged(table.hours), deps.offerings.unchanged(offering)]
    return _booked(deps, None, held, allowance, unchanged, slot, key, most=table.hours.daily_most)


def _booked(
    deps: "Deps",
    old: Meeting | None,
    new: Meeting,
    allowance: Allowance,
    also: Sequence[Write],
    asked: object,
    key: str,
    most: int | None = None,
) -> Meeting:
    booking, session = new.must_be_booked(), new.session
    mails = announcements.confirmed(deps, new) if booking.status == "confirmed" else []
    try:
        deps.tables.commit(
            [
                deps.answered.marking(booking.learner_id, key, asked, booking.id, booking.created_at),
                deps.accounts.verified(booking.learner_id),
                *also,
                *meetings.writes(deps, old, new, words=TAKEN, most=most, allowance=allowance),
                *mails,
            ]
        )
    except Conflict as conflict:
        if conflict.code == LEARNER_BUSY:
            raise meetings.busy_with(deps, booking.learner_id, session.starts_at, session.ends_at) from None
        raise
    return new


def move(
    deps: "Deps",
    booking_id: str,
    decide: Callable[[Meeting], Meeting],
    also: Callable[[Meeting, Meeting], list[Write]] = lambda old, new: [],
    *,
    words: Words = TAKEN,
    most: int | None = None,
) -> Meeting:
    """Apply a rule to the booking and its session as they are now, as long as they belong together."""
    booking = deps.bookings.find(booking_id)
    if booking is None:
        raise NotFound("booking")

    def mine(old: Meeting) -> Meeting:
        if old.booking is None or old.booking.id != booking_id:
            raise Conflict("booking_over", "This booking has ended already.")
        return decide(old)

    return meetings.move(deps, booking.session_id, mine, also, words=words, most=most)
