"""A time is chosen, held, confirmed, moved, given back and waited for, in two browsers that follow each other."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.services import bookings, due
from tests.e2e.scenes import iso, on_grid, two
from tests.fakes.people import learner as stored_learner

__all__ = ["two"]
PASSWORD = "quiet copper lantern 42"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Counted:
    """A person whose presses are counted."""

    def __init__(self, person):
        self.person, self.clicks = person, 0

    def presses(self, name):
        self.person.presses(name)
        self.clicks += 1


def chosen(person):
    """The start that is chosen in the picker."""
    return person.page.locator("[name^='slot-2']:checked").input_value()


def test_from_the_directory_into_the_room_in_four_clicks(two):
    lena, meera, mentor = two.lena, two.meera, two.mentor
    assert mentor.browser.patch("/me/mentor", {"domains": ["photography"]}).status == 200
    meera.goes("/mentor")
    meera.sees("Nothing")
    clicking = Counted(lena)

    lena.goes("/mentors?domain=photography")
    clicking.presses(mentor.account.name)
    lena.button("Book this time").wait_for()
    lena.finds_it_accessible()
    clicking.presses("Book this time")
    lena.sees("This time is kept for you")
    lena.finds_it_accessible()
    clicking.presses("Confirm booking")
    lena.sees("Starts in")
    lena.finds_it_accessible()
    meera.sees(f"With {two.learner.account.name}")  # by the socket: nobody reloads
    clicking.presses("Join")
    lena.page.wait_for_url("**/room/*")
    assert clicking.clicks <= 4

    lena.goes("/dashboard")
    lena.sees(two.offering.title)
    lena.button("Join").wait_for()
    lena.finds_it_accessible()


def test_times_are_chosen_by_keys_and_by_week(two):
    lena = two.lena
    lena.goes(two.times())
    lena.button("Book this time").wait_for()
    soonest = chosen(lena)
    lena.page.locator("[name^='slot-2']:checked").focus()
    lena.page.keyboard.press("ArrowDown")
    assert chosen(lena) > soonest
    lena.page.locator("[name='slot-day']:checked").focus()
    lena.page.keyboard.press("ArrowRight")
    tomorrow = chosen(lena)
    assert tomorrow[:10] > soonest[:10]
    lena.page.get_by_role("button", name="Later week").click()
    expect(lena.page.get_by_role("button", name="Earlier week")).to_be_enabled()
    expect(lena.page.locator(f"[name='slot-day'][value='{tomorrow[:10]}']")).to_have_count(0)
    assert chosen(lena) > tomorrow


def test_a_hold_runs_out_while_the_learner_looks_at_it(two):
    lena, meera = two.lena, two.meera
    booking_id = two.holds(2 * DAY)
    lena.goes(f"/bookings/{booking_id}")
    lena.sees("This time is kept for you")
    meera.goes(f"/bookings/{booking_id}")
    meera.sees("is booking this time")
    soon = datetime.now(UTC) + timedelta(seconds=6)
    two.changed(booking_id, {"held_until": soon}, {"pay_by": soon})
    lena.sees("The time you held is free again")
    meera.sees("This was not confirmed")
    lena.finds_it_accessible()
    due.sweep(two.real)
    lena.presses("Back to the open times")
    lena.button("Book this time").wait_for()
    assert chosen(lena) == iso(on_grid(2 * DAY))


def test_a_hold_is_let_go(two):
    lena = two.lena
    lena.goes(f"/bookings/{two.holds(2 * DAY)}")
    lena.presses("Let this time go")
    lena.sees("The time is free again.")
    lena.button("Book this time").wait_for()


def test_who_is_not_signed_in_comes_back_to_the_time_they_chose(two, visit):
    known = {"password_hash": two.real.passwords.hash(PASSWORD)}
    account = stored_learner(two.real, f"Asha{uuid.uuid4().hex[:8]}", **known)
    asha, wanted = visit("Asha"), on_grid(3 * DAY)
    asha.goes(f"{two.times()}?offering={two.offering.id}&at={iso(wanted)}")
    asha.presses("Book this time")
    asha.fills("E-mail", account.email)
    asha.fills("Password", PASSWORD)
    asha.presses("Sign in")
    asha.sees("This time is kept for you")
    held = two.real.bookings.find(asha.page.url.rpartition("/")[2])
    assert held.learner_id == account.id and held.starts_at == wanted


def test_a_lost_race_is_said_and_what_is_open_is_shown_anew(two, new_learner):
    lena = two.lena
    lena.goes(f"{two.times()}?at={iso(on_grid(2 * DAY))}")
    lena.button("Book this time").wait_for()
    two.holds(2 * DAY, new_learner())
    lena.presses("Book this time")
    lena.sees("Somebody was faster")
    lena.finds_it_accessible()
    assert chosen(lena) != iso(on_grid(2 * DAY))
    lena.presses("Book this time")
    lena.sees("This time is kept for you")


def test_a_second_hold_takes_the_place_of_the_first(two):
    lena = two.lena
    first = two.holds(2 * DAY)
    lena.goes(f"{two.times()}?at={iso(on_grid(3 * DAY))}")
    lena.presses("Book this time")
    lena.sees("You are holding another time already.")
    lena.finds_it_accessible()
    expect(lena.button("Go on with that one")).to_have_attribute("href", f"/bookings/{first}")
    lena.presses("Take this time instead")
    lena.sees("This time is kept for you")
    assert two.real.bookings.find(first).status == "expired"


def test_a_clash_with_ones_own_booking_names_it(two, new_mentor, new_session):
    lena, at = two.lena, on_grid(2 * DAY)
    elsewhere = new_session(new_mentor(), title="Something else at that time", starts_at=at)
    mine = two.learner.browser.post(f"/sessions/{elsewhere}/bookings").data["id"]
    lena.goes(f"{two.times()}?at={iso(at)}")
    lena.presses("Book this time")
    lena.sees("Something else at that time")
    lena.presses("See that booking")
    lena.is_at(f"/bookings/{mine}")


def test_three_free_bookings_and_an_address_not_confirmed_are_said(two, new_learner, visit):
    for days in (2, 3, 4):
        two.books(days * DAY)
    two.lena.goes(two.times())
    two.lena.presses("Book this time")
    two.lena.sees("3 free sessions can be booked ahead")
    two.lena.finds_it_accessible()
    newcomer, asha = new_learner(email_verified=False), visit("Asha")
    asha.is_signed_in_as(newcomer.account, newcomer.browser)
    asha.goes(two.times())
    asha.presses("Book this time")
    asha.sees("Confirm your e-mail address first")
    asha.presses("Send again")
    asha.sees("Sent. It can take a minute")


def test_away_and_nothing_to_book_lead_to_asking(two, new_mentor):
    hours = two.real.availabilities.find(two.mentor.account.id)
    two.real.tables.commit([two.real.availabilities.saving(hours, replace(hours, away=True))])
    two.lena.goes(two.times())
    two.lena.sees("is away at the moment")
    two.lena.finds_it_accessible()
    blank = new_mentor().mentor.slug
    two.lena.goes(f"/m/{blank}")
    two.lena.sees("No open times")
    two.lena.presses("Request a session")
    two.lena.is_at(f"/requests/new?mentor={blank}")


@pytest.mark.parametrize(
    ("ahead", "words", "after"),
    [
        (2 * DAY, "You get ₹1,000 back (100 % of the price).", "₹1,000 (100 % of the price) goes back"),
        (5 * HOUR, "You get ₹500 back (50 % of the price).", "₹500 (50 % of the price) goes back"),
        (HOUR, "It is too late for a refund", "You cancelled this booking"),
    ],
)
def test_a_learner_cancels_for_what_was_shown(two, ahead, words, after):
    lena, meera = two.lena, two.meera
    booking_id = two.books(3 * DAY, price=1_000_00)
    two.begins_in(booking_id, ahead)
    for person in (lena, meera):
        person.goes(f"/bookings/{booking_id}")
    lena.presses("Cancel this booking")
    lena.sees(words)
    lena.finds_it_accessible()
    lena.page.get_by_label("Tell").fill("I have to travel.")
    lena.presses("Cancel it")
    lena.sees(after)
    meera.sees("cancelled this booking")
    meera.sees("I have to travel.")
    meera.finds_it_accessible()


def test_a_refund_that_has_just_changed_is_shown_before_it_is_agreed_to(two):
    lena = two.lena
    booking_id = two.books(3 * DAY, price=1_000_00)
    two.begins_in(booking_id, DAY + timedelta(hours=1))
    lena.goes(f"/bookings/{booking_id}")
    lena.presses("Cancel this booking")
    lena.sees("You get ₹1,000 back")
    seen = two.learner.browser.get(f"/bookings/{booking_id}").data
    stale = [seen]  # until the page hears otherwise, as on a slow line
    answer = lambda route: route.fulfill(json=seen) if stale else route.continue_()  # noqa: E731
    lena.page.route(f"**/api/bookings/{booking_id}", answer)
    lena.page.on("request", lambda request: stale.clear() if request.url.endswith("/cancel") else None)
    two.begins_in(booking_id, DAY - timedelta(hours=1))
    lena.presses("Cancel it")
    lena.sees("What would come back has just changed")
    lena.sees("You get ₹500 back")
    lena.presses("Cancel it")
    lena.sees("₹500 (50 % of the price) goes back")


def test_a_mentor_who_cancels_is_warned_of_the_strike(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    lena.goes(f"/bookings/{booking_id}")
    lena.sees("Starts in")
    meera.goes(f"/bookings/{booking_id}")
    meera.presses("Cancel this booking")
    meera.sees("counts as a strike")
    meera.finds_it_accessible()
    meera.presses("Cancel it")
    meera.sees("You cancelled this booking")
    lena.sees(f"{two.name(two.mentor)} cancelled this booking")
    lena.presses("Book again")
    lena.button("Book this time").wait_for()


def test_a_session_is_moved_by_both_sides_twice_and_no_more(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    for person in (lena, meera):
        person.goes(f"/bookings/{booking_id}")
    proposed = proposes_an_open_time(lena)
    meera.sees("proposes another time")
    meera.finds_it_accessible()
    meera.presses("Accept")
    lena.sees("Starts in")
    expect(lena.page.get_by_text("You proposed another time")).to_have_count(0)
    assert iso(two.real.bookings.find(booking_id).starts_at) == proposed

    proposes_by_the_clock(meera, on_grid(4 * DAY))
    lena.goes("/dashboard")
    lena.sees("proposes")
    lena.finds_it_accessible()
    lena.presses("Accept")
    lena.sees("Moved. Both of you get the new time by e-mail.")
    meera.sees("moved twice already")
    assert two.real.bookings.find(booking_id).starts_at.strftime("%H:%M") == "12:30"  # 18:00 in Kolkata


def test_another_time_is_declined_and_withdrawn(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    for person in (lena, meera):
        person.goes(f"/bookings/{booking_id}")
    proposes_by_the_clock(meera, on_grid(4 * DAY))
    lena.presses("Decline")
    lena.sees("Declined. The present time stands.")
    expect(meera.page.get_by_text("You proposed another time")).to_have_count(0)
    proposes_an_open_time(lena)
    meera.button("Accept").wait_for()
    lena.presses("Withdraw my proposal")
    expect(meera.page.get_by_text("proposes another time")).to_have_count(0)
    assert two.real.bookings.find(booking_id).starts_at == on_grid(2 * DAY)


def proposes_an_open_time(lena):
    """The learner picks the first open time of the week after; it is given back."""
    lena.presses("Propose another time")
    lena.page.get_by_role("button", name="Later week").click()
    expect(lena.page.get_by_role("button", name="Earlier week")).to_be_enabled()
    lena.finds_it_accessible()
    wished = chosen(lena)
    lena.presses("Send proposal")
    lena.sees("You proposed another time")
    return wished


def proposes_by_the_clock(meera, at):
    """The mentor names six in the evening of a day."""
    meera.presses("Propose another time")
    meera.finds_it_accessible()
    meera.page.get_by_label("Date", exact=True).fill(at.strftime("%Y-%m-%d"))
    meera.page.get_by_label("Start", exact=True).select_option("18:00")
    meera.presses("Send proposal")
    meera.sees("You proposed another time")


def test_who_waits_is_offered_what_becomes_free(two, new_learner, new_session):
    lena, other = two.lena, new_learner()
    session_id = new_session(two.mentor, 3 * DAY)
    booked = other.browser.post(f"/sessions/{session_id}/bookings").data["id"]
    lena.goes(f"/s/{session_id}")
    lena.presses("Join the waitlist")
    lena.sees("You are on the waitlist")
    lena.finds_it_accessible()
    lena.goes("/dashboard")
    lena.sees("On the waitlist")
    lena.goes(f"/s/{session_id}")
    lena.button("Leave the waitlist").wait_for()
    bookings.cancel(two.real, user_id=other.account.id, booking_id=booked, reason="", refund_paise=0)
    lena.sees("It is your turn")
    lena.finds_it_accessible()
    lena.presses("Book this session")
    lena.sees("This session is yours")
    lena.presses("See the booking")
    lena.sees("Starts in")


def test_waiting_is_given_up(two, new_learner, new_session):
    lena, session_id = two.lena, new_session(two.mentor, 3 * DAY)
    assert new_learner().browser.post(f"/sessions/{session_id}/bookings").status == 201
    lena.goes(f"/s/{session_id}")
    lena.presses("Join the waitlist")
    lena.presses("Leave the waitlist")
    lena.finds_it_accessible()
    lena.presses("Give it up")
    lena.button("Join the waitlist").wait_for()


def test_nobody_else_sees_a_booking(two, new_learner, visit):
    booking_id, other, asha = two.books(2 * DAY), new_learner(), visit("Asha")
    asha.is_signed_in_as(other.account, other.browser)
    asha.goes(f"/bookings/{booking_id}")
    asha.sees("We cannot find this booking")
    asha.finds_it_accessible()
    asha.faults.clear()  # the browser's own word for the 404
