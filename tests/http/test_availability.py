"""Hours, open times and a person's week over HTTP."""

import json
import time

import pytest

from tests.fakes import people
from tests.http.browser import PASSWORD

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORK = {"from": "09:00", "to": "17:00"}
HOURS = {
    "weekly": {day: [WORK] for day in DAYS[:5]} | {"sat": [], "sun": [{"from": "20:00", "to": "24:00"}]},
    "overrides": [{"date": "2026-03-05", "ranges": []}, {"date": "2026-03-08", "ranges": [WORK]}],
    "blackouts": [{"from": "2026-04-01", "to": "2026-04-03"}],
    "buffer_before_minutes": 15,
    "buffer_after_minutes": 0,
    "notice_minutes": 60,
    "horizon_days": 30,
    "daily_most": None,
    "start_every_minutes": 30,
    "away": False,
    "away_until": None,
}
OFFERING = {
    "title": "Code review, line by line",
    "description": "We read what you wrote.",
    "topics": ["Python"],
    "domain": "programming",
    "duration_minutes": 60,
    "price_paise": 0,
}
WEEK = "from=2026-03-02T12:00:00Z&until=2026-03-09T12:00:00Z"


@pytest.fixture
def sign_in(deps, new_browser):
    """Somebody in a browser of their own."""

    def signed_in(account):
        browser = new_browser(ip=f"198.51.100.{len(account.name)}")
        assert browser.post("/auth/sign-in", {"email": account.email, "password": PASSWORD}).status == 200
        return browser

    return signed_in


@pytest.fixture
def meera(deps, sign_in):
    """An approved mentor in Kolkata."""
    return sign_in(people.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD)).account)


@pytest.fixture
def learner(deps, sign_in):
    """A learner."""
    return sign_in(people.learner(deps, "Lena", password_hash=deps.passwords.hash(PASSWORD)))


def put(browser, version=0, **changes):
    return browser.put("/me/availability", HOURS | {"version": version} | changes)


def published(meera):
    reply = meera.post("/me/offerings", OFFERING | {"status": "published"}, idempotency_key="key-00001")
    assert reply.status == 201
    return reply.data


def slots(browser, offering_id, stretch=WEEK, slug="meera"):
    return browser.get(f"/mentors/{slug}/slots?offering_id={offering_id}&{stretch}")


class TestAvailability:
    def test_before_it_was_ever_saved_it_is_empty(self, meera):
        reply = meera.get("/me/availability")
        assert reply.data == HOURS | {
            "version": 0,
            "zone": "Asia/Kolkata",
            "weekly": {day: [] for day in DAYS},
            "overrides": [],
            "blackouts": [],
            "buffer_before_minutes": 0,
            "notice_minutes": 120,
            "horizon_days": 60,
        }

    def test_what_is_saved_is_answered_and_read_back(self, meera):
        saved = put(meera)
        assert (saved.status, saved.data) == (200, HOURS | {"version": 1, "zone": "Asia/Kolkata"})
        assert meera.get("/me/availability").data == saved.data
        assert put(meera, 1, zone="Asia/Kolkata", daily_most=4).data["daily_most"] == 4

    def test_whoever_is_overtaken_gets_what_stands_now_beside_the_error(self, meera):
        current = put(meera).data
        reply = put(meera, daily_most=2)
        assert (reply.status, reply.code) == (409, "availability_changed")
        assert reply.data["current"] == current
        assert put(meera, 1, zone="Europe/Berlin").data["current"]["zone"] == "Asia/Kolkata"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"weekly": HOURS["weekly"] | {"mon": [{"from": "09:07", "to": "10:00"}]}}, "weekly.mon"),
            ({"weekly": HOURS["weekly"] | {"tue": [{"from": "10:00", "to": "09:00"}]}}, "weekly.tue"),
            ({"weekly": HOURS["weekly"] | {"sun": [WORK, WORK]}}, "weekly.sun"),
            ({"weekly": HOURS["weekly"] | {"sun": [{"from": "24:15", "to": "25:00"}]}}, "weekly.sun[0].from"),
            ({"weekly": HOURS["weekly"] | {"sun": [{"from": "09:00\n", "to": "10:00"}]}}, "weekly.sun[0].from"),
            ({"weekly": {day: [] for day in DAYS[:6]}}, "weekly.sun"),
            ({"weekly": HOURS["weekly"] | {"day": []}}, "weekly.day"),
            ({"overrides": [*HOURS["overrides"], {"date": "2026-03-05", "ranges": []}]}, "overrides.2"),
            ({"overrides": [{"date": "2026-02-30", "ranges": []}]}, "overrides[0].date"),
            ({"overrides": [{"date": "2030-01-01", "ranges": []}]}, "overrides.0"),
            ({"blackouts": [{"from": "2026-04-03", "to": "2026-04-01"}]}, "blackouts.0"),
            ({"blackouts": [{"from": "2026-04-01", "to": "2026-04-01"}] * 101}, "blackouts"),
            ({"buffer_before_minutes": 20}, "buffer_before_minutes"),
            ({"notice_minutes": 10081}, "notice_minutes"),
            ({"horizon_days": 10**30}, "horizon_days"),
            ({"daily_most": 0}, "daily_most"),
            ({"daily_most": "3"}, "daily_most"),
            ({"start_every_minutes": 45}, "start_every_minutes"),
            ({"away": "yes"}, "away"),
            ({"away": True, "away_until": "2030-01-01"}, "away_until"),
            ({"version": -1}, "version"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"nonsense": 1}, "nonsense"),
        ],
    )
    def test_each_fault_is_named_by_its_place(self, meera, change, field):
        reply = put(meera, **change)
        assert (reply.status, set(reply.fields)) == (422, {field})
        assert meera.get("/me/availability").data["version"] == 0

    def test_too_many_dates_are_refused_at_once(self, meera):
        some = [{"date": "2026-03-05", "ranges": []}] * 400
        assert set(put(meera, overrides=some).fields) == {"overrides"}
        body = HOURS | {"version": 0, "overrides": [{"date": "2026-03-05", "ranges": [WORK] * 6}] * 10_000}
        sent = json.dumps(body).encode()
        began = time.process_time()
        assert meera.send("PUT", "/me/availability", raw=sent).status == 413
        assert time.process_time() - began < 0.5

    def test_a_mentor_who_waits_for_approval_may_prepare_them_and_a_learner_has_none(self, deps, sign_in, learner):
        known = {"password_hash": deps.passwords.hash(PASSWORD)}
        assert put(sign_in(people.mentor(deps, "Waiting", status="pending", **known).account)).status == 200
        assert (put(learner).status, learner.get("/me/availability").status) == (403, 403)

    def test_a_stranger_has_none(self, browser):
        assert (put(browser).code, browser.get("/me/availability").code) == ("signed_out", "signed_out")


