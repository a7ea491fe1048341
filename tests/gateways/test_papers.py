"""Receipts and statements, read back from their files: every amount, names of any kind, as many pages as needed."""

import io
import re
import resource
import subprocess
import sys
import time
from dataclasses import astuple, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from chalicelib.domain.company import Company
from chalicelib.domain.papers import PaidOut, Receipt, Refunded
from chalicelib.domain.rupees import amount, rupees
from chalicelib.gateways.papers import Papers
from chalicelib.gateways.papers.words import UNKNOWN, legible, runs
from tests.gateways.months import month

COMPANY = Company("PeerLearn", ("12 Residency Road", "Bengaluru 560025"), "29ABCDE1234F1Z5", "help@peerlearn.example")
PAPERS = Papers(COMPANY)
DAY = date(2026, 3, 2)
RECEIPT = Receipt(
    number="R-2026-000123",
    issued_on=DAY,
    learner="Lena D’Souza-Müller",
    mentor="Meera Łukasz Ångström",
    title="Decorators in an hour",
    starts_at=datetime(2026, 3, 2, 14, tzinfo=UTC),
    minutes=60,
    zone="Asia/Kolkata",
    price_paise=1_50_000_00,
    discount_paise=30_000_50,
    coupon="WELCOME20",
    paid_paise=1_19_999_50,
    paid_on=date(2026, 3, 1),
    fee_paise=22_500_00,
    gst_paise=3_432_20,
    gst_bps=1800,
    reference="pay_Nk2xVt8gTq3aBc",
)
FIRST = ord(" ")


