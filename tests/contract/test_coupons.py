"""Coupons and disputes on both kinds of tables."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.admin_acts import AdminAct
from chalicelib.domain.coupons import Coupon
from chalicelib.domain.disputes import Decision, Dispute
from chalicelib.domain.errors import DomainError
from chalicelib.domain.payments import Payment
from chalicelib.domain.refund_wishes import RefundWish
from chalicelib.domain.shares import Rates
from chalicelib.stores.admin_acts import AdminActs
from chalicelib.stores.coupons import Coupons
from chalicelib.stores.disputes import Disputes
from chalicelib.stores.payments import Payments
from chalicelib.stores.refund_wishes import RefundWishes

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def named(prefix):
    return f"{prefix}_{uuid.uuid4().hex}"


@pytest.fixture
def coupons(tables):
    return Coupons(tables)


@pytest.fixture
def half(tables, coupons):
    """Half off, ₹10 in all."""
    made = Coupon(uuid.uuid4().hex[:16].upper(), date(2026, 3, 31), 10_00, 10_00, NOW, "usr_a", percent=50)
    tables.commit([coupons.adding(made)])
    return made


def attempt(tables, writes):
    try:
        tables.commit(writes)
        return "had"
    except DomainError as refused:
        return refused.code


def test_a_code_stands_for_one_coupon(tables, coupons, half):
    assert coupons.get(half.code) == half
    assert attempt(tables, [coupons.adding(half)]) == "code_taken"
    assert half.code in [each.code for each in coupons.all(limit=100, cursor=None).items]


def test_one_person_has_it_once(tables, coupons, half):
    take = coupons.taking(half.code, "usr_l", "bkg_1", 1_00)
    assert [attempt(tables, take) for _ in range(2)] == ["had", "coupon_used"]
    tables.commit(coupons.returning(half.code, "usr_l", 1_00))
    assert attempt(tables, take) == "had"
    assert (coupons.get(half.code).left_paise, coupons.get(half.code).uses) == (9_00, 1)


def test_what_was_returned_is_not_returned_again(tables, coupons, half):
    tables.commit(coupons.taking(half.code, "usr_l", "bkg_1", 1_00))
    back = coupons.returning(half.code, "usr_l", 1_00)
    assert [attempt(tables, back) for _ in range(2)] == ["had", "changed_meanwhile"]
    assert coupons.get(half.code) == half


def test_many_at_once_never_take_more_than_there_is(tables, coupons, half):
    outcomes = []

    def take(number):
        writes = coupons.taking(half.code, f"usr_{number}", f"bkg_{number}", 3_00)
        outcome = "unavailable"
        while outcome == "unavailable":  # the tables asked for another try
            outcome = attempt(tables, writes)
        outcomes.append(outcome)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["coupon_over"] * 9 + ["had"] * 3
    assert (coupons.get(half.code).left_paise, coupons.get(half.code).uses) == (1_00, 3)


def test_a_closed_one_is_over_and_closes_once(tables, coupons, half):
    assert [attempt(tables, [coupons.closing(half.code)]) for _ in range(2)] == ["had", "changed_meanwhile"]
    assert attempt(tables, coupons.taking(half.code, "usr_l", "bkg_1", 1_00)) == "coupon_over"


def test_a_late_payment_takes_it_again_or_gives_way(tables, coupons, half):
    payment = Payment("bkg_1", "ses_1", "usr_l", "usr_m", "Loops", 10_00, Rates(), NOW)
    assert coupons.retaking(payment) == []
    with_it = replace(payment, coupon=half.code, discount_paise=6_00)
    assert attempt(tables, coupons.retaking(with_it)) == "had"
    assert attempt(tables, coupons.retaking(replace(with_it, learner_id="usr_x"))) == "coupon_over"
    assert attempt(tables, coupons.retaking(with_it)) == "coupon_over"


def test_a_dispute_moves_from_the_open_to_the_decided(tables):
    disputes, payments = Disputes(tables), Payments(tables)
    booking_id = named("bkg")
    payment = Payment(booking_id, "ses_1", "usr_l", "usr_m", "Loops", 10_00, Rates(), NOW)
    dispute = Dispute(booking_id, "ses_1", "usr_l", "usr_m", "Loops", NOW, reason="It did not take place at all.")
    assert disputes.with_payment(booking_id) == (None, None)
    tables.commit([payments.adding(payment), disputes.adding(dispute)])
    assert attempt(tables, [disputes.adding(dispute)]) == "changed_meanwhile"
    assert disputes.with_payment(booking_id) == (payment, dispute)
    assert dispute in disputes.listed("open", limit=100, cursor=None).items
    decided = dispute.decided(Decision(50, 5_00, "Half of it did.", "usr_a", NOW + timedelta(days=1)))
    tables.commit([disputes.saving(dispute, decided)])
    assert attempt(tables, [disputes.saving(dispute, decided)]) == "changed_meanwhile"
    found = disputes.find(booking_id)
    assert found == replace(decided, version=2)
    assert booking_id not in [each.booking_id for each in disputes.listed("open", limit=100, cursor=None).items]
    assert found in disputes.listed("decided", limit=100, cursor=None).items


def test_a_wish_is_granted_once_and_as_it_was_asked_for(tables):
    wishes = RefundWishes(tables)
    wish = RefundWish(named("bkg"), 20_000_00, "Goodwill", "usr_a", NOW)
    assert wishes.find(wish.booking_id) is None
    tables.commit([wishes.saving(wish)])
    assert wishes.find(wish.booking_id) == wish
    assert attempt(tables, [wishes.granting(replace(wish, paise=1))]) == "changed_meanwhile"
    assert [attempt(tables, [wishes.granting(wish)]) for _ in range(2)] == ["had", "changed_meanwhile"]


def test_what_admins_did_is_kept_by_the_month_and_never_changed(tables):
    acts = AdminActs(tables)
    act = AdminAct(named("act"), NOW, "usr_a", "refund_given", "bkg_1", {"paise": "100"})
    tables.commit([acts.adding(act)])
    assert attempt(tables, [acts.adding(replace(act, what="something_else"))]) == "changed_meanwhile"
    assert act in acts.of_month("2026-03", limit=100, cursor=None).items
    assert acts.of_month("2026-02", limit=100, cursor=None).items == []
