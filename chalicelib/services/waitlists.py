"""Waiting for a session that is taken: whoever has waited longest gets it first when it is freed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.bookings import Meeting
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.sessions import Session
from chalicelib.services import meetings
from chalicelib.stores.waitlists import Waiter
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

MOST = 50


def join(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """Wait for a published session that somebody else has; the session counts who waits, so that none is missed."""
    waiter = Waiter(session_id, user_id, deps.clock())

    def joined(old: Meeting) -> Meeting:
        _must_be_worth_waiting(old.session, user_id)
        if waiter.since >= old.session.starts_at:
            raise Conflict("too_late", "This session has already begun.")
        return replace(old, session=replace(old.session, waiters=old.session.waiters + 1))

    def added(old: Meeting, new: Meeting) -> list[Write]:
        return [deps.accounts.verified(user_id), *deps.waitlists.joining(waiter, new.session)]

    try:
        meetings.move(deps, session_id, joined, added)
    except Conflict as conflict:
        if conflict.code != "already_waiting":
            raise


def leave(deps: "Deps", *, user_id: str, session_id: str) -> None:
    """Wait no longer: what was offered goes to the next; who does not wait is none the worse."""
    now, waiting = deps.clock(), list[Waiter]()

    def left(old: Meeting) -> Meeting:
        waiter = deps.waitlists.find(session_id, user_id)
        waiting[:] = [waiter] if waiter else []
        if waiter:
            return replace(old, session=replace(old.session, waiters=max(old.session.waiters - 1, 0)))
        offered = old.session.status == "held" and old.session.offered_to == user_id
        return replace(old, session=old.session.freed(now)) if offered else old

    def removed(old: Meeting, new: Meeting) -> list[Write]:
        return [write for waiter in waiting for write in deps.waitlists.leaving(waiter)]

    meetings.move(deps, session_id, left, removed)


def _must_be_worth_waiting(session: Session, user_id: str) -> None:
    if session.origin != "published":
        raise NotFound("session")
    if session.side_of(user_id):
        raise Conflict("own_session", "This session is yours already.")
    if session.status == "open":
        raise Conflict("open_now", "This session is free: you can book it now.")
    if session.offered_to == user_id:
        raise Conflict("open_now", "This session is being kept for you: you can book it now.")
    if session.status not in ("held", "booked"):
        raise Conflict("ended", "This session has ended.")
    if session.waiters >= MOST:
        raise Conflict("waitlist_full", f"{MOST} people are waiting for this session already.")
