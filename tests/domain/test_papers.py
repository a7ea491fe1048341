"""What papers add up to, and by which calendar."""

from dataclasses import astuple, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.india import in_india
from chalicelib.domain.papers import Balances, Entry, PaidOut, Receipt, Refunded, Statement, Sums

DAY = date(2026, 3, 2)
RECEIPT = Receipt(
    number="R-1",
    issued_on=DAY,
    learner="Lena",
    mentor="Meera",
    title="Decorators in an hour",
    starts_at=datetime(2026, 3, 2, 14, tzinfo=UTC),
    minutes=60,
    zone="Asia/Kolkata",
    price_paise=150_000,
    discount_paise=30_000,
    paid_paise=120_000,
    paid_on=DAY,
    fee_paise=22_500,
    gst_paise=3_432,
    gst_bps=1800,
)
paise = st.integers(-(10**9), 10**9)
sums = st.builds(Sums, paise, paise, paise, paise, paise, paise, paise)


def statement(entries, opening=0, closing=0, payouts=()):
    """A month with these entries."""
    listed = tuple(Entry(DAY, "Session", "bkg_1", "", each) for each in entries)
    return Statement("Meera", "", DAY, DAY, Balances(0, opening), listed, Balances(0, closing), payouts)


def test_a_receipts_total_is_what_was_paid_less_what_goes_back():
    back = (Refunded(DAY, 60_000, "cancelled"), Refunded(DAY, 10_000, "decided", done=False))
    assert RECEIPT.total_paise == 120_000
    receipt = replace(RECEIPT, refunds=back)
    assert (receipt.refunded_paise, receipt.total_paise) == (70_000, 50_000)


@given(st.lists(sums))
def test_the_totals_are_each_columns_sum(entries):
    columns = zip(*map(astuple, entries), strict=True) if entries else [()] * 7
    assert list(astuple(statement(entries).totals)) == [sum(column) for column in columns]


@given(st.lists(sums), paise)
def test_a_statement_adds_up_if_its_entries_lead_from_opening_to_closing(entries, opening):
    closing = opening + sum(each.available for each in entries)
    assert statement(entries, opening, closing).adds_up
    assert not statement(entries, opening, closing + 1).adds_up


def test_payouts_are_added_up():
    payouts = tuple(PaidOut(DAY, "po", amount, "", "") for amount in (100, 250))
    assert statement([], payouts=payouts).paid_out_paise == 350


@pytest.mark.parametrize(("hour", "day"), [(18, date(2026, 3, 31)), (19, date(2026, 4, 1))])
def test_the_day_is_indias(hour, day):
    assert in_india(datetime(2026, 3, 31, hour, tzinfo=UTC)) == day
