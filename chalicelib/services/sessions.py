"""Publishing and changing sessions, and what time makes of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.domain import claims, edits, entries, pitches
from chalicelib.domain.bookings import Meeting, follow
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.footprints import placed
from chalicelib.domain.mentors import DOMAINS
from chalicelib.domain.sessions import Session
from chalicelib.services import histories, meetings
from chalicelib.services.meetings import Words
from chalicelib.stores.answered import KeyUsed
from chalicelib.stores.bookings import copying
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Viewer = Literal["none", "mentor", "learner", "waiting", "offered"]
MINE = Words(
    mentor=Conflict("time_taken", "You already have something at that time. Please choose another."),
    day=Conflict("day_full", "That day is full: you have set how many sessions a day you take in your availability."),
)


@dataclass(frozen=True)
class Offer:
    """What a mentor asks to publish; `starts_at` is UTC, money is paise."""

    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    starts_at: datetime
    duration_minutes: int
    price_paise: int = 0

    def check(self, deps: "Deps", now: datetime) -> None:
        """All that is wrong with it, at once."""
        said = {name: value for name, value in vars(self).items() if name != "starts_at"}
        faults = pitches.faults(**said, domains=DOMAINS, payments=deps.config.payments)
        entries.refuse(starts_at=claims.start_fault(self.starts_at, now), **faults)


@dataclass(frozen=True)
class Seen:
    """A session as one person sees it; whoever is offered it may take it until then."""

    session: Session
    viewer: Viewer
    offered_until: datetime | None = None


def publish(deps: "Deps", *, mentor_id: str, offer: Offer, key: str, also: Sequence[Write] = ()) -> Session:
    """Claim the mentor's time and list the session; the same key again returns the same session."""
    now = deps.clock()
    offer.check(deps, now)
    account, mentor = deps.mentors.with_account(mentor_id)
    hours = deps.availabilities.find(mentor_id)
    session = Session(
        id=deps.new_id("ses"),
        mentor=mentor.card(account),
        created_at=now,
        **vars(offer),
        **placed(hours, offer.starts_at, account.zone),
    )
    try:
        deps.tables.commit(
            [
                deps.answered.marking(mentor_id, key, offer, session.id, now),
                deps.accounts.verified(mentor_id),
                deps.mentors.approved(mentor_id),
                *meetings.writes(deps, None, Meeting(session), words=MINE, most=hours.daily_most),
                *also,
            ]
        )
    except KeyUsed:
        return deps.sessions.get(deps.answered.made(mentor_id, key, offer) or session.id)
    return session


def edit(deps: "Deps", *, mentor_id: str, session_id: str, changes: Mapping[str, Any], version: int) -> Session:
    """The mentor's own changes, on the version they saw; a new time is claimed with them."""
    now, (account, _) = deps.clock(), deps.mentors.with_account(mentor_id)
    hours = deps.availabilities.find(mentor_id)

    def edited(old: Session) -> Session:
        _must_be_mentor(old, mentor_id)
        if old.version != version:
            raise Conflict("session_changed", "This session was changed in the meantime. Please look again.")
        new = edits.edit(old, changes, domains=DOMAINS, payments=deps.config.payments, now=now)
        return replace(new, **placed(hours, new.starts_at, account.zone)) if new.starts_at != old.starts_at else new

    return move(deps, session_id, edited, words=MINE, most=hours.daily_most)


def withdraw(deps: "Deps", *, mentor_id: str, session_id: str) -> Session:
    """The mentor takes back what nobody has booked."""

    def withdrawn(old: Session) -> Session:
        _must_be_mentor(old, mentor_id)
        return old if old.status == "cancelled" else old.withdraw()

    return move(deps, session_id, withdrawn)


def move(
    deps: "Deps",
    session_id: str,
    decide: Callable[[Session], Session],
    also: Callable[[Session], Sequence[Write]] = lambda session: (),
    *,
    words: Words = MINE,
    most: int | None = None,
) -> Session:
    """Apply a rule to the session as it is now; its booking follows."""

    def both(old: Meeting) -> Meeting:
        session = decide(old.session)
        return Meeting(session, follow(old.booking, session) if old.booking else None)

    moved = meetings.move(deps, session_id, both, lambda old, new: also(new.session), words=words, most=most)
    return moved.session


def seen_by(deps: "Deps", session_id: str, user_id: str | None) -> Seen:
    """A session for its page: published ones that can still be had; those made for two people only to them."""
    session = deps.sessions.get(session_id)
    if user_id and (side := session.side_of(user_id)):
        return Seen(session, side)
    if session.origin != "published" or session.status not in ("open", "held", "booked", "live"):
        raise NotFound("session")
    public = replace(session, learner=None, booking_id=None, proposal=None)
    if user_id and session.offered_to == user_id and deps.clock() < (session.held_until or session.starts_at):
        return Seen(public, "offered", session.held_until)
    waits = bool(user_id and session.waiters and deps.waitlists.find(session_id, user_id))
    return Seen(public, "waiting" if waits else "none")


def refresh_cards(deps: "Deps", user_id: str, time_is_up: Callable[[], bool] = lambda: False) -> None:
    """A person's new name, photo or headline reaches every session that shows the old one, past ones too.

    A list's copy is written with its session: what is right there need not be looked at again.
    """
    account, mentor = deps.mentors.with_account_if_any(user_id)
    if account is None:
        return
    show_learner = showing_learner(LearnerCard(user_id, account.name, account.photo_url))
    show_mentor = showing_mentor(mentor.card(account)) if mentor and mentor.slug else None
    for upcoming in (True, False):
        for row in histories.in_time(histories.booked(deps, user_id, upcoming=upcoming), time_is_up):
            if show_learner(row.session) != row.session:
                move(deps, row.session.id, show_learner)
        if show_mentor:
            for session in histories.in_time(histories.held(deps, user_id, upcoming=upcoming), time_is_up):
                if show_mentor(session) != session:
                    show_everywhere(deps, session.id, show_mentor)


def show_everywhere(deps: "Deps", session_id: str, change: Callable[[Session], Session]) -> None:
    """A change of how a session looks reaches first the lists of those who once had booked it, then its own."""
    session = change(deps.sessions.get(session_id))
    for booking in deps.bookings.past_of(session_id) if session.origin == "published" else []:
        deps.tables.commit([copying(booking, session)])
    move(deps, session_id, change)


def showing_learner(card: LearnerCard) -> Callable[[Session], Session]:
    """The session with this card, where it is that learner's."""

    def shown(session: Session) -> Session:
        mine = session.learner is not None and session.learner.id == card.id
        return replace(session, learner=card) if mine else session

    return shown


def showing_mentor(card: MentorCard) -> Callable[[Session], Session]:
    """The session with this card of its mentor."""
    return lambda session: replace(session, mentor=card)


def _must_be_mentor(session: Session, user_id: str) -> None:
    side = session.side_of(user_id)
    if side is None:
        raise NotFound("session")
    if side != "mentor":
        raise Forbidden("mentor_only", "Only the mentor can do this.")
