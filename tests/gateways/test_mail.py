"""Mail as SES gets it, and the invitations in it as another program than ours reads them."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
import vobject

from chalicelib.gateways.mail import Mail
from tests.gateways.facts import FACTS
from tests.gateways.test_letters import EVIL

BOOKED = FACTS | {
    "booking_id": "bkg_1",
    "session_id": "ses_1",
    "sequence": "0",
    "written_at": "2026-03-01T08:00:00+00:00",
}
MOVED = BOOKED | {"starts_at": "2026-12-31T23:30:00+00:00", "minutes": "75", "sequence": "1"}
CANCELLED = MOVED | {"calendar": "cancel", "sequence": "2"}


class SES:
    """Remembers what it was asked to send."""

    def __init__(self):
        self.asked = []

    def send_email(self, **asked):
        self.asked.append(asked)


def sent(template, facts, to="lena@example.com"):
    ses = SES()
    Mail(lambda: ses, "hello@peerlearn.example").send(to, template, facts)
    [asked] = ses.asked
    return asked


def opened(template, facts, to="lena@example.com"):
    return email.message_from_bytes(sent(template, facts, to)["Content"]["Raw"]["Data"], policy=email.policy.default)


def invitation(message):
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part


def event(message):
    text = invitation(message).get_content()
    assert all(len(line.encode()) <= 75 for line in text.splitlines()), "folded"
    calendar = vobject.readOne(text, validate=True)
    return calendar, calendar.vevent


def test_a_mail_that_no_calendar_has_to_know_of_is_a_plain_one():
    asked = sent("password_changed", {name: value for name, value in FACTS.items() if name != "calendar"})
    assert asked["Content"]["Simple"]["Subject"]["Data"] == "Your password was changed"
    assert asked["FromEmailAddress"] == "PeerLearn <hello@peerlearn.example>"
    assert asked["Destination"] == {"ToAddresses": ["lena@example.com"]}


def test_a_confirmation_carries_its_invitation_twice_for_mail_programs_of_both_kinds():
    message = opened("booking_confirmed_learner", BOOKED)
    assert (message["To"], message["Subject"]) == ("lena@example.com", "Booked: Decorators in an hour")
    assert message["From"] == "PeerLearn <hello@peerlearn.example>"
    assert message.get_content_type() == "multipart/mixed"
    [body, attached] = message.iter_parts()
    assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    assert "Hello Lena" in message.get_body(("plain",)).get_content()
    assert "<h1" in message.get_body(("html",)).get_content()
    assert attached.get_filename() == "invite.ics"
    assert attached.get_content().decode() == invitation(message).get_content()
    assert invitation(message).get_param("method") == "REQUEST"


def test_an_invitation_says_when_where_and_with_whom():
    calendar, shown = event(opened("booking_confirmed_learner", BOOKED))
    assert calendar.method.value == "REQUEST"
    assert shown.uid.value == "bkg_1@peerlearn.example"
    assert (shown.sequence.value, shown.status.value) == ("0", "CONFIRMED")
    assert shown.dtstart.value == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert shown.dtend.value == datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    assert shown.dtstamp.value == datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    assert shown.summary.value == "Decorators in an hour with Meera"
    assert shown.url.value == "https://peerlearn.example/bookings/bkg_1"
    assert shown.description.value == f"With Meera, on PeerLearn.\nTo see, move or cancel it: {shown.url.value}"
    assert shown.location.value == "https://peerlearn.example/room/ses_1"
    assert shown.organizer.value == "mailto:hello@peerlearn.example"
    assert shown.attendee.value == "mailto:lena@example.com"
    assert shown.attendee.params["CN"] == ["Lena"]
    assert "valarm" not in shown.contents


def test_what_changes_is_the_same_appointment_with_a_higher_number():
    _, first = event(opened("booking_confirmed_mentor", BOOKED))
    calendar, second = event(opened("session_moved_mentor", MOVED))
    assert calendar.method.value == "REQUEST"
    assert second.uid.value == first.uid.value
    assert int(second.sequence.value) > int(first.sequence.value)
    assert second.dtstart.value == datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert second.dtend.value == datetime(2027, 1, 1, 0, 45, tzinfo=UTC)


def test_a_cancelled_one_is_taken_out_again():
    message = opened("booking_cancelled_mentor", CANCELLED)
    calendar, shown = event(message)
    assert calendar.method.value == invitation(message).get_param("method") == "CANCEL"
    assert shown.status.value == "CANCELLED"
    assert (shown.uid.value, shown.sequence.value) == ("bkg_1@peerlearn.example", "2")


@pytest.mark.parametrize(
    "words",
    [
        "Lena\r\nBcc: everyone@example.com",
        "Lena\nATTENDEE:mailto:everyone@example.com",
        'a;b,c:d\\e"f^g',
        "लेना, Ünïcödé 🎉 " * 8,
        "x" * 300,
        EVIL,
    ],
)
def test_words_of_people_break_out_of_nothing(words):
    message = opened("booking_confirmed_learner", BOOKED | {"name": words, "title": words, "other": words})
    assert {name.lower() for name in message} == {
        "auto-submitted",
        "from",
        "to",
        "subject",
        "mime-version",
        "content-type",
    }
    assert message["To"] == "lena@example.com" and message.defects == []
    _, shown = event(message)
    one_line = " ".join(words.split())
    assert shown.summary.value == f"{one_line} with {one_line}"
    assert len(shown.contents["attendee"]) == 1
    assert message["Subject"].startswith("Booked: ")
    assert max(map(len, message.as_bytes().splitlines())) <= 998


def test_an_address_with_a_line_break_is_refused():
    with pytest.raises(ValueError, match="CR or LF"):
        sent("booking_confirmed_learner", BOOKED, to="lena@example.com\r\nBcc: everyone@example.com")


STOP = {
    "mails_about": "reminders",
    "unsubscribe": "https://peerlearn.example/unsubscribe#usr_1-reminders-x",
    "user_id": "usr_1",
}
PRESS = "https://peerlearn.example/api/unsubscribe/usr_01ARZ3NDEKTSV4RRFFQ69G5FAV-reminders-0123456789abcdefghijkl"
STOP |= {"one_press": PRESS}


def headers(asked):
    return {each["Name"]: each["Value"] for each in asked["Content"]["Simple"]["Headers"]}


def test_one_press_in_a_mail_program_stops_what_may_be_stopped():
    plain = {name: value for name, value in FACTS.items() if name != "calendar"}
    asked = sent("reminder_day_learner", plain | STOP)
    assert headers(asked) == {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{PRESS}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    body = asked["Content"]["Simple"]["Body"]
    assert f"No more mails about sessions that are about to begin:\n{STOP['unsubscribe']}" in body["Text"]["Data"]
    assert f'href="{STOP["unsubscribe"]}"' in body["Html"]["Data"]


def test_a_mail_about_security_offers_no_such_thing():
    asked = sent("password_changed", {name: value for name, value in FACTS.items() if name != "calendar"})
    assert headers(asked) == {"Auto-Submitted": "auto-generated"}
    assert "No more mails" not in asked["Content"]["Simple"]["Body"]["Text"]["Data"]


def test_an_invitation_carries_the_same_headers_whole():
    message = opened("booking_confirmed_learner", BOOKED | STOP)
    raw = sent("booking_confirmed_learner", BOOKED | STOP)["Content"]["Raw"]["Data"]
    assert f"List-Unsubscribe: <{PRESS}>\r\n".encode() in raw
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert (message["To"], message.defects) == ("lena@example.com", [])


def test_ses_is_asked_to_tell_what_becomes_of_a_mail_and_whose_it_was():
    ses = SES()
    Mail(lambda: ses, "hello@peerlearn.example", "peerlearn-prod").send(
        "lena@example.com", "password_changed", BOOKED | STOP
    )
    assert ses.asked[0]["ConfigurationSetName"] == "peerlearn-prod"
    assert ses.asked[0]["EmailTags"] == [{"Name": "user", "Value": "usr_1"}]
