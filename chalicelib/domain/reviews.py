"""What a learner says of a session, what it makes of the mentor's rating, and the mentor's private word in return."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain import entries
from chalicelib.domain.attendance import TOGETHER
from chalicelib.domain.bookings import Booking
from chalicelib.domain.cards import NAMELESS
from chalicelib.domain.errors import Conflict

Axis = Literal["clarity", "knowledge", "patience", "preparation", "value"]
EDITABLE, LONGEST, STARS = timedelta(days=7), 2000, range(1, 6)
# A newcomer is taken to be like others until their own reviews weigh more: five sessions of four and a half stars.
PRIOR_STARS, PRIOR_COUNT = 4.5, 5


@dataclass(frozen=True)
class Axes:
    """Five sides of a session, each optional."""

    clarity: int | None = None
    knowledge: int | None = None
    patience: int | None = None
    preparation: int | None = None
    value: int | None = None


@dataclass(frozen=True)
class Words:
    """What a learner may say."""

    stars: int
    axes: Axes = field(default_factory=Axes)
    text: str = ""

    def check(self) -> None:
        """All that is wrong, at once."""
        given = [each for each in vars(self.axes).values() if each is not None]
        entries.refuse(
            stars=None if self.stars in STARS else "From 1 to 5 stars.",
            axes=None if all(each in STARS for each in given) else "From 1 to 5 stars.",
            text=entries.text_fault(self.text, LONGEST),
        )


@dataclass(frozen=True)
class Review:
    """One a booking; `by` is the learner's first name as everyone sees it."""

    booking_id: str
    session_id: str
    mentor_id: str
    learner_id: str
    by: str
    words: Words
    at: datetime
    edited_at: datetime | None = None
    version: int = 1

    @property
    def editable_until(self) -> datetime:
        """For a week it can be thought over."""
        return self.at + EDITABLE

    def edited(self, words: Words, now: datetime) -> "Review":
        """Other words; the same ones change nothing."""
        if words == self.words:
            return self
        if now >= self.editable_until:
            raise Conflict("review_settled", "A review can be changed for seven days.")
        return replace(self, words=words, edited_at=now)

    def unsigned(self) -> "Review":
        """Its author has left: the stars stay, the name and the words go."""
        return replace(self, by=NAMELESS, words=replace(self.words, text=""))


@dataclass(frozen=True)
class LearnerRating:
    """A mentor's private word about a learner: for that mentor and for admins."""

    booking_id: str
    mentor_id: str
    learner_id: str
    stars: int
    text: str
    at: datetime


def first_name(name: str) -> str:
    """As everyone may see it; who has left has no name any more."""
    return name if name == NAMELESS else name.split(" ")[0]


def must_be_eligible(booking: Booking, shared: int) -> None:
    """Only what took place, and for long enough to judge by."""
    if booking.status != "completed":
        raise Conflict("not_completed", "A session can be reviewed once it has taken place.")
    if shared < TOGETHER:
        raise Conflict("too_short", f"A session can be reviewed that both were in for {TOGETHER} minutes.")


def moved(old: Review | None, new: Review) -> tuple[int, int]:
    """By how much a review moves the sum of the mentor's stars, and their count."""
    return new.words.stars - (old.words.stars if old else 0), 0 if old else 1


def rating(stars: int, count: int) -> float | None:
    """The Bayesian mean to one place; without any review there is nothing to show."""
    if count == 0:
        return None
    return round((PRIOR_STARS * PRIOR_COUNT + stars) / (PRIOR_COUNT + count), 1)
