"""What goes back: by who cancels, how long before, and never more than was paid."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import refunds
from tests.domain.meetings import T, hours

PAISE, NOTICE = st.integers(0, 50_000_00), st.integers(-100, 100_000).map(lambda n: timedelta(minutes=n))
CAPS, SIDES = st.sampled_from([0, 50, 100]), st.sampled_from(["learner", "mentor", "platform"])


@given(SIDES, PAISE, st.integers(0, 100), NOTICE, CAPS)
def test_never_more_than_was_paid_and_never_a_fraction_of_a_paisa(by, price, discount, notice, cap):
    paise = price - price * discount // 100
    refund = refunds.refund_for(by, price, paise, notice, cap)
    assert (refund is None) == (price == 0)
    if refund:
        assert 0 <= refund.paise <= paise and isinstance(refund.paise, int)
        assert by == "learner" or refund.paise == paise


@given(PAISE, NOTICE, NOTICE, CAPS)
def test_coming_earlier_never_gives_back_less(paise, one, other, cap):
    sooner, later = sorted((one, other))
    assert refunds.refund_percent(sooner, cap) <= refunds.refund_percent(later, cap) <= cap


def test_half_a_paisa_is_rounded_up():
    assert refunds.refund_due(101, 50) == 51
    assert refunds.refund_due(101, 100) == 101


def test_the_steps_say_what_cancelling_at_each_moment_gives():
    steps = refunds.steps(T)
    assert steps == [(T - hours(24), 100), (T - hours(2), 50), (T, 0)]
    for until, percent in steps[:-1]:
        assert refunds.refund_percent(T - until) == percent
    assert [percent for _, percent in refunds.steps(T, cap=50)] == [50, 50, 0]


@pytest.mark.parametrize(
    ("paid", "percent", "back"), [(150, 50, 150), (200, 50, 100), (300, 50, 150), (300, 90, 300), (150, 0, 0)]
)
def test_neither_what_goes_back_nor_what_stays_is_less_than_a_rupee(paid, percent, back):
    assert refunds.cash_back(paid, percent) == back
