"""A mentor says what they offer, and describes a session at a fixed time, in a real browser."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.services.accounts import profile
from tests.room.people import NARROW, WIDE

WORDS = "Bring a function you are not sure about. We write its tests together."


@pytest.fixture
def mentor(new_mentor):
    """An approved mentor whom no other test knows."""
    return new_mentor()


@pytest.fixture
def author(visit, mentor):
    """The mentor at a browser."""
    person = visit("author")
    person.is_signed_in_as(mentor.account, mentor.browser)
    return person


def on_offer(mentor):
    return [each["title"] for each in mentor.browser.get(f"/mentors/{mentor.mentor.slug}").data["offerings"]]


def looks_right(person):
    """On a phone and on a laptop nothing sticks out and axe finds nothing."""
    for size in (NARROW, WIDE):
        person.page.set_viewport_size(size)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        person.finds_it_accessible()


def card(person, title):
    return person.page.locator("[data-offering]").filter(has_text=title)


def wait_until_kept(person):
    expect(person.page.get_by_text("Draft saved.")).to_be_visible()


def test_an_offering_goes_from_an_idea_to_the_public_page_and_off_it_again(author, mentor):
    author.goes("/mentor/offerings")
    author.sees("Offer what you do best")
    looks_right(author)
    author.presses("New offering")
    author.fills("Title", "Tests that help")
    looks_right(author)
    author.presses("Save as draft")
    author.sees("Kept as a draft: Tests that help")
    assert on_offer(mentor) == []

    card(author, "Tests that help").get_by_role("button", name="Publish").click()
    author.sees("Please say what the session is about.")
    looks_right(author)
    author.fills("Description", WORDS)
    author.page.go_back()
    author.sees("Not saved yet: Tests that help")
    author.presses("Go on")
    author.adds("Topics", "Testing")
    author.presses("Publish")
    author.sees("On offer: Tests that help")
    author.sees("Nothing can be booked yet: your availability has no hours.")
    looks_right(author)
    assert on_offer(mentor) == ["Tests that help"]

    card(author, "Tests that help").get_by_role("button", name="Copy").click()
    author.sees("New offering")
    expect(author.page.get_by_label("Title", exact=True)).to_have_value("Copy of Tests that help")
    author.presses("All offerings")
    card(author, "Tests that help").get_by_role("button", name="Archive").click()
    author.sees("Archived: Tests that help")
    assert on_offer(mentor) == []


def test_what_was_changed_in_another_place_is_not_lost(author, mentor):
    said = {"title": "Tests that help", "description": WORDS, "topics": ["Testing"], "domain": "programming"}
    body = said | {"duration_minutes": 60, "price_paise": 0, "status": "published"}
    made = mentor.browser.post("/me/offerings", body).data
    author.goes(f"/mentor/offerings#{made['id']}")
    author.fills("Title", "Tests that help you sleep")
    del body["status"]
    elsewhere = mentor.browser.put(
        f"/me/offerings/{made['id']}", body | {"description": "Two hours of tests.", "version": 1}
    )
    assert elsewhere.status == 200
    author.presses("Save")
    author.sees("changed in the meantime")
    expect(author.page.get_by_label("Description", exact=True)).to_have_value("Two hours of tests.")
    author.presses("Save")
    author.sees("On offer: Tests that help you sleep")
    [shown] = mentor.browser.get("/me/offerings").data["items"]
    assert (shown["title"], shown["description"], shown["version"]) == (
        "Tests that help you sleep",
        "Two hours of tests.",
        3,
    )


def test_a_draft_is_kept_over_a_reload_and_offered_again_until_it_is_published(author, mentor, new_learner, real):
    wanted = f"Topic {uuid.uuid4().hex[:8]}"
    profile.edit(real, new_learner().account.id, {"interests": [wanted]})
    author.goes("/mentor/new-session")
    author.fills("Title", "Tests that help")
    author.fills("Description", WORDS)
    author.page.locator("#f-topics").fill(wanted[:11])
    author.page.get_by_role("button", name=wanted).click()
    expect(author.page.get_by_role("button", name=f"Remove {wanted}")).to_be_visible()
    author.presses("Continue")
    author.page.get_by_label("Duration").select_option("90")
    wait_until_kept(author)
    author.page.reload()
    author.sees("Step 2 of 4")
    expect(author.page.get_by_label("Duration")).to_have_value("90")
    author.goes("/mentor/new-session")
    author.sees("Begun before, not published yet")
    looks_right(author)
    author.presses("Go on Tests that help")

    author.fills("Date", (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%d"))
    author.picks("Start", "18:30")
    author.presses("Continue")
    author.sees("Empty means free")
    author.presses("Continue")
    author.sees("Look it over")
    looks_right(author)
    wait_until_kept(author)
    author.presses("Publish session")
    author.sees("Published: Tests that help")
    [session] = mentor.browser.get("/me/sessions").data["items"]
    assert (session["topics"], session["duration_minutes"], session["starts_at"][11:16]) == ([wanted], 90, "13:00")
    assert mentor.browser.get("/me/drafts").data["items"] == []


def test_a_step_says_what_is_missing_and_the_server_has_the_last_word(author, mentor, new_session):
    new_session(mentor, timedelta(days=2))
    [taken] = mentor.browser.get("/me/sessions").data["items"]
    author.goes("/mentor/new-session")
    author.fills("Title", "Short")
    author.presses("Continue")
    author.sees("Write a title of 10 to 100 characters.")
    author.sees("Describe what you will do together.")
    looks_right(author)
    author.fills("Title", "Tests that help")
    author.fills("Description", WORDS)
    author.adds("Topics", "Testing")
    author.presses("Continue")
    start = datetime.fromisoformat(taken["starts_at"]) + timedelta(hours=5, minutes=30)  # the mentor lives in Kolkata
    author.fills("Date", start.strftime("%Y-%m-%d"))
    author.picks("Start", start.strftime("%H:%M"))
    author.sees("On that day you have")
    author.presses("Continue")
    author.presses("Continue")
    author.presses("Publish session")
    author.sees("You already have something at that time.")
    author.sees("Step 2 of 4")


def test_a_published_session_is_changed_and_once_booked_only_its_words(author, mentor, new_learner, new_session):
    session = new_session(mentor, timedelta(days=2))
    author.goes(f"/mentor/new-session?session={session}")
    author.sees("Look it over")
    looks_right(author)
    author.presses("Change Title")
    author.fills("Title", "Decorators, slowly")
    author.presses("Continue")
    author.presses("Save changes")
    author.sees("Saved: Decorators, slowly")
    author.is_at(f"/s/{session}")

    author.goes(f"/mentor/new-session?session={session}")
    author.presses("Change When")
    author.page.get_by_label("Duration").select_option("45")
    assert new_learner().browser.post(f"/sessions/{session}/bookings").status == 201
    author.presses("Continue")
    author.presses("Save changes")
    author.sees("Somebody has taken this session")
    author.presses("Change When")
    for label in ("Date", "Start", "Duration"):
        expect(author.page.get_by_label(label, exact=True)).to_be_disabled()
    looks_right(author)
    author.presses("Back")
    author.fills("Description", "What they are, and when not to use them.")
    author.presses("Continue")
    author.presses("Save changes")
    author.sees("Saved: Decorators, slowly")
    shown = mentor.browser.get(f"/sessions/{session}").data
    assert (shown["duration_minutes"], shown["description"]) == (60, "What they are, and when not to use them.")


def test_a_session_is_copied_for_another_time_and_nobody_changes_a_strangers(author, mentor, new_mentor, new_session):
    author.goes(f"/mentor/new-session?from={new_session(mentor, timedelta(days=2))}")
    expect(author.page.get_by_label("Title", exact=True)).to_have_value("Decorators in an hour")
    author.presses("Continue")
    expect(author.page.get_by_label("Date", exact=True)).to_have_value("")
    author.goes(f"/mentor/new-session?session={new_session(new_mentor(), timedelta(days=2))}")
    author.sees("This session cannot be changed")
    author.finds_it_accessible()
