"""Bookings over HTTP: an open time from hold to confirmation, called off, moved, and what is refused."""

from datetime import timedelta

import pytest

from tests.fakes import people
from tests.fakes.times import offer, open_hours, publish
from tests.http.browser import PASSWORD

START = "2026-03-04T12:00:00Z"
LATER = "2026-03-06T12:00:00Z"


@pytest.fixture
def person(deps):
    """The mentor as stored."""
    person = people.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
    open_hours(deps, person)
    return person


@pytest.fixture
def meera(person, new_browser):
    """The mentor, signed in."""
    browser = new_browser(ip="198.51.100.9")
    assert browser.post("/auth/sign-in", {"email": "meera@example.com", "password": PASSWORD}).status == 200
    return browser


@pytest.fixture
def xu(deps, new_browser):
    """Another learner, signed in."""
    people.learner(deps, "Xu", password_hash=deps.passwords.hash(PASSWORD))
    browser = new_browser(ip="198.51.100.10")
    assert browser.post("/auth/sign-in", {"email": "xu@example.com", "password": PASSWORD}).status == 200
    return browser


@pytest.fixture
def offering(deps, person):
    """What she offers."""
    return offer(deps, person)


def hold(browser, offering, key="key-00000001", **changes):
    wanted = {"offering_id": offering.id, "starts_at": START} | changes
    return browser.post("/mentors/meera/bookings", wanted, idempotency_key=key)


@pytest.fixture
def booked(lena, offering):
    """Lena's confirmed booking, its address."""
    path = f"/bookings/{hold(lena, offering).data['id']}"
    assert lena.post(f"{path}/confirm", {"note": "I am new to this."}).status == 200
    return path


class TestAnOpenTime:
    def test_is_held_and_says_what_can_be_done_with_it(self, lena, offering):
        reply = hold(lena, offering)
        assert reply.status == 201
        seen = reply.data
        assert (seen["status"], seen["viewer"], seen["origin"]) == ("held", "learner", "slot")
        assert (seen["pay_by"], seen["server_time"]) == ("2026-03-02T12:15:00Z", "2026-03-02T12:00:00Z")
        assert {name for name, may in seen["can"].items() if may} == {"confirm", "release"}
        assert seen["session"]["title"] == "An hour on decorators"
        assert lena.get(f"/bookings/{seen['id']}").data == seen

    def test_needs_a_key(self, lena, offering):
        assert hold(lena, offering, key="short").code == "no_key"

    @pytest.mark.parametrize(
        ("changes", "status", "code"),
        [
            ({"starts_at": "2026-03-04T12:05:00Z"}, 422, "invalid"),
            ({"starts_at": "2026-03-02T12:30:00Z"}, 409, "too_soon"),
            ({"starts_at": "2026-03-01T12:00:00Z"}, 409, "too_soon"),
            ({"starts_at": "2026-12-04T12:00:00Z"}, 409, "too_far"),
            ({"starts_at": "9999-12-31T23:59:59-12:00"}, 422, "invalid"),
            ({"starts_at": "0001-01-01T00:00:00+14:00"}, 422, "invalid"),
            ({"starts_at": "2026-03-04T12:00:00"}, 422, "invalid"),
            ({"offering_id": "off_none"}, 409, "not_offered"),
            ({"replacing": "bkg_none"}, 404, "not_found"),
            ({"price_paise": 0}, 422, "invalid"),
        ],
    )
    def test_is_refused_in_words_when_it_cannot_be_had(self, lena, offering, changes, status, code):
        reply = hold(lena, offering, **changes)
        assert (reply.status, reply.code) == (status, code)

    def test_is_confirmed_once_and_let_go_never_after(self, lena, booked):
        seen = lena.get(booked).data
        assert (seen["status"], seen["note"], seen["pay_by"]) == ("confirmed", "I am new to this.", None)
        assert {name for name, may in seen["can"].items() if may} == {"cancel", "propose"}
        reply = lena.post(f"{booked}/release", {})
        assert (reply.status, reply.code) == (409, "not_held")

    def test_lapses_while_the_learner_looks_at_it(self, lena, offering, clock):
        path = f"/bookings/{hold(lena, offering).data['id']}"
        clock.forward(timedelta(minutes=15))
        assert lena.post("/auth/refresh").status < 300
        reply = lena.post(f"{path}/confirm", {})
        assert (reply.status, reply.code) == (409, "hold_lapsed")
        assert not any(lena.get(path).data["can"].values())

    def test_too_long_a_note_is_refused(self, lena, offering):
        path = f"/bookings/{hold(lena, offering).data['id']}"
        assert lena.post(f"{path}/confirm", {"note": "x" * 1001}).status == 422


