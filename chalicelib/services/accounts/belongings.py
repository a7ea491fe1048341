"""What the tables hold of a person: handed out in full, and erased on request."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.identity import Identity
from chalicelib.domain.sessions import Session
from chalicelib.services import sessions
from chalicelib.services.accounts import people, proofs

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

NAMELESS = "Former member"
PAGE = 50


def export(deps: "Deps", user: Identity) -> dict[str, Any]:
    """Everything, as it is stored, without the secrets by which they sign in."""
    people.person(deps, user.user_id).account.must_be_signed_in(user.epoch)
    held = deps.accounts.held_of(user.user_id)
    return {"exported_at": deps.clock(), "user_id": user.user_id, "items": held}


def delete(deps: "Deps", user: Identity, password: str) -> None:
    """The person is erased: account, application, devices, picture, and their name on what they once did."""
    user_id = user.user_id
    proofs.proven_again(deps, user, password)
    _must_have_nothing_coming(deps, user_id)
    person = people.person(deps, user_id)
    if person.account.photo:
        deps.uploads.remove_photo(person.account.photo)
    _erase_name(deps, user_id)
    for device in deps.devices.of(user_id):
        deps.tables.commit([deps.devices.forgetting(user_id, device.id)])
    deps.tables.commit([*deps.accounts.removing(person.account), *deps.mentors.removing(person)])


def _must_have_nothing_coming(deps: "Deps", user_id: str) -> None:
    now = deps.clock()
    if deps.bookings.of_learner(user_id, now=now, upcoming=True, limit=PAGE, cursor=None).items:
        raise Conflict("has_bookings", "You have bookings to come. Your account can be deleted after them.")
    if deps.sessions.of_mentor(user_id, now=now, upcoming=True, limit=PAGE, cursor=None).items:
        raise Conflict("has_sessions", "You have sessions to come. Your account can be deleted after them.")


def _erase_name(deps: "Deps", user_id: str) -> None:
    """Past sessions stay in the other person's list, with nobody's name on this side."""
    now = deps.clock()
    cursor: str | None = None
    while True:
        taught = deps.sessions.of_mentor(user_id, now=now, upcoming=False, limit=PAGE, cursor=cursor)
        _move_all(deps, [session.id for session in taught.items], _without_mentor)
        cursor = taught.next
        if cursor is None:
            break
    while True:
        booked = deps.bookings.of_learner(user_id, now=now, upcoming=False, limit=PAGE, cursor=cursor)
        _move_all(deps, [row.session.id for row in booked.items], lambda session: _without_learner(session, user_id))
        cursor = booked.next
        if cursor is None:
            break


def _move_all(deps: "Deps", ids: list[str], rule: Callable[[Session], Session]) -> None:
    for session_id in ids:
        sessions.move(deps, session_id, rule)


def _without_mentor(session: Session) -> Session:
    return replace(session, mentor=MentorCard(session.mentor.id, "", NAMELESS, ""))


def _without_learner(session: Session, user_id: str) -> Session:
    mine = session.learner is not None and session.learner.id == user_id
    return replace(session, learner=LearnerCard(user_id, NAMELESS)) if mine else session
