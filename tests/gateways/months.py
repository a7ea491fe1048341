"""A mentor's months for the tests of papers."""

from dataclasses import replace
from datetime import date

from chalicelib.domain.papers import Balances, Entry, Statement, Sums


def session(number: int) -> Entry:
    """One that was earned, with amounts of its own."""
    gross = 50_000 + 137 * number
    fee = (gross * 15 + 50) // 100
    sums = Sums(gross, fee, (fee * 18 + 59) // 118, gross - fee, gross // 1000, number % 3, gross - fee - gross // 1000)
    day = date(2026, 3, 1 + number % 31)
    return Entry(day, "Session", f"bkg_01JQ8ZK5T3M8N4V7W2X1{number:06}", f"Lesson {number} of many", sums)


def payout(number: int) -> Entry:
    """One that was paid out."""
    return Entry(date(2026, 3, 30), "Payout", f"pyt_{number:04}", "", Sums(available=-1_00_000_00 - number))


def month(entries: int, **changes) -> Statement:
    """A statement with so many entries, every tenth of them a payout, that adds up."""
    listed = tuple(payout(number) if number % 10 == 9 else session(number) for number in range(entries))
    opening = Balances(2_500_00, 1_200_50)
    made = Statement("Meera", "XXXXXX234F", date(2026, 3, 1), date(2026, 4, 1), opening, listed, opening)
    closing = Balances(3_100_25, made.opening.available + made.totals.available, 5_000_75)
    return replace(made, closing=closing, **changes)
