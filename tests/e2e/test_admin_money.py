"""An admin decides a dispute, gives money back, makes a coupon, holds a payout and reads the books, on the page."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.domain import payouts
from chalicelib.services import due, reconciling
from chalicelib.services.payouts.asking import asking
from tests.e2e.scenes import two
from tests.e2e.test_earnings import is_paid_to, looks_right, mentor, reads

__all__ = ["mentor", "two"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def admin(new_admin):
    return new_admin()


@pytest.fixture
def asha(visit, admin):
    """An admin at a browser."""
    person = visit("Asha")
    person.is_signed_in_as(admin.account, admin.browser)
    return person


def disputed(two):
    """A session that took place and of which the learner says that something went wrong; its booking."""
    booking_id = two.books(2 * DAY, price=500_00)
    two.begins_in(booking_id, -2 * HOUR)
    session_id = two.real.bookings.find(booking_id).session_id
    for side, minutes in (("learner", range(10, 75)), ("mentor", range(20, 75))):
        for minute in minutes:
            two.real.tables.commit([two.real.attendances.marking(session_id, side, minute)])
    due.sweep(two.real)
    said = {"reason": "Half of the hour went by on the telephone."}
    assert two.learner.browser.post(f"/bookings/{booking_id}/dispute", said).status == 200
    return booking_id


def test_a_dispute_is_read_and_decided_for_good(two, asha):
    booking_id = disputed(two)
    asha.goes("/admin")
    asha.presses("Money")
    asha.is_at("/admin/money")
    case = asha.page.locator(f"[data-dispute='{booking_id}']")
    case.get_by_role("button", name="Look into it").click()
    asha.sees("Half of the hour went by on the telephone.")
    asha.sees("No answer yet.")
    expect(case.get_by_role("row", name=two.mentor.account.name)).to_contain_text("55")
    looks_right(asha)
    asha.presses("Decide for good")
    asha.sees("Give whole percent, 0 to 100.")
    asha.sees("Write 20 to 2,000 characters")
    case.get_by_label("Percent back to the learner", exact=True).fill("50")
    asha.sees(f"₹250 goes back to {two.learner.account.name}.")
    asha.fills("Your words to both", "Half of it was lost, so half goes back.")
    answer = {"words": "It was my bank, about something urgent."}
    assert two.mentor.browser.post(f"/bookings/{booking_id}/dispute/answer", answer).status == 200
    asha.sees("It was my bank, about something urgent.")  # while it is open, and nothing typed is lost
    expect(case.get_by_label("Your words to both")).to_have_value("Half of it was lost, so half goes back.")
    asha.finds_it_accessible()
    asha.presses("Decide for good")
    asha.sees("Your decision is 50 %.")
    asha.finds_it_accessible()
    asha.presses("Yes, decide")
    asha.sees("Decided: ₹250 goes back.")
    expect(case).to_have_count(0)
    asha.presses("Decided")
    asha.page.locator(f"[data-dispute='{booking_id}']").get_by_role("button", name="Look into it").click()
    asha.sees("so half goes back.")
    looks_right(asha)
    two.lena.goes(f"/bookings/{booking_id}")
    two.lena.sees("so half goes back.")
    reads(two.lena, "₹250 has been")


def test_a_part_of_what_was_paid_goes_back(two, asha):
    booking_id = two.books(2 * DAY, price=500_00)
    asha.goes("/admin/money#refund")
    asha.presses("Find")
    asha.sees("Give a booking’s id.")
    asha.fills("Booking", f"{asha.origin}/bookings/{booking_id}")
    asha.presses("Find")
    asha.sees("All of ₹500")
    asha.sees(f"With {two.mentor.account.name}")
    looks_right(asha)
    asha.page.get_by_role("radio", name="A part").check()
    asha.fills("Why", "The sound was bad for a quarter of an hour.")
    for wrong in ("600", "0.50"):
        asha.fills("Amount in ₹", wrong)
        asha.button(f"Give back ₹{wrong}").click()
        asha.sees("From ₹1 to ₹500.")
    asha.fills("Amount in ₹", "125.50")
    asha.presses("Give back ₹125.50")
    asha.sees("₹374.50 of what was paid is left then.")
    asha.finds_it_accessible()
    asha.presses("Yes, give back")
    asha.sees("₹125.50 goes back to the learner.")
    asha.sees("All of ₹374.50")
    asha.sees("By an admin")
    expect(asha.page.get_by_role("radio", name="All of ₹374.50")).to_be_checked()
    looks_right(asha)
    asha.page.get_by_role("radio", name="A part").check()
    expect(asha.page.get_by_label("Amount in ₹", exact=True)).to_have_value("")


def test_a_large_refund_takes_two_admins(two, asha, visit, new_admin):
    booking_id = two.books(2 * DAY, price=20_000_00)
    second = new_admin()
    vikram = visit("Vikram")
    vikram.is_signed_in_as(second.account, second.browser)
    for person in (asha, vikram):
        person.goes("/admin/money#refund")
        person.fills("Booking", booking_id)
        person.presses("Find")
        person.sees("It is carried out once a second admin asks for the same amount")
        person.fills("Why", "The session did not take place as agreed.")
        person.presses("Ask for ₹20,000 to go back")
        person.presses("Yes, give back")
        if person is asha:
            person.sees("₹20,000 waits for a second admin")
            looks_right(person)
    vikram.sees("Nothing is left that could go back.")
    looks_right(vikram)


def test_a_coupon_made_on_the_page_works_until_it_is_closed_there(two, asha):
    code = f"C{uuid.uuid4().hex[:9].upper()}"
    asha.goes("/admin/money#coupons")
    asha.presses("Make coupon")
    asha.sees("4 to 20 letters and digits.")
    looks_right(asha)
    asha.fills("Code", code.lower())
    asha.fills("Percent off", "20")
    asha.fills("Budget in ₹", "1,000")
    asha.fills("Last day", (date.today() + 30 * DAY).isoformat())
    asha.presses("Make coupon")
    asha.sees(f"{code} can be used now.")
    row = asha.page.locator(f"[data-coupon='{code}']")
    expect(row).to_contain_text("20 % off")
    two.asks(500_00)
    booking_id = two.holds(2 * DAY)
    taken = two.learner.browser.post(f"/bookings/{booking_id}/coupon", {"code": code})
    assert (taken.status, taken.data["payment"]["payable_paise"]) == (200, 400_00)
    row.get_by_role("button", name="Close").click()
    asha.presses("Close coupon")
    asha.sees(f"{code} is closed.")
    expect(row).to_contain_text("Closed")
    looks_right(asha)


def stopped(real, mentor):
    """A payout that is held already; its id."""
    payee, now = real.payees.find(mentor.account.id), datetime.now(UTC).replace(microsecond=0)
    payout = payouts.held(payouts.asked(payee, real.new_id("po"), 1_000_00, "asked", now))
    real.tables.commit(asking(real, payee, payouts.asked_for(payee, payout), payout))
    return payout.id


def test_a_payout_is_let_go_stopped_and_let_go_again(real, mentor, asha):
    is_paid_to(mentor)
    payout_id = stopped(real, mentor)
    asha.goes("/admin/money#payouts")
    shown, state = asha.page.locator(f"[data-payout='{payout_id}']"), asha.page.get_by_label("State", exact=True)
    expect(shown).to_contain_text(mentor.account.id)
    looks_right(asha)
    shown.get_by_role("button", name="Release").click()
    asha.sees("₹1,000 goes on.")
    state.select_option("asked")
    shown.get_by_role("button", name="Hold").click()
    asha.sees("₹1,000 is held.")
    expect(shown).to_have_count(0)
    state.select_option("held")
    shown.get_by_role("button", name="Release").click()
    expect(shown).to_have_count(0)
    due.sweep(real)
    for _ in range(60):
        if mentor.browser.get("/payouts").data["items"][0]["status"] == "sent":
            break
        asha.page.wait_for_timeout(500)
    state.select_option("sent")
    shown.get_by_role("button", name="Look again now").click()
    asha.sees("being looked at again")


def test_the_books_are_read_and_come_to_zero(real, asha):
    reconciling.reconcile(real)
    asha.goes("/admin/money#books")
    asha.sees("The sum of all accounts is zero.")
    asha.sees("Daily comparisons with Razorpay")
    looks_right(asha)


def test_the_page_is_for_admins(two):
    two.lena.goes("/admin/money")
    two.lena.sees("This page is for admins")
    two.lena.finds_it_accessible()
