"""Death at every call to the tables and to the gateway: in the end the books agree all the same."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.services import admin_refunds, bookings, disputes, due, payouts, reconciling, rooms, settlement
from tests.fakes import purse
from tests.fakes.purse import gateway
from tests.fakes.tables import FakeTables
from tests.fakes.world import CONFIG
from tests.lives import ledgers, truths
from tests.lives.payers import BRISKLY, VANISHES, WORDS, buy, gathered, hold, settled
from tests.lives.test_crashes import Died
from tests.lives.town import founded, with_tables

SPOKEN = ("read", "read_many", "query", "commit", "update")


class MortalTables:
    """Tables whose caller dies at the n-th request, once it was carried out."""

    def __init__(self, tables: FakeTables, life: "Life"):
        self._tables, self._life = tables, life

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._tables, name)
        return self._life.until(asked) if name in SPOKEN else asked


class Life:
    """So many calls are left, whatever they are to."""

    def __init__(self, last: int):
        self.left = last

    def until(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, as long as there is life in its caller."""

        def living(*given: Any, **named: Any) -> Any:
            self.left -= 1
            answer = call(*given, **named)
            if self.left == 0:
                raise Died
            return answer

        return living


class Scene:
    """A booking that is held, paid or over, as the case needs it."""

    def __init__(self) -> None:
        self.tables = FakeTables()
        self.all = gathered(founded(SimpleNamespace(config=CONFIG), self.tables, mentors=1, learners=2))
        self.deps, self.clock, self.chance = self.all.deps, self.all.town.clock, random.Random(1)

    def held(self) -> Any:
        hold(self.all, self.chance)
        return self.all.held[-1]

    def bought(self) -> Any:
        buy(self.all, self.chance)
        return self.all.held[-1]

    def over(self) -> Any:
        """It took place and was paid."""
        bought = self.bought()
        self.all.town.clock.to(bought.session.starts_at)
        rooms.go_live(self.deps, user_id=bought.session.mentor.id, session_id=bought.session.id)
        rooms.let_in(self.deps, user_id=bought.booking.learner_id, session_id=bought.session.id)
        self.clock.to(bought.session.hard_end)
        self.swept()
        return bought

    def earned(self) -> str:
        """The mentor's share is available; whose it is."""
        over = self.over()
        self.clock.forward(timedelta(hours=80))
        self.swept()
        return over.session.mentor.id

    def swept(self, times: int = 4) -> None:
        """All is well so far."""
        for _ in range(times):
            self.clock.forward(timedelta(minutes=3))
            gateway(self.deps).books.advance()
            purse.hear_everything(self.deps)
            assert due.sweep(self.deps).failed == {}
            purse.work(self.deps)


Act = Callable[[Any], Any]


def beginning(scene: Scene) -> Act:
    held = scene.held()
    return lambda deps: purse.begin(deps, held)


def coming_back(scene: Scene) -> Act:
    held = scene.held()
    paid = purse.pay(scene.deps, held)
    return lambda deps: purse.come_back(deps, held, paid)


def hearing(scene: Scene) -> Act:
    """The webhooks of a payment whose page never came back, and what they set off."""
    purse.pay(scene.deps, scene.held())
    events = gateway(scene.deps).events()

    def heard(deps: Any) -> None:
        for body, headers in events:
            purse.deliver(deps, body, headers)
        scene.clock.forward(timedelta(minutes=3))
        swept(deps)

    return heard


def paying_late(scene: Scene) -> Act:
    held = scene.held()
    order = purse.begin(scene.deps, held)
    scene.clock.forward(timedelta(minutes=16))
    due.sweep(scene.deps)
    paid = gateway(scene.deps).pay(order)
    return lambda deps: purse.come_back(deps, held, paid)


def paying_too_late(scene: Scene) -> Act:
    held = scene.held()
    order = purse.begin(scene.deps, held)
    scene.clock.forward(timedelta(hours=2))
    due.sweep(scene.deps)
    paid = gateway(scene.deps).pay(order)
    return lambda deps: purse.come_back(deps, held, paid)


def posting(scene: Scene) -> Act:
    scene.bought()
    scene.clock.forward(timedelta(minutes=3))
    return swept


def cancelling(scene: Scene) -> Act:
    bought = scene.bought()
    back = {"user_id": bought.session.mentor.id, "booking_id": bought.booking.id, "refund_paise": 500_00}
    return lambda deps: bookings.cancel(deps, reason="", **back)


