"""One lesson of a mentor with a learner, from its booking to its end, for tests of what the two share."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.accounts import Account
from chalicelib.services import bookings, due, rooms, sessions
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON

START, HOUR = NOON + timedelta(hours=2), timedelta(hours=1)


@dataclass
class Lesson:
    """Its two people and its ids."""

    mentor: Account
    learner: Account
    session_id: str
    booking_id: str

    def by(self, side):
        """As a use case is told who asks."""
        return {"user_id": getattr(self, side).id, "session_id": self.session_id}

    def booking_by(self, side):
        """The same about the booking."""
        return {"user_id": getattr(self, side).id, "booking_id": self.booking_id}


def booked(deps, start=START) -> Lesson:
    """Published by Meera, taken by Lena."""
    meera, lena = mentor(deps).account, learner(deps)
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", start, 60)
    session = sessions.publish(deps, mentor_id=meera.id, offer=offer, key="key-00000001")
    meeting = bookings.book(deps, learner_id=lena.id, session_id=session.id, key="key-00000002")
    return Lesson(meera, lena, session.id, meeting.booking.id)


def live(deps, clock) -> Lesson:
    """Both are there, at the start."""
    lesson = booked(deps)
    clock.now = START
    rooms.go_live(deps, **lesson.by("mentor"))
    rooms.let_in(deps, **lesson.by("mentor"))
    rooms.let_in(deps, **lesson.by("learner"))
    return lesson


def over(deps, clock, minutes=60) -> Lesson:
    """Held; both were in the room for so many minutes."""
    lesson = live(deps, clock)
    for minute in range(15, 15 + minutes):  # the first fifteen are before the start
        for side in ("mentor", "learner"):
            deps.tables.update(deps.attendances.marking(lesson.session_id, side, minute))
    clock.now = START + HOUR + timedelta(minutes=10)
    assert due.sweep(deps).failed == {}
    return lesson
