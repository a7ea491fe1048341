"""A booking called off, moved by both sides, or waited for by others, in the browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.services import bookings
from tests.e2e.scenes import chosen, iso, on_grid, two

__all__ = ["two"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("ahead", "words", "after"),
    [
        (2 * DAY, "You get ₹1,000 back (100 % of what you paid).", "₹1,000 has been sent back"),
        (5 * HOUR, "You get ₹500 back (50 % of what you paid).", "₹500 has been sent back"),
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
    lena.sees("₹500 has been sent back")


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
