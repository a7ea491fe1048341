"""The sweep and money: what does not move is asked for again and again, ever more rarely, for ever, and rings."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.ledger import Posting, netted
from chalicelib.services import due, settlement
from chalicelib.services.due import STUCK
from chalicelib.stores import keys
from chalicelib.stores.inbox import Event
from tests.fakes import paid_mentors, purse
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import world

POSTED = "captured:pay_1"


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def posting(deps, meera):
    """Something to be posted, of which the stream has told nobody."""
    legs = netted([("world", 500_00), (f"mentor:{meera.account.id}:pending", -500_00)])
    made = Posting(POSTED, "captured", deps.clock(), legs, mentor_id=meera.account.id)
    deps.tables.commit([deps.postings.adding(made)])
    return made


def minutes(deps, clock, number):
    """So many minutes' sweeps, with nobody at the queue's other end."""
    for _ in range(number):
        clock.forward(timedelta(minutes=1))
        due.sweep(deps)


def errands(deps):
    return [(each.kind, each.id) for each in deps.settlement_queue.errands]


def test_what_the_stream_missed_is_settled(deps, clock, posting):
    minutes(deps, clock, 1)
    assert errands(deps) == []
    minutes(deps, clock, 1)
    assert errands(deps) == [("posting", POSTED)]
    purse.work(deps)
    assert purse.balances(deps)["mentor:pending"] == -500_00
    minutes(deps, clock, 180)
    assert errands(deps) == []


def test_it_is_asked_for_ever_more_rarely_and_for_ever(deps, clock, posting):
    asked = []
    for _ in range(60 * 24):
        clock.forward(timedelta(minutes=1))
        if due.sweep(deps).done:
            asked.append(clock())
    pauses = [(later - earlier) // timedelta(minutes=1) for earlier, later in pairwise(asked)]
    assert pauses[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(pauses[7:]) == {60}
    assert len(errands(deps)) == len(asked) > 24


def test_after_eight_times_it_rings_once(deps, clock, posting):
    while len(errands(deps)) < STUCK:
        minutes(deps, clock, 1)
    assert deps.alarms.rung == []
    minutes(deps, clock, 60)
    assert deps.alarms.rung == [("stuck", {"kind": "posting", "id": POSTED})]
    minutes(deps, clock, 60 * 12)
    assert len(deps.alarms.rung) == 1


def test_it_rings_too_if_the_queue_itself_is_what_does_not_move(deps, clock, posting):
    deps.settlement_queue.broken = True
    minutes(deps, clock, 60 * 6)
    assert deps.alarms.rung == [("stuck", {"kind": "posting", "id": POSTED})]


def test_a_settlement_queue_that_is_down_loses_nothing(deps, clock, lena, meera):
    open_hours(deps, meera)
    held = hold(deps, lena, meera, offer(deps, meera, price_paise=500_00))
    deps.settlement_queue.broken = True
    purse.pay(deps, held)
    purse.hear_everything(deps)
    clock.forward(timedelta(minutes=10))
    failed = due.sweep(deps).failed
    assert set(failed.values()) == {"ConnectionError"} and len(failed) >= 3
    assert deps.bookings.find(held.booking.id).status == "held"
    deps.settlement_queue.broken = False
    purse.settle(deps, clock, 10)
    assert deps.bookings.find(held.booking.id).status == "confirmed"
    assert purse.balances(deps)["mentor:pending"] == -425_00


def test_what_is_settled_while_it_is_asked_for_is_not_due_again(deps, clock, posting, monkeypatch):
    put = deps.settlement_queue.put

    def settled_at_once(errands):
        put(errands)
        for each in errands:
            settlement.settle(deps, each)

    monkeypatch.setattr(deps.settlement_queue, "put", settled_at_once)
    minutes(deps, clock, 2)
    item = deps.tables.items[keys.posting(POSTED)]
    assert "g2pk" not in item and "due_failures" not in item
    minutes(deps, clock, 120)
    assert len(errands(deps)) == 1


def test_each_kind_of_money_is_settlements_matter(deps, clock, posting, lena, meera):
    open_hours(deps, meera)
    held = hold(deps, lena, meera, offer(deps, meera, price_paise=500_00))
    purse.bought(deps, held)
    deps.tables.commit([deps.inbox.adding(Event("evt1", "payment.captured", payment_id="pay_none"), deps.clock())])
    asha = paid_mentors.new_mentor(deps, "Asha")
    paid_mentors.registered(deps, asha)
    paid_mentors.earns(deps, asha, 1_000_00)
    clock.forward(timedelta(days=8))  # a Monday has passed
    due.sweep(deps)
    kinds = {kind for kind, _ in errands(deps)}
    assert {"posting", "inbox", "payee"} <= kinds <= {"posting", "inbox", "payment", "payout", "payee"}
    settlement.settle(deps, MoneyErrand("payee", asha.user_id))
    [payout] = [item for item in deps.tables.items.values() if item.get("kind") == "payout"]
    deps.settlement_queue.errands.clear()
    clock.now = max(clock(), datetime.fromisoformat(payout["g2sk"].partition("#")[0]))
    due.sweep(deps)
    assert ("payout", payout["id"]) in errands(deps)
