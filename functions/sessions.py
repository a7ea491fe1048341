"""Sessions over HTTP: publish, list, look at, and a mentor's own."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec

from chalicelib.domain import entries
from chalicelib.domain.errors import Invalid
from chalicelib.domain.mentors import DOMAINS
from chalicelib.domain.sessions import Session
from chalicelib.services import sessions
from functions.access import MENTOR, PUBLIC
from functions.http import Call, Routes
from functions.shapes import PageQuery, SessionCard, session_card

routes = Routes(__name__)
Text = Annotated[str, msgspec.Meta(max_length=4000)]
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class NewSession(msgspec.Struct, forbid_unknown_fields=True):
    """A session to publish at a fixed time; free for now."""

    title: Text
    description: Text
    topics: Annotated[tuple[Text, ...], msgspec.Meta(max_length=20)]
    domain: Text
    starts_at: Time
    duration_minutes: int


class SessionsQuery(PageQuery, forbid_unknown_fields=True):
    """Which open sessions."""

    domain: str = "all"


class SessionPage(msgspec.Struct):
    """Open sessions to come, soonest first."""

    items: list[SessionCard]
    next: str | None


class SessionView(SessionCard):
    """A session's own page; `viewer` says which of its two people is looking."""

    description: str
    viewer: Literal["none", "mentor", "learner"]


class OwnQuery(PageQuery, forbid_unknown_fields=True):
    """Which part of one's own list."""

    when: Literal["upcoming", "past"] = "upcoming"

    def part(self) -> dict[str, Any]:
        """As the stores' lists take it."""
        return {"upcoming": self.when == "upcoming", "limit": self.limit, "cursor": self.cursor}


class Learner(msgspec.Struct):
    """Who has booked."""

    id: str
    name: str
    photo_url: str | None


class SessionBooking(msgspec.Struct):
    """The booking of a mentor's session."""

    id: str
    learner: Learner


class OwnSession(SessionCard):
    """A session as its mentor sees it: `live_from` to `until` is when the room can be opened."""

    booking: SessionBooking | None
    live_from: datetime
    until: datetime


class OwnSessionPage(msgspec.Struct):
    """A mentor's sessions."""

    items: list[OwnSession]
    next: str | None


@routes.add("POST", "/sessions", MENTOR, body=NewSession, answer=SessionCard, status=201, keyed=True)
def publish_session(call: Call) -> SessionCard:
    """An approved mentor publishes a free session at a fixed time."""
    wanted: NewSession = call.body
    offer = sessions.Offer(
        title=entries.tidy(wanted.title),
        description=wanted.description.strip(),
        topics=entries.tidy_list(wanted.topics),
        domain=wanted.domain,
        starts_at=_utc(wanted.starts_at),
        duration_minutes=wanted.duration_minutes,
    )
    return session_card(sessions.publish(call.deps, mentor_id=call.user.user_id, offer=offer, key=call.key or ""))


@routes.add("GET", "/sessions", PUBLIC, query=SessionsQuery, answer=SessionPage)
def list_sessions(call: Call) -> SessionPage:
    """Open sessions to come, of one domain or all."""
    query: SessionsQuery = call.query
    if query.domain not in ("all", *DOMAINS):
        raise Invalid({"domain": "There is no such domain."})
    page = call.deps.sessions.listed(query.domain, call.deps.clock(), query.limit, query.cursor)
    return SessionPage([session_card(session) for session in page.items], page.next)


@routes.add("GET", "/sessions/{session_id}", PUBLIC, answer=SessionView)
def show_session(call: Call, session_id: str) -> SessionView:
    """One session; a past one only to its two people."""
    viewer = call.user.user_id if call.user else None
    session = sessions.seen_by(call.deps, session_id, viewer)
    card = msgspec.structs.asdict(session_card(session))
    side = session.side_of(viewer) if viewer else None
    return SessionView(**card, description=session.description, viewer=side or "none")


@routes.add("GET", "/me/sessions", MENTOR, query=OwnQuery, answer=OwnSessionPage)
def list_own_sessions(call: Call) -> OwnSessionPage:
    """The mentor's own sessions."""
    page = call.deps.sessions.of_mentor(call.user.user_id, now=call.deps.clock(), **call.query.part())
    return OwnSessionPage([_own(session) for session in page.items], page.next)


def _utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:  # the first or last day there is, in another zone
        raise Invalid({"starts_at": "There is no such time."}) from None


def _own(session: Session) -> OwnSession:
    booking = None
    if session.learner and session.booking_id:
        learner = Learner(session.learner.id, session.learner.name, session.learner.photo_url)
        booking = SessionBooking(session.booking_id, learner)
    card = msgspec.structs.asdict(session_card(session))
    return OwnSession(**card, booking=booking, live_from=session.doors_open, until=session.hard_end)
