"""Every mail there is: whole, in two forms, and proof against what people write into it."""

import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from chalicelib.domain.outgoing import Template
from chalicelib.gateways import letters

ALL = get_args(Template)
FACTS = {
    "name": "Lena",
    "zone": "Asia/Kolkata",
    "site": "https://peerlearn.example",
    "link": "https://peerlearn.example/verify#a.b.c",
    "title": "Decorators in an hour",
    "other": "Meera",
    "starts_at": "2026-03-02T14:00:00+00:00",
    "minutes": "60",
    "reason": "Please tell us more about what you teach.\nTwo sentences are enough.",
    "new_email": "lena@new.example",
    "by": "platform",
    "refund_percent": "50",
    "was_at": "2026-03-01T14:00:00+00:00",
    "proposed_at": "2026-03-03T03:15:00+00:00",
    "lapses_at": "2026-03-02T13:00:00+00:00",
    "until": "2026-03-02T12:15:00+00:00",
    "pay_by": "2026-03-02T12:30:00+00:00",
    "expires_at": "2026-03-04T12:00:00+00:00",
    "times": "2026-03-02T14:00:00+00:00 2026-03-05T20:45:00+00:00",
    "calendar": "request",
}
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
@pytest.mark.parametrize("fact", ["name", "title", "other", "reason", "new_email"])
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
        ("Asia/Kolkata", "Monday, 2 March 2026, 19:30 (Asia/Kolkata time)"),
        ("America/New_York", "Monday, 2 March 2026, 09:00 (America/New York time)"),
        ("Pacific/Auckland", "Tuesday, 3 March 2026, 03:00 (Pacific/Auckland time)"),
        ("UTC", "Monday, 2 March 2026, 14:00 (UTC time)"),
    ],
)
def test_times_are_the_readers_own(zone, shown):
    assert letters.at_home(FACTS["starts_at"], zone) == shown


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
        ("reschedule_proposed", {}, "Tuesday, 3 March 2026, 08:45 (Asia/Kolkata time)"),
        ("reschedule_proposed", {}, "Monday, 2 March 2026, 18:30 (Asia/Kolkata time)"),
        ("session_moved_mentor", {}, "Sunday, 1 March 2026, 19:30 (Asia/Kolkata time)"),
        ("waitlist_offer", {}, "Monday, 2 March 2026, 17:45 (Asia/Kolkata time)"),
        ("hold_from_request", {}, "Monday, 2 March 2026, 18:00 (Asia/Kolkata time)"),
        ("request_made", {}, "or Friday, 6 March 2026, 02:15 (Asia/Kolkata time)"),
        ("request_countered", {}, "Wednesday, 4 March 2026, 17:30 (Asia/Kolkata time)"),
    ],
)
def test_a_mail_says_what_has_happened_and_until_when(template, facts, shown):
    letter = letters.write(template, FACTS | facts)
    assert shown in letter.text.replace("\n", " ") and shown in letter.html


@pytest.mark.parametrize("template", ["booking_cancelled_learner", "booking_cancelled_mentor", "request_declined"])
def test_a_mail_without_a_reason_has_no_hole(template):
    spare = ("reason", "refund_percent", "calendar", "expires_at", "times")
    letter = letters.write(template, {name: value for name, value in FACTS.items() if name not in spare})
    assert "\n\n\n" not in letter.text
    assert "comes back" not in letter.text


@pytest.mark.parametrize("template", ALL)
def test_paragraphs_are_one_blank_line_apart(template):
    assert "\n\n\n" not in letters.write(template, FACTS).text


def test_ones_own_reason_is_not_quoted_back():
    assert FACTS["reason"] not in letters.write("booking_cancelled_mentor", FACTS | {"by": "mentor"}).text
    assert FACTS["reason"] in letters.write("booking_cancelled_learner", FACTS | {"by": "mentor"}).text
