"""The process dies before and after each outside call and each commit of a payout: everybody is paid exactly once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.errors import DomainError
from chalicelib.services import payouts, settlement
from tests.fakes import purse
from tests.fakes.paid_mentors import agree, earns, filled, goes_on, new_mentor, registered, sent
from tests.fakes.world import Clock, world

PAISE = 1_000_00


class Died(BaseException):
    """Nothing catches this: the process is gone."""


class Line:
    """Every call to the outside passes here; the `nth` is the last, before it has its effect or after."""

    def __init__(self, nth: int, after: bool):
        self._left, self._after = nth, after

    def passing(self, call: Callable[..., Any], *args: Any, **named: Any) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Died
        answer = call(*args, **named)
        if self._left == 0:
            raise Died
        return answer

    @property
    def lived(self) -> bool:
        """There was no occasion to die."""
        return self._left > 0


class Mortal:
    """Tables, a queue or a gateway at the end of the line."""

    def __init__(self, inner: Any, line: Line):
        self._inner, self._line = inner, line

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return found
        return lambda *args, **named: self._line.passing(found, *args, **named)


def mortal(deps: wiring.Deps, line: Line) -> wiring.Deps:
    """The same world, in a process that will die."""
    tables = Mortal(deps.tables, line)
    stores = {
        name: type(store)(tables)
        for name, store in vars(deps).items()
        if name in ("accounts", "answered", "ledger", "payees", "payouts", "postings", "inbox", "mentors", "outbox")
    }
    outside = {name: Mortal(getattr(deps, name), line) for name in ("payout_queue", "settlement_queue", "razorpayx")}
    return replace(deps, tables=tables, **stores, **outside)


class Scene:
    """A mentor with a thousand rupees, and a payout in some state."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.deps = world(self.clock)
        self.who = new_mentor(self.deps)
        registered(self.deps, self.who)
        filled(self.deps)
        earns(self.deps, self.who, PAISE)
        self.unacknowledged: list[MoneyErrand] = []  # the queue gives these out again, to whoever comes next

    def ask(self, deps: wiring.Deps) -> str:
        return payouts.ask(deps, self.who.user_id, "key-payout-1").id

    def begun(self) -> str:
        asked = self.ask(self.deps)
        payouts.begin(self.deps, asked)
        self.deps.payout_queue.errands.clear()
        return asked

    def sent(self) -> str:
        begun = self.begun()
        payouts.advance(self.deps, begun)
        return begun

    def told(self, deps: wiring.Deps) -> None:
        """The gateway's events come in and are seen to."""
        waiting = [item["id"] for item in self.deps.tables.items.values() if item.get("kind") == "inbox"]
        for event_id in waiting:
            settlement.settle(deps, MoneyErrand("inbox", event_id))


def asking(scene):
    return scene.ask


def beginning(scene):
    asked = scene.ask(scene.deps)
    return lambda deps: payouts.begin(deps, asked)


def beginning_without_enough(scene):
    asked = scene.ask(scene.deps)
    earns(scene.deps, scene.who, -1, "spent")
    return lambda deps: payouts.begin(deps, asked)


def mondays(scene):
    scene.clock.now = scene.deps.payees.get(scene.who.user_id).due_at
    return lambda deps: payouts.weekly(deps, scene.who.user_id)


def sending(scene):
    begun = scene.begun()
    return lambda deps: payouts.advance(deps, begun)


def sending_over_a_bad_line(scene):
    begun = scene.begun()
    for kind in ("drop_after", "error5xx", "in_progress"):
        purse.gateway(scene.deps).faults.add(kind, "create_payout")
    return lambda deps: payouts.advance(deps, begun)


def being_refused(scene):
    begun = scene.begun()
    purse.gateway(scene.deps).faults.add("refuse", "create_payout")
    return lambda deps: payouts.advance(deps, begun)


def sending_again(scene):
    begun = scene.begun()
    purse.gateway(scene.deps).faults.add("drop_after", "create_payout")
    payouts.advance(scene.deps, begun)
    scene.clock.forward(timedelta(minutes=3))
    return lambda deps: payouts.advance(deps, begun)


def arriving(scene):
    gone = scene.sent()
    purse.gateway(scene.deps).books.advance()
    return lambda deps: payouts.advance(deps, gone)


def failing(scene):
    purse.gateway(scene.deps).faults.add("payout_fails")
    return arriving(scene)


def hearing(scene):
    scene.sent()
    purse.gateway(scene.deps).books.advance()
    purse.hear_everything(scene.deps)
    return scene.told


def being_reversed(scene):
    gone = scene.sent()
    books = purse.gateway(scene.deps).books
    books.advance()
    payouts.advance(scene.deps, gone)
    scene.clock.forward(timedelta(days=3))
    books.payouts.finish(scene.deps.payouts.get(gone).gateway_id, "reversed")
    purse.gateway(scene.deps).events()  # heard of, and on the queue: nothing else will tell
    scene.unacknowledged = [MoneyErrand("payout", gone)]
    return lambda deps: payouts.advance(deps, gone)


CASES = [
    *(asking, beginning, beginning_without_enough, mondays, sending, sending_over_a_bad_line, being_refused),
    *(sending_again, arriving, failing, hearing, being_reversed),
]


@pytest.mark.parametrize("again", [False, True], ids=["once", "redelivered"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_dying_anywhere_leaves_what_queues_and_due_work_make_whole(case, again):
    nth, lived = 0, False
    while not lived:
        nth += 1
        lived = all(tuple(_die(case, nth, after, again) for after in (False, True)))
    assert nth > 2  # it did die


def _die(case: Callable[[Scene], Any], nth: int, after: bool, again: bool) -> bool:
    scene, line = Scene(), Line(nth, after)
    act = case(scene)
    with suppress(Died):
        act(mortal(scene.deps, line))
    if again:
        for _ in range(2):
            with suppress(DomainError):
                act(scene.deps)  # the message comes again, twice, at once
    scene.deps.payout_queue.put(scene.unacknowledged)
    goes_on(scene.deps, scene.clock, days=1)
    _holds(scene, case)
    return line.lived


def _holds(scene: Scene, case: Callable[[Scene], Any]) -> None:
    agree(scene.deps)
    arrived = sum(each["amount"] for each in sent(scene.deps) if each["status"] == "processed")
    balance = scene.deps.ledger.balance(scene.who.user_id)
    assert arrived + balance.available + balance.pending == PAISE - (case is beginning_without_enough)
    assert balance.in_flight == 0
    assert scene.deps.payees.get(scene.who.user_id).in_flight == ""
    ids = [each["reference_id"] for each in sent(scene.deps)]
    assert len(ids) == len(set(ids))
    made = scene.deps.payouts.of_mentor(scene.who.user_id, limit=10, cursor=None).items
    assert all(not each.is_open for each in made)
    if case in (sending, sending_over_a_bad_line, sending_again, arriving, hearing, beginning, mondays):
        assert arrived == PAISE
