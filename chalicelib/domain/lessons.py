"""What belongs to two people and their session: whose side is whose, and when something may still be put there."""

from dataclasses import dataclass

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.sessions import Session

KEPT = ("booked", "live", "completed", "no_show_learner", "no_show_mentor", "no_show_both")


@dataclass(frozen=True)
class Lesson:
    """A session and its booking as one of the two sees it; things go with the booking, so that another learner who
    takes the session later finds nothing of the first."""

    session: Session
    booking_id: str
    learner_id: str
    side: Side

    @property
    def mentor_id(self) -> str:
        """Whose session it is."""
        return self.session.mentor.id

    def must_be_kept(self) -> None:
        """Nothing is put to what was called off, or is not agreed on yet."""
        if self.session.status not in KEPT:
            raise Conflict("not_booked", "This session is not booked.")


def lesson_of(session: Session | None, user_id: str) -> Lesson:
    """For its two people only; to everybody else there is no such session."""
    side = session.side_of(user_id) if session else None
    if session is None or side is None:
        raise NotFound("session")
    if session.booking_id is None or session.learner is None:
        raise Conflict("not_booked", "Nobody has booked this session.")
    return Lesson(session, session.booking_id, session.learner.id, side)
