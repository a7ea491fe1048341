"""Tables for spreadsheets: RFC 4180, UTF-8 with a mark that Excel knows it by, and nothing in it that would be run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from chalicelib.domain.papers import Entry, Statement, Sums
from chalicelib.domain.rupees import decimal

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What a spreadsheet may take for a formula, the wide forms of East Asian keyboards too.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEAD = (
    *("Date (IST)", "What", "Reference", "Title"),
    *("Gross (₹)", "Platform fee (₹)", "of which GST (₹)", "Your share (₹)", "TDS (₹)", "TCS (₹)"),
    *("Change of available (₹)", "Available (₹)"),
)


def csv_of(statement: Statement) -> bytes:
    """The opening balance, each entry with the balance it leads to, and the totals."""
    balance = statement.opening.available
    opening = (statement.month.isoformat(), "Opening balance", "", "", *_columns(Sums()), decimal(balance))
    rows: list[Sequence[str]] = [HEAD, opening]
    for entry in statement.entries:
        balance += entry.sums.available
        rows.append((*_words(entry), *_columns(entry.sums), decimal(balance)))
    rows.append(("", "Total", "", "", *_columns(statement.totals), decimal(statement.closing.available)))
    return table(rows)


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a file; whoever puts words of people into a row makes them safe."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return (MARK + text.getvalue()).encode()


def safe(words: str) -> str:
    """Words that a spreadsheet would take for a formula get an apostrophe in front, which makes them text."""
    plain = words.replace("\0", "")
    return f"'{plain}" if plain.lstrip(" \N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}").startswith(RISKY) else plain


def _words(entry: Entry) -> tuple[str, ...]:
    return entry.on.isoformat(), safe(entry.what), safe(entry.reference), safe(entry.title)


def _columns(sums: Sums) -> list[str]:
    listed = (sums.gross, sums.fee, sums.gst, sums.share, sums.tds, sums.tcs, sums.available)
    return [decimal(paise) for paise in listed]
