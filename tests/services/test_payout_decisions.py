"""What admins decide about payouts, and what they may not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.services import payouts
from tests.fakes import purse
from tests.fakes.paid_mentors import agree, earns, filled, goes_on, new_mentor, registered, sent
from tests.fakes.people import learner
from tests.refusals import code_of


@pytest.fixture
def meera(deps):
    """₹1,000 of hers are available."""
    who = new_mentor(deps)
    registered(deps, who)
    filled(deps)
    earns(deps, who, 1_000_00)
    return who


@pytest.fixture
def admin(deps):
    account = learner(deps, "Asha", roles=("admin",))
    return Identity(account.id, account.roles, account.auth_epoch, "dev_a", second_factor=True)


@pytest.fixture
def asked(deps, meera):
    return payouts.ask(deps, meera.user_id, "key-payout-1")


def acts(deps):
    found = [(i["at"], i["what"]) for k, i in deps.tables.items.items() if i.get("by") and i.get("about")]
    return [what for _, what in sorted(found)]


def test_one_that_is_held_stays_and_goes_on_when_released(deps, asked, admin, clock):
    assert payouts.hold(deps, asked.id, by=admin).shown == "held"
    goes_on(deps, clock, days=2)
    assert sent(deps) == []
    payouts.release(deps, asked.id, by=admin)
    goes_on(deps, clock)
    assert [each["status"] for each in sent(deps)] == ["processed"]
    assert acts(deps) == ["payout_held", "payout_released"]


def test_it_can_be_held_until_the_gateway_knows_of_it(deps, asked, admin, clock):
    payouts.begin(deps, asked.id)
    payouts.hold(deps, asked.id, by=admin)
    payouts.advance(deps, asked.id)
    assert sent(deps) == []
    payouts.release(deps, asked.id, by=admin)
    payouts.advance(deps, asked.id)
    assert code_of(payouts.hold, deps, asked.id, by=admin) == "cannot_hold"
    goes_on(deps, clock)
    agree(deps)


def test_of_what_failed_all_that_is_there_is_paid_anew(deps, meera, asked, admin, clock):
    purse.gateway(deps).faults.add("payout_fails")
    goes_on(deps, clock)
    earns(deps, meera, 5_00, "more")
    anew = payouts.retry(deps, asked.id, by=admin)
    assert (anew.paise, anew.why, anew.id != asked.id) == (1_005_00, "retried", True)
    assert code_of(payouts.retry, deps, asked.id, by=admin) == "payout_under_way"
    goes_on(deps, clock)
    assert [each["status"] for each in sent(deps)] == ["failed", "processed"]
    assert code_of(payouts.retry, deps, anew.id, by=admin) == "not_failed"
    agree(deps)


def test_one_that_is_stuck_is_looked_at_within_the_minute(deps, asked, admin, clock):
    purse.gateway(deps).faults.add("drop_before", "create_payout", times=8)
    goes_on(deps, clock, days=0.2)
    stuck = deps.payouts.get(asked.id)
    assert stuck.status == "sending" and stuck.due_at > clock() + timedelta(minutes=30)
    payouts.retry(deps, asked.id, by=admin)
    purse.settle(deps, clock, 3)
    assert deps.payouts.get(asked.id).status in ("sent", "processed")


def test_an_admin_decides_nothing_about_their_own(deps, meera, asked):
    herself = replace(meera, roles=("mentor", "admin"), second_factor=True)
    for decide in (payouts.hold, payouts.release, payouts.retry):
        assert code_of(decide, deps, asked.id, by=herself) == "own_payout"
    assert code_of(payouts.write_off, deps, meera.user_id, by=herself) == "own_payout"


def test_whoever_was_signed_out_meanwhile_decides_nothing(deps, asked, admin):
    assert code_of(payouts.hold, deps, asked.id, by=replace(admin, epoch=7)) == "signed_out"
    assert deps.payouts.get(asked.id).shown == "asked"


def test_a_debt_of_half_a_year_is_written_off_once(deps, meera, admin, clock):
    earns(deps, meera, -1_012_34, "debt")
    assert code_of(payouts.write_off, deps, meera.user_id, by=admin) == "too_early"
    clock.forward(timedelta(days=180))
    assert payouts.write_off(deps, meera.user_id, by=admin) == 12_34
    purse.settle(deps, clock, 5)
    assert deps.ledger.balance(meera.user_id).available == 0
    assert purse.balances(deps)["write_offs"] == 12_34
    assert code_of(payouts.write_off, deps, meera.user_id, by=admin) == "no_debt"