class TestOpenTimes:
    def test_they_are_public_and_say_whose_clock_they_go_by(self, meera, browser):
        put(meera)
        offering_id = published(meera)["id"]
        reply = slots(browser, offering_id, "from=2026-03-02T12:00:00Z&until=2026-03-03T05:00:00Z")
        assert reply.data == {
            "offering_id": offering_id,
            "duration_minutes": 60,
            "zone": "Asia/Kolkata",
            "starts": ["2026-03-03T03:30:00Z", "2026-03-03T04:00:00Z", "2026-03-03T04:30:00Z"],
            "next": "2026-03-03T05:00:00Z",
        }

    def test_the_mentors_page_shows_what_can_be_booked(self, meera, browser):
        assert {
            name: browser.get("/mentors/meera").data[name] for name in ("zone", "away", "offerings", "soonest")
        } == {
            "zone": "Asia/Kolkata",
            "away": False,
            "offerings": [],
            "soonest": None,
        }
        put(meera)
        offered = published(meera)
        page = browser.get("/mentors/meera").data
        assert page["offerings"] == [OFFERING | {"id": offered["id"]}]
        assert page["soonest"] == {"offering_id": offered["id"], "starts_at": "2026-03-03T03:30:00Z"}

    @pytest.mark.parametrize(
        ("stretch", "field"),
        [
            ("from=2026-03-02T12:00:00Z", "until"),
            ("until=2026-03-02T12:00:00Z", "from"),
            ("from=2026-03-02T12:00:00&until=2026-03-03T12:00:00Z", "from"),
            ("from=2026-03-02T12:00:00Z&until=2026-03-02T12:00:00Z", "until"),
            ("from=2026-03-02T12:00:00Z&until=2026-03-01T12:00:00Z", "until"),
            ("from=2026-03-02T12:00:00Z&until=2026-05-03T12:00:01Z", "until"),
            ("from=0001-01-01T00:00:00%2B01:00&until=2026-05-03T12:00:01Z", "from"),
            ("from=2026-03-02T12:00:00Z&until=9999-12-31T23:59:00-01:00", "until"),
            ("from=0001-01-01T00:00:00Z&until=0001-01-08T00:00:00Z", "from"),
            ("from=1999-12-31T00:00:00Z&until=2000-01-08T00:00:00Z", "from"),
            ("from=9999-12-25T00:00:00Z&until=9999-12-31T23:59:59Z", "from"),
            ("from=2199-12-25T00:00:00Z&until=2200-01-01T00:00:00Z", "until"),
            (f"{WEEK}&more=1", "more"),
        ],
    )
    def test_a_stretch_that_cannot_be_is_refused(self, meera, browser, stretch, field):
        reply = slots(browser, published(meera)["id"], stretch)
        assert (reply.status, set(reply.fields)) == (422, {field})

    def test_a_booking_is_looked_through_for_its_own_people_and_found_by_nobody_else(
        self, deps, meera, learner, sign_in, browser
    ):
        put(meera)
        offering_id = published(meera)["id"]
        wanted = {"offering_id": offering_id, "starts_at": "2026-03-03T04:30:00Z"}
        booking_id = learner.post("/mentors/meera/bookings", wanted, idempotency_key="key-00001").data["id"]
        day = "from=2026-03-03T00:00:00Z&until=2026-03-03T06:00:00Z"
        assert "2026-03-03T05:00:00Z" not in slots(learner, offering_id, day).data["starts"]
        for one in (learner, meera):
            moved = slots(one, offering_id, f"{day}&booking_id={booking_id}")
            assert {"2026-03-03T04:30:00Z", "2026-03-03T05:00:00Z"} <= set(moved.data["starts"])
        other = sign_in(people.learner(deps, "Ashok", password_hash=deps.passwords.hash(PASSWORD)))
        for one in (other, browser):
            assert slots(one, offering_id, f"{day}&booking_id={booking_id}").status == 404

    def test_sixty_two_days_can_be_seen_at_a_time(self, meera, browser):
        put(meera)
        reply = slots(browser, published(meera)["id"], "from=2026-03-02T12:00:00Z&until=2026-05-03T12:00:00Z")
        assert reply.status == 200
        assert reply.data["next"] is None

    def test_there_are_none_of_what_is_not_there(self, meera, browser):
        offering_id = published(meera)["id"]
        assert slots(browser, "off_nothing").status == 404
        assert slots(browser, offering_id, slug="nobody").status == 404
        assert meera.post(f"/me/offerings/{offering_id}/archive").status == 200
        assert slots(browser, offering_id).status == 404


