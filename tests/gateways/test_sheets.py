"""Statements for spreadsheets: the sums are right, and nothing in a cell is run."""

import csv
import io
from dataclasses import astuple, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.company import Company
from chalicelib.gateways.papers import Papers, sheets
from tests.gateways.months import month, payout, session

PAPERS = Papers(Company("PeerLearn"))


def rows(file: bytes) -> list[list[str]]:
    """As Python's reader has the CSV."""
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("entries", [0, 1, 200])
def test_the_csv_adds_up_and_its_balance_runs_from_opening_to_closing(entries):
    statement = month(entries)
    file = PAPERS.statement_csv(statement)
    assert file.startswith(b"\xef\xbb\xbf") and b"\n" not in file.replace(b"\r\n", b"")
    head, opening, *middle, total = rows(file)
    assert len(middle) == entries and {len(row) for row in rows(file)} == {len(head)}
    for column, paise in zip(range(4, 11), astuple(statement.totals), strict=True):
        assert (
            sum((Decimal(row[column]) for row in middle), Decimal()) == Decimal(total[column]) == Decimal(paise) / 100
        )
    balance = Decimal(opening[11])
    for row in middle:
        balance += Decimal(row[10])
        assert Decimal(row[11]) == balance
    assert Decimal(total[11]) == balance == Decimal(statement.closing.available) / 100


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u00a0+", "\ufeff@"]
)
def test_words_that_a_spreadsheet_would_run_are_made_text(begin):
    entry = replace(session(0), title=f"{begin}HYPERLINK(1)", reference=f"{begin}2")
    row = rows(PAPERS.statement_csv(replace(month(0), entries=(entry,))))[2]
    assert row[2:4] == [f"'{begin}2", f"'{begin}HYPERLINK(1)"]


def test_a_negative_amount_stays_a_number():
    row = rows(PAPERS.statement_csv(replace(month(0), entries=(payout(5),))))[2]
    assert row[10] == "-100000.05" and row[4] == "0.00"


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_title_comes_back_from_the_csv(title):
    cell = rows(PAPERS.statement_csv(replace(month(0), entries=(replace(session(0), title=title),))))[2][3]
    assert cell == sheets.safe(title) and cell.removeprefix("'") in (title, title.removeprefix("'"))
    assert not cell.startswith(sheets.RISKY)
