"""Paying in the gateway's window, and what makes time and the gateway move on: for journeys with money."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.services import due
from tests.e2e.scenes import two

__all__ = ["two"]
PRICE = 500_00
SETTLED = 30_000  # by streams, queues and events, on a busy machine


@pytest.fixture
def paying(two):
    """The two people, and a price on what the mentor offers."""
    two.asks(PRICE)
    yield two
    two.stack.razorpay("no_faults")
    two.stack.razorpay("webhooks", on=True)


def window(person):
    """The gateway's own window."""
    return person.page.frame_locator("iframe[title='Test checkout']")


def opens_the_window(person, button="Pay ₹500"):
    person.presses(button)
    window(person).get_by_role("button", name="Pay ₹500.00").wait_for()


def chooses(person, name):
    """A button of the gateway's window."""
    window(person).get_by_role("button", name=name).click()


def closes(person):
    """Leaves the window without paying, and says so twice, as it asks."""
    chooses(person, "Close")
    chooses(person, "Leave")
    expect(person.page.locator("iframe")).to_have_count(0)


def reads(person, words):
    """These words come, once what is settled behind the page has been."""
    expect(person.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=SETTLED)


def refunds_arrive(two, person, amount):
    """The gateway has taken a refund on; some time later it is through with it."""
    reads(person, f"{amount} has been sent back to how you paid.")
    two.stack.razorpay("advance")
    reads(person, f"{amount} has been paid back. It should be on your statement within 5 to 7 working days.")


def lapses(two, booking_id):
    """The hold's time is over."""
    over = datetime.now(UTC) - timedelta(seconds=1)
    two.changed(booking_id, {"held_until": over}, {"pay_by": over})
    due.sweep(two.real)
    assert two.real.bookings.find(booking_id).status == "expired"
