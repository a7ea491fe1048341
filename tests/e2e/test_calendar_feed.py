"""The link to one's own calendar, made, used and taken back as a person does it."""

import urllib3
from playwright.sync_api import expect

from tests.client import Client


def fetched(link):
    return urllib3.request("GET", link, retries=False)


def test_a_link_is_made_copied_replaced_and_turned_off(visit, new_mentor, new_learner, new_session):
    mentor, learner = new_mentor(), new_learner()
    session_id = new_session(mentor)
    assert learner.browser.post(f"/sessions/{session_id}/bookings").status == 201
    person = visit("learner")
    person.is_signed_in_as(learner.account, learner.browser)
    person.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=person.origin)
    person.goes("/settings")
    person.page.get_by_role("tab", name="Calendar").click()
    person.finds_it_accessible()

    person.presses("Make my link")
    field = person.page.get_by_label("Your calendar link")
    expect(field).to_be_focused()
    first = field.input_value()
    assert first.startswith(f"{person.origin}/api/calendar/") and first.endswith("/sessions.ics")
    answer = fetched(first)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert f"Decorators in an hour with {mentor.account.name}" in answer.data.decode().replace("\r\n ", "")
    person.finds_it_accessible()
    person.presses("Copy")
    person.sees("Link copied.")
    assert person.page.evaluate("navigator.clipboard.readText()") == first
    for name, start in (
        ("Google (opens in a new tab)", "https://calendar.google.com/"),
        ("Apple or another app", "webcal://"),
    ):
        assert person.button(name).get_attribute("href").startswith(start)

    person.presses("Make a new link")
    person.finds_it_accessible()
    person.presses("Replace the link")
    person.sees("This is your new link.")
    second = field.input_value()
    assert second != first
    assert (fetched(first).status, fetched(second).status) == (404, 200)

    person.page.reload()
    expect(field).to_have_value(second)
    person.presses("Turn off")
    person.presses("Turn it off")
    person.sees("Your calendar link is off.")
    expect(person.button("Make my link")).to_be_focused()
    assert fetched(second).status == 404
    assert Client(person.origin, learner.browser.cookies).get("/me/calendar-feed").data == {"url": None}
