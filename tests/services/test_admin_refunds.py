"""What admins give back: alone, together, again; and bookings that the platform calls off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.services import admin_refunds
from tests.fakes import purse
from tests.fakes.times import mails, offer, open_hours
from tests.fakes.world import world
from tests.refusals import code_of, refusal
from tests.services.selling import acts, admin, over, paid


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def lesson(deps, meera):
    open_hours(deps, meera)
    return offer(deps, meera, price_paise=40_000_00)


@pytest.fixture
def ada(deps):
    return admin(deps)


@pytest.fixture
def ben(deps):
    return admin(deps, "Ben")


@pytest.fixture
def booked(deps, lena, meera, lesson):
    return paid(deps, lena, meera, lesson)


def give(deps, by, booked, paise, words="Goodwill"):
    return admin_refunds.give_back(deps, by=by, booking_id=booked.booking.id, paise=paise, words=words)


def at_once(deps, booked, paise, admins):
    """What becomes of each, if all of them press at the same time."""

    def pressed(by):
        try:
            return give(deps, by, booked, paise).status
        except DomainError as refused:
            return refused.code

    with ThreadPoolExecutor(len(admins)) as pool:
        return list(pool.map(pressed, admins))


def refunds(deps, booked):
    return [each.paise for each in purse.payment_of(deps, booked).refunds]


def test_a_small_sum_goes_back_at_one_admins_word(deps, booked, ada, clock):
    assert give(deps, ada, booked, 10_000_00).status == "given"
    purse.settle(deps, clock, 10)
    [refund] = purse.payment_of(deps, booked).refunds
    assert (refund.why, refund.status) == ("admin", "processed")
    assert purse.balances(deps)["mentor:pending"] == -25_500_00
    [act] = deps.admin_acts.of_month("2026-03", limit=5, cursor=None).items
    assert (act.what, act.by, act.about) == ("refund_given", ada.user_id, booked.booking.id)
    assert act.facts["paise"] == "1000000"


def test_a_large_one_waits_for_a_second_admin_who_asks_for_the_same(deps, booked, ada, ben):
    for _ in range(2):
        assert give(deps, ada, booked, 20_000_00).status == "waiting_for_second_admin"
    assert refunds(deps, booked) == []
    assert give(deps, ben, booked, 20_000_00).status == "given"
    assert refunds(deps, booked) == [20_000_00]
    assert deps.refund_wishes.find(booked.booking.id) is None
    assert sorted(acts(deps)) == ["refund_asked", "refund_asked", "refund_given"]


def test_another_sum_is_another_wish(deps, booked, ada, ben):
    give(deps, ada, booked, 20_000_00)
    assert give(deps, ben, booked, 15_000_00).status == "waiting_for_second_admin"
    assert give(deps, ben, booked, 15_000_00).status == "waiting_for_second_admin"
    assert give(deps, ada, booked, 15_000_00).status == "given"
    assert refunds(deps, booked) == [15_000_00]


def test_a_wish_is_good_for_a_day(deps, booked, ada, ben, clock):
    give(deps, ada, booked, 20_000_00)
    clock.forward(timedelta(hours=24))
    assert give(deps, ben, booked, 20_000_00).status == "waiting_for_second_admin"


def test_cutting_it_in_pieces_does_not_help(deps, booked, ada, clock):
    give(deps, ada, booked, 6_000_00)
    clock.forward(timedelta(minutes=11))
    assert give(deps, ada, booked, 4_000_01).status == "waiting_for_second_admin"


def test_pressed_twice_it_goes_back_once_and_the_second_is_told(deps, booked, ada, clock):
    outcomes = at_once(deps, booked, 5_000_00, [ada] * 6)
    assert refunds(deps, booked) == [5_000_00]
    assert sorted(outcomes) == ["given", *["same_refund"] * 5]
    clock.forward(timedelta(minutes=10))
    assert give(deps, ada, booked, 5_000_00).status == "given"


def test_two_seconds_at_once_give_it_once(deps, booked, ada, ben):
    give(deps, ada, booked, 20_000_00)
    outcomes = at_once(deps, booked, 20_000_00, [ben, admin(deps, "Cleo")])
    assert refunds(deps, booked) == [20_000_00]
    assert sorted(outcomes) == ["given", "same_refund"]


def test_never_more_than_is_left_and_never_without_a_word(deps, booked, ada):
    assert list(refusal(give, deps, ada, booked, 40_000_01).fields) == ["paise"]
    assert list(refusal(give, deps, ada, booked, 5_000_00, "").fields) == ["words"]
    assert code_of(admin_refunds.give_back, deps, by=ada, booking_id="bkg_none", paise=100, words="x") == "not_found"
    assert refunds(deps, booked) == []


def test_who_was_signed_out_meanwhile_gives_nothing(deps, booked, ada):
    account = deps.accounts.find(ada.user_id)
    deps.tables.commit(deps.accounts.changing(account, account.without_role("admin")))
    assert code_of(give, deps, ada, booked, 5_000_00) == "signed_out"
    assert refunds(deps, booked) == [] and acts(deps) == []


def test_a_refund_after_the_payout_is_owed_by_the_mentor(deps, booked, ada, clock):
    over(deps, clock, booked)
    clock.forward(timedelta(hours=72))
    purse.settle(deps, clock, 5)
    give(deps, ada, booked, 10_000_00)
    purse.settle(deps, clock, 10)
    balances = purse.balances(deps)
    assert balances["mentor:available"] == -(25_500_00 - 30_00)
    assert "refunds_due" not in balances


def test_a_refund_that_has_failed_for_good_is_sent_again(deps, booked, ada, clock):
    give(deps, ada, booked, 5_000_00)
    [refund] = purse.payment_of(deps, booked).refunds
    args = {"by": ada, "booking_id": booked.booking.id}
    assert code_of(admin_refunds.retry, deps, **args, refund_id=refund.id) == "not_failed"
    assert code_of(admin_refunds.retry, deps, **args, refund_id="rfd_none") == "not_found"
    purse.gateway(deps).faults.add("refund_fails", times=99)
    for _ in range(5):
        clock.forward(timedelta(hours=12))
        purse.settle(deps, clock, 10)
    assert purse.payment_of(deps, booked).refunds[0].status == "failed"
    purse.gateway(deps).faults.clear()
    admin_refunds.retry(deps, **args, refund_id=refund.id)
    purse.settle(deps, clock, 10)
    assert purse.payment_of(deps, booked).refunds[0].status == "processed"
    assert acts(deps)[0] == "refund_retried"


class TestThePlatformCancels:
    def cancel(self, deps, by, booked):
        reason = "The mentor's account was closed."
        return admin_refunds.cancel(deps, by=by, booking_id=booked.booking.id, reason=reason)

    def test_all_goes_back_and_it_counts_against_nobody(self, deps, booked, ada, meera, clock):
        clock.forward(timedelta(hours=23))
        for _ in range(2):
            assert self.cancel(deps, ada, booked).booking.status == "cancelled_by_platform"
        assert deps.standings.find(meera.account.id).strikes == ()
        purse.settle(deps, clock, 10)
        assert set(purse.balances(deps)) == {"gateway", "gateway_charges"}
        told = [template for template, _ in mails(deps)]
        assert told.count("booking_cancelled_learner") == told.count("booking_cancelled_mentor") == 1
        assert acts(deps) == ["booking_cancelled"]

    def test_not_what_is_over(self, deps, booked, ada, clock):
        over(deps, clock, booked)
        assert code_of(self.cancel, deps, ada, booked) == "not_cancellable"
