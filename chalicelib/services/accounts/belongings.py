"""What the tables hold of a person: handed out in full, and erased on request."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.identity import Identity
from chalicelib.domain.sessions import Session
from chalicelib.services import histories, sessions
from chalicelib.services.accounts import people, proofs
from chalicelib.services.again import again

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

NAMELESS = "Former member"
LEFT_TO_THE_SWEEP = timedelta(minutes=2)


def export(deps: "Deps", user: Identity) -> dict[str, Any]:
    """Everything, as it is stored, without the secrets by which they sign in."""
    people.person(deps, user.user_id).account.must_be_signed_in(user.epoch)
    held = deps.accounts.held_of(user.user_id)
    return {"exported_at": deps.clock(), "user_id": user.user_id, "items": held}


def delete(deps: "Deps", user: Identity, password: str) -> None:
    """The person is erased: what they offer is withdrawn, then the account is gone at once, then all that is left.

    From the first commit on nobody can book; from the second on the sweep ends what this may leave half done.
    """
    proofs.proven_again(deps, user, password)
    deps.tables.commit([deps.devices.signed_in(user)])
    _must_have_nothing_coming(deps, user.user_id)
    _withdraw_offers(deps, user.user_id)
    _must_have_nothing_coming(deps, user.user_id)  # one may have been booked just before it was withdrawn
    again(lambda: _remove(deps, user))
    erase(deps, user.user_id)


def erase(deps: "Deps", user_id: str) -> None:
    """What is left without the account: devices, and the name on what they once did; twice is as good as once."""
    _withdraw_offers(deps, user_id)
    for session in histories.held(deps, user_id, upcoming=False):
        sessions.move(deps, session.id, _without_mentor)
    for row in histories.booked(deps, user_id, upcoming=False):
        sessions.move(deps, row.session.id, lambda session: _without_learner(session, user_id))
    for offering in deps.offerings.of_mentor(user_id):
        deps.tables.commit([deps.offerings.removing(user_id, offering.id)])
    for device in deps.devices.of(user_id):
        deps.tables.commit([deps.devices.forgetting(user_id, device.id)])
    deps.tables.commit([deps.availabilities.forgetting(user_id), deps.accounts.erased(user_id)])


def _must_have_nothing_coming(deps: "Deps", user_id: str) -> None:
    if any(histories.booked(deps, user_id, upcoming=True)):
        raise Conflict("has_bookings", "You have bookings to come. Your account can be deleted after them.")
    if any(session.status != "open" for session in histories.held(deps, user_id, upcoming=True)):
        raise Conflict("has_sessions", "You have booked sessions to come. Your account can be deleted after them.")


def _withdraw_offers(deps: "Deps", user_id: str) -> None:
    for session in histories.held(deps, user_id, upcoming=True):
        sessions.move(deps, session.id, _withdrawn)


def _remove(deps: "Deps", user: Identity) -> None:
    person = people.person(deps, user.user_id)
    person.account.must_be_signed_in(user.epoch)
    if person.account.photo:
        deps.uploads.remove_photo(person.account.photo)
    marked = deps.accounts.erasing(user.user_id, deps.clock() + LEFT_TO_THE_SWEEP)
    deps.tables.commit([*deps.accounts.removing(person.account), *deps.mentors.removing(person), marked])


def _withdrawn(session: Session) -> Session:
    return _without_mentor(session.withdraw()) if session.status == "open" else session


def _without_mentor(session: Session) -> Session:
    return replace(session, mentor=MentorCard(session.mentor.id, "", NAMELESS, ""))


def _without_learner(session: Session, user_id: str) -> Session:
    mine = session.learner is not None and session.learner.id == user_id
    return replace(session, learner=LearnerCard(user_id, NAMELESS)) if mine else session
