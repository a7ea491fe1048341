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
