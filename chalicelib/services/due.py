"""The minute's sweep: whatever is due is done, by the same use cases that a person's own act would set off."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast, get_args

from chalicelib.domain.errands import Kind, MoneyErrand
from chalicelib.domain.errors import Conflict
from chalicelib.domain.outgoing import FAST_PATH
from chalicelib.services import materials, recordings, requests, sessions, settling
from chalicelib.services.accounts import belongings
from chalicelib.services.notifications import digests
from chalicelib.services.notifications.sending import hand_over
from chalicelib.stores.due import Task
from chalicelib.stores.keys import DUE_SHARDS
from chalicelib.stores.outbox import message_of
from chalicelib.stores.writes import Update

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

PAGE, MOST_PAGES = 25, 8
STUCK = 8  # times that something was asked for again without moving on: a person is told
LONG = ("erasure", "cards")  # these take as long as somebody's history
TimeIsUp = Callable[[], bool]


class OutOfTime(Exception):
    """Not all of a task is done: it is still due, and a later tick goes on with it."""


@dataclass
class Swept:
    """What one tick did: ids of what was done, and what failed with the name of the fault."""

    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def sweep(deps: "Deps", time_is_up: TimeIsUp = lambda: False) -> Swept:
    """A tick missed, doubled or cut short ends in the same state: each task decides on what it finds."""
    swept, now = Swept(), deps.clock()
    for task in _due(deps, now, swept):
        if time_is_up():
            break
        try:
            begun = _begun(deps, task, now) if task.kind in LONG else task
            if begun:
                TASKS[task.kind](deps, begun, time_is_up)
                swept.done.append(task.id)
        except OutOfTime:
            break
        except Exception as error:  # whatever it is, the others have their turn
            swept.failed[task.id] = type(error).__name__
            _unless_moved(deps, deps.due.failing(task, now))
    return swept


def _due(deps: "Deps", now: datetime, swept: Swept) -> Iterator[Task]:
    """Another shard begins each minute, so that none is always last when time runs out."""
    for turn in range(DUE_SHARDS):
        shard, cursor = (turn + now.minute) % DUE_SHARDS, None
        for _ in range(MOST_PAGES):
            try:
                page = deps.due.page(shard, now, PAGE, cursor)
            except Exception as error:
                swept.failed[f"shard {shard}"] = type(error).__name__
                break
            yield from page.tasks
            cursor = page.next
            if cursor is None:
                break


def _begun(deps: "Deps", task: Task, now: datetime) -> Task | None:
    """Put off before it is tried: one that the platform kills in the midst of it is not the first again each minute."""
    try:
        return task._replace(due=deps.tables.update(deps.due.failing(task, now))["g2sk"])
    except Conflict:
        return None  # another tick has begun it, or it is done


def _send_again(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    """The fast path missed it, or a try failed: the same attempt is asked for again, and harmless if it was made."""
    message, now = message_of(task.item), deps.clock()
    errands = message.errands(due=now)
    hand_over(deps, errands)
    _unless_moved(deps, deps.due.putting_off(task, now + FAST_PATH if errands else message.next_due()))


def _gather(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    digests.gather(deps, task.item["user_id"])


def _settle_money(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    """Settlement is asked again, ever more rarely and for ever: money is never given up."""
    if task.failures == STUCK:  # before the queue is asked: it may be what does not move
        deps.alarms.money("stuck", kind=task.kind, id=task.id)
    deps.settlement_queue.put([MoneyErrand(cast(Kind, task.kind), task.id)])
    _unless_moved(deps, deps.due.failing(task, deps.clock()))


def _settle(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    settling.due(deps, task.id)


def _expire(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    requests.expire(deps, task.id)


def _tidy_material(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    materials.due(deps, task.item["booking_id"], task.id)


def _end_recording(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    recordings.due(deps, task.item["booking_id"], task.id)


def _erase(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    belongings.erase(deps, task.id)


def _renew_cards(deps: "Deps", task: Task, time_is_up: TimeIsUp) -> None:
    """What the stream or an earlier tick did already is found done."""
    sessions.refresh_cards(deps, task.id, time_is_up)
    requests.refresh_cards(deps, task.id, time_is_up)
    if time_is_up():
        raise OutOfTime
    try:
        deps.tables.commit([deps.cards.renewed(task.id, task.due)])
    except Conflict:
        return  # changed again: there will be another time


def _unless_moved(deps: "Deps", write: Update) -> None:
    try:
        deps.tables.update(write)
    except Conflict:
        return


TASKS: dict[str, Callable[["Deps", Task, TimeIsUp], None]] = {
    "outgoing": _send_again,
    "digest": _gather,
    "session": _settle,
    "request": _expire,
    "erasure": _erase,
    "cards": _renew_cards,
    "material": _tidy_material,
    "recording": _end_recording,
    **dict.fromkeys(get_args(Kind), _settle_money),
}
