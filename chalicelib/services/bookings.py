"""Booking a session: one transaction takes the session, both people's time and the mails."""

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.bookings import Booking
from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.sessions import Session
from chalicelib.services.again import again
from chalicelib.stores.answered import KeyUsed
from chalicelib.stores.bookings import Booked
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def book(deps: "Deps", *, learner_id: str, session_id: str, key: str) -> Booked:
    """A free session becomes the learner's; the same key again returns the same booking."""
    try:
        return again(lambda: _take(deps, learner_id, session_id, key))
    except KeyUsed:
        return earlier(deps, learner_id, session_id, key)


def earlier(deps: "Deps", learner_id: str, session_id: str, key: str) -> Booked:
    """What this key has booked before."""
    booking = deps.bookings.find(deps.answered.made(learner_id, key, session_id) or "")
    if booking is None:
        raise NotFound("booking")
    return Booked(booking, deps.sessions.get(booking.session_id))


def _take(deps: "Deps", learner_id: str, session_id: str, key: str) -> Booked:
    now = deps.clock()
    open_session, account = deps.sessions.with_account(session_id, learner_id)
    if open_session.status != "open" and deps.answered.made(learner_id, key, session_id):
        raise KeyUsed
    card = LearnerCard(learner_id, account.name, account.photo_url)
    booking_id = deps.new_id("bkg")
    taken = open_session.book(card, booking_id, now)
    booking = Booking(booking_id, session_id, learner_id, taken.starts_at, taken.price_paise, now)
    deps.tables.commit(
        [
            deps.answered.marking(learner_id, key, session_id, booking_id, now),
            deps.accounts.verified(learner_id),
            *deps.sessions.saving(open_session, taken),
            *deps.calendars.claiming(learner_id, taken.starts_at, taken.ends_at, booking_id, _busy()),
            *deps.bookings.adding(booking, taken),
            *_mails(deps, taken, card, now),
        ]
    )
    return Booked(booking, taken)


def _busy() -> Conflict:
    return Conflict("time_taken", "You already have something booked at that time.")


def _mails(deps: "Deps", session: Session, learner: LearnerCard, now: datetime) -> list[Write]:
    return [
        _mail(deps, learner.id, "booking_confirmed_learner", session, session.mentor.name, now),
        _mail(deps, session.mentor.id, "booking_confirmed_mentor", session, learner.name, now),
    ]


def _mail(deps: "Deps", to: str, template: Template, session: Session, other: str, now: datetime) -> Write:
    facts = {
        "session_id": session.id,
        "title": session.title,
        "other": other,
        "starts_at": session.starts_at.isoformat(),
        "minutes": str(session.duration_minutes),
    }
    return deps.outbox.adding(Outgoing(deps.new_id("out"), to, "", template, now, facts))
