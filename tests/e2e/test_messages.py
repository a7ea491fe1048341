"""Two people write to each other in two browsers, each following the other without a reload; one blocks and reports."""

from time import sleep

import pytest
from playwright.sync_api import expect
from ulid import ULID

from chalicelib.services import messages
from tests.room.people import NARROW, WIDE

WRITE = "Write a message"


@pytest.fixture
def two(visit, new_learner, new_mentor, new_session):
    """A learner and a mentor with a booking in common, signed in; and the booking's id."""
    learner, mentor = new_learner(), new_mentor()
    booking = learner.browser.post(f"/sessions/{new_session(mentor)}/bookings").data["id"]
    lena, meera = visit("Lena"), visit("Meera")
    lena.is_signed_in_as(learner.account, learner.browser)
    meera.is_signed_in_as(mentor.account, mentor.browser)
    lena.who, meera.who = learner, mentor
    return lena, meera, booking


def says(person, words):
    box = person.page.get_by_placeholder(WRITE)
    box.fill(words)
    box.press("Enter")


def _fails_to_send(route):
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def looks_right(person, name):
    """On a phone and on a laptop nothing sticks out, and axe finds nothing."""
    for size in (NARROW, WIDE):
        person.page.set_viewport_size(size)
        person.page.wait_for_timeout(150)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {size}"
        person.finds_it_accessible()


def test_from_a_booking_to_a_conversation_that_both_follow(two):
    lena, meera, booking = two
    meera.goes("/mentor")
    lena.goes("/messages")
    lena.sees("No messages yet")
    looks_right(lena, "nothing yet")
    lena.goes(f"/bookings/{booking}")
    lena.presses("Message")
    lena.sees("Nothing has been written yet.")
    looks_right(lena, "an empty conversation")
    says(lena, "Hello, see https://example.com/a and <b>this</b>")
    lena.sees("Sent")
    link = lena.page.get_by_role("link", name="https://example.com/a")
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer nofollow ugc")
    lena.sees("<b>this</b>")

    badge = meera.page.locator("header .count").filter(visible=True)
    expect(badge).to_contain_text("1")  # by the socket: nobody reloads
    meera.page.locator("header").get_by_role("link", name="Messages 1 unread message").click()
    meera.sees("Hello, see https://example.com/a")
    looks_right(meera, "the list")
    meera.page.get_by_role("link", name=lena.who.account.name).click()
    meera.sees("New")
    lena.sees("Seen")
    expect(badge).to_have_count(0)

    meera.page.get_by_placeholder(WRITE).press_sequentially("I a", delay=30)
    lena.sees("is typing…")
    says(meera, "I am looking forward to it")
    lena.sees("I am looking forward to it")
    expect(lena.page.get_by_text("is typing…")).not_to_be_visible()
    meera.sees("Seen")
    looks_right(lena, "a conversation")
    looks_right(meera, "a conversation")


def test_what_is_refused_is_edited_and_goes_then(two):
    lena, meera, booking = two
    lena.goes(f"/messages/{meera.who.account.id}?about={booking}")
    lena.sees("Nothing has been written yet.")
    says(lena, "Read \u202ethis")
    expect(lena.button("Edit")).to_be_visible()
    expect(lena.button("Try again")).to_have_count(0)
    looks_right(lena, "a message that is refused")
    lena.presses("Edit")
    expect(lena.page.get_by_placeholder(WRITE)).to_have_value("Read \u202ethis")
    expect(lena.page.get_by_placeholder(WRITE)).to_be_focused()
    says(lena, "Read this")
    lena.sees("Sent")
    expect(lena.page.locator(".bubble")).to_have_count(1)


def test_what_could_not_be_sent_is_tried_again_and_arrives_once(two):
    lena, meera, booking = two
    lena.goes(f"/messages/{meera.who.account.id}?about={booking}")
    lena.sees("Nothing has been written yet.")
    lena.page.route("**/api/threads/*/messages", _fails_to_send)
    says(lena, "Is anybody there?")
    lena.sees("Try again")
    looks_right(lena, "a message that failed")
    lena.page.unroute("**/api/threads/*/messages")
    lena.faults[:] = [fault for fault in lena.faults if "ERR_FAILED" not in fault]
    lena.presses("Try again")
    lena.sees("Sent")
    meera.goes("/messages")
    meera.sees("Is anybody there?")
    meera.page.get_by_role("link", name=lena.who.account.name).click()
    expect(meera.page.locator(".bubble")).to_have_count(1)


