"""Payouts and refunds on which our books and the gateway's do not agree are named, and never taken for mended."""

from datetime import timedelta

import pytest

from chalicelib.services import payouts, reconciling
from tests.fakes import purse
from tests.fakes.paid_mentors import earns, goes_on, new_mentor, registered
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import world


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def meera(deps, clock):
    """₹1,000 of hers are available; what there is to pay from has been taken down."""
    who = new_mentor(deps)
    registered(deps, who)
    earns(deps, who, 1_000_00)
    clock.forward(timedelta(hours=1))
    reconciling.reconcile(deps)
    purse.work(deps)
    return who


def report(deps, clock):
    clock.forward(timedelta(hours=1))
    return reconciling.reconcile(deps)


def differences(deps, clock):
    return [(each.what, each.ours_paise, each.theirs_paise) for each in report(deps, clock).differences]


def test_where_both_agree_nothing_is_said(deps, meera, clock):
    payouts.ask(deps, meera.user_id, "key-payout-1")
    goes_on(deps, clock)
    found = report(deps, clock)
    assert (found.differences, found.mended, found.wrong) == ((), (), ())


def test_a_payout_that_arrived_although_it_failed_here_is_a_difference(deps, meera, clock):
    purse.gateway(deps).faults.add("payout_fails")
    asked = payouts.ask(deps, meera.user_id, "key-payout-1")
    goes_on(deps, clock)
    failed = deps.payouts.get(asked.id)
    assert failed.status == "failed"
    shelves = purse.gateway(deps).books.shelves
    shelves.move("payout", failed.gateway_id, status="processed")
    assert ("payout_status", 0, 1_000_00) in differences(deps, clock)


def test_one_that_we_have_not_heard_of_is_seen_to(deps, meera, clock):
    asked = payouts.ask(deps, meera.user_id, "key-payout-1")
    payouts.begin(deps, asked.id)
    purse.work(deps)
    purse.gateway(deps).books.advance()
    found = report(deps, clock)
    assert found.mended == (f"payout {asked.id}",)
    purse.work(deps)
    assert deps.payouts.get(asked.id).status == "processed"


def test_what_somebody_else_gave_back_is_a_difference(deps, lena, meera, clock):
    person = deps.mentors.person(meera.user_id)
    open_hours(deps, person)
    held = hold(deps, lena, person, offer(deps, person, price_paise=500_00))
    paid = purse.pay(deps, held)
    deps.razorpay.refund(paid["razorpay_payment_id"], paise=500_00, key="by-the-dashboard")
    purse.gateway(deps).books.advance()
    assert ("refund_unknown", 0, 500_00) in differences(deps, clock)
