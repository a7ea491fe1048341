"""Publishing sessions, and moving them through their states together with everything that follows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import sessions as rules
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.mentors import DOMAINS
from chalicelib.domain.sessions import Session
from chalicelib.services import histories
from chalicelib.services.again import again
from chalicelib.stores.answered import KeyUsed
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Offer:
    """What a mentor asks to publish; `starts_at` is UTC."""

    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    starts_at: datetime
    duration_minutes: int


def publish(deps: "Deps", *, mentor_id: str, offer: Offer, key: str) -> Session:
    """Claim the mentor's time and list the session; the same key again returns the same session."""
    now = deps.clock()
    rules.check_offer(**vars(offer), domains=DOMAINS, now=now)
    account, mentor = deps.mentors.with_account(mentor_id)
    session = Session(id=deps.new_id("ses"), mentor=mentor.card(account), created_at=now, **vars(offer))
    busy = Conflict("time_taken", "You already have something at that time. Please choose another.")
    try:
        deps.tables.commit(
            [
                deps.answered.marking(mentor_id, key, offer, session.id, now),
                deps.accounts.verified(mentor_id),
                deps.mentors.approved(mentor_id),
                *deps.calendars.claiming(mentor_id, session.starts_at, session.ends_at, session.id, busy),
                *deps.sessions.adding(session),
            ]
        )
    except KeyUsed:
        return deps.sessions.get(deps.answered.made(mentor_id, key, offer) or session.id)
    return session


def move(
    deps: "Deps",
    session_id: str,
    decide: Callable[[Session], Session],
    also: Callable[[Session], Sequence[Write]] = lambda session: (),
) -> Session:
    """Apply a rule to the session as it is now, again if someone else changed it in between; `also` goes with it."""

    def attempt() -> Session:
        old = deps.sessions.get(session_id)
        new = decide(old)
        if new != old:
            deps.tables.commit([*moving(deps, old, new), *also(new)])
        return new

    return again(attempt)


def moving(deps: "Deps", old: Session, new: Session) -> Sequence[Write]:
    """The writes of a session's next state: its booking follows, and time that nobody will use is freed."""
    writes = deps.sessions.saving(old, new)
    booking = deps.bookings.find(new.booking_id) if new.booking_id else None
    if booking:
        writes += deps.bookings.saving(booking, booking.follow(new), new)
    if old.status == "open" and new.status in ("expired", "cancelled"):
        writes += deps.calendars.freeing(new.mentor.id, new.starts_at, new.ends_at, new.id)
    return writes


def due(deps: "Deps", session_id: str) -> Session:
    """What time alone makes of a session; doing it twice, or late, ends in the same state."""
    now = deps.clock()
    return move(deps, session_id, lambda session: session.settle(now))


def seen_by(deps: "Deps", session_id: str, user_id: str | None) -> Session:
    """A session for its page: open ones and its own two people's; to others it is taken, and nothing more."""
    session = deps.sessions.get(session_id)
    if user_id and session.side_of(user_id):
        return session
    if session.status in ("open", "booked", "live"):
        return replace(session, learner=None, booking_id=None)
    raise NotFound("session")


def refresh_cards(deps: "Deps", user_id: str) -> None:
    """A person's new name, photo or headline reaches every session that shows the old one, past ones too."""
    account, mentor = deps.mentors.with_account_if_any(user_id)
    if account is None:
        return
    show_learner = _showing_learner(LearnerCard(user_id, account.name, account.photo_url))
    show_mentor = _showing_mentor(mentor.card(account)) if mentor and mentor.slug else None
    for upcoming in (True, False):
        for row in histories.booked(deps, user_id, upcoming=upcoming):
            move(deps, row.session.id, show_learner)
        if show_mentor:
            for session in histories.held(deps, user_id, upcoming=upcoming):
                move(deps, session.id, show_mentor)


def _showing_learner(card: LearnerCard) -> Callable[[Session], Session]:
    def shown(session: Session) -> Session:
        mine = session.learner is not None and session.learner.id == card.id
        return replace(session, learner=card) if mine else session

    return shown


def _showing_mentor(card: MentorCard) -> Callable[[Session], Session]:
    return lambda session: replace(session, mentor=card)
