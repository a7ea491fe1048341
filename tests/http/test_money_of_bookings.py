"""A booking's money over HTTP: its coupon, its dispute, what admins give back, and what each side sees of it."""

import pyotp
import pytest

from chalicelib import wiring
from chalicelib.services import admins
from tests.fakes import people, purse
from tests.fakes.times import offer, open_hours
from tests.fakes.world import world
from tests.http.browser import PASSWORD
from tests.services.selling import MINUTES, over

REASON = "The mentor spent half of the hour on the telephone."
WORDS = "There was one call of two minutes, from a hospital."
HALF = {"code": "half", "percent": 50, "expires_on": "2026-03-31", "budget_paise": 1_000_00}


@pytest.fixture
def deps(clock, monkeypatch):
    made = world(clock, payments=True)
    monkeypatch.setattr(wiring, "deps", lambda: made)
    return made


def signed_in(deps, new_browser, name, ip):
    browser = new_browser(ip=ip)
    entered = {"email": f"{name.lower()}@example.com", "password": PASSWORD}
    assert browser.post("/auth/sign-in", entered).status == 200
    return browser


def new_admin(deps, clock, new_browser, name, ip):
    people.learner(deps, name, password_hash=deps.passwords.hash(PASSWORD))
    admins.grant(deps, f"{name.lower()}@example.com", "admin")
    browser = signed_in(deps, new_browser, name, ip)
    secret = browser.post("/me/totp", {"password": PASSWORD}).data["secret"]
    assert browser.post("/me/totp/confirm", {"code": pyotp.TOTP(secret).at(clock.now)}).status == 200
    return browser


@pytest.fixture
def admin(deps, clock, new_browser):
    return new_admin(deps, clock, new_browser, "Ada", "198.51.100.21")


@pytest.fixture
def person(deps):
    person = people.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
    open_hours(deps, person)
    return person


@pytest.fixture
def meera(deps, person, new_browser):
    return signed_in(deps, new_browser, "Meera", "198.51.100.9")


@pytest.fixture
def held(lena, deps, person):
    """Lena's hold of something that costs ₹20,000: its id."""
    wanted = {"offering_id": offer(deps, person, price_paise=20_000_00).id, "starts_at": "2026-03-03T12:00:00Z"}
    reply = lena.post("/mentors/meera/bookings", wanted, idempotency_key="key-00000001")
    assert reply.status == 201
    return reply.data["id"]


class Had:
    """A booking as the tests' other hands take it."""

    def __init__(self, deps, booking_id):
        self.booking = deps.bookings.find(booking_id)
        self.session = deps.sessions.get(self.booking.session_id)


@pytest.fixture
def paid(deps, held):
    purse.bought(deps, Had(deps, held))
    return held


def fresh(*browsers):
    """Some time has passed: new access tokens."""
    for browser in browsers:
        assert browser.post("/auth/refresh").status < 300


@pytest.fixture
def done(deps, clock, paid, lena, meera, admin):
    """The hour was given, and is over."""
    over(deps, clock, Had(deps, paid))
    fresh(lena, meera, admin)
    return paid


class TestACoupon:
    def test_lowers_what_is_to_be_paid_and_is_taken_off_again(self, admin, lena, held):
        assert admin.post("/admin/coupons", HALF | {"budget_paise": 10_000_00}).status == 201
        seen = lena.post(f"/bookings/{held}/coupon", {"code": "half"})
        assert seen.status == 200
        expected = {"price_paise": 20_000_00, "discount_paise": 10_000_00, "payable_paise": 10_000_00, "coupon": "HALF"}
        assert {name: seen.data["payment"][name] for name in expected} == expected
        assert seen.data["can"]["pay"] is True
        off = lena.send("DELETE", f"/bookings/{held}/coupon")
        assert (off.data["payment"]["coupon"], off.data["payment"]["payable_paise"]) == (None, 20_000_00)

    def test_is_refused_in_its_own_words(self, admin, lena, held, deps):
        admin.post("/admin/coupons", HALF)
        for code, refusal in (("nothing", "coupon_unknown"), ("half", "coupon_over")):
            reply = lena.post(f"/bookings/{held}/coupon", {"code": code})
            assert (reply.status, reply.code, list(reply.fields)) == (422, refusal, ["code"])
        purse.begin(deps, Had(deps, held))
        admin.post("/admin/coupons", HALF | {"code": "LARGE", "budget_paise": 50_000_00})
        reply = lena.post(f"/bookings/{held}/coupon", {"code": "large"})
        assert (reply.status, reply.code) == (409, "order_made")

    def test_is_made_listed_and_closed_by_admins(self, admin, lena):
        made = admin.post("/admin/coupons", HALF).data
        assert (made["code"], made["percent"], made["amount_paise"], made["status"]) == ("HALF", 50, None, "open")
        assert admin.post("/admin/coupons", HALF).code == "code_taken"
        assert set(admin.post("/admin/coupons", HALF | {"percent": 0, "code": "?"}).fields) == {"code", "percent"}
        assert admin.post("/admin/coupons/half/close").data["status"] == "closed"
        [row] = admin.get("/admin/coupons").data["items"]
        assert (row["code"], row["status"], row["left_paise"]) == ("HALF", "closed", 1_000_00)
        assert lena.get("/admin/coupons").code == "not_allowed"


