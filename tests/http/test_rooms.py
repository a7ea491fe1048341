"""The room's doors over HTTP: what one is told at them, and fifteen minutes more."""

from datetime import timedelta

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.services import bookings, sessions
from functions.http import ACCESS_COOKIE
from tests.fakes import people
from tests.fakes.world import NOON

START = NOON + timedelta(hours=2)
END = "2026-03-02T15:00:00Z"


def more(browser, session_id, ends_at=END):
    return browser.post(f"/rooms/{session_id}/extension", {"ends_at": ends_at})


def minutes(n):
    return timedelta(minutes=n)


@pytest.fixture
def signed_in(deps, clock, new_browser):
    """A browser of somebody, with an access token that is good at this time."""

    def made(account):
        identity = Identity(account.id, account.roles, account.auth_epoch, "dev_1", False)
        return new_browser(cookies={ACCESS_COOKIE: deps.tokens.access(identity)})

    return made


@pytest.fixture
def pair(deps, clock, signed_in):
    """A mentor's and a learner's browser, and their session, which is live and has ten minutes left."""
    meera, lena = people.mentor(deps).account, people.learner(deps)
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", START, 60)
    session_id = sessions.publish(deps, mentor_id=meera.id, offer=offer, key="key-00000001").id
    bookings.book(deps, learner_id=lena.id, session_id=session_id, key="key-00000002")
    clock.now = START
    hers = signed_in(meera)
    assert hers.post(f"/rooms/{session_id}/live").data["status"] == "live"
    clock.now = START + minutes(50)
    return signed_in(meera), signed_in(lena), session_id


def test_the_door_says_all_that_the_room_shows(pair):
    mentor, learner, session_id = pair
    said = learner.post(f"/rooms/{session_id}/join").data
    assert (said["role"], said["peer"]["name"], said["you"]["name"]) == ("learner", "Meera", "Lena")
    assert (said["peer"]["came_at"], said["you"]["came_at"]) == ("2026-03-02T14:00:00Z", "2026-03-02T14:50:00Z")
    assert (said["ends_at"], said["extended"], said["extension_asked_by"]) == ("2026-03-02T15:00:00Z", 0, None)
    assert said["booking_id"].startswith("bkg_") and said["pass"]


def test_one_asks_the_other_agrees_and_the_door_knows(pair):
    mentor, learner, session_id = pair
    asked = more(learner, session_id).data
    assert asked == {"state": "asked", "ends_at": END, "extended": 0, "extension_asked_by": "learner"}
    assert mentor.post(f"/rooms/{session_id}/join").data["extension_asked_by"] == "learner"
    agreed = more(mentor, session_id).data
    assert agreed == {
        "state": "extended",
        "ends_at": "2026-03-02T15:15:00Z",
        "extended": 1,
        "extension_asked_by": None,
    }
    assert more(mentor, session_id).data == agreed  # as after an answer that was lost
    door = learner.post(f"/rooms/{session_id}/join").data
    assert (door["ends_at"], door["extended"], door["extension_asked_by"]) == ("2026-03-02T15:15:00Z", 1, None)
    assert door["session"]["duration_minutes"] == 75


def test_no_is_an_answer_without_words(pair):
    mentor, learner, session_id = pair
    more(learner, session_id)
    reply = mentor.send("DELETE", f"/rooms/{session_id}/extension")
    assert (reply.status, reply.data) == (204, None)
    assert learner.post(f"/rooms/{session_id}/join").data["extension_asked_by"] is None


def test_relays_last_as_long_as_the_room(pair):
    mentor, learner, session_id = pair
    before = learner.post(f"/rooms/{session_id}/ice").data["expires_at"]
    more(learner, session_id)
    more(mentor, session_id)
    after = learner.post(f"/rooms/{session_id}/ice").data["expires_at"]
    assert (before, after) == ("2026-03-02T15:15:00Z", "2026-03-02T15:30:00Z")


def test_other_people_find_no_such_session(deps, pair, signed_in):
    _, _, session_id = pair
    stranger = signed_in(people.learner(deps, "Sam"))
    assert more(stranger, session_id).status == 404
    assert stranger.send("DELETE", f"/rooms/{session_id}/extension").status == 404


@pytest.mark.parametrize("ends_at", ["soon", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_more_than_until_when_has_to_be_said(pair, ends_at):
    mentor, _, session_id = pair
    reply = more(mentor, session_id, ends_at)
    assert (reply.status, set(reply.fields)) == (422, {"ends_at"})
