"""Reviews: said by a learner, counted in the mentor's rating in the same commit, read by everyone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chalicelib.domain import reviews as rules
from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Conflict
from chalicelib.domain.mentors import Person, Profile
from chalicelib.domain.outgoing import Outgoing
from chalicelib.domain.reviews import LearnerRating, Review, Words
from chalicelib.services import bookings, histories, settling
from chalicelib.services.accounts import people
from chalicelib.services.again import again
from chalicelib.stores.items import item_of
from chalicelib.stores.reviews import ReviewPage
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Standing:
    """What was said of a booking, and whether its viewer may say it, or say it differently; `why` not is a code."""

    said: Any
    can: bool
    why: str | None


def standing(deps: "Deps", *, user_id: str, booking_id: str) -> Standing:
    """A review as both of the two see it."""
    booking = bookings.owned(deps, user_id, booking_id)
    review = deps.reviews.find(booking_id)
    if bookings.side_of(booking, user_id) == "mentor":
        return Standing(review, False, "learner_only")
    if review:
        settled = deps.clock() >= review.editable_until
        return Standing(review, not settled, "review_settled" if settled else None)
    return _may(deps, booking)


def write(deps: "Deps", *, learner_id: str, booking_id: str, words: Words) -> Review:
    """The learner's word; it moves the mentor's rating by exactly what it adds, and the mentor hears of the first."""
    booking = bookings.owned(deps, learner_id, booking_id, "learner")
    words.check()

    def written() -> Review:
        old, now = deps.reviews.find(booking_id), deps.clock()
        if old is None:
            rules.must_be_eligible(booking, _shared(deps, booking))
        new = old.edited(words, now) if old else _first(deps, booking, words)
        if old and new == old:
            return old
        writes = [*deps.reviews.saving(old, new), *_counted(deps, old, new)]
        deps.tables.commit([*writes, *([] if old else [_letter(deps, booking, new)])])
        return new

    return again(written)


def of_mentor(deps: "Deps", slug: str, *, limit: int, cursor: str | None) -> tuple[Profile, ReviewPage]:
    """What learners say of a mentor, with the rating that it makes."""
    profile = deps.mentors.profile(slug)
    return profile, deps.reviews.of_mentor(profile.id, limit=limit, cursor=cursor)


def rated(deps: "Deps", *, user_id: str, booking_id: str) -> Standing:
    """The mentor's private word; the learner learns nothing, not even whether there is one."""
    booking = bookings.owned(deps, user_id, booking_id, "mentor")
    found = _may(deps, booking)
    return Standing(deps.reviews.learner_rating(booking_id), found.can, found.why)


def rate_learner(deps: "Deps", *, mentor_id: str, booking_id: str, stars: int, text: str) -> LearnerRating:
    """The mentor's private word; the latest stands."""
    booking = bookings.owned(deps, mentor_id, booking_id, "mentor")
    Words(stars, text=text).check()
    rules.must_be_eligible(booking, _shared(deps, booking))
    rating = LearnerRating(booking_id, mentor_id, booking.learner_id, stars, text, deps.clock())
    deps.tables.commit([deps.reviews.rating_learner(rating)])
    return rating


def exported(deps: "Deps", learner_id: str) -> list[dict[str, Any]]:
    """All that a learner has said of their sessions."""
    past = [row.booking.id for row in histories.booked(deps, learner_id, upcoming=False)]
    return [item_of(review) for review in deps.reviews.of_bookings(past)]


def unsign(deps: "Deps", booking_id: str) -> None:
    """Its author has left: stars stay, name and words go."""

    def unsigned() -> None:
        old = deps.reviews.find(booking_id)
        if old and old.unsigned() != old:
            deps.tables.commit(deps.reviews.saving(old, old.unsigned()))

    again(unsigned)


def unlist(deps: "Deps", booking_id: str) -> None:
    """Its mentor has left: nobody reads of them any more."""
    if review := deps.reviews.find(booking_id):
        deps.tables.commit([deps.reviews.unlisting(review)])


def _may(deps: "Deps", booking: Booking) -> Standing:
    try:
        rules.must_be_eligible(booking, _shared(deps, booking) if booking.status == "completed" else 0)
    except Conflict as refusal:
        return Standing(None, False, refusal.code)
    return Standing(None, True, None)


def _shared(deps: "Deps", booking: Booking) -> int:
    return settling.attendance(deps, bookings.of(deps, booking).session).shared


def _first(deps: "Deps", booking: Booking, words: Words) -> Review:
    learner = deps.accounts.get(booking.learner_id)
    return Review(
        booking_id=booking.id,
        session_id=booking.session_id,
        mentor_id=booking.mentor_id,
        learner_id=booking.learner_id,
        by=rules.first_name(learner.name),
        words=words,
        at=deps.clock(),
    )


def _counted(deps: "Deps", old: Review | None, new: Review) -> list[Write]:
    """The mentor's totals and every public copy of them; a mentor who has left has none."""
    stars, count = rules.moved(old, new)
    person = deps.mentors.person(new.mentor_id)
    if person is None or person.mentor is None or not (stars or count):
        return []
    return people.changing(deps, person, Person(person.account, person.mentor.reviewed(stars, count)))


def _letter(deps: "Deps", booking: Booking, review: Review) -> Write:
    facts = {
        "booking_id": booking.id,
        "session_id": booking.session_id,
        "title": deps.sessions.get(booking.session_id).title,
        "other": review.by,
        "stars": str(review.words.stars),
        "words": review.words.text,
    }
    id, now = deps.new_id("out"), deps.clock()
    return deps.outbox.adding(Outgoing(id, booking.mentor_id, "", "review_received", now, facts))
