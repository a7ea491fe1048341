"""Reviews over HTTP: a learner's of a session, everyone's to read, and a mentor's private word."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain import reviews as rules
from chalicelib.domain.reviews import LONGEST, LearnerRating, Review, Words
from chalicelib.services import reviews
from functions.access import ADMIN, PARTY, PUBLIC
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)
Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Axes(msgspec.Struct, forbid_unknown_fields=True):
    """Five sides of a session, 1 to 5 stars each, or null."""

    clarity: int | None = None
    knowledge: int | None = None
    patience: int | None = None
    preparation: int | None = None
    value: int | None = None


class ReviewWords(msgspec.Struct, forbid_unknown_fields=True):
    """1 to 5 stars, and whatever else there is to say."""

    stars: int
    axes: Axes = msgspec.field(default_factory=Axes)
    text: Text = ""


class OwnReview(msgspec.Struct):
    """A review as its two people see it."""

    stars: int
    axes: Axes
    text: str
    at: datetime
    edited_at: datetime | None


class ReviewStanding(msgspec.Struct):
    """`can`: it may be written, or changed until then; else `why` not, as a code."""

    can: bool
    why: str | None
    editable_until: datetime | None
    review: OwnReview | None


class PublicReview(OwnReview):
    """A review as everyone sees it, with its author's first name."""

    by: str


class ReviewPage(msgspec.Struct):
    """A page of a mentor's reviews, with the rating all of them make."""

    items: list[PublicReview]
    next: str | None
    rating: float | None
    count: int


class LearnerWords(msgspec.Struct, forbid_unknown_fields=True):
    """1 to 5 stars and a note, for the mentor and admins alone."""

    stars: int
    text: Text = ""


class LearnerRatingView(msgspec.Struct):
    """What the mentor noted."""

    stars: int
    text: str
    at: datetime


class LearnerStanding(msgspec.Struct):
    """`can`: it may be written; else `why` not, as a code."""

    can: bool
    why: str | None
    rating: LearnerRatingView | None


@routes.add("GET", "/bookings/{booking_id}/review", PARTY, answer=ReviewStanding)
def show_review(call: Call, booking_id: str) -> ReviewStanding:
    """What the learner said of the session, and whether they may."""
    return _standing(call, booking_id)


@routes.add("PUT", "/bookings/{booking_id}/review", PARTY, body=ReviewWords, answer=ReviewStanding)
def write_review(call: Call, booking_id: str) -> ReviewStanding:
    """The learner's word; it can be changed for seven days."""
    given: ReviewWords = call.body
    words = Words(given.stars, rules.Axes(**msgspec.structs.asdict(given.axes)), given.text.strip())
    reviews.write(call.deps, learner_id=call.user.user_id, booking_id=booking_id, words=words)
    return _standing(call, booking_id)


@routes.add("GET", "/mentors/{slug}/reviews", PUBLIC, query=PageQuery, answer=ReviewPage)
def list_reviews(call: Call, slug: str) -> ReviewPage:
    """What learners say of a mentor, the latest first."""
    profile, page = reviews.of_mentor(call.deps, slug, limit=call.query.limit, cursor=call.query.cursor)
    items = [PublicReview(**msgspec.structs.asdict(_own(each)), by=each.by) for each in page.items]
    return ReviewPage(items, page.next, profile.rating, profile.reviews)


@routes.add("GET", "/bookings/{booking_id}/learner-rating", PARTY, answer=LearnerStanding)
def show_learner_rating(call: Call, booking_id: str) -> LearnerStanding:
    """The mentor's own private word."""
    found = reviews.rated(call.deps, user_id=call.user.user_id, booking_id=booking_id)
    return LearnerStanding(found.can, found.why, _rating(found.said))


@routes.add("PUT", "/bookings/{booking_id}/learner-rating", PARTY, body=LearnerWords, answer=LearnerStanding)
def rate_learner(call: Call, booking_id: str) -> LearnerStanding:
    """The mentor notes how it was with this learner; the latest word stands."""
    given, me = call.body, call.user.user_id
    rating = reviews.rate_learner(
        call.deps, mentor_id=me, booking_id=booking_id, stars=given.stars, text=given.text.strip()
    )
    return LearnerStanding(True, None, _rating(rating))


@routes.add("GET", "/admin/bookings/{booking_id}/learner-rating", ADMIN, answer=LearnerStanding)
def show_learner_rating_to_admin(call: Call, booking_id: str) -> LearnerStanding:
    """What a mentor noted about the learner of a booking."""
    return LearnerStanding(False, None, _rating(call.deps.reviews.learner_rating(booking_id)))


def _standing(call: Call, booking_id: str) -> ReviewStanding:
    found = reviews.standing(call.deps, user_id=call.user.user_id, booking_id=booking_id)
    review: Review | None = found.said
    until = review.editable_until if review and found.can else None
    return ReviewStanding(found.can, found.why, until, _own(review) if review else None)


def _own(review: Review) -> OwnReview:
    words = review.words
    return OwnReview(words.stars, Axes(**vars(words.axes)), words.text, review.at, review.edited_at)


def _rating(rating: LearnerRating | None) -> LearnerRatingView | None:
    return LearnerRatingView(rating.stars, rating.text, rating.at) if rating else None