class TestADispute:
    def test_goes_from_one_to_the_other_to_an_admin(self, lena, meera, admin, done):
        path = f"/bookings/{done}/dispute"
        assert lena.get(f"/bookings/{done}").data["can"]["dispute"] is True
        opened = lena.post(path, {"reason": REASON}).data
        assert (opened["dispute"]["status"], opened["can"]["dispute"]) == ("open", False)
        seen = meera.get(f"/bookings/{done}").data
        assert (seen["dispute"]["reason"], seen["payment"], seen["can"]["answer_dispute"]) == (REASON, None, True)
        answered = meera.post(f"{path}/answer", {"words": WORDS}).data
        assert (answered["dispute"]["status"], answered["can"]["answer_dispute"]) == ("answered", False)
        [row] = admin.get("/admin/disputes").data["items"]
        assert (row["booking_id"], row["kind"], row["answer"]) == (done, "learner", WORDS)
        case = admin.get(f"/admin/disputes/{done}").data
        assert (case["shared_minutes"], case["refundable_paise"], case["earning"]) == (60, 20_000_00, "frozen")
        assert case["learner"] == {"name": "Lena Roy", "minutes": 60, "first_minute": 0, "last_minute": 59}
        decided = admin.post(f"/admin/bookings/{done}/dispute/decision", {"percent": 25, "words": WORDS})
        assert decided.data["dispute"]["decision"] == {"percent": 25, "paise": 5_000_00, "words": WORDS}
        assert admin.get("/admin/disputes").data["items"] == []
        assert len(admin.get("/admin/disputes?status=decided").data["items"]) == 1
        told = lena.get(f"/bookings/{done}").data
        assert told["dispute"]["decision"]["paise"] == 5_000_00
        assert told["payment"]["refunds"] == [{"paise": 5_000_00, "why": "dispute", "status": "due"}]

    def test_needs_words_and_a_percentage(self, lena, admin, done):
        assert list(lena.post(f"/bookings/{done}/dispute", {"reason": "  Bad.  "}).fields) == ["reason"]
        path = f"/admin/bookings/{done}/dispute/decision"
        assert admin.post(path, {"percent": 101, "words": WORDS}).status == 422
        assert admin.post(path, {"percent": 50, "words": WORDS}).status == 404

    def test_is_not_offered_before_the_end(self, lena, paid):
        assert lena.get(f"/bookings/{paid}").data["can"]["dispute"] is False
        assert lena.post(f"/bookings/{paid}/dispute", {"reason": REASON}).code == "too_early"


def test_what_we_look_into_ourselves_the_mentor_sees_and_the_learner_does_not(lena, meera, deps, clock, paid):
    over(deps, clock, Had(deps, paid), mentor=MINUTES[:20])
    fresh(lena, meera)
    seen = meera.get(f"/bookings/{paid}").data
    assert (seen["dispute"]["kind"], seen["can"]["answer_dispute"]) == ("left_early", True)
    mine = lena.get(f"/bookings/{paid}").data
    assert (mine["dispute"], mine["can"]["dispute"]) == (None, True)


class TestARefund:
    def test_of_what_is_cancelled_says_how_far_it_has_come(self, lena, deps, clock, paid):
        gone = lena.post(f"/bookings/{paid}/cancel", {"refund_paise": 20_000_00}).data
        assert gone["refund"] == {"percent": 100, "paise": 20_000_00, "status": "due"}
        purse.settle(deps, clock, 10)
        seen = lena.get(f"/bookings/{paid}").data
        assert seen["refund"]["status"] == "processed"
        assert seen["payment"]["refunds"] == [{"paise": 20_000_00, "why": "cancelled", "status": "processed"}]

    def test_by_an_admin_is_given_at_once_or_waits_for_another(self, deps, clock, new_browser, admin, lena, paid):
        path = f"/admin/bookings/{paid}/refund"
        small = admin.post(path, {"paise": 1_000_00, "words": "Goodwill"})
        assert (small.status, small.data["status"], small.data["refundable_paise"]) == (200, "given", 19_000_00)
        large = {"paise": 15_000_00, "words": "The room did not work."}
        waits = admin.post(path, large)
        assert (waits.status, waits.data["status"], waits.data["waiting_paise"]) == (
            202,
            "waiting_for_second_admin",
            15_000_00,
        )
        ben = new_admin(deps, clock, new_browser, "Ben", "198.51.100.22")
        assert ben.get(f"/admin/bookings/{paid}/payment").data["waiting_words"] == large["words"]
        given = ben.post(path, large)
        assert (given.status, given.data["status"], given.data["waiting_paise"]) == (200, "given", None)
        [_, refund] = given.data["refunds"]
        assert refund["why"] == "admin" and refund["id"].startswith("rfd_")
        retried = ben.post(f"/admin/bookings/{paid}/refunds/{refund['id']}/retry")
        assert (retried.status, retried.code) == (409, "not_failed")
        assert lena.post(path, large).code == "not_allowed"

    def test_of_nothing_is_refused(self, admin, held):
        assert admin.post(f"/admin/bookings/{held}/refund", {"paise": 0, "words": "x"}).status == 422
        assert admin.post(f"/admin/bookings/{held}/refund", {"paise": 100, "words": "x"}).code == "not_paid"
        assert admin.post("/admin/bookings/bkg_none/refund", {"paise": 100, "words": "x"}).status == 404


def test_the_platform_calls_a_booking_off(admin, lena, paid):
    gone = admin.post(f"/admin/bookings/{paid}/cancel", {"reason": "The mentor's account was closed."})
    assert gone.data == {"id": paid, "status": "cancelled_by_platform"}
    seen = lena.get(f"/bookings/{paid}").data
    assert (seen["refund"]["percent"], seen["reason"]) == (100, "The mentor's account was closed.")


def test_a_payment_under_way_says_so(lena, deps, held):
    assert lena.get(f"/bookings/{held}").data["payment"]["processing"] is False
    purse.begin(deps, Had(deps, held))
    seen = lena.get(f"/bookings/{held}").data
    assert (seen["payment"]["status"], seen["payment"]["processing"]) == ("open", True)
