"""A mentor's hours, week and sessions, as they are set and seen in a browser."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.room.people import NARROW, WIDE

NUMBERS = {"buffer_before_minutes": 0, "buffer_after_minutes": 15, "notice_minutes": 120, "horizon_days": 60}
RULES = NUMBERS | {"daily_most": None, "start_every_minutes": 30, "away": False, "away_until": None}
DATES: dict[str, list[dict[str, str]]] = {"overrides": [], "blackouts": []}


@pytest.fixture
def mentor(new_mentor):
    return new_mentor()


@pytest.fixture
def at(visit, mentor):
    """The mentor at one of their pages, in a browser of their own each time."""

    def opened(path, name="mentor", **options):
        person = visit(name, **options)
        person.is_signed_in_as(mentor.account, mentor.browser)
        person.goes(path)
        expect(person.page.locator(".skeleton").filter(visible=True)).to_have_count(0)
        return person

    return opened


def opens(mentor, **weekly):
    """Saves hours behind the page's back."""
    days = {day: weekly.get(day, []) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    version = mentor.browser.get("/me/availability").data["version"]
    saved = mentor.browser.put("/me/availability", {"version": version, "weekly": days} | RULES | DATES)
    assert saved.status == 200, saved.data


def hours(mentor, day):
    return [(each["from"], each["to"]) for each in mentor.browser.get("/me/availability").data["weekly"][day]]


def shown(person, day):
    return person.page.locator(f"[data-holder={day}] select").evaluate_all("all => all.map((each) => each.value)")


def is_saved(person):
    person.presses("Save")
    person.sees("Your availability is saved.")
    expect(person.page.get_by_role("button", name="Save")).to_have_count(0)


def drags(person, day, start, end):
    """From one half-hour of a column to another, with the mouse."""
    week = person.page.locator("[data-week]")
    week.scroll_into_view_if_needed()
    box = week.bounding_box()
    x = box["x"] + box["width"] * (day + 0.5) / 7
    mouse = person.page.mouse
    mouse.move(x, box["y"] + box["height"] * (start + 0.1) / 24)
    mouse.down()
    mouse.move(x, box["y"] + box["height"] * (start + end) / 48)
    mouse.move(x, box["y"] + box["height"] * (end - 0.1) / 24)
    mouse.up()


def test_hours_are_set_with_the_keyboard_alone(at, mentor):
    person = at("/mentor/availability")
    person.sees("Nobody can book you yet.")
    keys = person.page.keyboard
    person.page.get_by_role("button", name="Monday: add hours").focus()
    keys.press("Enter")
    expect(person.page.get_by_label("Monday, hours 1: start")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "Tab", "ArrowUp"):
        keys.press(key)
    assert shown(person, "mon") == ["09:30", "16:45"]
    expect(person.page.get_by_role("status").filter(has_text="Unsaved changes")).to_have_count(1)

    person.page.get_by_role("button", name="Monday: copy hours to other days").focus()
    keys.press("Enter")
    person.page.get_by_role("dialog").get_by_role("button", name="Weekdays").focus()
    keys.press("Enter")
    person.finds_it_accessible()
    person.page.get_by_role("dialog").get_by_role("button", name="Copy", exact=True).focus()
    keys.press("Enter")
    person.page.get_by_role("button", name="Save").focus()
    keys.press("Enter")
    person.sees("Your availability is saved.")
    expect(person.page.get_by_role("heading", level=1)).to_be_focused()

    person.page.reload()
    expect(person.page.get_by_label("Friday, hours 1: end")).to_have_value("16:45")
    assert (hours(mentor, "fri"), hours(mentor, "sat")) == ([("09:30", "16:45")], [])


def test_hours_are_painted_and_wiped_out_by_dragging(at, mentor):
    person = at("/mentor/availability")
    drags(person, 1, 10, 14)
    assert shown(person, "tue") == ["10:00", "14:00"]
    drags(person, 1, 11, 12)
    assert shown(person, "tue") == ["10:00", "11:00", "12:00", "14:00"]
    is_saved(person)
    person.page.reload()
    expect(person.page.get_by_label("Tuesday, hours 2: end")).to_have_value("14:00")
    assert hours(mentor, "tue") == [("10:00", "11:00"), ("12:00", "14:00")]


def test_dates_time_off_rules_and_a_holiday_are_saved_and_seen_again(at, mentor):
    person = at("/mentor/availability")
    person.presses("Add a date")
    expect(person.page.get_by_label("Date", exact=True)).to_be_focused()
    person.presses("Add time off")
    later = (date.today() + timedelta(days=40)).isoformat()
    person.page.get_by_label("First day").fill(later)
    expect(person.page.get_by_label("Last day")).to_have_value(later)
    person.picks("Free time after", "15")
    person.picks("Most sessions a day", "3")
    person.page.get_by_role("checkbox", name="I am away").check()
    person.page.get_by_label("Away until").fill(later)
    person.finds_it_accessible()
    is_saved(person)
    person.page.reload()
    person.sees("nothing new can be booked. What is booked already stands.")
    saved = mentor.browser.get("/me/availability").data
    assert (saved["buffer_after_minutes"], saved["daily_most"], saved["away_until"]) == (15, 3, later)
    assert (len(saved["overrides"]), saved["blackouts"]) == (1, [{"from": later, "to": later}])
    person.presses("I am back")
    is_saved(person)
    assert mentor.browser.get("/me/availability").data["away"] is False


def test_what_the_server_refuses_is_said_where_it_is(at):
    person = at("/mentor/availability")
    person.presses("Add a date")
    person.page.get_by_label("Date", exact=True).fill((date.today() + timedelta(days=1000)).isoformat())
    person.presses("Save")
    person.sees("At most two years ahead.")
    expect(person.page.get_by_label("Date", exact=True)).to_be_focused()
    expect(person.page.get_by_label("Date", exact=True)).to_have_attribute("aria-invalid", "true")
    person.finds_it_accessible()


def test_two_tabs_that_save_are_put_side_by_side(at, mentor):
    opens(mentor, mon=[{"from": "09:00", "to": "12:00"}])
    one, other = at("/mentor/availability", "one"), at("/mentor/availability", "other")
    drags(other, 1, 9, 11)
    one.picks("Shortest notice", "60")
    is_saved(one)

    other.presses("Save")
    dialog = other.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Changed somewhere else")
    expect(dialog).to_contain_text("Before: 2 hours")
    expect(dialog).to_contain_text("There: 1 hour")
    other.finds_it_accessible()
    dialog.get_by_role("button", name="Keep my changes").click()
    expect(other.page.get_by_label("Shortest notice")).to_have_value("60")
    expect(other.page.get_by_role("button", name="Save")).to_be_focused()
    is_saved(other)
    assert (hours(mentor, "mon"), hours(mentor, "tue")) == ([("09:00", "12:00")], [("09:00", "11:00")])

    drags(one, 3, 9, 11)
    opens(mentor, sun=[{"from": "20:00", "to": "22:00"}])
    one.presses("Save")
    one.page.get_by_role("dialog").get_by_role("button", name="Take the newer version").click()
    assert (shown(one, "sun"), shown(one, "thu")) == (["20:00", "22:00"], [])
    assert hours(mentor, "thu") == []


def test_a_page_with_unsaved_changes_is_not_left_by_accident(at):
    person = at("/mentor/availability")
    asked = []
    person.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    drags(person, 0, 9, 10)
    person.page.get_by_role("link", name="Calendar").click(no_wait_after=True)
    person.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    person.is_at("/mentor/availability")
    assert shown(person, "mon") == ["09:00", "10:00"]
    person.presses("Discard")
    expect(person.page.get_by_role("button", name="Save")).to_have_count(0)
    person.page.get_by_role("link", name="Calendar").click()
    person.is_at("/mentor/calendar")


def test_the_hours_are_seen_on_the_clocks_of_another_zone(at, mentor):
    opens(mentor, **{day: [{"from": "09:00", "to": "17:00"}] for day in ("mon", "tue", "wed", "thu", "fri")})
    person = at("/mentor/availability")
    preview = person.page.get_by_role("region", name="As seen from elsewhere")
    preview.get_by_label("Time zone").select_option("Asia/Tokyo")
    preview.get_by_role("button", name="The week after").click()
    expect(preview.get_by_role("listitem").first).to_contain_text("12:30 pm – 8:30 pm")
    expect(preview.get_by_role("listitem").last).to_contain_text("Closed")


def test_the_week_shows_what_is_booked_and_follows_it(at, mentor, new_learner, new_session):
    opens(mentor, **{day: [{"from": "00:00", "to": "24:00"}] for day in ("mon", "tue", "wed", "thu", "fri")})
    learner, session = new_learner(), new_session(mentor, timedelta(days=8))
    starts = mentor.browser.get(f"/sessions/{session}").data["starts_at"][:10]
    person = at(f"/mentor/calendar?week={starts}")
    entry = person.page.get_by_role("link", name="Decorators in an hour")
    expect(entry).to_contain_text("Not booked yet")
    assert learner.browser.post(f"/sessions/{session}/bookings").status == 201
    expect(entry).to_contain_text(f"With {learner.account.name}")
    expect(entry).to_contain_text("Booked")
    expect(entry).to_contain_text("15 min kept free after")
    expect(person.page.locator(".agenda-open").first).to_be_visible()

    for size in (WIDE, NARROW):
        person.page.set_viewport_size(size)
        expect(entry).to_be_visible()
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        person.finds_it_accessible()
    person.page.get_by_role("button", name="The week after").click()
    expect(entry).to_have_count(0)
    expect(person.page.get_by_role("status").filter(has_text="nothing booked")).to_have_count(1)
    person.page.get_by_role("button", name="Today").click()
    expect(person.page.locator("[data-today=yes]")).to_have_count(1)
    person.page.go_back()
    person.page.go_back()
    entry.focus()
    person.page.keyboard.press("Enter")
    expect(person.page).to_have_url(re.compile("/bookings/bkg_"))


def test_what_one_learns_is_told_from_what_one_mentors(at, mentor, new_mentor, new_session):
    session = new_session(new_mentor(), timedelta(days=2))
    assert mentor.browser.post(f"/sessions/{session}/bookings").status == 201
    person = at(f"/mentor/calendar?week={mentor.browser.get(f'/sessions/{session}').data['starts_at'][:10]}")
    expect(person.page.get_by_role("link", name="Decorators in an hour")).to_contain_text("You learn from Person")


def test_a_session_is_withdrawn_from_the_list(at, mentor, new_session):
    new_session(mentor, timedelta(days=2), title="Protocols without tears")
    person = at("/mentor#upcoming")
    expect(person.page.get_by_role("link", name="Edit: Protocols without tears")).to_be_visible()
    person.finds_it_accessible()
    person.page.get_by_role("button", name="Withdraw: Protocols without tears").click()
    person.sees("Nobody has booked it.")
    person.finds_it_accessible()
    person.presses("Withdraw session")
    person.sees("“Protocols without tears” is withdrawn.")
    expect(person.page.get_by_role("button", name="Withdraw: Protocols without tears")).to_have_count(0)
    person.page.get_by_role("link", name="Use again: Protocols without tears").click()
    expect(person.page.get_by_label("Title", exact=True)).to_have_value("Protocols without tears")
