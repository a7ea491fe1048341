"""A learner's bank asks for the money back: nothing moves until it has decided, and then what it took does."""

from datetime import timedelta

import pytest

from chalicelib.services import admin_refunds, chargebacks
from tests.fakes import purse
from tests.fakes.times import offer, open_hours
from tests.fakes.world import world
from tests.refusals import code_of
from tests.services.dealings import cancel, facts
from tests.services.selling import MINUTES, admin, over, paid


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def lesson(deps, meera):
    open_hours(deps, meera)
    return offer(deps, meera, price_paise=500_00)


@pytest.fixture
def booked(deps, lena, meera, lesson):
    return paid(deps, lena, meera, lesson)


@pytest.fixture
def bank(deps):
    return purse.gateway(deps).books.banking


def raised(deps, bank, booked):
    return bank.dispute(purse.payment_of(deps, booked).payment_id)["id"]


def rung(deps):
    return [ids["status"] for what, ids in deps.alarms.rung if what == "bank_dispute"]


def test_nothing_moves_while_the_bank_looks_into_it(deps, booked, bank, clock, meera):
    over(deps, clock, booked)
    raised(deps, bank, booked)
    purse.settle(deps, clock, 5)
    assert purse.payment_of(deps, booked).chargeback == "open" and rung(deps) == ["open"]
    assert [each["why"] for each in facts(deps, "earning_frozen")] == ["chargeback"]
    clock.forward(timedelta(hours=100))
    purse.settle(deps, clock, 5)
    assert purse.balances(deps)["mentor:pending"] == -425_00


def test_what_the_bank_does_not_take_goes_its_way(deps, booked, bank, clock):
    over(deps, clock, booked)
    dispute = raised(deps, bank, booked)
    purse.settle(deps, clock, 5)
    clock.forward(timedelta(hours=100))
    bank.decide(dispute, "won")
    purse.settle(deps, clock, 10)
    assert "mentor:pending" not in purse.balances(deps)
    assert purse.balances(deps)["mentor:available"] == -(425_00 - 50)


@pytest.mark.parametrize(
    ("minutes", "mentor"),
    [({}, 425_00), ({"learner": []}, 425_00), ({"mentor": MINUTES[:20]}, 0)],
    ids=["both came", "the learner did not come", "the mentor left early"],
)
def test_what_it_takes_is_the_platforms_loss_unless_the_mentor_did_not_deliver(
    deps, booked, bank, clock, minutes, mentor
):
    over(deps, clock, booked, **minutes)
    dispute = raised(deps, bank, booked)
    bank.decide(dispute, "lost")
    purse.settle(deps, clock, 5)
    balances = purse.balances(deps)
    assert -balances.get("mentor:pending", 0) == mentor
    assert balances.get("chargebacks", 0) == (500_00 if mentor else 0)
    assert balances["gateway"] == -11_80
    assert rung(deps)[-1] == "lost"


def test_a_mentor_who_cancels_after_the_bank_took_it_keeps_nothing_and_nothing_goes_back_twice(
    deps, booked, bank, clock, meera
):
    bank.decide(raised(deps, bank, booked), "lost")
    purse.settle(deps, clock, 5)
    cancel(deps, meera.account.id, booked, refund_paise=500_00)
    purse.settle(deps, clock, 10)
    assert purse.payment_of(deps, booked).refunds == ()
    assert set(purse.balances(deps)) == {"gateway", "gateway_charges"}


@pytest.mark.parametrize("decided", ["won", "lost"])
def test_a_session_that_ends_meanwhile_is_over_and_the_refund_waits_for_the_bank(deps, booked, bank, clock, decided):
    dispute = raised(deps, bank, booked)
    purse.settle(deps, clock, 5)
    over(deps, clock, booked, mentor=[])
    assert deps.bookings.find(booked.booking.id).status == "no_show"
    purse.settle(deps, clock, 30)
    assert [each.status for each in purse.payment_of(deps, booked).refunds] == ["due"]
    bank.decide(dispute, decided)
    purse.settle(deps, clock, 30)
    assert [each.status for each in purse.payment_of(deps, booked).refunds] == ["processed"]
    assert set(purse.balances(deps)) == {"gateway", "gateway_charges"}
    assert purse.balances(deps)["gateway"] == -11_80


def test_an_admin_waits_for_the_bank(deps, booked, bank, clock):
    raised(deps, bank, booked)
    purse.settle(deps, clock, 5)
    by = {"by": admin(deps), "booking_id": booked.booking.id}
    assert code_of(admin_refunds.give_back, deps, **by, paise=1_00, words="Goodwill") == "bank_dispute"


def test_doubled_and_reordered_news_change_nothing_more(deps, booked, bank, clock):
    over(deps, clock, booked)
    dispute = raised(deps, bank, booked)
    bank.decide(dispute, "lost")
    events = purse.gateway(deps).events()
    for body, headers in [*reversed(events), *events]:
        purse.deliver(deps, body, headers)
    for _ in range(3):
        chargebacks.heard_of(deps, dispute)
    purse.settle(deps, clock, 5)
    assert purse.balances(deps)["chargebacks"] == 500_00
    assert rung(deps) == ["lost"]


def test_one_about_money_that_is_not_ours_to_keep_is_for_a_person(deps, booked, bank, clock, lena, meera, lesson):
    other = paid(deps, lena, meera, lesson, hours=30, key="key-hold-0002")
    payment = purse.payment_of(deps, other)
    deps.tables.commit(deps.payments.saving(payment, type(payment)(**(vars(payment) | {"payment_id": "pay_else"}))))
    chargebacks.heard_of(deps, raised_by(bank, payment.payment_id))
    assert rung(deps) == ["for_a_person"]


def raised_by(bank, payment_id):
    return bank.dispute(payment_id)["id"]
