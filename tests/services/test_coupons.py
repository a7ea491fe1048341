"""Coupons on held bookings: once a person, never more than the budget, back where nobody is to blame."""

import threading
from datetime import date, timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.services import admin_refunds, bookings, coupons
from tests.fakes import people, purse
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import world
from tests.refusals import code_of
from tests.services.dealings import cancel
from tests.services.selling import acts, admin


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def lesson(deps, meera):
    open_hours(deps, meera)
    return offer(deps, meera, price_paise=500_00)


@pytest.fixture
def ada(deps):
    return admin(deps)


@pytest.fixture
def held(deps, lena, meera, lesson):
    return hold(deps, lena, meera, lesson)


def made(deps, by, code="HALF", percent=50, amount_paise=0, budget_paise=1_000_00, day=31):
    terms = {"percent": percent, "amount_paise": amount_paise, "budget_paise": budget_paise}
    return coupons.make(deps, by=by, code=code, expires_on=date(2026, 3, day), **terms)


def put(deps, held, typed="half"):
    return coupons.put_on(deps, learner_id=held.booking.learner_id, booking_id=held.booking.id, typed=typed)


def take_off(deps, held):
    return coupons.take_off(deps, learner_id=held.booking.learner_id, booking_id=held.booking.id)


def left(deps, code="HALF"):
    coupon = deps.coupons.get(code)
    return coupon.left_paise, coupon.uses


def test_a_coupon_takes_its_part_off_booking_and_payment_alike(deps, held, ada):
    made(deps, ada)
    discounted = put(deps, held)
    assert discounted.booking.payable_paise == purse.payment_of(deps, held).payable_paise == 250_00
    assert left(deps) == (750_00, 1)
    purse.bought(deps, held)
    assert deps.bookings.find(held.booking.id).paid_paise == 250_00


def test_the_mentors_share_is_of_the_whole_price(deps, held, ada, clock):
    made(deps, ada)
    put(deps, held)
    purse.bought(deps, held)
    purse.settle(deps, clock, 3)
    balances = purse.balances(deps)
    assert balances["mentor:pending"] == -425_00 and balances["coupons"] == 250_00


def test_putting_it_on_again_or_taking_off_what_is_not_there_changes_nothing(deps, held, ada):
    made(deps, ada)
    for _ in range(2):
        put(deps, held)
    assert left(deps) == (750_00, 1)
    for _ in range(2):
        assert take_off(deps, held).booking.discount_paise == 0
    assert left(deps) == (1_000_00, 0)
    assert purse.payment_of(deps, held).coupon == ""


def test_a_booking_takes_one_coupon(deps, held, ada):
    made(deps, ada)
    made(deps, ada, "OTHER", percent=10)
    put(deps, held)
    assert code_of(put, deps, held, "other") == "coupon_set"


def test_a_person_uses_it_once(deps, held, ada, meera, lena, lesson):
    made(deps, ada)
    put(deps, held)
    purse.bought(deps, held)
    second = hold(deps, lena, meera, lesson, hours=30, key="key-hold-0002")
    assert code_of(put, deps, second) == "coupon_used"
    assert left(deps) == (750_00, 1)


def test_what_cannot_be_had_is_refused_in_its_own_words(deps, held, ada):
    assert code_of(put, deps, held, "nothing") == "coupon_unknown"
    assert code_of(put, deps, held, "no-code!") == "coupon_unknown"
    made(deps, ada, "SMALL", budget_paise=249_99)
    assert code_of(put, deps, held, "small") == "coupon_over"
    made(deps, ada, "CLOSED")
    coupons.close(deps, by=ada, code="closed")
    assert code_of(put, deps, held, "closed") == "coupon_over"


def test_a_coupon_is_good_until_midnight_in_india(deps, lena, meera, lesson, ada, clock):
    made(deps, ada, day=2)
    clock.now = clock.now.replace(hour=18, minute=29)
    held = hold(deps, lena, meera, lesson, hours=30)
    clock.forward(timedelta(minutes=1))
    assert code_of(put, deps, held) == "coupon_over"


