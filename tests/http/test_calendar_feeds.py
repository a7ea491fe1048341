"""Calendars over HTTP: the link, its text, what travels beside it, and what stays out of the logs."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from chalice.test import Client

from chalicelib.domain.bookings import Booking
from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.sessions import Session
from tests.fakes.people import mentor

PATH = "/me/calendar-feed"


@dataclass
class Text:
    """What came back, as it came."""

    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture
def fetched(deps):
    """A calendar program's request: no cookies, none of our headers but what CloudFront adds."""
    from app import app

    def fetch(path, **headers):
        sent = {"x-peerlearn-origin": "origin-secret"} | {name.replace("_", "-"): v for name, v in headers.items()}
        with Client(app) as client:
            answer = client.http.get(path, headers=sent)
        return Text(answer.status_code, answer.headers, answer.body.decode())

    return fetch


@pytest.fixture
def feed(lena):
    """The path of Lena's feed."""
    return lena.post(PATH).data["url"].removeprefix("http://localhost:8000/api")


@pytest.fixture
def booked(deps, lena):
    """Her confirmed booking of tomorrow."""
    meera, at = mentor(deps), deps.clock() + timedelta(days=1)
    card = meera.mentor.card(meera.account)
    session = Session("ses_1", card, "Decorators", "-", ("python",), "programming", at, 60, at, status="booked")
    mine = LearnerCard(lena.get("/me").data["id"], "Lena Roy")
    session = Session(**{**vars(session), "learner": mine, "booking_id": "bkg_1", "origin": "slot"})
    booking = Booking("bkg_1", "ses_1", mine.id, at, 0, at, mentor_id=meera.account.id)
    deps.tables.commit([*deps.sessions.adding(session), *deps.bookings.adding(booking, session)])
    return booking


def test_a_link_is_made_shown_again_and_taken_back(lena, fetched):
    assert lena.get(PATH).data == {"url": None}
    link = lena.post(PATH).data["url"]
    assert lena.get(PATH).data == {"url": link}
    assert fetched(link.removeprefix("http://localhost:8000/api")).status == 200
    assert lena.delete(PATH).status == 204
    assert lena.get(PATH).data == {"url": None}
    assert fetched(link.removeprefix("http://localhost:8000/api")).status == 404


def test_nobody_has_a_link_without_signing_in(browser):
    assert [browser.get(PATH).status, browser.post(PATH).status, browser.delete(PATH).status] == [401] * 3


def test_the_feed_is_a_calendar_that_only_its_reader_may_keep(feed, booked, fetched):
    answer = fetched(feed)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    event = vobject.readOne(answer.body, validate=True).vevent
    assert event.summary.value == "Decorators with Meera"
    assert event.dtstart.value == datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def test_who_has_this_version_is_not_sent_it_again(deps, feed, booked, fetched, clock):
    first = fetched(feed)
    clock.forward(timedelta(minutes=30))
    same = fetched(feed, if_none_match=f'"older", {first.headers["ETag"]}')
    assert (same.status, same.body, same.headers["ETag"]) == (304, "", first.headers["ETag"])
    assert fetched(feed, if_none_match='W/"older"').status == 200


def test_an_unknown_link_says_so_in_words(feed, fetched):
    for path in (feed[:-20] + "x" * 7 + feed[-13:], "/calendar/x/sessions.ics", "/calendar/a%20b/sessions.ics"):
        answer = fetched(path)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/json")
        assert json.loads(answer.body)["error"]["message"] == "There is no such calendar."


def test_the_link_stands_in_no_log(feed, fetched, caplog):
    fetched(feed)
    fetched(feed[:-20] + "x" * 7 + feed[-13:])
    logged = repr([vars(record) for record in caplog.records])
    assert logged.count("/calendar/{feed_token}/sessions.ics") == 2
    assert feed.split("/")[2][:50] not in logged


def test_a_booking_is_a_file_for_its_two_people(lena, booked, fetched, browser):
    cookie = "; ".join(f"{name}={value}" for name, value in lena.cookies.items())
    answer = fetched("/bookings/bkg_1/invite.ics", cookie=cookie)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="peerlearn-session.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert vobject.readOne(answer.body, validate=True).method.value == "PUBLISH"
    assert fetched("/bookings/bkg_1/invite.ics").status == 401
    assert lena.get("/bookings/bkg_2/invite.ics").status == 404
