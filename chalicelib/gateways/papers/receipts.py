"""A learner's receipt on paper."""

from chalicelib.domain.company import Company
from chalicelib.domain.papers import Receipt
from chalicelib.domain.rupees import rupees
from chalicelib.gateways.letters import span
from chalicelib.gateways.papers.paper import PRIMARY, SOFT, Paper, Style, day

LABEL, BODY, STRONG = Style(8, colour=SOFT), Style(10), Style(10, bold=True)
GAP = 24.0


def pdf(company: Company, receipt: Receipt) -> bytes:
    """One page, or more for a long name or many refunds."""
    paper = Paper(company, f"Receipt {receipt.number}", receipt.issued_on)
    y = _head(paper, company, receipt)
    y = _people(paper, receipt, y)
    y = _session(paper, receipt, y)
    y = _money(paper, receipt, y)
    _notes(paper, receipt, y)
    return paper.finish()


def _head(paper: Paper, company: Company, receipt: Receipt) -> float:
    y = paper.top + 8
    paper.words(paper.left, y, company.name, Style(17, bold=True, colour=PRIMARY))
    paper.words_to(paper.right, y, "Receipt", Style(17, bold=True))
    paper.words_to(paper.right, y + 18, f"No. {receipt.number}", Style(9, colour=SOFT))
    paper.words_to(paper.right, y + 32, f"Issued on {day(receipt.issued_on)}", Style(9, colour=SOFT))
    paper.rule(y + 50, PRIMARY, 1.2)
    return y + 50 + GAP


def _people(paper: Paper, receipt: Receipt, y: float) -> float:
    middle = (paper.left + paper.right) / 2
    width, ends = middle - paper.left - 16, []
    for x, label, name in (
        (paper.left, "Received from", receipt.learner),
        (middle, "For a session with", receipt.mentor),
    ):
        paper.words(x, y, label, LABEL)
        big = Style(12, bold=True)
        ends.append(paper.lines(x, y + 17, paper.wrapped(name, width, big), big))
    return max(ends) + 4


def _session(paper: Paper, receipt: Receipt, y: float) -> float:
    big, inner = Style(12, bold=True), paper.right - paper.left - 36
    title = paper.wrapped(receipt.title, inner, big)
    when = paper.wrapped(span(receipt.starts_at.isoformat(), str(receipt.minutes), receipt.zone), inner, BODY)
    height = 46 + big.line * len(title) + BODY.line * len(when)
    paper.panel(y, height, paper.left, paper.right)
    x, at = paper.left + 18, y + 24
    paper.words(x, at, "Session", LABEL)
    at = paper.lines(x, at + 17, title, big)
    paper.lines(x, at + 2, when, BODY)
    return y + height + GAP + 8


def _money(paper: Paper, receipt: Receipt, y: float) -> float:
    y = _line(paper, y, "Price of the session", receipt.price_paise)
    if receipt.discount_paise:
        y = _line(paper, y, f"Coupon {receipt.coupon}".strip(), -receipt.discount_paise)
    y = _line(paper, y, f"Paid on {day(receipt.paid_on)}", receipt.paid_paise, STRONG)
    for each in receipt.refunds:
        words = "Refunded" if each.done else "Refund on its way, decided"
        y = _line(paper, y, f"{words} on {day(each.on)}: {each.why}", -each.paise)
    big = Style(13, bold=True, colour=PRIMARY)
    paper.rule(y - 18, PRIMARY, 1.2)
    label = "Total after refunds" if receipt.refunds else "Total paid"
    return _line(paper, y + 8, label, receipt.total_paise, big, ruled=False) + 2


def _line(paper: Paper, y: float, label: str, paise: int, style: Style = BODY, ruled: bool = True) -> float:
    """What it is and how much; where the next begins is the answer."""
    lines = paper.wrapped(label, paper.right - paper.left - 130, style)
    if y + style.line * len(lines) > paper.bottom:
        y = paper.next_page()
    end = paper.lines(paper.left, y, lines, style)
    paper.words_to(paper.right, y, rupees(paise), style)
    if ruled:
        paper.rule(end - style.size + 6)
    return end - style.size + 26


def _notes(paper: Paper, receipt: Receipt, y: float) -> None:
    rate = f"{receipt.gst_bps / 100:g}"
    notes = [
        f"Included in the price: platform fee {rupees(receipt.fee_paise)}, "
        f"incl. GST {rate} % ({rupees(receipt.gst_paise)}).",
        *([f"Payment reference: {receipt.reference}"] if receipt.reference else []),
        "All amounts are in Indian rupees. Made by computer, and valid without a signature.",
    ]
    for note in notes:
        lines = paper.wrapped(note, paper.right - paper.left, Style(9, colour=SOFT))
        if y + 14 * len(lines) > paper.bottom:
            y = paper.next_page()
        y = paper.lines(paper.left, y, lines, Style(9, colour=SOFT)) + 2
