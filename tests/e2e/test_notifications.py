"""What concerns a person reaches them while they look at something else: by the bell, in two tabs, and as they wish."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.domain.outgoing import Outgoing
from tests.e2e.scenes import Two, two
from tests.room.people import NARROW, WIDE
from tests.stack.test_outgoing import eventually

__all__ = ["two"]
BELL = "header .bell-count"
AHEAD = timedelta(days=2)
NONE_AHEAD = "Nothing coming up"


@pytest.fixture
def happens(real):
    """Somebody is to be told of something; its id."""

    def told(someone, template="refund_done", **facts):
        known = {"title": "Decorators", "other": "Meera", "booking_id": "bkg_1", "session_id": "ses_1", "paise": "5000"}
        message = Outgoing(real.new_id("out"), someone.account.id, "", template, datetime.now(UTC), known | facts)
        real.tables.commit([real.outbox.adding(message)])
        return message.id

    return told


@pytest.fixture
def lena(visit, new_learner):
    """A learner at her browser, whom nobody has told anything yet."""
    someone = new_learner()
    person = visit("Lena")
    person.account = someone.account
    person.is_signed_in_as(someone.account, someone.browser)
    return person


def another_tab(person, path):
    page = person.context.new_page()
    page.on("pageerror", lambda error: person.faults.append(f"{person.name}: {error}"))
    page.goto(person.origin + path)
    return page


def has(page, count):
    """The bell shows so many unread, and says so."""
    mark = page.locator(BELL)
    if not count:
        return expect(mark).to_be_hidden()
    words = f"{count} unread notification{'' if count == 1 else 's'}"
    return expect(mark.get_by_text(words)).to_have_count(1)


def bell(page):
    return page.get_by_role("button", name="Notifications")


def panel(page):
    return page.get_by_role("region", name="Notifications", exact=True)


def looks_right(person, name):
    for size in (NARROW, WIDE):
        person.page.set_viewport_size(size)
        person.page.wait_for_timeout(300)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {size}"
        person.finds_it_accessible()


def test_a_booking_reaches_both_while_they_look_at_something_else(two: Two):
    two.meera.goes("/mentor#upcoming")
    two.meera.sees(NONE_AHEAD)
    two.lena.goes("/how-it-works")
    booking = two.books(AHEAD)
    two.meera.sees(f"{two.learner.account.name} has booked you")  # a toast, there for six seconds
    has(two.lena.page, 1)
    has(two.meera.page, 1)
    expect(two.meera.page.locator("main").get_by_text(two.offering.title).first).to_be_visible()  # nobody reloaded
    second = another_tab(two.meera, "/how-it-works")
    has(second, 1)
    two.meera.page.bring_to_front()
    bell(two.meera.page).click()
    line = panel(two.meera.page).get_by_role("link", name=f"{two.learner.account.name} has booked you")
    looks_right(two.meera, "the panel")
    line.click()
    two.meera.is_at(f"/bookings/{booking}")
    has(two.meera.page, 0)
    has(second, 0)
    has(two.lena.page, 1)


def test_the_bell_by_keyboard_and_on_a_phone(lena, happens):
    lena.page.set_viewport_size(NARROW)
    lena.goes("/how-it-works")
    bell(lena.page).click()
    expect(panel(lena.page).get_by_text("Nothing yet")).to_be_visible()
    looks_right(lena, "an empty panel")
    lena.page.set_viewport_size(NARROW)
    lena.page.keyboard.press("Escape")
    expect(panel(lena.page)).to_be_hidden()
    expect(bell(lena.page)).to_be_focused()
    for _ in range(3):
        happens(lena)
    has(lena.page, 3)
    lena.page.keyboard.press("Enter")
    expect(panel(lena.page).get_by_role("heading")).to_be_focused()
    expect(panel(lena.page).get_by_role("listitem")).to_have_count(3)
    looks_right(lena, "a full panel")
    lena.page.set_viewport_size(NARROW)
    panel(lena.page).get_by_role("button", name="Mark all as read").click()
    has(lena.page, 0)
    expect(panel(lena.page).get_by_text("Unread")).to_have_count(0)
    panel(lena.page).get_by_role("button", name="Close").click()
    expect(panel(lena.page)).to_be_hidden()
    happens(lena)
    has(lena.page, 1)  # what comes afterwards is unread


def test_each_is_shown_once_and_leads_to_where_one_can_act(lena, happens):
    lena.goes("/how-it-works")
    has(lena.page, 0)
    lena.page.wait_for_timeout(1000)  # the line is there
    happens(lena, "message_received", other="Meera", other_id="usr_nobody", words="Shall we?")
    toast = lena.page.locator(".toast").filter(has_text="A message from Meera")
    expect(toast).to_have_count(1)
    expect(toast).to_contain_text("Shall we?")
    lena.finds_it_accessible()
    toast.get_by_role("link", name="Open").click()
    expect(lena.page).to_have_url(f"{lena.origin}/messages/usr_nobody")
    has(lena.page, 0)
    lena.faults[:] = [fault for fault in lena.faults if "404" not in fault]


def test_the_list_day_by_day_with_its_filter_and_pages(lena, happens):
    for _ in range(45):
        happens(lena)
    lena.goes("/notifications")
    lena.sees("Today")
    rows = lena.page.locator(".note-row")
    expect(rows).to_have_count(20)
    looks_right(lena, "the list")
    lena.presses("Show more")
    expect(rows).to_have_count(40)
    lena.presses("Show more")
    expect(rows).to_have_count(45)
    lena.sees("Notifications are kept for 90 days.")
    rows.first.get_by_role("button").click()
    has(lena.page, 44)
    lena.page.get_by_role("button", name="Unread 44").click()
    expect(rows).to_have_count(44)
    happens(lena)  # comes while one looks on
    has(lena.page, 45)
    expect(rows).to_have_count(45)
    other = another_tab(lena, "/notifications?show=unread")
    expect(other.locator(".note-row")).not_to_have_count(0)
    lena.presses("Mark all as read")
    lena.sees("All are marked as read.")
    lena.sees("You have seen everything there is.")
    expect(other.get_by_text("You have seen everything there is.")).to_be_visible()
    has(other, 0)
    looks_right(lena, "nothing unread")
    lena.presses("Show all")
    expect(rows).not_to_have_count(0)


def test_a_group_whose_mails_are_off_gets_none(lena, happens, stack, real):
    lena.goes("/settings#alerts")
    lena.presses("Notification settings")
    lena.is_at("/settings/notifications")
    lena.sees("Always by mail")
    looks_right(lena, "the preferences")
    lena.picks("Mails about: Payments and payouts", "No mails")
    lena.page.get_by_label("Keep quiet hours").check()
    lena.page.get_by_label("From", exact=True).fill("22:00")
    lena.page.get_by_label("To", exact=True).fill("22:00")
    lena.presses("Save")
    lena.sees("Quiet hours end at another time than they begin.")
    expect(lena.page.get_by_label("To", exact=True)).to_be_focused()
    looks_right(lena, "a refusal")
    lena.page.get_by_label("To", exact=True).fill("06:30")
    lena.sees("10:00 pm to 6:30 am the next day.")
    lena.presses("Save")
    lena.sees("Saved. It is like this from now on.")
    lena.page.reload()
    expect(lena.page.get_by_label("Mails about: Payments and payouts")).to_have_value("off")
    expect(lena.page.get_by_label("To", exact=True)).to_have_value("06:30")
    unwanted = happens(lena)
    eventually(lambda: real.outbox.find(lena.account.id, unwanted).mail == "skipped")
    has(lena.page, 1)  # the site tells all the same
    happens(lena, "password_changed")
    assert stack.mail(lena.account.email, "password")
    with pytest.raises(AssertionError):
        stack.mail(lena.account.email, "refund", patience=1)


def test_a_lost_line_is_said_and_caught_up(two: Two):
    """While it is lost nothing old is shown as new; once it is back, what was missed is there without a reload."""
    two.meera.goes("/mentor#upcoming")
    two.meera.sees(NONE_AHEAD)
    two.meera.page.wait_for_timeout(1000)
    two.meera.page.route("**/api/realtime/ticket", lambda route: route.abort())
    two.meera.page.evaluate("dispatchEvent(new Event('offline'))")
    close_sockets(two)
    two.meera.sees("What you see is as of")
    bell(two.meera.page).click()
    expect(panel(two.meera.page).get_by_text("Reconnecting: this is as of")).to_be_visible()
    looks_right(two.meera, "a panel without a line")
    two.meera.page.keyboard.press("Escape")
    two.books(AHEAD)
    has(two.meera.page, 0)
    two.meera.page.unroute("**/api/realtime/ticket")
    two.meera.page.evaluate("dispatchEvent(new Event('online'))")
    has(two.meera.page, 1)
    expect(two.meera.page.locator("main").get_by_text(two.offering.title).first).to_be_visible()
    two.meera.faults[:] = [fault for fault in two.meera.faults if "ERR_FAILED" not in fault]


def close_sockets(two):
    """As the gateway does after two hours."""
    for connection in two.real.connections.of(two.mentor.account.id):
        two.real.sockets.close(connection)


def test_counters_follow_what_others_do(two: Two, visit, new_mentor, new_admin):
    """A learner's dashboard, a mentor's list of requests and an admin's queue change while they are looked at."""
    two.lena.goes("/dashboard")
    two.lena.sees("Next session")
    booking = two.books(AHEAD)
    two.lena.sees(two.offering.title)
    ada, admin = visit("Ada"), new_admin()
    ada.is_signed_in_as(admin.account, admin.browser)
    ada.goes("/admin")
    ada.page.wait_for_timeout(1500)
    applicant = new_mentor(status="pending")
    ada.sees(applicant.account.name)
    path = f"/bookings/{booking}/cancel"
    assert two.mentor.browser.post(path, {"reason": "I have fallen ill."}).status == 200
    expect(
        two.lena.page.locator("main").get_by_text(two.offering.title).and_(two.lena.page.locator("h3"))
    ).to_have_count(0)
