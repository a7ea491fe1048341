"""Plans: one a booking, changed only as it was seen."""

from chalicelib.domain.lessons import Lesson
from chalicelib.domain.plans import Plan
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Put


class Plans:
    """An empty plan is none."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str) -> Plan:
        """What the two have written by now."""
        item = self._tables.read(keys.plan(booking_id))
        return value_of(Plan, item) if item else Plan()

    def saving(self, lesson: Lesson, old: Plan, new: Plan) -> Put:
        """The plan's next state, unless the other side changed it first."""
        item = item_of(new) | people(lesson) | {"kind": "plan"}
        unchanged = {"version": old.version} if old.version else NEW
        return Put(key=keys.plan(lesson.booking_id), item=item, when=unchanged)


def people(lesson: Lesson) -> dict[str, str]:
    """Whom a change of the thing concerns."""
    return {
        "session_id": lesson.session.id,
        "booking_id": lesson.booking_id,
        "mentor_id": lesson.mentor_id,
        "learner_id": lesson.learner_id,
    }
