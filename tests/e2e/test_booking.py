"""A time is chosen, held, confirmed and given back, in two browsers that follow each other."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from chalicelib.services import due
from tests.e2e.scenes import chosen, iso, on_grid, two
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
    day = lena.page.locator("[name='slot-day']:checked")
    today = day.input_value()  # as she counts days, whatever day it is elsewhere
    day.focus()
    lena.page.keyboard.press("ArrowRight")
    tomorrow, then = day.input_value(), chosen(lena)
    assert tomorrow > today and then > soonest
    lena.page.get_by_role("button", name="Later week").click()
    expect(lena.page.get_by_role("button", name="Earlier week")).to_be_enabled()
    expect(lena.page.locator(f"[name='slot-day'][value='{tomorrow}']")).to_have_count(0)
    assert chosen(lena) > then


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
