"""After and around a payment: what comes back, receipts, coupons, what went wrong, and prices that mentors set."""

import base64
import uuid
from datetime import date, timedelta

from chalicelib.services import due
from tests.e2e.scenes import on_grid, two
from tests.e2e.till import PRICE, chooses, opens_the_window, paying, refunds_arrive

__all__ = ["paying", "two"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


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
    lena.sees("What it was about")
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
