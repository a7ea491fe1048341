"""What two people want to do in a session, and what is to come of it."""

from dataclasses import dataclass, replace

from chalicelib.domain import entries

MOST_POINTS, MOST_GOALS, LONGEST, LONGEST_MINUTES = 30, 20, 200, 240


@dataclass(frozen=True)
class Point:
    """One thing to do, and how long it may take."""

    text: str
    minutes: int | None = None
    done: bool = False


@dataclass(frozen=True)
class Goal:
    """One thing to have reached in the end."""

    text: str
    done: bool = False


@dataclass(frozen=True)
class Plan:
    """Both sides write it; `version` tells whether somebody has seen the newest."""

    agenda: tuple[Point, ...] = ()
    goals: tuple[Goal, ...] = ()
    version: int = 0

    def rewritten(self, agenda: tuple[Point, ...], goals: tuple[Goal, ...]) -> "Plan":
        """Lines without words are left out; the rest is checked."""
        points = tuple(replace(each, text=entries.tidy(each.text)) for each in agenda)
        aims = tuple(replace(each, text=entries.tidy(each.text)) for each in goals)
        new = Plan(tuple(each for each in points if each.text), tuple(each for each in aims if each.text), self.version)
        minutes = [each.minutes for each in new.agenda if each.minutes is not None]
        wrong = any(not 1 <= each <= LONGEST_MINUTES for each in minutes)
        entries.refuse(
            agenda=entries.list_fault([each.text for each in new.agenda], MOST_POINTS, LONGEST)
            or (f"Each takes 1 to {LONGEST_MINUTES} minutes." if wrong else None),
            goals=entries.list_fault([each.text for each in new.goals], MOST_GOALS, LONGEST),
        )
        return self if (new.agenda, new.goals) == (self.agenda, self.goals) else replace(new, version=self.version + 1)
