"""Reviews: each beside its booking and in its mentor's public list; and mentors' private ratings of learners."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain.reviews import LearnerRating, Review
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Put, Write


class ReviewPage(NamedTuple):
    """A page of reviews and the cursor of the next."""

    items: list[Review]
    next: str | None


class Reviews:
    """The public copy is written in the same commit as the review."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str) -> Review | None:
        """What was said of a session, if anything."""
        item = self._tables.read(keys.review(booking_id))
        return value_of(Review, item) if item else None

    def of_bookings(self, booking_ids: Sequence[str]) -> list[Review]:
        """What was said of several sessions."""
        found = self._tables.read_many([keys.review(each) for each in booking_ids]) if booking_ids else []
        return [value_of(Review, item) for item in found if item]

    def of_mentor(self, mentor_id: str, *, limit: int, cursor: str | None) -> ReviewPage:
        """What learners say of a mentor, the latest first."""
        page = self._tables.query(
            "core", f"USR#{mentor_id}", prefix="REVIEW#", limit=limit, cursor=cursor, newest_first=True
        )
        return ReviewPage([value_of(Review, item) for item in page.items], page.next)

    def saving(self, old: Review | None, new: Review) -> list[Write]:
        """The review's next state, unless it was changed by another page first."""
        new = replace(new, version=old.version + 1) if old else new
        item, unchanged = item_of(new), {"version": old.version} if old else NEW
        link = keys.review_link(new.mentor_id, new.at, new.booking_id)
        return [
            Put(key=keys.review(new.booking_id), item=item | {"kind": "review"}, when=unchanged),
            Put(key=link, item=item),
        ]

    def unlisting(self, review: Review) -> Delete:
        """Out of its mentor's public list."""
        return Delete(key=keys.review_link(review.mentor_id, review.at, review.booking_id))

    def learner_rating(self, booking_id: str) -> LearnerRating | None:
        """What the mentor noted about the learner, if anything."""
        item = self._tables.read(keys.learner_rating(booking_id))
        return value_of(LearnerRating, item) if item else None

    def rating_learner(self, rating: LearnerRating) -> Put:
        """The latest word stands."""
        return Put(key=keys.learner_rating(rating.booking_id), item=item_of(rating))
