"""Every mail there is: whole, in two forms, and proof against what people write into it."""

import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from chalicelib.domain.notices import NOTICES
from chalicelib.domain.outgoing import Template
from chalicelib.gateways import letters
from tests.gateways.facts import FACTS

ALL = [template for template in get_args(Template) if "mail" in NOTICES[template].ways]
CALLED_OFF = ("booking_cancelled_learner", "booking_cancelled_mentor")
EVIL = '<img src=x onerror=alert(1)> & "quoted" {{ 7*7 }} {% raw %}'


class Skeleton(HTMLParser):
    """Which tags are open at the end, and which attributes there are."""

    VOID = {"meta", "br", "img"}

    def __init__(self, html):
        super().__init__()
        self.open, self.seen, self.attributes = [], set(), set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("template", ALL)
def test_each_mail_is_whole(template):
    letter = letters.write(template, FACTS)
    assert 10 <= len(letter.subject) <= 78 and "\n" not in letter.subject
    assert "Hello Lena" in letter.text and "Hello Lena" in letter.html
    assert FACTS["link"] in letter.text and f'href="{FACTS["link"]}"' in letter.html
    assert FACTS["site"] in letter.text
    assert max(map(len, letter.text.splitlines())) <= 100
    assert not re.search(r"{{|{%|}}|%}", letter.text + letter.html)
    skeleton = Skeleton(letter.html)
    assert skeleton.open == []
    assert "PeerLearn" in letter.html and "color-scheme" in letter.html
    assert not skeleton.seen & {"script", "img", "iframe", "form", "link"}


@pytest.mark.parametrize("template", ALL)
@pytest.mark.parametrize("fact", ["name", "title", "other", "reason", "note", "new_email", "words", "masked", "coupon"])
def test_markup_in_a_fact_is_shown_and_never_obeyed(template, fact):
    letter = letters.write(template, FACTS | {fact: EVIL})
    skeleton = Skeleton(letter.html)
    assert "img" not in skeleton.seen
    assert not {name for name in skeleton.attributes if name.startswith("on")}
    if EVIL in letter.text:
        assert "&lt;img" in letter.html and "{{ 7*7 }}" in letter.html


@pytest.mark.parametrize("template", ALL)
def test_a_line_break_in_a_fact_adds_nothing_to_the_subject(template):
    broken = {
        name: f"{value}\r\nBcc: everyone@example.com" for name, value in FACTS.items() if name in ("title", "other")
    }
    subject = letters.write(template, FACTS | broken).subject
    assert "\n" not in subject and "\r" not in subject


@pytest.mark.parametrize("template", ALL)
def test_a_missing_fact_is_an_error_not_a_gap(template):
    with pytest.raises(Exception, match="name"):
        letters.write(template, {name: value for name, value in FACTS.items() if name != "name"})


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Kolkata", "Monday, 2 March 2026, 7:30 pm IST (Asia/Kolkata)"),
        ("America/New_York", "Monday, 2 March 2026, 9:00 am EST (America/New York)"),
        ("Pacific/Auckland", "Tuesday, 3 March 2026, 3:00 am NZDT (Pacific/Auckland)"),
        ("America/Sao_Paulo", "Monday, 2 March 2026, 11:00 am America/Sao Paulo time"),
        ("UTC", "Monday, 2 March 2026, 2:00 pm UTC"),
    ],
)
def test_times_are_the_readers_own(zone, shown):
    assert letters.at_home(FACTS["starts_at"], zone) == shown


@pytest.mark.parametrize(
    ("zone", "minutes", "shown"),
    [
        ("Asia/Kolkata", "60", "Monday, 2 March 2026, 7:30 – 8:30 pm IST (Asia/Kolkata)"),
        ("Europe/London", "60", "Monday, 2 March 2026, 2:00 – 3:00 pm GMT (Europe/London)"),
        ("America/Chicago", "240", "Monday, 2 March 2026, 8:00 am – 12:00 pm CST (America/Chicago)"),
        ("Asia/Tokyo", "90", "Monday, 2 March 2026, 11:00 pm – 12:30 am JST (Asia/Tokyo)"),
    ],
)
def test_a_session_is_shown_from_its_start_to_its_end(zone, minutes, shown):
    assert letters.span(FACTS["starts_at"], minutes, zone) == shown


def test_the_end_is_by_the_clock_that_was_changed_in_between():
    assert "12:30 – 3:30 am" in letters.span("2026-03-29T00:30:00+00:00", "120", "Europe/London")


@pytest.mark.parametrize(
    ("minutes", "words"), [("45", "45 min"), ("60", "1 hour"), ("90", "1 h 30 min"), ("120", "2 hours")]
)
def test_how_long_it_takes_is_said_as_on_the_site(minutes, words):
    letter = letters.write("reminder_day_learner", FACTS | {"minutes": minutes})
    assert f"{words} with Meera" in letter.text and f"{words} with Meera" in letter.html


@pytest.mark.parametrize("template", ["session_moved_learner", "request_made"])
def test_the_others_clock_is_shown_where_it_is_known_and_differs(template):
    theirs = "for Meera: Monday, 2 March 2026, 9:00 – 10:00 am EST (America/New York)"
    letter = letters.write(template, FACTS | {"other_zone": "America/New_York"})
    assert theirs in letter.text and theirs in letter.html
    assert "for Meera:" not in letters.write(template, FACTS | {"other_zone": "Asia/Colombo"}).text


