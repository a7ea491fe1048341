"""Links in mails, the admin's page, the steps of signing up and endless words, as people meet them."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import people
from tests.room.people import NARROW, WIDE
from tests.stack.conftest import Someone

PASSWORD = "quiet copper lantern 42"
ENDLESS = "W" * 300
SETTLED = """() => !document.querySelector('[aria-busy=true]') && ![...document.querySelectorAll('.skeleton')]
  .some((each) => each.checkVisibility({visibilityProperty: true}))"""
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def signed_up(anyone):
    """Somebody new and not yet confirmed: their address, and a browser signed in as them."""

    def made(role="learner"):
        browser, email = anyone(), f"{uuid.uuid4().hex[:12]}@example.com"
        form = {"name": "Asha Verma", "email": email, "password": PASSWORD}
        more = {"birth_date": "1990-01-01", "zone": "Asia/Kolkata", "terms_version": "2026-11-22"}
        assert browser.post(f"/signup/{role}", form | more).status == 201
        return email, browser

    return made


@pytest.fixture
def as_new(signed_up, visit, real):
    """A visitor signed in as somebody new."""

    def made(role="learner", **options):
        email, browser = signed_up(role)
        person = visit(role, **options)
        person.is_signed_in_as(real.accounts.find(browser.cookies["signed_in"]), browser)
        return person, email

    return made


@pytest.fixture
def wordy(real, sign_in):
    """A mentor whose every word is endless."""

    def made(status="approved"):
        name = ENDLESS[:60] + uuid.uuid4().hex[:20]
        said = {"headline": ENDLESS[:100], "bio": ENDLESS, "skills": (ENDLESS[:40],), "languages": (ENDLESS[:40],)}
        before = real.mentors.person(people.mentor(real, name, status).account.id)
        after = replace(before, mentor=replace(before.mentor, **said))
        real.tables.commit(real.mentors.changing(before, after))
        return Someone(after.account, sign_in(after.account), after.mentor)

    return made


def link(stack, email, page, subject):
    return next(word for word in stack.mail(email, subject)["text"].split() if f"{page}#" in word)


def test_a_mail_link_works_in_a_tab_that_is_on_its_page_already(as_new, stack):
    person, email = as_new()
    address = link(stack, email, "/verify", "confirm")
    person.goes("/verify")
    person.sees("This link is incomplete.")
    person.goes(address)  # only the fragment differs: the page is not loaded anew
    person.sees("Thank you, your address is confirmed")
    assert "#" not in person.page.url


def test_a_reset_goes_on_after_a_reload(new_learner, visit, anyone, stack):
    email = new_learner().account.email
    assert anyone().post("/auth/reset", {"email": email}).status in (202, 204)
    address = link(stack, email, "/reset/confirm", "password")
    person = visit("asha")
    person.goes("/reset/confirm")
    person.sees("This link is incomplete.")
    person.goes(address)
    person.sees("Within 15 minutes you are signed out on every device.")
    assert "#" not in person.page.url
    person.page.reload()
    person.fills("New password", "green velvet harbour 77")
    person.presses("Save new password")
    person.sees("Your new password is set")
    person.page.reload()
    person.sees("This link is incomplete.")


@pytest.mark.parametrize("trap", ["/%5cevil.test/", "/\\evil.test/", "//evil.test/"])
def test_signing_in_leads_nowhere_else(trap, as_new, visit):
    person, _ = as_new()
    person.page.goto(f"{person.origin}/sign-in?next={trap.replace('%', '%25')}")
    person.is_at("/dashboard")


def test_somebody_who_applies_to_mentor_starts_at_mentoring(as_new):
    person, _ = as_new("mentor")
    person.goes("/sign-in")
    person.is_at("/mentor")


def test_the_admins_page_says_whom_it_is_for(visit, new_learner, new_admin):
    learner = new_learner()
    person = visit("learner")
    person.is_signed_in_as(learner.account, learner.browser)
    person.goes("/admin")
    person.sees("This page is for admins")
    person.finds_it_accessible()
    assert not person.page.get_by_text("second step").filter(visible=True).count()
    person.presses("Start page")
    person.is_at("/")

    admin = new_admin(second_factor=False)
    person = visit("admin")
    person.is_signed_in_as(admin.account, admin.browser)
    person.goes("/admin")
    person.sees("Admins need the second step at sign-in.")


def test_back_goes_back_one_step_of_signing_up_and_keeps_what_was_typed(as_new):
    person, _ = as_new()
    person.goes("/sign-up")
    person.goes("/sign-up/learner")
    person.adds("Your interests", "Python")
    person.presses("Continue")
    person.fills("Where do you want to get to? (optional)", "Half a sent")
    person.page.go_back()
    person.sees("Step 2 of 4")
    person.presses("Remove Python")
    person.adds("Your interests", "Baking")
    person.page.go_forward()
    person.sees("Step 3 of 4")
    assert person.page.locator("#f-career_goal").input_value() == "Half a sent"
    person.presses("Back")
    person.sees("Step 2 of 4")
    person.sees("Baking")
    person.page.reload()
    person.sees("Step 2 of 4")
    person.page.go_back()
    person.is_at("/sign-up")


def test_an_endless_word_breaks(visit, new_learner, new_admin, new_session, wordy):
    mentor = wordy()
    wordy(status="pending")
    said = {"title": ENDLESS[:100], "description": ENDLESS, "topics": (ENDLESS[:40],)}
    session = new_session(mentor, timedelta(days=2), **said)
    new_session(mentor, timedelta(days=3), **said)
    learner, admin = new_learner(), new_admin()
    assert learner.browser.post(f"/sessions/{session}/bookings").status == 201
    own = ["/mentor", "/settings/mentor", "/mentor/new-session"]
    seen = [
        (mentor, [f"/m/{mentor.mentor.slug}", f"/s/{session}", "/mentors", "/sessions", "/", *own]),
        (learner, ["/dashboard", f"/room/{session}"]),
        (admin, ["/admin"]),
    ]
    for someone, paths in seen:
        person = visit(someone.account.id)
        person.is_signed_in_as(someone.account, someone.browser)
        for path in paths:
            stays_within(person, path)


def stays_within(person, path):
    """On a phone and on a laptop, once everything has come, nothing is wider than the page."""
    for size in (NARROW, WIDE):
        person.page.set_viewport_size(size)
        person.goes(path)
        person.waits_for(lambda: person.page.evaluate(SETTLED), f"still waits for {path}")
        assert person.page.evaluate(FITS), f"{path} at {size}"


def test_a_stranger_with_a_phone_can_sign_up(visit):
    for width in (360, 390):
        person = visit(f"phone-{width}", viewport={"width": width, "height": 800})
        person.goes("/")
        assert person.page.evaluate(FITS)
        person.page.locator("header").get_by_role("link", name="Sign up").click()
        person.is_at("/sign-up")