def test_once_one_has_begun_to_pay_the_price_stands(deps, held, ada):
    made(deps, ada)
    purse.begin(deps, held)
    assert code_of(put, deps, held) == "order_made"
    assert left(deps) == (1_000_00, 0)


def test_nor_is_it_taken_off_any_more(deps, held, ada):
    made(deps, ada)
    put(deps, held)
    purse.begin(deps, held)
    assert code_of(take_off, deps, held) == "order_made"


def test_it_is_the_learners_alone_and_while_the_hold_lasts(deps, held, ada, meera, clock):
    made(deps, ada)
    mine = {"booking_id": held.booking.id, "typed": "half"}
    assert code_of(coupons.put_on, deps, learner_id=meera.account.id, **mine) == "learner_only"
    assert code_of(coupons.put_on, deps, learner_id=people.learner(deps, "Xu").id, **mine) == "not_found"
    clock.forward(timedelta(minutes=15))
    assert code_of(put, deps, held) == "hold_lapsed"


def test_what_costs_nothing_takes_none(deps, lena, meera, lesson, ada):
    made(deps, ada)
    free = hold(deps, lena, meera, offer(deps, meera, number=2))
    assert code_of(put, deps, free) == "nothing_to_pay"


def test_what_is_wholly_covered_is_confirmed_without_the_gateway(deps, held, ada, clock):
    made(deps, ada, "EVERYTHING", percent=0, amount_paise=499_50)
    assert put(deps, held, "everything").booking.payable_paise == 0
    assert purse.begin(deps, held) == ""
    booking = deps.bookings.find(held.booking.id)
    assert (booking.status, booking.paid_paise) == ("confirmed", 0)
    assert purse.gateway(deps).calls == []
    purse.settle(deps, clock, 3)
    assert purse.balances(deps)["coupons"] == 500_00


class TestTheUseReturns:
    def test_when_the_hold_lapses_or_is_given_back(self, deps, held, ada, lena):
        made(deps, ada)
        put(deps, held)
        bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
        assert left(deps) == (1_000_00, 0)

    def test_when_the_mentor_cancels(self, deps, held, ada, meera, lena, lesson):
        made(deps, ada)
        put(deps, held)
        purse.bought(deps, held)
        cancel(deps, meera.account.id, held, refund_paise=250_00)
        assert left(deps) == (1_000_00, 0)
        again = hold(deps, lena, meera, lesson, hours=30, key="key-hold-0002")
        assert put(deps, again).booking.discount_paise == 250_00

    def test_when_the_platform_cancels(self, deps, held, ada):
        made(deps, ada)
        put(deps, held)
        purse.bought(deps, held)
        admin_refunds.cancel(deps, by=ada, booking_id=held.booking.id, reason="Flood")
        assert left(deps) == (1_000_00, 0)

    def test_but_not_when_the_learner_does(self, deps, held, ada, lena):
        made(deps, ada)
        put(deps, held)
        purse.bought(deps, held)
        cancel(deps, lena.id, held, refund_paise=250_00)
        assert left(deps) == (750_00, 1)


class TestAPaymentThatComesLate:
    @pytest.fixture
    def late(self, deps, held, ada):
        """Paid in one tab, heard of after the hold was given back in another."""
        made(deps, ada)
        put(deps, held)
        payment = purse.pay(deps, held)
        bookings.release(deps, user_id=held.booking.learner_id, booking_id=held.booking.id)
        assert left(deps) == (1_000_00, 0)
        return payment

    def test_takes_its_coupon_again(self, deps, held, late):
        assert purse.come_back(deps, held, late).booking.status == "confirmed"
        assert left(deps) == (750_00, 1)

    def test_goes_back_whole_where_the_person_has_used_it_meanwhile(self, deps, held, late, lena, meera, lesson):
        put(deps, hold(deps, lena, meera, lesson, hours=40, key="key-hold-0002"))
        purse.come_back(deps, held, late)
        assert deps.bookings.find(held.booking.id).status == "expired"
        [refund] = purse.payment_of(deps, held).refunds
        assert (refund.paise, refund.why) == (250_00, "too_late")
        assert left(deps) == (750_00, 1)

    def test_goes_back_whole_where_the_budget_is_used_up(self, deps, held, late, meera, lesson):
        for n in range(4):
            other = hold(deps, people.learner(deps, f"Xu{n}"), meera, lesson, hours=30 + 2 * n)
            put(deps, other)
        purse.come_back(deps, held, late)
        assert [each.why for each in purse.payment_of(deps, held).refunds] == ["too_late"]
        assert left(deps) == (0, 4)


