"""Money in the demonstration data: moved by the product itself, once, and the books agree with the gateway's."""

import copy
import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from PIL import Image

from chalicelib.services import due, histories, receipts
from chalicelib.services.audit import audit
from infra.local import up
from infra.local.demo import accounts
from infra.local.demo.deals import AHEAD, AVAILABLE, CANCELLED, PAID_OUT, PENDING
from infra.local.demo.money import COUPON
from infra.local.demo.people import everyone
from infra.local.razorpay.control import Control
from infra.local.seed import ROLES, seed
from infra.local.stack import running_stack
from tests.fakes.purse import gateway, hear_everything, work
from tests.fakes.world import Clock, world


@pytest.fixture(scope="module", autouse=True)
def quickly_drawn():
    """One plain picture for all: what they look like is another test's matter."""
    plain = io.BytesIO()
    Image.new("RGB", (96, 96), "navy").save(plain, "JPEG")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "portrait", lambda look: plain.getvalue())
        yield


def sown(deps):
    """Seeded, with the stand-in in memory."""
    held = gateway(deps)
    control = Control(held.books, held.keys)
    return seed(deps, act=lambda action, **given: control.actions[action](**given))


@pytest.fixture(scope="module")
def seeded():
    """A seeded world, for tests that only look."""
    deps = world(Clock(), payments=True)
    sown(deps)
    return deps


def person(deps, role):
    return deps.accounts.owner_of(everyone()[ROLES[role]].email)


def payment_of(deps, deal):
    """The money of a deal's one booking."""
    learner = person(deps, "learner").id
    rows = histories.booked(deps, learner, upcoming=deal.ended is None)
    [booking] = [row.booking for row in rows if row.session.title == deal.offered.title]
    assert booking.status == (deal.ended or "confirmed")
    return deps.payments.get(booking.id)


def test_a_second_time_changes_nothing(seeded):
    before, theirs = copy.deepcopy(seeded.tables.items), gateway(seeded).books.totals()
    sown(seeded)
    assert seeded.tables.items == before
    assert gateway(seeded).books.totals() == theirs


def test_nobody_is_written_to(seeded):
    assert not [
        i for i in seeded.tables.items.values() if i.get("kind") == "outgoing" and "waiting" in (i["mail"], i["push"])
    ]


def test_the_learner_has_a_paid_booking_ahead(seeded):
    payment = payment_of(seeded, AHEAD)
    assert (payment.status, payment.payable_paise, payment.refunds) == ("paid", AHEAD.offered.price_paise, ())


def test_what_is_over_has_its_receipt(seeded):
    payment = payment_of(seeded, PENDING)
    _, paper = receipts.of(seeded, payment.learner_id, payment.booking_id)
    assert paper.startswith(b"%PDF")


def test_half_of_what_was_called_off_late_has_gone_back(seeded):
    [refund] = payment_of(seeded, CANCELLED).refunds
    assert (refund.paise, refund.status) == (CANCELLED.offered.price_paise // 2, "processed")


def test_the_mentor_has_money_in_every_state_and_one_payout_that_arrived(seeded):
    mentor = person(seeded, "mentor").id
    states = [payment_of(seeded, each).earning for each in (PAID_OUT, AVAILABLE, CANCELLED, PENDING, AHEAD)]
    assert states == ["available", "available", "pending", "pending", "pending"]
    balance = seeded.ledger.balance(mentor)
    assert balance.available >= 100_00
    assert balance.pending > balance.available
    [payout] = seeded.payouts.of_mentor(mentor, limit=5, cursor=None).items
    assert (payout.status, balance.in_flight) == ("processed", 0)
    payee = seeded.payees.get(mentor)
    assert (payee.way, bool(payee.pan_sealed), payee.in_flight) == ("upi", True, "")
    assert payee.due_at > seeded.clock()


def test_the_coupon_can_be_used_for_a_year(seeded):
    coupon = seeded.coupons.get(COUPON)
    assert (coupon.percent, coupon.left_paise, coupon.status) == (50, 10_000_00, "open")
    assert not coupon.is_over(seeded.clock() + timedelta(days=364))


def test_what_the_gateway_tells_of_it_afterwards_changes_nothing_but_is_heard():
    clock = Clock()
    deps = world(clock, payments=True)
    sown(deps)
    balances = audit(deps).balances
    hear_everything(deps)
    clock.forward(timedelta(minutes=3))
    for _ in range(3):
        assert due.sweep(deps).failed == {}
        work(deps)
    found = audit(deps)
    assert (found.balances, found.wrong) == (balances, ())


@pytest.mark.parametrize("day", (0, 1, 5))
def test_whatever_the_day_and_a_week_later_the_books_add_up(day):
    clock = Clock()
    clock.forward(timedelta(days=day, hours=3 * day))
    deps = world(clock, payments=True)
    sown(deps)
    assert payment_of(deps, PAID_OUT).earning == "available"
    assert deps.ledger.balance(person(deps, "mentor").id).available >= 100_00
    clock.forward(timedelta(days=8))
    due.sweep(deps)
    work(deps)
    sown(deps)
    learner = person(deps, "learner").id
    ahead = [row for row in histories.booked(deps, learner, upcoming=True) if row.booking.price_paise]
    assert [row.session.title for row in ahead] == [AHEAD.offered.title]
    assert audit(deps).wrong == ()


@pytest.fixture(scope="module")
def stack():
    """One of its own: nobody else's money is in its books."""
    with running_stack() as running:
        yield running


def said(stack, *words):
    """What a command prints beside the stack."""
    command = [sys.executable, "-m", "infra.money", *words]
    environment = {**os.environ, **stack.environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


def test_on_a_stack_the_books_add_up_and_agree_however_often_it_is_seeded(stack):
    told = up.seed(stack)
    assert COUPON in told
    assert "/mentor/earnings" in told
    books = stack.razorpay_books()
    assert up.seed(stack)
    assert stack.razorpay_books() == books
    paid = [each for each in books["orders"].values() if each["status"] == "paid"]
    assert len(paid) >= 5  # the stack's own sweep may be quicker than a deal, which is then made anew
    assert [each["status"] for each in books["payouts"].values()] == ["processed"]
    assert "Everything adds up." in said(stack, "audit")
    assert "The books agree." in said(stack, "reconcile")
