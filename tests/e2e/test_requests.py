"""A session is asked for, haggled over and agreed on in two browsers, each following the other without a reload."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

KOLKATA = ZoneInfo("Asia/Kolkata")
TITLE = "A second pair of eyes on my thesis"


def day(number):
    """So many days from now, as a date field takes it."""
    return (datetime.now(UTC).astimezone(KOLKATA) + timedelta(days=number)).strftime("%Y-%m-%d")


@pytest.fixture
def two(visit, new_learner, new_mentor):
    """A learner and a mentor, signed in, and the mentor as stored."""
    learner, mentor = new_learner(), new_mentor()
    lena, meera = visit("Lena"), visit("Meera")
    lena.is_signed_in_as(learner.account, learner.browser)
    meera.is_signed_in_as(mentor.account, mentor.browser)
    return lena, meera, mentor


def proposes(person, number, date, time):
    """Fills one of the rows of times."""
    person.page.get_by_label(f"Date, time {number}").fill(date)
    person.page.get_by_label(f"Start, time {number}").select_option(time)


def asks(lena, mentor):
    """Fills the form and sends it; the new request's page is up then."""
    lena.goes(f"/requests/new?mentor={mentor.mentor.slug}")
    lena.fills("What is it about?", TITLE)
    lena.fills("What would you like to do together?", "Two chapters to go through before the deadline.")
    proposes(lena, 1, day(4), "18:30")
    lena.presses("Send request")
    lena.sees("Waits for")
    lena.sees("You asked for a session")


def opens(meera):
    """Finds the request among those that wait."""
    meera.goes("/mentor/requests")
    meera.presses(TITLE)
    meera.sees("Waits for your answer")


def name_of(person):
    return person.account.name.split(" ")[0]


def test_a_form_sent_empty_says_what_is_missing(two):
    lena, _, mentor = two
    lena.goes(f"/requests/new?mentor={mentor.mentor.slug}")
    lena.presses("Send request")
    for words in ("Write a title", "Say what the session is to be about.", "Choose a date."):
        lena.sees(words)
    lena.finds_it_accessible()


def test_request_counter_counter_back_and_accept(two):
    lena, meera, mentor = two
    meera.goes("/mentor/requests")
    meera.sees("Nobody is waiting for you")
    asks(lena, mentor)
    lena.finds_it_accessible()
    meera.sees("Waits for your answer")  # by the socket: nobody reloads
    meera.finds_it_accessible()
    meera.presses(TITLE)
    meera.finds_it_accessible()

    lena.fills(f"Write to {name_of(mentor)}", "I can send the chapters beforehand.")
    lena.presses("Send")
    meera.sees("I can send the chapters beforehand.")

    meera.presses("Propose other times")
    proposes(meera, 1, day(6), "18:00")
    meera.presses("Add another time")
    proposes(meera, 2, day(7), "18:00")
    meera.fills("A note (optional)", "That week is full.")
    meera.finds_it_accessible()
    meera.presses("Send proposal")
    meera.sees("Waits for")
    lena.sees("That week is full.")
    lena.presses("Propose other times")
    proposes(lena, 1, day(7), "20:15")
    lena.presses("Send proposal")
    lena.sees("You proposed other terms")
    meera.sees("8:15 pm")

    meera.presses("Accept")
    meera.sees("You have agreed")
    lena.sees("You have agreed")
    meera.finds_it_accessible()
    meera.presses("See the session")
    meera.sees(TITLE)
    lena.goes("/dashboard")
    lena.sees(TITLE)
    meera.goes("/mentor#upcoming")
    meera.sees(TITLE)
    lena.goes("/requests#closed")
    lena.sees("Accepted")
    lena.finds_it_accessible()


def test_from_the_list_to_being_live_takes_three_clicks(visit, real, new_learner, new_mentor):
    learner, mentor = new_learner(), new_mentor()
    hours = real.availabilities.find(mentor.account.id)
    real.tables.commit([real.availabilities.saving(hours, replace(hours, notice_minutes=0))])
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    soon = now + timedelta(minutes=15 - now.minute % 15)
    wish = {"title": TITLE, "domain": "writing", "description": "Two chapters.", "duration_minutes": 60}
    wish |= {"mentor_slug": mentor.mentor.slug, "times": [soon.strftime("%Y-%m-%dT%H:%M:%SZ")]}
    assert learner.browser.post("/requests", wish).status == 201
    meera = visit("Meera")
    meera.is_signed_in_as(mentor.account, mentor.browser)
    meera.goes("/mentor/requests")
    meera.presses(TITLE)
    meera.presses("Accept")
    meera.presses("Go live")
    expect(meera.page).to_have_url(re.compile("/room/ses_"))


def test_a_no_comes_with_its_reason(two):
    lena, meera, mentor = two
    asks(lena, mentor)
    opens(meera)
    meera.presses("Decline")
    dialog = meera.page.get_by_role("dialog")
    dialog.get_by_label("Why?").fill("I am not at home in this field.")
    meera.finds_it_accessible()
    dialog.get_by_role("button", name="Decline").click()
    meera.sees("You declined")
    lena.sees("I am not at home in this field.")
    expect(lena.button("Ask again")).to_be_visible()
    expect(lena.page.get_by_label("Write to")).to_have_count(0)


def test_what_is_withdrawn_can_be_asked_anew(two):
    lena, meera, mentor = two
    asks(lena, mentor)
    opens(meera)
    lena.presses("Withdraw this request")
    lena.page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    lena.sees("You withdrew the request")
    meera.sees("withdrew the request")
    expect(meera.button("Accept")).to_have_count(0)
    lena.presses("Ask again")
    lena.sees("Request a session with")


def test_nobody_else_sees_it(two, visit, new_learner):
    lena, _, mentor = two
    asks(lena, mentor)
    stranger, eve = new_learner(), visit("Eve")
    eve.is_signed_in_as(stranger.account, stranger.browser)
    eve.goes(lena.page.url)
    eve.sees("There is no such request")
    eve.faults[:] = [fault for fault in eve.faults if "404" not in fault]  # the browser notes what the page is about
