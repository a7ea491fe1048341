"""The plan of a session: written by both of its people, before, during and after."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict
from chalicelib.domain.plans import Goal, Plan, Point
from chalicelib.services import lessons

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


class PlanChanged(Conflict):
    """Somebody else wrote meanwhile: the newest goes with the refusal."""

    def __init__(self, newest: Plan):
        super().__init__("plan_changed", "The plan was changed in the meantime. Please look again.")
        self.newest = newest


def show(deps: "Deps", *, user_id: str, session_id: str) -> Plan:
    """As it is now."""
    return deps.plans.find(lessons.of(deps, user_id, session_id).booking_id)


def write(
    deps: "Deps",
    *,
    user_id: str,
    session_id: str,
    agenda: tuple[Point, ...],
    goals: tuple[Goal, ...],
    version: int,
) -> Plan:
    """The whole plan anew, on the version that was seen; sent again, it is the same."""
    lesson = lessons.to_add_to(deps, user_id, session_id)
    old = deps.plans.find(lesson.booking_id)
    new = old.rewritten(agenda, goals)
    if new == old:
        return old
    if old.version != version:
        raise PlanChanged(old)
    try:
        deps.tables.commit([deps.plans.saving(lesson, old, new)])
    except Conflict:
        raise PlanChanged(deps.plans.find(lesson.booking_id)) from None
    return new
