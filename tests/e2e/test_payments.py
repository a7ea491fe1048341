"""What has a price is paid in the gateway's window: at once, after a failed try, later, too late, with a coupon."""

import base64
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.services import due
from tests.e2e.scenes import on_grid, two
from tests.e2e.test_booking import Counted

__all__ = ["two"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PRICE = 500_00
SETTLED = 30_000  # by streams, queues and events, on a busy machine


@pytest.fixture
def paying(two):
    """The two people, and a price on what the mentor offers."""
    two.asks(PRICE)
    yield two
    two.stack.razorpay("no_faults")
    two.stack.razorpay("webhooks", on=True)


def window(person):
    """The gateway's own window."""
    return person.page.frame_locator("iframe[title='Test checkout']")


def opens_the_window(person, button="Pay ₹500"):
    person.presses(button)
    window(person).get_by_role("button", name="Pay ₹500.00").wait_for()


def chooses(person, name):
    """A button of the gateway's window."""
    window(person).get_by_role("button", name=name).click()


def closes(person):
    """Leaves the window without paying, and says so twice, as it asks."""
    chooses(person, "Close")
    chooses(person, "Leave")
    expect(person.page.locator("iframe")).to_have_count(0)


def reads(person, words):
    """These words come, once what is settled behind the page has been."""
    expect(person.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=SETTLED)


def refunds_arrive(two, person, amount):
    """The gateway has taken a refund on; some time later it is through with it."""
    reads(person, f"{amount} has been sent back to how you paid.")
    two.stack.razorpay("advance")
    reads(person, f"{amount} has been paid back. It should be on your statement within 5 to 7 working days.")


def lapses(two, booking_id):
    """The hold's time is over."""
    over = datetime.now(UTC) - timedelta(seconds=1)
    two.changed(booking_id, {"held_until": over}, {"pay_by": over})
    due.sweep(two.real)
    assert two.real.bookings.find(booking_id).status == "expired"


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
    lena.sees("That payment did not go through.")
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
    opens_the_window(lena)
    closes(lena)
    expect(lena.button("Pay ₹500")).to_be_focused()
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


def test_while_the_gateway_does_not_answer_nothing_is_lost_by_a_reload(paying):
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


def test_half_comes_back_and_the_receipt_is_a_file(paying):
    lena, booking_id = paying.lena, paying.holds(3 * DAY)
    paying.pays(booking_id)
    paying.begins_in(booking_id, 5 * HOUR)
    lena.goes(f"/bookings/{booking_id}")
    lena.presses("Cancel this booking")
    lena.sees("You get ₹250 back (50 % of what you paid).")
    lena.presses("Cancel it")
    refunds_arrive(paying, lena, "₹250")
    lena.finds_it_accessible()
    with lena.page.expect_download() as coming:
        lena.presses("Download the receipt")
    assert coming.value.suggested_filename.endswith(".pdf")
    assert coming.value.path().read_bytes()[:5] == b"%PDF-"
    lena.goes("/dashboard")
    with lena.page.expect_download() as again:
        lena.presses("Receipt")
    assert again.value.path().read_bytes()[:5] == b"%PDF-"


def coupon(admin, **worth):
    """A new coupon's code."""
    code = f"C{uuid.uuid4().hex[:10].upper()}"
    wanted = {"code": code, "expires_on": (date.today() + DAY).isoformat(), "budget_paise": 10_000_00, **worth}
    assert admin.browser.post("/admin/coupons", wanted).status == 201
    return code


def test_a_coupon_leaves_nothing_to_pay(paying, new_admin):
    lena, admin = paying.lena, new_admin()
    half, whole = coupon(admin, percent=50), coupon(admin, percent=100)
    lena.goes(f"/checkout/{paying.holds(2 * DAY)}")
    lena.presses("I have a coupon")
    lena.fills("Coupon code", "NOSUCHCODE")
    lena.presses("Apply")
    lena.sees("We do not know this code.")
    lena.finds_it_accessible()
    lena.fills("Coupon code", half.lower())
    lena.presses("Apply")
    lena.button("Pay ₹250").wait_for()
    lena.finds_it_accessible()
    lena.presses("Remove the coupon")
    lena.button("Pay ₹500").wait_for()
    lena.presses("I have a coupon")
    lena.fills("Coupon code", whole)
    lena.page.keyboard.press("Enter")
    lena.presses("Book now, nothing to pay")
    lena.sees("You’re booked")
    assert lena.page.locator("script[src*=razorpay], iframe").count() == 0
    lena.presses("See the booking")
    lena.sees("Paid in full by your coupon")


def took_place(two, booking_id):
    """The session is over, and both were there for all of it."""
    two.begins_in(booking_id, -2 * HOUR)
    session_id = two.real.bookings.find(booking_id).session_id
    for side in ("mentor", "learner"):
        for minute in range(15, 75):
            two.real.tables.commit([two.real.attendances.marking(session_id, side, minute)])
    due.sweep(two.real)
    assert two.real.bookings.find(booking_id).status == "completed"


def test_something_went_wrong_is_said_answered_and_decided(paying, new_admin):
    lena, meera, admin = paying.lena, paying.meera, new_admin()
    booking_id = paying.holds(2 * DAY)
    paying.pays(booking_id)
    took_place(paying, booking_id)
    for person in (lena, meera):
        person.goes(f"/bookings/{booking_id}")
    lena.presses("Something went wrong?")
    lena.finds_it_accessible()
    lena.presses("Send")
    lena.sees("Please say a little more")
    lena.fills("What happened?", "Half of the hour went by on the telephone.")
    lena.presses("Send")
    lena.sees("You told us that something went wrong")
    lena.finds_it_accessible()
    meera.sees("says that something went wrong")
    meera.finds_it_accessible()
    meera.fills("Your answer", "It was one call of five minutes, and I stayed longer.")
    meera.presses("Send my answer")
    meera.sees("decides by")
    lena.sees("and I stayed longer.")
    verdict = {"percent": 50, "words": "Half of it was lost, so half goes back."}
    assert admin.browser.post(f"/admin/bookings/{booking_id}/dispute/decision", verdict).status == 200
    for person in (lena, meera):
        person.sees("We have decided")
        person.sees("so half goes back.")
        person.finds_it_accessible()
    refunds_arrive(paying, lena, "₹250")


def test_what_was_agreed_in_a_request_is_paid_from_it(paying):
    lena, meera = paying.lena, paying.meera
    asked = {
        "mentor_slug": paying.mentor.mentor.slug,
        "title": "A second pair of eyes on my thesis",
        "domain": "programming",
        "description": "Two chapters before the deadline.",
        "times": [on_grid(3 * DAY).isoformat()],
        "duration_minutes": 60,
        "price_paise": PRICE,
    }
    made = paying.learner.browser.post("/requests", asked)
    assert made.status == 201
    meera.goes(f"/requests/{made.data['id']}")
    meera.sees("You receive ₹425 (85 %).")
    meera.finds_it_accessible()
    meera.presses("Accept")
    lena.goes(f"/requests/{made.data['id']}")
    lena.sees("Pay by")
    lena.finds_it_accessible()
    lena.presses("Pay ₹500")
    opens_the_window(lena)
    chooses(lena, "Pay ₹500.00")
    lena.sees("You’re booked")


def test_a_mentor_reads_what_they_receive_beside_the_price(paying):
    meera = paying.meera
    meera.goes(f"/mentor/offerings#{paying.offering.id}")
    meera.page.get_by_label("Price in rupees").fill("1,250.50")
    meera.sees("You receive ₹1,062.92 (85 %).")
    meera.finds_it_accessible()
    meera.presses("Save")
    meera.sees("On offer")
    paying.lena.goes(paying.times())
    paying.lena.button("Book for ₹1,250.50").wait_for()


def test_the_receipt_is_the_learners_alone(paying):
    booking_id = paying.holds(2 * DAY)
    paying.pays(booking_id)
    paper = paying.learner.browser.get(f"/bookings/{booking_id}/receipt").data
    assert base64.b64decode(paper["base64"])[:5] == b"%PDF-"
    assert paying.mentor.browser.get(f"/bookings/{booking_id}/receipt").status == 403
