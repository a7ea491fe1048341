"""A mentor's month on paper."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from chalicelib.domain.company import Company
from chalicelib.domain.papers import Balances, Entry, PaidOut, Statement, Sums
from chalicelib.domain.rupees import amount, rupees
from chalicelib.gateways.papers.paper import PRIMARY, SOFT, Paper, Style, day

LABEL, BODY, STRONG, HEAD = (
    Style(8, colour=SOFT),
    Style(8.5),
    Style(8.5, bold=True),
    Style(8, bold=True, colour=PRIMARY),
)
WHAT, WHAT_WIDTH, PAD, TOTAL = 62.0, 218.0, 7.0, 24.0
COLUMNS = ("Gross", "Platform fee", "of which GST", "Your share", "TDS", "TCS", "Available")
WIDTHS = (76.0, 68.0, 62.0, 74.0, 56.0, 50.0, 80.0)
Listed = TypeVar("Listed")
ABOUT = (
    "Amounts are in Indian rupees, days are by Indian Standard Time. Your share is the gross price less the platform"
    " fee, which includes GST. TDS (income tax) and TCS (GST) are withheld from your share. Available is what your"
    " balance for payouts changed by. Made by computer, and valid without a signature."
)


def pdf(company: Company, statement: Statement) -> bytes:
    """As many pages as the month needs; each begins with the heads of what it goes on with."""
    month = f"{statement.month:%B %Y}"
    paper = Paper(company, f"Earnings statement, {month}", statement.issued_on, landscape=True)
    y = _head(paper, company, statement, month)
    y = _balances(paper, statement, y)
    y = _entries(paper, statement, y)
    y = _payouts(paper, statement, y)
    _about(paper, y)
    return paper.finish()


def _head(paper: Paper, company: Company, statement: Statement, month: str) -> float:
    y, name = paper.top, Style(12, bold=True)
    paper.words(paper.left, y, company.name, Style(17, bold=True, colour=PRIMARY))
    paper.words_to(paper.right, y, "Earnings statement", Style(17, bold=True))
    paper.words_to(paper.right, y + 18, month, Style(11, bold=True, colour=SOFT))
    paper.words_to(paper.right, y + 34, f"Issued on {day(statement.issued_on)}", Style(9, colour=SOFT))
    at = paper.lines(paper.left, y + 24, paper.wrapped(statement.mentor, 420, name), name)
    pan = f"PAN {statement.pan}" if statement.pan else "PAN not given yet"
    paper.words(paper.left, at - 2, pan, Style(9, colour=SOFT))
    end = max(at + 12, y + 48)
    paper.rule(end, PRIMARY, 1.2)
    return end + 18


def _balances(paper: Paper, statement: Statement, y: float) -> float:
    """Opening and closing, side by side."""
    middle, gap = (paper.left + paper.right) / 2, 8.0
    opening = ("Opening balances", statement.opening, paper.left, middle - gap)
    closing = ("Closing balances", statement.closing, middle + gap, paper.right)
    for label, balances, left, right in (opening, closing):
        paper.panel(y, 62, left, right)
        paper.words(left + 14, y + 18, label, HEAD)
        for at, (name, paise) in enumerate(_named(balances)):
            x = left + 14 + at * (right - left - 28) / 3
            paper.words(x, y + 34, name, LABEL)
            paper.words(x, y + 50, rupees(paise), Style(10.5, bold=True))
    return y + 62 + 28


def _named(balances: Balances) -> Sequence[tuple[str, int]]:
    return ("Available", balances.available), ("Pending", balances.pending), ("On its way", balances.in_flight)


def _entries(paper: Paper, statement: Statement, y: float) -> float:
    y = _entry_heads(paper, y)
    for left, entry in _counted_down(statement.entries):
        y = _entry(paper, entry, y, 0 if left else TOTAL)
    if not statement.entries:
        paper.words(paper.left, y + 12, "Nothing moved this month.", LABEL)
        y += 26
    paper.rule(y, PRIMARY, 1.2)
    paper.words(paper.left, y + 16, "Total", STRONG)
    _amounts(paper, y + 16, statement.totals, STRONG, "0.00")
    return y + TOTAL + 24


def _entry_heads(paper: Paper, y: float) -> float:
    paper.words(paper.left, y, "Date", HEAD)
    paper.words(paper.left + WHAT, y, "What", HEAD)
    _row(paper, y, COLUMNS, HEAD)
    paper.rule(y + 7, PRIMARY)
    return y + 7


def _entry(paper: Paper, entry: Entry, y: float, after: float) -> float:
    """Its title beneath what it is, and `after` it room on the same page; where the next begins is the answer."""
    what = f"{entry.what}  {entry.reference}"
    lines = paper.wrapped(what, WHAT_WIDTH, BODY)
    title = paper.wrapped(entry.title, WHAT_WIDTH, LABEL)
    height = BODY.line * len(lines) + LABEL.line * len(title) + PAD
    if y + height + after > paper.bottom:
        y = _entry_heads(paper, paper.next_page())
    at = y + BODY.line
    paper.words(paper.left, at, f"{entry.on.day} {entry.on:%b}", BODY)
    paper.lines(paper.left + WHAT, paper.lines(paper.left + WHAT, at, lines, BODY), title, LABEL)
    _amounts(paper, at, entry.sums, BODY, "–")
    paper.rule(y + height)
    return y + height


def _amounts(paper: Paper, y: float, sums: Sums, style: Style, zero: str) -> None:
    listed = (sums.gross, sums.fee, sums.gst, sums.share, sums.tds, sums.tcs, sums.available)
    _row(paper, y, [amount(paise) if paise else zero for paise in listed], style)


def _row(paper: Paper, y: float, cells: Sequence[str], style: Style) -> None:
    """Each cell ends where its column does, the last at the right margin."""
    x = paper.right - sum(WIDTHS)
    for cell, width in zip(cells, WIDTHS, strict=True):
        x += width
        paper.words_to(x, y, cell, style)


def _payouts(paper: Paper, statement: Statement, y: float) -> float:
    if not statement.payouts:
        return y
    if y + 60 > paper.bottom:
        y = paper.next_page()
    y = _payout_heads(paper, y)
    for left, payout in _counted_down(statement.payouts):
        y = _payout(paper, payout, y, 0 if left else TOTAL)
    paper.rule(y, PRIMARY, 1.2)
    paper.words(paper.left, y + 16, "Total of payouts", STRONG)
    paper.words_to(paper.right, y + 16, amount(statement.paid_out_paise), STRONG)
    return y + TOTAL + 20


def _payout_heads(paper: Paper, y: float) -> float:
    for x, label in ((0.0, "Date"), (WHAT, "Payout"), (WHAT + 240, "To"), (WHAT + 470, "Status")):
        paper.words(paper.left + x, y, label, HEAD)
    paper.words_to(paper.right, y, "Paid out", HEAD)
    paper.rule(y + 7, PRIMARY)
    return y + 7


def _payout(paper: Paper, payout: PaidOut, y: float, after: float) -> float:
    account, status = paper.wrapped(payout.account, 220, BODY), paper.wrapped(payout.status, 130, BODY)
    height = BODY.line * max(len(account), len(status), 1) + PAD
    if y + height + after > paper.bottom:
        y = _payout_heads(paper, paper.next_page())
    at = y + BODY.line
    paper.words(paper.left, at, f"{payout.on.day} {payout.on:%b}", BODY)
    paper.words(paper.left + WHAT, at, payout.reference, BODY)
    paper.lines(paper.left + WHAT + 240, at, account, BODY)
    paper.lines(paper.left + WHAT + 470, at, status, BODY)
    paper.words_to(paper.right, at, amount(payout.paise), BODY)
    paper.rule(y + height)
    return y + height


def _counted_down(listed: Sequence[Listed]) -> Iterator[tuple[int, Listed]]:
    """Each with how many are left: the last one keeps the total beneath it, which should not stand on a page alone."""
    return zip(range(len(listed) - 1, -1, -1), listed, strict=True)


def _about(paper: Paper, y: float) -> None:
    lines = paper.wrapped(ABOUT, paper.right - paper.left, LABEL)
    if y + LABEL.line * len(lines) > paper.bottom:
        y = paper.next_page()
    paper.lines(paper.left, y, lines, LABEL)
