"""A mentor says where to be paid, sees what came in and is paid out: there, with mistakes mended, and come back."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.domain.identity import Identity
from tests.e2e.scenes import two
from tests.fakes.paid_mentors import earns
from tests.room.people import NARROW, WIDE

__all__ = ["two"]
PASSWORD = "river tall lamp 42"
UPI = {"kind": "upi", "holder": "Meera Rao", "address": "meera@okaxis", "password": PASSWORD}
SETTLED = 30_000  # by streams, queues and events, on a busy machine


@pytest.fixture
def mentor(new_mentor, real):
    """A mentor who can prove a password, and has ₹1,000 to be paid out."""
    made = new_mentor(password_hash=real.passwords.hash(PASSWORD))
    earns(real, Identity(made.account.id, ("mentor",), 1, "dev_test", second_factor=False), 1_000_00)
    return made


@pytest.fixture
def meera(visit, mentor):
    """The mentor at a browser."""
    person = visit("Meera")
    person.is_signed_in_as(mentor.account, mentor.browser)
    return person


def looks_right(person):
    """On a phone and on a laptop nothing sticks out and axe finds nothing."""
    for size in (NARROW, WIDE):
        person.page.set_viewport_size(size)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        person.finds_it_accessible()


def reads(person, words):
    """These words come, once what is settled behind the page has been."""
    expect(person.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=SETTLED)


def has(person, sum_):
    """So much is available."""
    expect(person.page.locator("[data-balance=available]")).to_have_text(sum_, timeout=SETTLED)


def is_paid_to(mentor):
    assert mentor.browser.put("/payee", UPI).status == 200
    assert mentor.browser.put("/payee/pan", {"pan": "ABCDE1234F", "password": PASSWORD}).status == 200


def asks_to_be_paid(person):
    person.presses("Pay out now")
    person.finds_it_accessible()
    person.page.get_by_role("dialog").get_by_role("button", name="Pay out now").click()
    person.sees("₹1,000 is being paid out.")


def arrives(stack, person):
    """The gateway takes the payout on, and pays it."""
    reads(person, "Waiting at the bank")
    stack.razorpay("advance", kind="pout")
    reads(person, "The bank confirms that it is in your account.")


def test_from_no_account_to_money_on_it(stack, meera):
    meera.goes("/mentor/earnings")
    has(meera, "₹1,000")
    meera.sees("Tell us first where to pay you.")
    looks_right(meera)
    meera.presses("Add payout details")
    meera.is_at("/mentor/payout-details")
    meera.page.get_by_role("radio", name="UPI").check()
    looks_right(meera)
    meera.fills("Account holder", "Meera Rao")
    meera.fills("UPI id", "meera@okaxis")
    meera.fills("Your password", PASSWORD)
    meera.presses("Save account")
    meera.sees("me•••@okaxis")
    expect(meera.page.get_by_role("heading", name="PAN")).to_be_focused()
    looks_right(meera)
    meera.fills("PAN", "abcde 1234f")
    meera.fills("Your password", PASSWORD)
    meera.presses("Save PAN")
    meera.sees("••••••234F")
    meera.finds_it_accessible()
    meera.presses("Earnings")
    asks_to_be_paid(meera)
    arrives(stack, meera)
    has(meera, "₹0")
    meera.sees("You asked for a payout today.")
    looks_right(meera)


def test_mistakes_in_an_account_are_mended_and_a_change_stops_payouts(meera, mentor):
    meera.goes("/mentor/payout-details")
    meera.presses("Save account")
    for words in ("Give the holder’s name", "An account number has 9 to 18 digits.", "An IFSC has eleven characters"):
        meera.sees(words)
    looks_right(meera)
    meera.fills("Account holder", "Meera Rao")
    meera.fills("Account number", "1234 5678 9012")
    meera.fills("Account number again", "1234 5678 9021")
    meera.fills("IFSC", "hdfc0001234")
    meera.sees("HDFC Bank")
    meera.fills("Your password", "not the right one")
    meera.presses("Save account")
    meera.sees("The two account numbers are not the same.")
    meera.fills("Account number again", "123456789012")
    meera.presses("Save account")
    expect(meera.page.get_by_role("alert").filter(visible=True)).to_be_visible()
    meera.finds_it_accessible()
    meera.fills("Your password", PASSWORD)
    meera.presses("Save account")
    meera.sees("HDFC ••••9012")
    assert mentor.browser.get("/payee").data["blocked_until"] is None

    meera.presses("Change")
    meera.sees("payouts are paused for 48 hours")
    for label in ("Account holder", "Account number", "IFSC"):
        expect(meera.page.get_by_label(label, exact=True)).to_have_value("")
    meera.page.get_by_role("radio", name="UPI").check()
    meera.fills("Account holder", "Meera Rao")
    meera.fills("UPI id", "meera@okaxis")
    meera.page.locator("#f-upi-password").fill(PASSWORD)
    meera.presses("Change account")
    meera.sees("Payouts are paused until")
    looks_right(meera)
    meera.presses("Earnings")
    meera.sees("To protect you, payouts are paused until")
    expect(meera.button("Pay out now")).to_have_count(0)
    meera.finds_it_accessible()


def test_what_came_back_is_seen_and_available_again(stack, meera, mentor):
    is_paid_to(mentor)
    meera.goes("/mentor/earnings")
    asks_to_be_paid(meera)
    arrives(stack, meera)
    [payout] = mentor.browser.get("/payouts").data["items"]
    [gateway_id] = [
        name for name, each in stack.razorpay_books()["payouts"].items() if each["reference_id"] == payout["id"]
    ]
    stack.razorpay("finish_payout", payout_id=gateway_id, status="reversed")
    reads(meera, "The bank could not pay it to you.")
    has(meera, "₹1,000")
    reads(meera, "Payout came back")
    looks_right(meera)
    meera.presses("Check payout details")
    meera.is_at("/mentor/payout-details")


def test_a_year_is_read_by_keys_or_as_a_table_and_kept_on_paper(stack, meera, mentor):
    is_paid_to(mentor)
    meera.goes("/mentor/earnings")
    asks_to_be_paid(meera)
    arrives(stack, meera)
    months = meera.page.locator("[data-month]")
    months.last.focus()
    expect(months.last).to_have_attribute("aria-label", re.compile("paid out ₹1,000$"))
    meera.page.keyboard.press("ArrowLeft")
    expect(months.nth(10)).to_be_focused()
    expect(months.nth(10)).to_have_attribute("aria-pressed", "true")
    meera.presses("As a table")
    expect(meera.page.get_by_role("columnheader", name="Paid out")).to_be_visible()
    expect(meera.page.get_by_role("row").last).to_contain_text("₹1,000.00")
    looks_right(meera)
    for name, head in (("PDF", b"%PDF-"), ("CSV", b"")):
        with meera.page.expect_download() as coming:
            meera.presses(name)
        assert coming.value.suggested_filename.endswith(name.lower())
        assert coming.value.path().read_bytes().startswith(head)


def test_a_paid_session_is_pending_among_the_earnings(two):
    booking_id = two.books(timedelta(days=2), price=500_00)
    meera = two.meera
    meera.goes("/mentor/earnings")
    reads(meera, "A session was paid")
    reads(meera, "+₹425.00")
    looks_right(meera)
    meera.page.get_by_role("link", name=two.offering.title).first.click()
    meera.is_at(f"/bookings/{booking_id}")
