"""What has a price is paid in the gateway's window: at once, after a failed try, later, or too late."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.scenes import two
from tests.e2e.test_booking import Counted
from tests.e2e.till import chooses, closes, lapses, opens_the_window, paying, reads, refunds_arrive, window

__all__ = ["paying", "two"]
DAY = timedelta(days=1)


def test_from_the_directory_through_the_payment_into_the_room_in_four_clicks(paying):
    lena, mentor = paying.lena, paying.mentor
    assert mentor.browser.patch("/me/mentor", {"domains": ["music"]}).status == 200
    clicking = Counted(lena)
    lena.goes("/mentors?domain=music")
    clicking.presses(mentor.account.name)
    lena.button("Book for ₹500").wait_for()
    lena.finds_it_accessible()
    clicking.presses("Book for ₹500")
    lena.sees("Pay for your session")
    lena.button("Pay ₹500").wait_for()
    lena.finds_it_accessible()
    clicking.presses("Pay ₹500")
    chooses(lena, "Pay ₹500.00")
    lena.sees("You’re booked")
    lena.sees("₹500 paid")
    expect(lena.page).to_have_title("You’re booked · PeerLearn")
    lena.finds_it_accessible()
    clicking.presses("Join")
    lena.page.wait_for_url("**/room/*")
    assert clicking.clicks <= 4


def test_a_payment_that_failed_is_tried_again_on_the_same_order(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.goes(f"/checkout/{booking_id}")
    lena.page.get_by_label("What should").fill("I know no Python yet.")
    opens_the_window(lena)
    chooses(lena, "Fail")
    window(lena).get_by_text("You can try again").wait_for()
    closes(lena)
    expect(lena.page.get_by_text("That payment did not go through.", exact=True)).to_be_visible()
    lena.finds_it_accessible()
    order_id = paying.real.payments.get(booking_id).order_id
    lena.presses("Try again: pay ₹500")
    chooses(lena, "Fail")
    chooses(lena, "Pay ₹500.00")
    lena.sees("You’re booked")
    assert paying.real.payments.get(booking_id).order_id == order_id
    assert paying.real.bookings.find(booking_id).note == "I know no Python yet."


def test_who_leaves_comes_back_to_the_same_payment(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.goes(f"/bookings/{booking_id}")
    lena.finds_it_accessible()
    lena.presses("Pay ₹500")
    lena.is_at(f"/checkout/{booking_id}")
    bank = lena.page.get_by_text("If your bank is still working on a payment")
    opens_the_window(lena)
    expect(bank).to_be_hidden()
    closes(lena)
    expect(lena.button("Pay ₹500")).to_be_focused()
    expect(bank).to_be_visible()
    lena.finds_it_accessible()
    lena.goes("/dashboard")
    lena.sees("Waiting for you")
    lena.finds_it_accessible()
    lena.presses("Pay ₹500")
    lena.is_at(f"/checkout/{booking_id}")
    lena.sees("You have begun to pay, so the price stands.")
    opens_the_window(lena)
    chooses(lena, "Pay ₹500.00")
    lena.sees("You’re booked")
    lena.presses("See the booking")
    lena.sees("Paid ₹500 on")


def test_while_the_gateway_does_not_answer_the_page_waits_for_its_event(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.goes(f"/checkout/{booking_id}")
    opens_the_window(lena)
    paying.stack.razorpay("webhooks", on=False)
    paying.stack.razorpay("faults", kind="error5xx", op="capture", times=1000)
    chooses(lena, "Pay ₹500.00")
    lena.sees("Please do not pay again.")
    lena.finds_it_accessible()
    paying.stack.razorpay("no_faults")
    paying.stack.razorpay("webhooks", on=True)
    reads(lena, "You’re booked")  # the gateway's event, and the socket


def test_a_payment_that_takes_long_says_what_happens_next_and_outlives_a_reload(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.page.clock.install()
    lena.goes(f"/checkout/{booking_id}")
    opens_the_window(lena)
    paying.stack.razorpay("webhooks", on=False)
    paying.stack.razorpay("faults", kind="error5xx", op="capture", times=1000)
    chooses(lena, "Pay ₹500.00")
    lena.sees("Please do not pay again.")
    for _ in range(30):
        lena.page.clock.run_for(5000)
        lena.page.wait_for_timeout(100)
    lena.sees("This takes longer than usual")
    lena.finds_it_accessible()
    lena.goes(f"/checkout/{booking_id}")
    lena.sees("Please do not pay again.")
    paying.stack.razorpay("no_faults")
    paying.stack.razorpay("webhooks", on=True)
    reads(lena, "You’re booked")


def test_a_hold_is_let_go_instead_of_paid(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.goes(f"/checkout/{booking_id}")
    lena.presses("Let this time go")
    lena.sees("The time is free again.")
    lena.button("Book for ₹500").wait_for()


def test_the_gateway_cannot_be_reached_and_then_it_can(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    paying.stack.razorpay("faults", kind="error5xx", op="create_order", times=1)
    lena.goes(f"/checkout/{booking_id}")
    lena.presses("Pay ₹500")
    lena.sees("Nothing was charged. Please try again in a moment.")
    lena.finds_it_accessible()
    lena.page.route("**/dev/razorpay/checkout.js", lambda route: route.abort())
    lena.presses("Try again: pay ₹500")
    lena.sees("The payment window could not be opened.")
    lena.page.unroute("**/dev/razorpay/checkout.js")
    opens_the_window(lena, "Try again: pay ₹500")
    chooses(lena, "Pay ₹500.00")
    lena.sees("You’re booked")
    lena.faults.clear()  # the browser's own words for the 503 and for the script


def test_paid_after_the_hold_and_the_time_was_still_free(paying):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.goes(f"/checkout/{booking_id}")
    opens_the_window(lena)
    lapses(paying, booking_id)
    lena.sees("The time you held is free again")
    expect(lena.page.locator("iframe")).to_have_count(0)
    lena.finds_it_accessible()
    paying.stack.razorpay("pay", order_id=paying.real.payments.get(booking_id).order_id)
    reads(lena, "Your payment came after the hold had run out.")
    lena.finds_it_accessible()


def test_paid_after_the_hold_and_somebody_was_faster(paying, new_learner):
    lena, booking_id = paying.lena, paying.holds(2 * DAY)
    lena.goes(f"/checkout/{booking_id}")
    opens_the_window(lena)
    lapses(paying, booking_id)
    paying.holds(2 * DAY, new_learner())
    lena.sees("The time you held is free again")
    paying.stack.razorpay("pay", order_id=paying.real.payments.get(booking_id).order_id)
    reads(lena, "Your money goes back to you")
    refunds_arrive(paying, lena, "₹500")
    lena.finds_it_accessible()
    lena.presses("See the booking")
    lena.sees("Your payment came too late for this time")
    lena.finds_it_accessible()
