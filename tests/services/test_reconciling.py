"""The daily comparison: what we missed is seen to, and what differs is named to the paisa."""

from datetime import timedelta

import pytest

from chalicelib.domain.reconciliation import Difference
from chalicelib.services import reconciling
from chalicelib.services.audit import audit
from chalicelib.stores import keys
from tests.fakes import purse
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import world

HOUR = timedelta(hours=1)


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def held(deps, lena, meera):
    open_hours(deps, meera)
    return hold(deps, lena, meera, offer(deps, meera, price_paise=500_00))


def compare(deps, clock, after=HOUR):
    clock.forward(after)
    report = reconciling.reconcile(deps)
    purse.work(deps)
    return report


def test_books_that_agree_are_said_to(deps, held, clock):
    purse.bought(deps, held)
    purse.settle(deps, clock, 5)
    compare(deps, clock)
    report = compare(deps, clock)
    assert (report.mended, report.differences, report.wrong) == ((), (), ())
    assert report.compared == {"orders": 1, "captures": 1, "credits": 1, "balances": 1}
    assert report.balances["gateway"] == 488_20 and sum(report.balances.values()) == 0
    assert deps.reconciliations.latest(1, None).items == [report]


def test_a_payment_that_nobody_told_us_of_is_seen_to(deps, held, clock):
    purse.pay(deps, held)
    report = compare(deps, clock, timedelta(minutes=20))
    assert any(each.startswith("posting captured:") for each in report.mended)
    assert deps.bookings.find(held.booking.id).status == "confirmed"
    assert compare(deps, clock).differences == ()


def test_a_payment_for_no_booking_of_ours_is_named(deps, clock):
    books = purse.gateway(deps).books
    order = books.payments.create_order({"amount": 700_00, "currency": "INR", "receipt": "by hand"})
    paid = books.pay(order["id"])
    report = compare(deps, clock)
    assert Difference("capture_unknown", paid["id"], 0, 700_00) in report.differences
    assert "books_differ" in [what for what, _ in deps.alarms.rung]


def test_a_refund_made_by_hand_at_the_gateway_is_named(deps, held, clock):
    purse.bought(deps, held)
    purse.settle(deps, clock, 5)
    books = purse.gateway(deps).books
    made = books.payments.refund(purse.payment_of(deps, held).payment_id, {"amount": 100_00})
    books.advance()
    report = compare(deps, clock)
    assert Difference("refund_unknown", made["id"], 0, 100_00) in report.differences


def test_what_goes_to_the_bank_and_comes_in_for_payouts_is_taken_down_once(deps, held, clock):
    purse.bought(deps, held)
    purse.settle(deps, clock, 5)
    settled = purse.gateway(deps).books.banking.settle()
    for _ in range(3):
        compare(deps, clock)
    balances = purse.balances(deps)
    assert "gateway" not in balances
    assert balances["payout_balance"] == 10_00_000_00
    assert balances["bank"] == settled["amount"] - 10_00_000_00


def test_a_payout_balance_that_differs_is_named_to_the_paisa(deps, clock):
    compare(deps, clock)
    books = purse.gateway(deps).books
    books.shelves.move("balance", books.payouts.account, paise=5)
    [found] = compare(deps, clock).differences
    assert (found.what, found.ours_paise, found.theirs_paise) == ("payout_balance", 10_00_000_00, 5)


def test_what_could_not_be_asked_is_said_and_asked_next_time_from_where_it_was(deps, held, clock):
    purse.bought(deps, held)
    purse.gateway(deps).dies("*")
    first = compare(deps, clock)
    assert "not_asked" in [each.what for each in first.differences]
    clock.forward(timedelta(days=30))
    assert compare(deps, clock).since == first.since


def test_the_audit_finds_a_line_that_is_not_its_postings_and_a_balance_that_is_not_its_lines(deps, held, clock):
    purse.bought(deps, held)
    purse.settle(deps, clock, 5)
    assert audit(deps).wrong == ()
    [line] = [key for key in deps.tables.items if key.pk.startswith("ACC#fees#")]
    deps.tables.items[line]["paise"] += 1
    mentor = held.session.mentor.id
    deps.tables.items[keys.balance(mentor)]["pending"] -= 1
    found = audit(deps)
    assert len(found.wrong) == 3  # the line, the balance, and the sum of all
    assert any("all accounts sum to 1 paise" in words for words in found.wrong)