def test_what_comes_while_a_conversation_is_opened_is_not_lost(two, real):
    lena, meera, booking = two
    ids = meera.who.account.id, lena.who.account.id
    messages.write(real, *ids, key=str(ULID()), text="Before.", about=booking)

    def late(route):
        answer = route.fetch()
        messages.write(real, *ids, key=str(ULID()), text="Meanwhile.", about=None)
        sleep(3)  # it comes by the line before the answer that does not know of it
        route.fulfill(response=answer)

    lena.goes("/messages")
    row = lena.page.get_by_role("link", name=meera.who.account.name)
    lena.page.route("**/api/threads/*/messages?*", late, times=1)
    row.click()
    lena.sees("Meanwhile.")
    expect(lena.page.locator(".bubble")).to_have_count(2)
    bell = lena.page.locator("header .bell-count")
    expect(bell.get_by_text("1 unread notification")).to_have_count(1)  # of the booking alone


def test_older_messages_come_page_by_page(two, real):
    lena, meera, booking = two
    for number in range(70):
        by, to = (lena, meera) if number % 2 else (meera, lena)
        messages.write(
            real, by.who.account.id, to.who.account.id, key=str(ULID()), text=f"Word {number}.", about=booking
        )
    lena.goes(f"/messages/{meera.who.account.id}")
    lena.sees("Word 69.")
    expect(lena.page.locator(".bubble")).to_have_count(30)
    lena.presses("Earlier messages")
    expect(lena.page.locator(".bubble")).to_have_count(60)
    lena.presses("Earlier messages")
    lena.sees("Word 0.")
    expect(lena.page.get_by_role("button", name="Earlier messages")).not_to_be_visible()


def test_a_message_is_reported_and_its_sender_blocked(two, visit, new_admin):
    lena, meera, booking = two
    lena.goes(f"/messages/{meera.who.account.id}?about={booking}")
    says(lena, "Buy my coins")
    lena.sees("Sent")
    meera.goes(f"/messages/{lena.who.account.id}")
    meera.sees("Buy my coins")
    meera.page.get_by_role("button", name="Report this message").click()
    dialog = meera.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send report").click()
    expect(dialog.get_by_text("Please choose what is wrong.")).to_be_visible()
    looks_right(meera, "the report")
    dialog.get_by_label("What is wrong?").select_option("scam")
    dialog.get_by_label("What happened?").fill("Coins, again.")
    dialog.get_by_label("Also block this person").check()
    dialog.get_by_role("button", name="Send report").click()
    meera.sees("They cannot write to you.")
    says(lena, "Please answer")
    lena.sees("This is not possible with this person at present.")
    meera.page.locator(".talk").get_by_role("button", name="Unblock").click()
    expect(meera.page.get_by_placeholder(WRITE)).to_be_visible()
    lena.presses("Try again")
    meera.sees("Please answer")

    ada, admin = visit("Ada"), new_admin()
    ada.is_signed_in_as(admin.account, admin.browser)
    ada.goes("/admin/reports")
    report = ada.page.locator("article").filter(has_text=lena.who.account.name)
    expect(report.get_by_text("Coins, again.")).to_be_visible()
    looks_right(ada, "the reports")
    report.get_by_label("What was done").fill("Talked to them.")
    report.get_by_role("button", name="Close report").click()
    expect(report).to_have_count(0)
    ada.presses("Closed")
    ada.sees("Talked to them.")


def test_a_stranger_has_no_conversation_with_a_mentor(visit, new_learner, new_mentor):
    learner, mentor = new_learner(), new_mentor()
    lena = visit("Lena")
    lena.is_signed_in_as(learner.account, learner.browser)
    lena.goes(f"/m/{mentor.mentor.slug}")
    lena.presses("Message")
    lena.sees("You cannot write to this person yet")
    looks_right(lena, "no conversation")
    lena.faults[:] = [fault for fault in lena.faults if "404" not in fault]  # the browser notes what the page is about


def test_a_mentor_is_live_while_they_are_here(two):
    lena, meera, _ = two
    meera.goes("/settings/mentor")
    meera.page.get_by_label("Take sessions at once while I am here").check()
    meera.sees("You are shown as live while you are here.")
    looks_right(meera, "the setting")
    asked, path = lena.who.browser, f"/presence?ids={meera.who.account.id}"
    meera.waits_for(lambda: asked.get(path).data["items"][0]["live"], "is not live")
    lena.goes(f"/m/{meera.who.mentor.slug}")
    lena.sees("Live now")
    looks_right(lena, "a live mentor")
    meera.page.goto("about:blank")
    lena.waits_for(lambda: not asked.get(path).data["items"][0]["live"], "still finds her live")
    lena.page.reload()
    lena.sees("Last seen within the hour")
