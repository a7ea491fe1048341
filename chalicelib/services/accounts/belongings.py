"""What the tables hold of a person: handed out in full, and erased on request."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.cards import NAMELESS, LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.identity import Identity
from chalicelib.domain.sessions import Session
from chalicelib.services import (
    blocks,
    bookings,
    calendar_feeds,
    drafts,
    histories,
    leaving,
    messages,
    offerings,
    payees,
    push_subscriptions,
    requests,
    reviews,
    room_history,
    sessions,
    waitlists,
)
from chalicelib.services.accounts import people, proofs
from chalicelib.services.again import again
from chalicelib.services.notifications import shown as notifications

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LEFT_TO_THE_SWEEP = timedelta(minutes=2)


def export(deps: "Deps", user: Identity) -> dict[str, Any]:
    """Everything, as it is stored, without the secrets by which they sign in."""
    people.person(deps, user.user_id).account.must_be_signed_in(user.epoch)
    held, asked = deps.accounts.held_of(user.user_id), requests.exported(deps, user.user_id)
    written = messages.exported(deps, user.user_id)
    about = {"exported_at": deps.clock(), "user_id": user.user_id}
    said = room_history.exported(deps, user.user_id)
    own = {"items": held, "requests": asked, "messages": written, "chats": said}
    return about | own | {"reviews": reviews.exported(deps, user.user_id)}


def delete(deps: "Deps", user: Identity, password: str) -> None:
    """The person is erased: what they offer is withdrawn, then the account is gone at once, then all that is left.

    From the first commit on nobody can book; from the second on the sweep ends what this may leave half done.
    """
    proofs.proven_again(deps, user, password)
    deps.tables.commit([deps.devices.signed_in(user)])
    _must_have_nothing_coming(deps, user.user_id)
    _take_back(deps, user.user_id)
    _must_have_nothing_coming(deps, user.user_id)  # one may have been booked just before it was withdrawn
    again(lambda: _remove(deps, user))
    erase(deps, user.user_id)


def erase(deps: "Deps", user_id: str) -> None:
    """What is left without the account: devices, and the name on what they once did; twice is as good as once."""
    _take_back(deps, user_id)
    for upcoming in (True, False):  # what was called off is among what is to come until its time has come
        for session in histories.held(deps, user_id, upcoming=upcoming):
            bookings.unsay(deps, session.id, session.booking_id, user_id)
            leaving.leave_session(deps, session.id, session.booking_id)
            room_history.forget(deps, session.id, user_id)
            sessions.show_everywhere(deps, session.id, _without_mentor)
        for row in histories.booked(deps, user_id, upcoming=upcoming):
            bookings.unsay(deps, row.session.id, row.booking.id, user_id)
            leaving.leave(deps, row.booking.id, "learner")
            room_history.forget(deps, row.session.id, user_id)
            sessions.move(deps, row.session.id, lambda session: _without_learner(session, user_id))
    requests.forget(deps, user_id, NAMELESS)
    notifications.forget(deps, user_id)
    messages.forget(deps, user_id)
    blocks.forget(deps, user_id)
    push_subscriptions.forget_all(deps, user_id)
    for device in deps.devices.of(user_id):
        deps.tables.commit([deps.devices.forgetting(user_id, device.id)])
    counts = [deps.allowances.forgetting(user_id), deps.standings.forgetting(user_id)]
    counts.append(deps.presences.forgetting(user_id))
    deps.tables.commit([*counts, *calendar_feeds.forget(deps, user_id), deps.accounts.erased(user_id)])


def _must_have_nothing_coming(deps: "Deps", user_id: str) -> None:
    if any(row.booking.status == "confirmed" for row in histories.booked(deps, user_id, upcoming=True)):
        raise Conflict("has_bookings", "You have bookings to come. Your account can be deleted after them.")
    taken = (session.booking_id for session in histories.held(deps, user_id, upcoming=True) if session.next_due())
    if any(taken):
        raise Conflict("has_sessions", "You have booked sessions to come. Your account can be deleted after them.")
    payees.must_be_even(deps, user_id)


def _take_back(deps: "Deps", user_id: str) -> None:
    """Whatever somebody could still book, answer or wait for in their name."""
    deps.tables.commit([deps.availabilities.forgetting(user_id)])
    offerings.forget(deps, user_id)
    drafts.forget(deps, user_id)
    requests.withdraw_all(deps, user_id)
    for session in histories.held(deps, user_id, upcoming=True):
        sessions.move(deps, session.id, _withdrawn)
    for row in histories.booked(deps, user_id, upcoming=True):
        if row.booking.status == "held":
            bookings.release(deps, user_id=user_id, booking_id=row.booking.id)
    for waiter in deps.waitlists.of(user_id):
        waitlists.leave(deps, user_id=user_id, session_id=waiter.session_id)


def _remove(deps: "Deps", user: Identity) -> None:
    person = people.person(deps, user.user_id)
    person.account.must_be_signed_in(user.epoch)
    if person.account.photo:
        deps.uploads.remove_photo(person.account.photo)
    marked = deps.accounts.erasing(user.user_id, deps.clock() + LEFT_TO_THE_SWEEP)
    deps.tables.commit(
        [
            *deps.accounts.removing(person.account),
            *deps.mentors.removing(person),
            *payees.leaving(deps, user.user_id),
            marked,
        ]
    )


def _withdrawn(session: Session) -> Session:
    offered = session.status == "open" or (session.status == "held" and session.booking_id is None)
    return _without_mentor(session.withdraw()) if offered else session


def _without_mentor(session: Session) -> Session:
    return replace(session, mentor=MentorCard(session.mentor.id, "", NAMELESS, ""))


def _without_learner(session: Session, user_id: str) -> Session:
    if session.learner is None or session.learner.id != user_id:
        return session
    nameless = replace(session, learner=LearnerCard(user_id, NAMELESS))
    return replace(nameless, description="") if session.origin == "request" else nameless  # they wrote it