def refunding(scene: Scene) -> Act:
    cancelling(scene)(scene.deps)

    def refunded(deps: Any) -> None:
        for _ in range(3):
            scene.clock.forward(timedelta(minutes=3))
            swept(deps)
            gateway(deps).books.advance()

    return refunded


def releasing(scene: Scene) -> Act:
    scene.over()
    scene.clock.forward(timedelta(hours=80))
    return swept


def disputing(scene: Scene) -> Act:
    over = scene.over().booking

    def disputed(deps: Any) -> None:
        disputes.open_one(deps, learner_id=over.learner_id, booking_id=over.id, reason=WORDS)
        disputes.decide(deps, by=scene.all.admin, booking_id=over.id, percent=50, words=WORDS)

    return disputed


def giving_back(scene: Scene) -> Act:
    """After the mentor has been paid out: their balance is below zero."""
    mentor_id = scene.earned()
    payouts.ask(scene.deps, mentor_id, "payout-00001")
    scene.swept(6)
    booking_id = scene.all.held[-1].booking.id
    return lambda deps: admin_refunds.give_back(
        deps, by=scene.all.admin, booking_id=booking_id, paise=200_00, words=WORDS
    )


def paying_out(scene: Scene) -> Act:
    """From the asking to the arrival."""
    mentor_id = scene.earned()

    def paid_out(deps: Any) -> None:
        payouts.ask(deps, mentor_id, "payout-00001")
        for _ in range(4):
            scene.clock.forward(timedelta(minutes=3))
            swept(deps)
            gateway(deps).books.advance()

    return paid_out


def coming_back_from_the_bank(scene: Scene) -> Act:
    """A payout that had arrived is reversed days later."""
    mentor_id = scene.earned()
    payouts.ask(scene.deps, mentor_id, "payout-00001")
    scene.swept(6)
    scene.clock.forward(timedelta(days=2))
    [payout] = list(gateway(scene.deps).books.shelves.every("payout"))
    gateway(scene.deps).books.payouts.finish(payout["id"], "reversed")
    events = gateway(scene.deps).events()

    def heard(deps: Any) -> None:
        for body, headers in events:
            purse.deliver(deps, body, headers)
        scene.clock.forward(timedelta(minutes=3))
        swept(deps)

    return heard


def comparing(scene: Scene) -> Act:
    """Nothing was heard of a payment, and money went to the bank."""
    purse.pay(scene.deps, scene.held())
    gateway(scene.deps).events()
    gateway(scene.deps).books.banking.settle()
    scene.clock.forward(timedelta(minutes=40))
    return reconciling.reconcile


def swept(deps: Any) -> None:
    """A minute's work and the errands it asks for."""
    due.sweep(deps)
    for queue, do in ((deps.settlement_queue, settlement.settle), (deps.payout_queue, _advance)):
        while queue.errands:
            with suppress(*VANISHES):
                do(deps, queue.errands.pop(0))


def _advance(deps: Any, errand: Any) -> None:
    payouts.advance(deps, errand.id)


CASES = [
    *(beginning, coming_back, hearing, paying_late, paying_too_late, posting, cancelling, refunding, releasing),
    *(disputing, giving_back, paying_out, coming_back_from_the_bank, comparing),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_dying_at_any_call_leaves_books_that_agree(case):
    """After one call is before the next: nothing else happens in between."""
    last, lived = 0, False
    while not lived:
        last += 1 if last < 40 else 13  # an audit reads each account part by part: now and then will do
        lived = _die(case, last, again=last % 2 == 0)
    assert last > 3  # it did die


def _die(case: Callable[[Scene], Act], last: int, again: bool) -> bool:
    scene, life = Scene(), Life(last)
    act = case(scene)
    theirs = gateway(scene.deps)
    answer, theirs.answer = theirs.answer, life.until(theirs.answer)  # type: ignore[method-assign]
    mortal = with_tables(scene.all.town, MortalTables(scene.tables, life)).deps
    with suppress(Died, DomainError):
        act(mortal)
    theirs.answer = answer  # type: ignore[method-assign]
    if again:
        with suppress(DomainError):
            act(scene.deps)
    settled(scene.all, BRISKLY)
    assert ledgers.hold_of(scene.deps, scene.tables.items) == [], (last, again)
    assert truths.hold_of(scene.tables.items) == [], (last, again)
    return life.left > 0