@pytest.mark.parametrize(
    ("template", "facts", "shown"),
    [
        ("booking_cancelled_learner", {"by": "learner"}, "You have cancelled this session"),
        ("booking_cancelled_learner", {"by": "mentor"}, "Meera has cancelled this session"),
        ("booking_cancelled_learner", {"by": "platform"}, "We had to cancel this session"),
        ("booking_cancelled_mentor", {"by": "mentor"}, "You have cancelled this session"),
        ("booking_cancelled_mentor", {"by": "learner"}, "Meera has cancelled this session"),
        ("booking_cancelled_learner", {"refund_percent": "100"}, "comes back to you in full"),
        ("booking_cancelled_learner", {"refund_percent": "50"}, "50 % of what you paid"),
        ("booking_cancelled_learner", {"refund_percent": "0"}, "too close to the start"),
        ("booking_cancelled_mentor", {"by": "learner", "passed_on": "waitlist"}, "offered to the next person"),
        ("booking_cancelled_mentor", {"by": "learner", "passed_on": "everyone"}, "open again for others to book"),
        ("booking_cancelled_mentor", {"by": "learner", "passed_on": ""}, "That time is open again in your calendar."),
        ("booking_cancelled_mentor", {"by": "mentor", "passed_on": ""}, "Meera knows of it."),
        ("booking_confirmed_mentor", {"origin": "published"}, "You have a learner"),
        ("booking_confirmed_mentor", {"origin": "request"}, "Meera and you have a session:"),
        ("booking_confirmed_learner", {"origin": "request"}, "Meera and you have a session:"),
        ("booking_confirmed_learner", {}, "https://peerlearn.example/room/ses_1"),
        ("booking_confirmed_mentor", {}, "https://peerlearn.example/room/ses_1"),
        ("reschedule_proposed", {}, "Tuesday, 3 March 2026, 8:45 – 9:45 am IST (Asia/Kolkata)"),
        ("reschedule_proposed", {}, "Monday, 2 March 2026, 6:30 pm IST (Asia/Kolkata)"),
        ("session_moved_mentor", {}, "Sunday, 1 March 2026, 7:30 pm IST (Asia/Kolkata)"),
        ("waitlist_offer", {}, "Monday, 2 March 2026, 5:45 pm IST (Asia/Kolkata)"),
        ("hold_from_request", {}, "Monday, 2 March 2026, 6:00 pm IST (Asia/Kolkata)"),
        ("request_made", {}, "or Friday, 6 March 2026, 2:15 – 3:15 am IST (Asia/Kolkata)"),
        ("request_countered", {}, "Wednesday, 4 March 2026, 5:30 pm IST (Asia/Kolkata)"),
    ],
)
def test_a_mail_says_what_has_happened_and_until_when(template, facts, shown):
    letter = letters.write(template, FACTS | facts)
    assert shown in letter.text.replace("\n", " ")
    assert shown in re.sub("</?strong>", "", letter.html)


@pytest.mark.parametrize("template", [*CALLED_OFF, "booking_confirmed_mentor", "request_declined"])
def test_a_mail_without_a_reason_has_no_hole(template):
    spare = ("reason", "note", "refund_percent", "calendar", "expires_at", "times")
    letter = letters.write(template, {name: value for name, value in FACTS.items() if name not in spare})
    assert "\n\n\n" not in letter.text
    assert "comes back" not in letter.text


@pytest.mark.parametrize(
    ("template", "origin", "subject"),
    [
        ("booking_confirmed_learner", "slot", "Booked: Decorators in an hour"),
        ("booking_confirmed_mentor", "published", "Meera has booked: Decorators in an hour"),
        ("booking_confirmed_learner", "request", "Agreed: Decorators in an hour"),
        ("booking_confirmed_mentor", "request", "Agreed: Decorators in an hour"),
    ],
)
def test_what_two_have_agreed_on_is_not_told_as_if_one_had_booked_it(template, origin, subject):
    assert letters.write(template, FACTS | {"origin": origin}).subject == subject


def quoted(words):
    """As a person's words stand in a plain mail."""
    return "> " + words.replace("\n", "\n> ")


def test_the_mentor_reads_what_the_learner_wrote():
    letter = letters.write("booking_confirmed_mentor", FACTS)
    assert quoted(FACTS["note"]) in letter.text and FACTS["note"] in letter.html
    assert "writes:" not in letters.write("booking_confirmed_mentor", FACTS | {"note": ""}).text
    assert quoted(FACTS["note"]) not in letters.write("booking_confirmed_learner", FACTS).text


@pytest.mark.parametrize("template", ALL)
def test_paragraphs_are_one_blank_line_apart(template):
    assert "\n\n\n" not in letters.write(template, FACTS).text


def test_ones_own_reason_is_not_quoted_back():
    assert quoted(FACTS["reason"]) not in letters.write("booking_cancelled_mentor", FACTS | {"by": "mentor"}).text
    assert quoted(FACTS["reason"]) in letters.write("booking_cancelled_learner", FACTS | {"by": "mentor"}).text


def test_words_of_people_are_set_off_line_by_line_in_a_plain_mail():
    facts = FACTS | {"note": "Hello.\nYour session is cancelled."}
    text = letters.write("booking_confirmed_mentor", facts).text
    assert "> Hello.\n> Your session is cancelled." in text