def test_a_coupon_that_ran_out_at_midnight_was_had_in_time(deps, lena, meera, lesson, ada, clock):
    made(deps, ada, day=2)
    clock.now = clock.now.replace(hour=18, minute=25)
    held = hold(deps, lena, meera, lesson, hours=30)
    put(deps, held)
    payment = purse.pay(deps, held)
    bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
    clock.forward(timedelta(minutes=10))
    assert deps.coupons.get("HALF").is_over(clock())
    assert purse.come_back(deps, held, payment).booking.discount_paise == 250_00


def test_a_budget_is_never_exceeded_however_many_come_at_once(deps, meera, lesson, ada):
    made(deps, ada, budget_paise=1_100_00)
    crowd = [people.learner(deps, f"Lena{n}") for n in range(12)]
    holds = [hold(deps, who, meera, lesson, hours=24 + n, key=f"key-hold-{n:04d}") for n, who in enumerate(crowd)]
    outcomes = []

    def try_it(each):
        try:
            put(deps, each)
            outcomes.append("had")
        except DomainError as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=try_it, args=(each,)) for each in holds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["coupon_over"] * 8 + ["had"] * 4
    assert left(deps) == (100_00, 4)
    discounts = [deps.bookings.find(each.booking.id).discount_paise for each in holds]
    assert sum(discounts) == 1_000_00 == sum(purse.payment_of(deps, each).discount_paise for each in holds)


def test_one_person_has_it_once_from_however_many_tabs(deps, held, ada):
    made(deps, ada)
    threads = [threading.Thread(target=lambda: put(deps, held)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert left(deps) == (750_00, 1)


def test_codes_are_not_guessed(deps, held):
    for _ in range(20):
        assert code_of(put, deps, held, "guess") == "coupon_unknown"
    assert code_of(put, deps, held, "guess") == "too_many"


class TestAdmins:
    def test_make_them_and_it_is_written_down(self, deps, ada):
        coupon = made(deps, ada, " welcome 50 ")
        assert (coupon.code, coupon.left_paise, coupon.created_by) == ("WELCOME50", 1_000_00, ada.user_id)
        assert [each.code for each in deps.coupons.all(limit=10, cursor=None).items] == ["WELCOME50"]
        assert acts(deps) == ["coupon_made"]
        assert code_of(made, deps, ada, "welcome50") == "code_taken"

    def test_close_them_once(self, deps, ada):
        made(deps, ada)
        for _ in range(2):
            assert coupons.close(deps, by=ada, code="HALF").status == "closed"
        assert sorted(acts(deps)) == ["coupon_closed", "coupon_made"]
        assert code_of(coupons.close, deps, by=ada, code="NONE") == "not_found"

    def test_who_were_signed_out_in_the_meantime_do_nothing(self, deps, ada):
        account = deps.accounts.find(ada.user_id)
        deps.tables.commit(deps.accounts.changing(account, account.without_role("admin")))
        assert code_of(made, deps, ada) == "signed_out"
        assert deps.coupons.find("HALF") is None and acts(deps) == []


def test_a_booking_with_a_coupon_is_paid_and_refunded_to_the_last_paisa(deps, lena, meera, lesson, ada, clock):
    made(deps, ada, percent=33)
    booked = hold(deps, lena, meera, lesson)
    put(deps, booked)
    purse.bought(deps, booked)
    cancel(deps, meera.account.id, booked, refund_paise=335_00)
    purse.settle(deps, clock, 10)
    balances = purse.balances(deps)
    assert set(balances) == {"gateway", "gateway_charges"}