def pages(pdf: bytes) -> list[str]:
    """The words of each page, blanks made one."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    """Without blanks: a reader of PDFs guesses where they are."""
    return re.sub(r"\s", "", text)


def read_aloud(pdf: bytes) -> str:
    """The words that the file gives to be read in place of shapes."""
    content = b"".join(page.get_contents().get_data() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(bytes.fromhex(found.decode()).decode("utf-16-be") for found in re.findall(rb"<FEFF(\w+)>", content))


def test_a_receipt_has_every_fact():
    (text,) = pages(PAPERS.receipt_pdf(RECEIPT))
    facts = ["Receipt", "R-2026-000123", "Issued on 2 March 2026", RECEIPT.learner, RECEIPT.mentor, RECEIPT.title]
    facts += ["Monday, 2 March 2026, 7:30 – 8:30 pm IST (Asia/Kolkata)", "Paid on 1 March 2026", "Coupon WELCOME20"]
    facts += ["₹1,50,000.00", "−₹30,000.50", "₹1,19,999.50", "platform fee ₹22,500.00, incl. GST 18 % (₹3,432.20)"]
    facts += [RECEIPT.reference, "GSTIN 29ABCDE1234F1Z5", *COMPANY.address, COMPANY.contact, "Page 1 of 1"]
    assert [fact for fact in facts if fact not in text] == []


def test_refunds_are_listed_with_their_days_and_taken_off():
    back = (
        Refunded(date(2026, 3, 2), 60_000_25, "cancelled within 24 hours"),
        Refunded(date(2026, 3, 9), 10_000_00, "decided in your favour", done=False),
    )
    (text,) = pages(PAPERS.receipt_pdf(replace(RECEIPT, refunds=back)))
    assert "Refunded on 2 March 2026: cancelled within 24 hours" in text and "−₹60,000.25" in text
    assert "Refund on its way, decided on 9 March 2026: decided in your favour" in text and "−₹10,000.00" in text
    assert "Total after refunds" in text and "₹49,999.25" in text


def test_a_session_is_shown_by_the_learners_own_clock():
    (text,) = pages(PAPERS.receipt_pdf(replace(RECEIPT, zone="America/New_York")))
    assert "9:00 – 10:00 am EST (America/New York)" in text


def test_a_rate_may_have_a_fraction_and_a_coupon_may_pay_for_everything():
    free = replace(RECEIPT, paid_paise=0, discount_paise=RECEIPT.price_paise, reference="", gst_bps=1250)
    (text,) = pages(PAPERS.receipt_pdf(free))
    assert "GST 12.5 %" in text and "₹0.00" in text and "reference" not in text


def test_many_refunds_go_on_over_the_page():
    back = tuple(Refunded(DAY, 100 + number, f"reason {number} " + "and more " * 12) for number in range(40))
    text = pages(PAPERS.receipt_pdf(replace(RECEIPT, refunds=back)))
    assert len(text) > 1 and f"Page 2 of {len(text)}" in text[1]
    whole = " ".join(text)
    assert all(f"reason {number} " in whole and f"−{rupees(100 + number)}" in whole for number in range(40))


@pytest.mark.parametrize("entries", [0, 1, 9, 10, 12, 200])
def test_a_statement_has_every_amount_of_every_entry(entries):
    statement = month(entries)
    text = pages(PAPERS.statement_pdf(statement))
    whole = squeezed("".join(text))
    assert (len(text) > 5) == (entries == 200)
    for entry in statement.entries:
        assert entry.reference in whole and squeezed(entry.title) in whole
        assert all(amount(paise) in whole for paise in astuple(entry.sums) if paise)
    assert all(amount(paise) in whole for paise in astuple(statement.totals))
    for balances in (statement.opening, statement.closing):
        assert all(rupees(paise) in whole for paise in astuple(balances))
    assert squeezed("Earnings statement March 2026") in whole and "XXXXXX234F" in whole


def test_each_page_of_a_statement_has_the_heads_of_its_columns_and_its_number():
    text = pages(PAPERS.statement_pdf(month(200)))
    for number, page in enumerate(text, 1):
        assert f"Page {number} of {len(text)}" in page and "PeerLearn" in page
        heads = squeezed("Date What Gross Platform fee of which GST Your share TDS TCS Available")
        assert heads in squeezed(page) or number == len(text)


@pytest.mark.parametrize("entries", range(8, 24))
def test_a_total_never_stands_on_a_page_alone(entries):
    (page,) = (page for page in pages(PAPERS.statement_pdf(month(entries))) if " Total " in page)
    assert month(entries).entries[-1].reference in squeezed(page)


def test_payouts_are_listed_with_where_they_went():
    payouts = tuple(
        PaidOut(date(2026, 3, 2), f"pyt_{number}", 1_00_000_00 + number, f"HDFC •••• {4000 + number}", "arrived")
        for number in range(40)
    )
    whole = squeezed("".join(pages(PAPERS.statement_pdf(month(9, payouts=payouts)))))
    for each in payouts:
        assert each.reference in whole and squeezed(each.account) in whole and amount(each.paise) in whole
    assert amount(sum(each.paise for each in payouts)) in whole


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('Anne "Annie" O\'Neil', 'Anne "Annie" O\'Neil'),
        ("Two\nlines\tand\ta tab", "Two lines and a tab"),
        ("Lena \u202egnp.exe\u202c", "Lena gnp.exe"),
        ("\u200fRight\u200e to left", "Right to left"),
        ("Priya 🎉👩🏽‍💻 Rao", "Priya Rao"),
        ("Ελένη Παπαδοπούλου", "Ελένη Παπαδοπούλου"),
        ("Олександр Шевченко", "Олександр Шевченко"),
        ("Nguyễn Thị Hạnh", "Nguyễn Thị Hạnh"),
        ("Zoe\u0301", "Zoé"),
        ("தமிழ்", UNKNOWN),
        ("محمد علي Ali", f"{UNKNOWN} {UNKNOWN} Ali"),
        ("🎉", UNKNOWN),
    ],
)
def test_names_of_any_kind_stand_on_one_line_and_what_cannot_be_written_is_said(name, shown):
    pdf = PAPERS.receipt_pdf(replace(RECEIPT, learner=name))
    (text,) = pages(pdf)
    assert f"Received from {shown} For a session" in text
    assert ("stands for letters" in text) == (UNKNOWN in shown)


def test_devanagari_is_shaped_and_can_be_copied_as_it_was_written():
    pdf = PAPERS.receipt_pdf(replace(RECEIPT, learner="श्रीकृष्ण त्रिपाठी", title="हिन्दी में Python"))
    assert "श्रीकृष्णत्रिपाठी" in read_aloud(pdf) and "हिन्दीमें" in read_aloud(pdf)
    assert "stands for letters" not in pages(pdf)[0] and "Python" in pages(pdf)[0]


def test_the_typeface_of_a_script_is_only_in_the_papers_that_need_it():
    fonts = PdfReader(io.BytesIO(PAPERS.receipt_pdf(RECEIPT))).pages[0]["/Resources"]["/Font"]
    assert {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts.values()} == {
        "Inter",
        "InterSemiBold",
    }


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=120))
def test_no_name_and_no_title_breaks_a_paper(name, title):
    statement = replace(month(1), mentor=name)
    entry = replace(statement.entries[0], title=title)
    assert pages(PAPERS.statement_pdf(replace(statement, entries=(entry,))))


@given(st.text())
def test_legible_text_stays_as_it_is(text):
    known = frozenset(range(FIRST, 0x250)) | {ord(UNKNOWN)}
    once = legible(text, known)
    assert legible(once, known) == once and "".join(run.text for run in runs(once)) == once


@pytest.mark.parametrize("make", [lambda: PAPERS.receipt_pdf(RECEIPT), lambda: PAPERS.statement_pdf(month(30))])
def test_the_same_facts_make_the_same_bytes(make):
    first = make()
    time.sleep(1.1)
    assert make() == first


def test_a_paper_says_what_it_is_and_who_made_it():
    about = PdfReader(io.BytesIO(PAPERS.statement_pdf(month(1))))
    assert about.metadata.title == "Earnings statement, March 2026" and about.metadata.author == "PeerLearn"
    assert about.metadata.creation_date == datetime.fromisoformat("2026-04-01T00:00:00+05:30")
    assert about.root_object["/Lang"] == "en-IN"
    assert (about.pages[0].mediabox.width, about.pages[0].mediabox.height) == pytest.approx((841.89, 595.28), abs=0.01)


def test_a_company_without_details_leaves_no_empty_line():
    (text,) = pages(Papers(Company("PeerLearn")).receipt_pdf(RECEIPT))
    assert "GSTIN" not in text and "·" not in text


def test_nothing_of_the_pdf_library_is_imported_before_a_paper_is_made():
    code = (
        "import sys, chalicelib.gateways.papers; sys.exit(bool({'fpdf', 'fontTools', 'uharfbuzz'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_papers_cost_is_printed():
    """Not asserted: machines differ."""
    for name, make in (
        ("receipt", lambda: PAPERS.receipt_pdf(RECEIPT)),
        ("200", lambda: PAPERS.statement_pdf(month(200))),
    ):
        began = time.process_time()
        size = len(make())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {1000 * (time.process_time() - began):.0f} ms CPU, {size / 1024:.0f} KB, process at {peak} MB")
