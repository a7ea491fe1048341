"""Amounts: grouped as India groups them, and never another amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.rupees import amount, decimal, rupees

paise = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("paise", "shown"),
    [
        (0, "₹0.00"),
        (5, "₹0.05"),
        (100, "₹1.00"),
        (99_999, "₹999.99"),
        (100_000, "₹1,000.00"),
        (9_999_999, "₹99,999.99"),
        (10_000_000, "₹1,00,000.00"),
        (1_000_010_000, "₹1,00,00,100.00"),
        (12_34_56_78_900, "₹12,34,56,789.00"),
        (-50_000, "−₹500.00"),
        (-1, "−₹0.01"),
    ],
)
def test_lakhs_and_crores_are_grouped_as_in_india(paise, shown):
    assert rupees(paise) == shown


@given(paise)
def test_what_is_shown_is_the_amount_to_the_paisa(paise):
    digits = rupees(paise).replace("₹", "").replace(",", "").replace(".", "").replace("−", "-")
    assert int(digits) == paise


@given(paise)
def test_groups_are_of_three_digits_at_the_end_and_of_two_before(paise):
    groups = amount(abs(paise)).partition(".")[0].split(",")
    assert 1 <= len(groups[0]) <= (2 if len(groups) > 1 else 3)
    assert all(len(group) == 2 for group in groups[1:-1])
    assert len(groups) == 1 or len(groups[-1]) == 3
    assert len(groups) == 1 or not groups[0].startswith("0")


@given(paise)
def test_a_column_has_the_same_without_the_currency(paise):
    assert amount(paise) == rupees(paise).replace("₹", "")


@given(paise)
def test_a_spreadsheet_reads_the_same_number(paise):
    whole, _, rest = decimal(paise).partition(".")
    assert len(rest) == 2 and int(whole + rest) == paise