class TestABooking:
    def test_shows_each_side_what_is_theirs_to_do(self, meera, booked):
        seen = meera.get(booked).data
        assert (seen["viewer"], seen["learner"]["name"]) == ("mentor", "Lena Roy")
        assert {name for name, may in seen["can"].items() if may} == {"cancel", "propose", "edit"}
        assert seen["cancel"]["strike"] is True

    def test_is_nobody_elses(self, xu, booked):
        for act in ("", "/confirm", "/release", "/cancel", "/proposal", "/proposal/accept"):
            body = {"starts_at": LATER} if "proposal" in act else {}
            reply = xu.post(f"{booked}{act}", body) if act else xu.get(booked)
            assert (reply.status, reply.code) == (404, "not_found"), act
        assert xu.send("DELETE", f"{booked}/proposal").status == 404

    def test_says_before_what_cancelling_gives_back_and_holds_to_it(self, lena, booked):
        assert lena.get(booked).data["cancel"] == {
            "refund_percent": 100,
            "refund_paise": 0,
            "strike": False,
            "steps": [
                {"until": "2026-03-03T12:00:00Z", "percent": 100},
                {"until": "2026-03-04T10:00:00Z", "percent": 50},
                {"until": START, "percent": 0},
            ],
        }
        assert lena.post(f"{booked}/cancel", {"refund_paise": 5}).code == "refund_changed"
        gone = lena.post(f"{booked}/cancel", {"reason": "Ill", "refund_paise": 0})
        assert (gone.status, gone.data["status"], gone.data["reason"]) == (200, "cancelled_by_learner", "Ill")
        assert lena.post(f"{booked}/cancel", {}).data["status"] == "cancelled_by_learner"

    def test_is_moved_by_agreement(self, lena, meera, booked):
        asked = lena.post(f"{booked}/proposal", {"starts_at": LATER})
        assert asked.data["proposal"] == {"by": "learner", "starts_at": LATER, "lapses_at": "2026-03-04T11:00:00Z"}
        assert asked.data["reschedules_left"] == 2
        assert lena.post(f"{booked}/proposal/accept", {"starts_at": LATER}).code == "own_proposal"
        assert meera.post(f"{booked}/proposal/accept", {"starts_at": START}).code == "proposal_changed"
        moved = meera.post(f"{booked}/proposal/accept", {"starts_at": LATER})
        assert (moved.data["session"]["starts_at"], moved.data["reschedules_left"]) == (LATER, 1)
        assert lena.send("DELETE", f"{booked}/proposal").code == "no_proposal"

    def test_stands_in_both_lists(self, lena, meera, booked):
        [mine] = lena.get("/me/bookings").data["items"]
        assert (mine["id"], mine["status"], mine["origin"]) == (booked.rpartition("/")[2], "confirmed", "slot")
        [theirs] = meera.get("/me/sessions").data["items"]
        assert (theirs["booking"]["id"], theirs["booking"]["learner"]["name"]) == (mine["id"], "Lena Roy")


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_time_generations_away_is_no_time_to_move_to(lena, booked, year):
    reply = lena.post(f"{booked}/proposal", {"starts_at": f"{year}-06-04T12:00:00Z"})
    assert (reply.status, list(reply.fields)) == (422, ["starts_at"])


class TestASession:
    @pytest.fixture
    def session(self, deps, person):
        """Published at a fixed time."""
        return publish(deps, person, hours=48)

    def test_is_edited_on_the_version_that_was_seen(self, meera, session):
        path = f"/sessions/{session.id}"
        version = meera.get(path).data["version"]
        new = meera.send("PATCH", path, {"version": version, "title": "Generators  in an hour"})
        assert (new.status, new.data["title"]) == (200, "Generators in an hour")
        again = meera.send("PATCH", path, {"version": version, "title": "Generators once more"})
        assert (again.status, again.code) == (409, "session_changed")
        bad = meera.send("PATCH", path, {"version": new.data["version"], "starts_at": "2026-03-04T12:05:00Z"})
        assert (bad.status, list(bad.fields)) == (422, ["starts_at"])
        assert meera.send("PATCH", path, {"version": new.data["version"], "status": "live"}).status == 422

    def test_costs_nothing_for_now(self, meera, session):
        version = meera.get(f"/sessions/{session.id}").data["version"]
        reply = meera.send("PATCH", f"/sessions/{session.id}", {"version": version, "price_paise": 50000})
        assert (reply.status, list(reply.fields)) == (422, ["price_paise"])

    def test_is_withdrawn_while_nobody_has_it(self, lena, meera, session):
        for _ in range(2):
            assert meera.post(f"/sessions/{session.id}/withdraw").data["status"] == "cancelled"
        assert lena.get(f"/sessions/{session.id}").status == 404

    def test_that_is_taken_is_waited_for(self, lena, meera, xu, session):
        path = f"/sessions/{session.id}"
        assert xu.post(f"{path}/waitlist").code == "open_now"
        assert lena.post(f"{path}/bookings", idempotency_key="key-00000001").status == 201
        for _ in range(2):
            assert xu.post(f"{path}/waitlist").data == {"waiting": True}
        assert (xu.get(path).data["viewer"], xu.get(path).data["waiters"]) == ("waiting", None)
        assert meera.get(path).data["waiters"] == 1
        assert [each["id"] for each in xu.get("/me/waitlist").data["items"]] == [session.id]
        booking_id = lena.get(path).data["booking_id"]
        assert lena.post(f"/bookings/{booking_id}/cancel", {}).status == 200
        seen = xu.get(path).data
        assert (seen["viewer"], seen["offered_until"]) == ("offered", "2026-03-02T12:15:00Z")
        assert xu.post(f"{path}/bookings", idempotency_key="key-00000002").status == 201
        assert xu.send("DELETE", f"{path}/waitlist").status == 204
