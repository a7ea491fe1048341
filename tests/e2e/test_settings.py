"""Turning two-step sign-in on, as a person does it."""

import time
import uuid

import pyotp
import pytest

PASSWORD = "quiet copper lantern 42"


@pytest.fixture
def asha(visit, anyone, real):
    """Signed up a moment ago, at her settings."""
    browser = anyone()
    form = {"name": "Asha Verma", "email": f"{uuid.uuid4().hex[:12]}@example.com", "password": PASSWORD}
    more = {"birth_date": "1990-01-01", "zone": "Asia/Kolkata", "terms_version": "2026-11-22"}
    assert browser.post("/signup/learner", form | more).status == 201
    person = visit("asha")
    person.is_signed_in_as(real.accounts.find(browser.cookies["signed_in"]), browser)
    person.goes("/settings")
    person.page.get_by_role("tab", name="Security").click()
    return person


def test_two_step_sign_in_is_turned_on_with_the_password_and_a_code(asha):
    page, password = asha.page, asha.page.locator("#f-totp-on-password")
    asha.presses("Set up")
    page.keyboard.type("not my password")  # the cursor is there already
    page.keyboard.press("Enter")
    asha.sees("This is not your password.")
    password.fill(PASSWORD)
    asha.finds_it_accessible()
    asha.presses("Continue")
    asha.sees("Type this key into the app")
    code = page.get_by_alt_text("QR code for your authenticator app")
    asha.waits_for(lambda: code.evaluate("image => image.naturalWidth > 0"), "sees no code to scan")
    secret = page.locator("p.font-mono").inner_text().replace(" ", "")
    page.keyboard.type(pyotp.TOTP(secret).at(int(time.time())))
    page.keyboard.press("Enter")
    asha.sees("Keep these recovery codes")
    asha.presses("I have kept them")
    asha.sees("You have 10 recovery codes left.")