class TestWeek:
    def test_both_sides_are_shown(self, meera, learner):
        put(meera)
        offering_id = published(meera)["id"]
        wanted = {"offering_id": offering_id, "starts_at": "2026-03-03T03:30:00Z"}
        booking = learner.post("/mentors/meera/bookings", wanted, idempotency_key="key-00002").data
        (mine,) = meera.get(f"/me/calendar?{WEEK}").data["items"]
        assert mine == {
            "kind": "mentoring",
            "session_id": booking["session"]["id"],
            "booking_id": booking["id"],
            "title": OFFERING["title"],
            "starts_at": "2026-03-03T03:30:00Z",
            "duration_minutes": 60,
            "buffer_before_minutes": 15,
            "buffer_after_minutes": 0,
            "status": "held",
            "with": "Lena",
        }
        (theirs,) = learner.get(f"/me/calendar?{WEEK}").data["items"]
        assert theirs == mine | {"kind": "learning", "buffer_before_minutes": 0, "with": "Meera"}

    def test_at_most_forty_five_days_and_only_ones_own(self, learner, browser):
        far = "from=2026-03-02T12:00:00Z&until=2026-04-16T12:00:00"
        assert learner.get(f"/me/calendar?{far}Z").data == {"items": []}
        assert set(learner.get(f"/me/calendar?{far}.1Z").fields) == {"until"}
        assert browser.get(f"/me/calendar?{WEEK}").code == "signed_out"

    @pytest.mark.parametrize("year", ["0001", "1999", "2200", "9999"])
    def test_no_week_is_ages_away(self, learner, year):
        reply = learner.get(f"/me/calendar?from={year}-01-01T00:00:00Z&until={year}-01-08T00:00:00Z")
        assert (reply.status, set(reply.fields)) == (422, {"from"})

    @pytest.mark.parametrize("year", ["2000", "2199"])
    def test_the_first_and_the_last_week_there_are_can_be_seen(self, learner, year):
        for week in ("01-01T00:00:00Z&until={}-01-08T00:00:00Z", "12-20T00:00:00Z&until={}-12-31T23:59:59Z"):
            assert learner.get(f"/me/calendar?from={year}-{week.format(year)}").data == {"items": []}


def test_the_site_is_told_whether_sessions_may_have_a_price(browser):
    assert browser.get("/config").data["payments"] is False
