"""Accepting: the request is closed, both calendars are claimed and the session is made, all in one commit."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.domain.allowances import Allowance
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.footprints import placed
from chalicelib.domain.mentors import Profile
from chalicelib.domain.requests import Request
from chalicelib.domain.sessions import Session
from chalicelib.services import bookings, meetings
from chalicelib.services.again import again
from chalicelib.services.meetings import LEARNER_BUSY, Words
from chalicelib.services.requests import letters
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def accept(deps: "Deps", request_id: str, user_id: str, *, starts_at: datetime, seen: int) -> Request:
    """The session is made at one of the offered times; the same choice again changes nothing."""

    def attempt() -> Request:
        old = deps.requests.get(request_id)
        by = old.side_of(user_id)
        if old.has_accepted(by, starts_at):
            return old
        return _agree(deps, old, old.accept(by, starts_at, seen=seen, now=deps.clock()), by)

    return again(attempt)


def _agree(deps: "Deps", old: Request, new: Request, by: Side) -> Request:
    profile, hours = _still_there(deps, new, by), deps.availabilities.find(new.mentor.id)
    session = _session(deps, new, profile, placed(hours, new.terms.times[0], profile.zone))
    meeting, arranging = _arranged(deps, session, new, by, hours.daily_most)
    new = replace(new, session_id=session.id, booking_id=meeting.must_be_booked().id)
    try:
        deps.tables.commit(
            [
                *deps.requests.saving(old, new),
                *_both_still_may(deps, new, by),
                deps.availabilities.unchanged(hours),
                *arranging,
                *letters.about_agreement(deps, new, meeting),
            ]
        )
    except Conflict as conflict:
        if conflict.code == LEARNER_BUSY:
            raise meetings.busy_with(deps, new.learner.id, session.starts_at, session.ends_at) from None
        raise
    return new


def _arranged(
    deps: "Deps", session: Session, request: Request, by: Side, most: int | None
) -> tuple[Meeting, list[Write]]:
    words, learner = _words(request, by), request.learner
    try:
        return bookings.arranged(deps, session, learner, most=most, words=words, allow=Allowance.answered)
    except Conflict as conflict:
        if by == "mentor" and conflict.code in ("free_limit", "free_paused"):
            full = f"{learner.name} can book no more free sessions for now. Please agree on it later."
            raise Conflict(conflict.code, full) from None
        raise


def _session(deps: "Deps", request: Request, profile: Profile, place: dict[str, Any]) -> Session:
    """Private to the two; it has no topics, because nobody searches for it."""
    made = Session(
        id=deps.new_id("ses"),
        mentor=profile.card(),
        title=request.title,
        description=request.description,
        topics=(),
        domain=request.domain,
        starts_at=request.terms.times[0],
        duration_minutes=request.duration_minutes,
        created_at=deps.clock(),
        price_paise=request.terms.price_paise,
        origin="request",
        request_id=request.id,
    )
    return replace(made, **place)


def _still_there(deps: "Deps", request: Request, by: Side) -> Profile:
    try:
        return deps.mentors.profile(request.mentor.slug)
    except NotFound:
        raise _mentor_gone(by) from None


def _both_still_may(deps: "Deps", request: Request, by: Side) -> list[Write]:
    """Neither was suspended, nor has the mentor been taken off the list, since it was asked."""
    listed = deps.requests.listed(request.mentor.slug, request.mentor.id)
    verified = deps.accounts.verified(request.learner.id)
    if by == "mentor":
        verified = replace(verified, lost=Conflict("learner_gone", "This learner cannot book sessions at present."))
    me, other = (request.mentor.id, request.learner.id) if by == "mentor" else (request.learner.id, request.mentor.id)
    return [replace(listed, lost=_mentor_gone(by)), verified, deps.blocks.free(other, me)]


def _mentor_gone(by: Side) -> Conflict:
    if by == "mentor":
        return Conflict("mentor_gone", "Your mentor profile is not listed at present, so you cannot take sessions.")
    return Conflict("mentor_gone", "This mentor takes no sessions at present.")


def _words(request: Request, by: Side) -> Words:
    """Whose time it is that was lost, said to whoever accepts."""
    if by == "mentor":
        name = request.learner.name
        return Words(
            mentor=_taken("You already have something at that time. Please choose another, or propose one."),
            learner=_taken(f"{name} already has something at that time. Please choose another, or propose one."),
            day=Conflict("day_full", "That day is full: you have set how many sessions a day you take."),
        )
    name = request.mentor.name
    return Words(
        mentor=_taken(f"{name} already has something at that time. Please choose another, or propose one."),
        day=Conflict("day_full", f"{name} takes no more sessions on that day. Please choose another, or propose one."),
    )


def _taken(words: str) -> Conflict:
    return Conflict("time_taken", words)
