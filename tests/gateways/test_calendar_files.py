"""Calendar files and feeds, as another program than ours reads them."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from chalicelib.domain.appointments import Appointment
from chalicelib.gateways.calendar_files import CalendarFiles
from tests.gateways.test_letters import EVIL

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
APPOINTMENT = Appointment(
    site="https://peerlearn.example",
    booking_id="bkg_1",
    session_id="ses_1",
    title="Decorators in an hour",
    other="Meera",
    starts_at=datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    minutes=75,
    sequence=3,
    status="CONFIRMED",
)
FILES = CalendarFiles("hello@peerlearn.example")


def opened(text):
    assert text.endswith("\r\n") and all(len(line.encode()) <= 75 for line in text.split("\r\n")), "folded"
    assert "\n" not in text.replace("\r\n", "")
    return vobject.readOne(text, validate=True)


def test_a_file_is_one_published_event_that_asks_nobody_whether_they_come():
    calendar = opened(FILES.file(APPOINTMENT, NOW))
    [event] = calendar.vevent_list
    assert (calendar.method.value, calendar.version.value) == ("PUBLISH", "2.0")
    assert event.uid.value == "bkg_1@peerlearn.example"
    assert (event.sequence.value, event.status.value) == ("3", "CONFIRMED")
    assert (event.dtstart.value, event.dtend.value) == (APPOINTMENT.starts_at, APPOINTMENT.ends_at)
    assert (event.dtstamp.value, event.url.value) == (NOW, APPOINTMENT.url)
    assert event.location.value == "https://peerlearn.example/room/ses_1"
    assert (event.organizer.value, event.organizer.params["CN"]) == ("mailto:hello@peerlearn.example", ["PeerLearn"])
    assert not {"attendee", "valarm"} & set(event.contents)


def test_times_are_utc_whatever_zone_they_were_given_in():
    there = replace(APPOINTMENT, starts_at=datetime.fromisoformat("2026-03-29T06:00:00+05:30"))
    assert "DTSTART:20260329T003000Z" in FILES.file(there, NOW)


def test_a_feed_has_a_name_and_says_how_often_to_look_again():
    gone = replace(APPOINTMENT, booking_id="bkg_2", status="CANCELLED", sequence=4)
    text = FILES.feed("PeerLearn", [APPOINTMENT, gone], NOW)
    calendar = opened(text)
    assert (calendar.method.value, calendar.x_wr_calname.value) == ("PUBLISH", "PeerLearn")
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text and "\r\nX-PUBLISHED-TTL:PT1H\r\n" in text
    assert [(each.uid.value, each.status.value) for each in calendar.vevent_list] == [
        ("bkg_1@peerlearn.example", "CONFIRMED"),
        ("bkg_2@peerlearn.example", "CANCELLED"),
    ]


def test_a_feed_of_nothing_is_a_calendar_all_the_same():
    assert "vevent" not in opened(FILES.feed("PeerLearn", [], NOW)).contents


@pytest.mark.parametrize(
    "words", ["a\r\nATTENDEE:mailto:x@y.zz", "END:VEVENT\nBEGIN:VALARM", 'a;b,c:d\\n"e"', "लेना 🎉 " * 20, EVIL]
)
def test_words_of_people_stay_words(words):
    calendar = opened(FILES.feed("PeerLearn", [replace(APPOINTMENT, title=words, other=words)], NOW))
    [event] = calendar.vevent_list
    one_line = " ".join(words.split())
    assert event.summary.value == f"{one_line} with {one_line}"
    assert not {"attendee", "valarm"} & set(event.contents)


def test_a_year_of_sessions_is_written_while_one_waits():
    many = [replace(APPOINTMENT, starts_at=NOW + timedelta(days=n), booking_id=f"bkg_{n}") for n in range(365)]
    assert len(opened(FILES.feed("PeerLearn", many, NOW)).vevent_list) == 365


def test_nothing_of_icalendar_is_loaded_before_a_calendar_is_written():
    code = "import app, functions.mail, functions.due, sys; print('icalendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
