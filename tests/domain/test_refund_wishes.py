"""What admins may give back alone, and what takes two of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import earnings, refund_wishes
from chalicelib.domain.refund_wishes import RefundWish
from tests.domain.paying import HOUR, NOW, Books, paid
from tests.refusals import code_of


def given(payment, paise, why="admin", number=1):
    return earnings.give_back(payment, paise, why, f"rfd_{number}", NOW).payment


def test_above_ten_thousand_rupees_it_takes_two_however_it_is_cut():
    payment = paid(Books(), 50_000_00)
    assert not refund_wishes.needs_another(payment, 10_000_00)
    assert refund_wishes.needs_another(payment, 10_000_01)
    assert refund_wishes.needs_another(given(payment, 6_000_00), 4_000_01)
    assert not refund_wishes.needs_another(given(payment, 6_000_00, "dispute"), 4_000_01)


def test_another_admin_asks_for_the_very_same_within_a_day():
    wish = RefundWish("bkg_1", 20_000_00, "Goodwill", "usr_a", NOW)
    assert wish.is_seconded("usr_b", 20_000_00, NOW + 23 * HOUR)
    assert not wish.is_seconded("usr_a", 20_000_00, NOW)
    assert not wish.is_seconded("usr_b", 20_000_01, NOW)
    assert not wish.is_seconded("usr_b", 20_000_00, NOW + 24 * HOUR)


def test_the_same_sum_within_minutes_is_the_same_refund():
    payment = given(paid(Books()), 100_00)
    assert code_of(refund_wishes.must_be_new, payment, 100_00, NOW + timedelta(minutes=9)) == "same_refund"
    refund_wishes.must_be_new(payment, 100_01, NOW)
    refund_wishes.must_be_new(payment, 100_00, NOW + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("paise", "code"), [(500_00, None), (499_00, None), (500_01, "invalid"), (99, "invalid"), (499_50, "invalid")]
)
def test_neither_it_nor_what_is_left_is_too_little_for_the_gateway(paise, code):
    payment = paid(Books())
    if code is None:
        refund_wishes.check(payment, paise)
    else:
        assert code_of(refund_wishes.check, payment, paise) == code


def test_there_must_be_something_to_give():
    payment = paid(Books())
    assert code_of(refund_wishes.check, given(payment, 500_00), 1_00) == "nothing_left"
    assert code_of(refund_wishes.check, earnings.disputed_by_bank(payment), 1_00) == "bank_dispute"
    assert code_of(refund_wishes.check, replace(payment, status="open"), 1_00) == "not_paid"
