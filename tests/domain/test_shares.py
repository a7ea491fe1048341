"""Every price splits to the paisa, and what is given up in steps is never a paisa off."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.shares import Rates, Shares, shares

PRICES = range(50_00, 50_000_00 + 1, 100)
rates = st.builds(
    Rates,
    fee_bps=st.integers(0, 10_000),
    gst_bps=st.integers(0, 2_800),
    tds_bps=st.integers(0, 1_000),
    tcs_bps=st.integers(0, 200),
)


def test_share_and_fee_are_the_price_for_every_price_there_is():
    for price in PRICES:
        parts = shares(price, Rates())
        assert parts.share + parts.fee == price
        assert parts.fee == (price * 15 + 50) // 100


@given(st.integers(1, 50_000_00), rates)
def test_no_part_is_negative_and_taxes_lie_inside_what_they_are_taken_from(price, rates):
    parts = shares(price, rates)
    assert parts.share + parts.fee == price
    assert 0 <= parts.gst <= parts.fee
    assert min(vars(parts).values()) >= 0


def test_half_a_paisa_of_the_fee_is_rounded_up():
    assert shares(50_10, Rates()).fee == 7_52  # 751.5


def test_the_fee_includes_its_tax():
    parts = shares(1_180_00, Rates(fee_bps=10_000))
    assert (parts.fee, parts.gst) == (1_180_00, 180_00)


@given(st.integers(1, 50_000_00), st.lists(st.integers(0, 50_000_00), max_size=6), rates)
def test_giving_up_in_any_steps_ends_where_giving_up_at_once_does(price, steps, rates):
    kept, moved = price, Shares(0, 0, 0, 0, 0)
    for step in [*steps, price]:
        less = min(step, kept)
        given_up = shares(kept, rates) - shares(kept - less, rates)
        assert given_up.fee + given_up.share == less
        moved = Shares(**{name: value + vars(given_up)[name] for name, value in vars(moved).items()})
        kept -= less
    assert moved == shares(price, rates)
