"""What of money does not move, although it was asked for again and again."""

from typing import TYPE_CHECKING, get_args

from chalicelib.domain.errands import Kind
from chalicelib.services.due import MOST_PAGES, PAGE
from chalicelib.stores.due import LONGEST_PAUSE, Task
from chalicelib.stores.keys import DUE_SHARDS

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

OFTEN = 3  # times


def found(deps: "Deps") -> list[Task]:
    """Whatever failed more than a few times, the worst first; what is put off for its next try is looked at too."""
    tasks: list[Task] = []
    for shard in range(DUE_SHARDS):
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = deps.due.page(shard, deps.clock() + LONGEST_PAUSE, PAGE, cursor)
            tasks += [task for task in page.tasks if task.kind in get_args(Kind) and task.failures >= OFTEN]
            cursor = page.next
            if cursor is None:
                break
    return sorted(tasks, key=lambda task: -task.failures)
