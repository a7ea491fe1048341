"""Who was in a session's room in which minute, and what that makes of the session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import ABSENCE, DOORS_OPEN, EXTENSION, GRACE, MOST_EXTENSIONS, Outcome

MINUTE = timedelta(minutes=1)
LONGEST = DOORS_OPEN + timedelta(hours=3) + MOST_EXTENSIONS * EXTENSION + GRACE
MINUTES = range(LONGEST // MINUTE)
IN_TIME = range((DOORS_OPEN + ABSENCE) // MINUTE)
START = DOORS_OPEN // MINUTE
TOGETHER = 10  # minutes shared that no lateness undoes
Excuse = Literal["removed", "reported"]  # put out by the mentor; left with a report while the session was on


@dataclass(frozen=True)
class Attendance:
    """The minutes of each side, counted from the opening of the doors, a quarter of an hour before the start; and why
    minutes that are missing are no absence."""

    mentor: frozenset[int] = frozenset()
    learner: frozenset[int] = frozenset()
    excuses: frozenset[tuple[Side, Excuse]] = frozenset()

    def of(self, side: Side) -> frozenset[int]:
        """One side's minutes."""
        return self.mentor if side == "mentor" else self.learner

    def first(self, side: Side) -> int | None:
        """The minute in which this side came."""
        return min(self.of(side), default=None)

    def last(self, side: Side) -> int | None:
        """The latest minute in which this side was there."""
        return max(self.of(side), default=None)

    @property
    def shared(self) -> int:
        """How many minutes both were there."""
        return len(self.mentor & self.learner)

    @property
    def shared_of_it(self) -> int:
        """How many of those minutes were the session's own: before its start one may wait, but nothing is owed."""
        return sum(minute >= START for minute in self.mentor & self.learner)

    def came_in_time(self, side: Side) -> bool:
        """There before ten minutes after the start; the waiting room counts."""
        return not self.of(side).isdisjoint(IN_TIME)

    def came(self, side: Side) -> bool:
        """Not absent: in time, or late but then together with the other for long enough, or not there by an excuse."""
        return self.came_in_time(side) or self.shared >= TOGETHER or self.is_excused(side)

    def is_excused(self, side: Side) -> bool:
        """Put out by the mentor, or gone with a report."""
        return any(excused == side for excused, _ in self.excuses)

    def outcome(self) -> Outcome:
        """What becomes of the session at its end."""
        outcomes: dict[tuple[bool, bool], Outcome] = {
            (True, True): "completed",
            (True, False): "no_show_learner",
            (False, True): "no_show_mentor",
            (False, False): "no_show_both",
        }
        return outcomes[self.came("mentor"), self.came("learner")]

    def mentor_left_early(self, scheduled: timedelta, ended_early: bool = False) -> bool:
        """Both came, less than half of the scheduled time was shared, and it was the mentor who went before the
        learner, who put them out, or who ended it for both (`ended_early`: before its scheduled end, as only mentors
        can)."""
        if self.outcome() != "completed" or self.shared_of_it * MINUTE * 2 >= scheduled:
            return False
        went_first = (self.last("mentor") or 0) < (self.last("learner") or 0)
        return ended_early or ("learner", "removed") in self.excuses or went_first


def attended(marks: Iterable[int]) -> frozenset[int]:
    """The minutes that marks stand for: a mark comes every sixty seconds, so a minute that falls between two of them,
    or whose mark was lost with a socket, was attended as well."""
    marked = frozenset(marks)
    return marked | {minute + 1 for minute in marked if minute + 2 in marked}


def minute_of(now: datetime, starts_at: datetime) -> int:
    """Which minute of a session's attendance this is."""
    minute = (now - starts_at + DOORS_OPEN) // MINUTE
    if minute not in MINUTES:
        raise Conflict("not_open", "This room is not open now.")
    return minute
