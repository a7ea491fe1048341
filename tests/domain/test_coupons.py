"""What a coupon takes off, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import coupons
from chalicelib.domain.coupons import LEAST_PAYABLE, Coupon

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HALF = Coupon("HALF", date(2026, 3, 31), 1_000_00, 1_000_00, NOW, "usr_a", percent=50)
prices = st.integers(50_00, 50_000_00)


@given(prices, st.integers(1, 100))
def test_what_is_left_of_a_price_is_nothing_or_what_the_gateway_takes(price, percent):
    left = price - replace(HALF, percent=percent).off(price)
    assert left == 0 or LEAST_PAYABLE <= left < price


@given(prices, st.integers(1_00, 50_000_00))
def test_an_amount_never_takes_off_more_than_the_price(price, amount):
    off = replace(HALF, percent=0, amount_paise=amount).off(price)
    assert off == min(amount, price) or (off == price and price - amount < LEAST_PAYABLE)


def test_half_a_paisa_is_the_learners():
    assert HALF.off(99_99) == 50_00


def test_its_last_day_ends_at_midnight_in_india():
    last = datetime(2026, 3, 31, 18, 29, 59, tzinfo=UTC)
    assert not HALF.is_over(last)
    assert HALF.is_over(datetime(2026, 3, 31, 18, 30, tzinfo=UTC))


def test_it_is_over_once_closed_or_used_up():
    assert HALF.closed().is_over(NOW)
    assert replace(HALF, left_paise=0).is_over(NOW)


def test_a_code_is_read_in_whatever_case_and_with_spaces():
    assert coupons.code_of(" welcome 50 ") == "WELCOME50"
    assert coupons.is_code("WELCOME50")
    for bad in ("ABC", "A" * 21, "WEL-COME", "", "ÄÖÜß1"):
        assert not coupons.is_code(bad)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "AB"}, "code"),
        ({"percent": 0}, "percent"),
        ({"percent": 101}, "percent"),
        ({"amount_paise": 100_00}, "percent"),  # both
        ({"percent": 0, "amount_paise": 99}, "amount_paise"),
        ({"budget_paise": 99}, "budget_paise"),
        ({"expires_on": date(2026, 3, 1)}, "expires_on"),
        ({"expires_on": date(9999, 12, 31)}, "expires_on"),
        ({"expires_on": date(2032, 1, 1)}, "expires_on"),
    ],
)
def test_what_is_wrong_with_a_new_one_is_said(changes, field):
    found = coupons.faults(replace(HALF, **changes), NOW)
    assert [name for name, fault in found.items() if fault] == [field]


def test_one_that_ends_today_is_good_today():
    assert not any(coupons.faults(replace(HALF, expires_on=date(2026, 3, 2)), NOW).values())
