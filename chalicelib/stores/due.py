"""Due work: whatever has a `due_at` in the past, in eight shards of one sparse index."""

from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Item, Key, Update

LONGEST_PAUSE = timedelta(hours=1)


class Task(NamedTuple):
    """A due item: what kind of thing it is, which one, when it was due, how often it has failed, and what it holds."""

    kind: str
    id: str
    key: Key
    due: str
    failures: int
    item: Item


class DuePage(NamedTuple):
    """Some of what is due in a shard and the cursor of the rest."""

    tasks: list[Task]
    next: str | None


class Due:
    """The index lags a little: whoever does a task decides on the item as it is now."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def page(self, shard: int, now: datetime, limit: int, cursor: str | None) -> DuePage:
        """The longest due first."""
        end = f"{keys.instant(now)}#~"
        page = self._tables.query("core", f"DUE#{shard}", end=end, index="gsi2", limit=limit, cursor=cursor)
        tasks = [
            Task(
                kind=item["kind"],
                id=item["id"],
                key=Key("core", item["pk"], item["sk"]),
                due=item["g2sk"],
                failures=item.get("due_failures", 0),
                item=item,
            )
            for item in page.items
        ]
        return DuePage(tasks, page.next)

    def putting_off(self, task: Task, until: datetime | None) -> Update:
        """Due again later, or not at all, unless it has moved on meanwhile."""
        return Update(key=task.key, set=_due(task, until), when={"g2sk": task.due})

    def failing(self, task: Task, now: datetime) -> Update:
        """Out of the way of the others, for longer each time."""
        counted = {"due_failures": task.failures + 1}
        return Update(key=task.key, set=_due(task, _later(task, now)) | counted, when={"g2sk": task.due})

    def failed(self, task: Task, now: datetime) -> Task:
        """The task as `failing` leaves it."""
        due = str(_due(task, _later(task, now))["g2sk"])
        return task._replace(due=due, failures=task.failures + 1)


def _later(task: Task, now: datetime) -> datetime:
    return now + min(timedelta(minutes=1 << min(task.failures, 10)), LONGEST_PAUSE)


def _due(task: Task, at: datetime | None) -> dict[str, str | int | None]:
    return dict(keys.due(task.id, at))
