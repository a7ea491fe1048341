"""Sessions over HTTP: publish, list, look at, and a mentor's own."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.domain import entries
from chalicelib.domain.errors import Invalid
from chalicelib.domain.mentors import DOMAINS
from chalicelib.domain.sessions import Session
from chalicelib.services import sessions, waitlists
from functions.access import MENTOR, OWN_SESSION, PUBLIC, SIGNED_IN
from functions.http import Call, Routes
from functions.shapes import (
    Learner,
    OwnQuery,
    PageQuery,
    Proposal,
    SessionCard,
    Time,
    learner_card,
    proposal_view,
    session_card,
    utc,
)

routes = Routes(__name__)
Text = Annotated[str, msgspec.Meta(max_length=4000)]
Topics = Annotated[tuple[Text, ...], msgspec.Meta(max_length=20)]


class NewSession(msgspec.Struct, forbid_unknown_fields=True):
    """A session to publish at a fixed time; `draft_id` is the draft it was written in, which goes with publishing."""

    title: Text
    description: Text
    topics: Topics
    domain: Text
    starts_at: Time
    duration_minutes: int
    price_paise: int = 0
    draft_id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{1,80}$")] | None = None


class SessionChanges(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What is to be different; `version` is the one the mentor saw."""

    version: int
    title: Text | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    topics: Topics | UnsetType = UNSET
    domain: Text | UnsetType = UNSET
    starts_at: Time | UnsetType = UNSET
    duration_minutes: int | UnsetType = UNSET
    price_paise: int | UnsetType = UNSET


class SessionsQuery(PageQuery, forbid_unknown_fields=True):
    """Which open sessions."""

    domain: str = "all"


class SessionPage(msgspec.Struct):
    """Open sessions to come, soonest first."""

    items: list[SessionCard]
    next: str | None


class SessionView(SessionCard):
    """A session's own page; `viewer` says who looks; `booking_id` is for its two people, `waiters` for its mentor."""

    description: str
    version: int
    viewer: Literal["none", "mentor", "learner", "waiting", "offered"]
    booking_id: str | None
    offered_until: datetime | None
    waiters: int | None


class Waiting(msgspec.Struct):
    """Whether the caller waits for the session."""

    waiting: bool


class SessionBooking(msgspec.Struct):
    """The booking of a mentor's session; a hold has to be confirmed by `pay_by`."""

    id: str
    learner: Learner
    pay_by: datetime | None


class OwnSession(SessionCard):
    """A session as its mentor sees it: `live_from` to `until` is when the room can be opened."""

    version: int
    origin: Literal["published", "slot", "request"]
    waiters: int
    booking: SessionBooking | None
    proposal: Proposal | None
    live_from: datetime
    until: datetime


class OwnSessionPage(msgspec.Struct):
    """A mentor's sessions."""

    items: list[OwnSession]
    next: str | None


@routes.add("POST", "/sessions", MENTOR, body=NewSession, answer=SessionCard, status=201, keyed=True)
def publish_session(call: Call) -> SessionCard:
    """An approved mentor publishes a session at a fixed time."""
    wanted: NewSession = call.body
    me, deps = call.user.user_id, call.deps
    offer = sessions.Offer(
        title=entries.tidy(wanted.title),
        description=wanted.description.strip(),
        topics=entries.tidy_list(wanted.topics),
        domain=wanted.domain,
        starts_at=utc(wanted.starts_at),
        duration_minutes=wanted.duration_minutes,
        price_paise=wanted.price_paise,
    )
    also = [deps.drafts.removing(me, wanted.draft_id)] if wanted.draft_id else []
    return session_card(sessions.publish(deps, mentor_id=me, offer=offer, key=call.key or "", also=also))


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
    """One session; a past one, or one made for two people, only to these."""
    seen = sessions.seen_by(call.deps, session_id, call.user.user_id if call.user else None)
    session = seen.session
    return SessionView(
        **msgspec.structs.asdict(session_card(session)),
        description=session.description,
        version=session.version,
        viewer=seen.viewer,
        booking_id=session.booking_id,
        offered_until=seen.offered_until,
        waiters=session.waiters if seen.viewer == "mentor" else None,
    )


@routes.add("PATCH", "/sessions/{session_id}", OWN_SESSION, body=SessionChanges, answer=OwnSession)
def edit_session(call: Call, session_id: str) -> OwnSession:
    """The mentor changes what may still be changed."""
    wanted: SessionChanges = call.body
    changed = sessions.edit(
        call.deps,
        mentor_id=call.user.user_id,
        session_id=session_id,
        changes=_changes(wanted),
        version=wanted.version,
    )
    return _own(changed)


@routes.add("POST", "/sessions/{session_id}/withdraw", OWN_SESSION, answer=OwnSession)
def withdraw_session(call: Call, session_id: str) -> OwnSession:
    """The mentor takes back what nobody has booked."""
    return _own(sessions.withdraw(call.deps, mentor_id=call.user.user_id, session_id=session_id))


@routes.add("POST", "/sessions/{session_id}/waitlist", SIGNED_IN, answer=Waiting)
def join_waitlist(call: Call, session_id: str) -> Waiting:
    """A verified person waits for a session that somebody else has; doing so twice changes nothing."""
    waitlists.join(call.deps, user_id=call.user.user_id, session_id=session_id)
    return Waiting(True)


@routes.add("DELETE", "/sessions/{session_id}/waitlist", SIGNED_IN, status=204)
def leave_waitlist(call: Call, session_id: str) -> None:
    """Wait no longer."""
    waitlists.leave(call.deps, user_id=call.user.user_id, session_id=session_id)


@routes.add("GET", "/me/sessions", MENTOR, query=OwnQuery, answer=OwnSessionPage)
def list_own_sessions(call: Call) -> OwnSessionPage:
    """The mentor's own sessions."""
    page = call.deps.sessions.of_mentor(call.user.user_id, now=call.deps.clock(), **call.query.part())
    return OwnSessionPage([_own(session) for session in page.items], page.next)


def _changes(wanted: SessionChanges) -> dict[str, Any]:
    """Only what was said, as it is kept."""
    said = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not UNSET}
    del said["version"]
    kept = {"title": entries.tidy, "description": str.strip, "topics": entries.tidy_list, "starts_at": utc}
    return {name: kept[name](value) if name in kept else value for name, value in said.items()}


def _own(session: Session) -> OwnSession:
    booking = None
    if session.learner and session.booking_id:
        held = session.held_until if session.status == "held" else None
        booking = SessionBooking(session.booking_id, learner_card(session.learner), held)
    return OwnSession(
        **msgspec.structs.asdict(session_card(session)),
        version=session.version,
        origin=session.origin,
        waiters=session.waiters,
        booking=booking,
        proposal=proposal_view(session.proposal),
        live_from=session.doors_open,
        until=session.hard_end,
    )
