"""Every kind of notification has its group, its ways, its words and its place on the site."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from chalicelib.domain import notice_words
from chalicelib.domain.notices import NOTICES, addressed, is_shown
from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.services import links
from tests.gateways.facts import FACTS

ALL = get_args(Template)
SHOWN = [template for template in ALL if is_shown(template)]
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def outgoing(template, facts=FACTS):
    return Outgoing("out_1", "usr_l", "", template, NOW, dict(facts))


@pytest.mark.parametrize("template", ALL)
def test_each_kind_is_classified_and_leads_somewhere(template):
    assert NOTICES[template].ways
    assert template in links.PAGES or template in links.LINKS


@pytest.mark.parametrize("template", SHOWN)
def test_each_kind_that_is_shown_says_so_shortly(template):
    said = notice_words.words(outgoing(template), "Asia/Kolkata")
    assert 5 <= len(said.title) <= 80 and len(said.text) <= 160
    assert not set("{}<\n") & set(said.title + said.text)


@pytest.mark.parametrize("template", SHOWN)
def test_an_old_one_that_lacks_facts_is_shown_with_gaps(template):
    assert notice_words.words(outgoing(template, {})).when is None


def test_a_page_shows_the_time_by_its_own_clock_and_a_mail_by_the_readers():
    booked = outgoing("booking_confirmed_learner")
    assert notice_words.words(booked).text == "With Meera"
    assert notice_words.words(booked).when == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert notice_words.words(booked, "Asia/Kolkata").text == "With Meera · Mon 2 March, 7:30 pm"


def test_words_of_people_are_text_and_no_pattern():
    evil = FACTS | {"other": "{title} <b>", "title": "a\n\nb"}
    assert notice_words.words(outgoing("booking_confirmed_learner", evil)).text == "With {title} <b>"
    assert notice_words.words(outgoing("booking_confirmed_learner", evil)).title == "Booked: a b"


@pytest.mark.parametrize(("by", "who"), [("mentor", "Meera"), ("learner", "You"), ("platform", "PeerLearn")])
def test_a_cancelled_session_says_who_cancelled_it(by, who):
    said = notice_words.words(outgoing("booking_cancelled_learner", FACTS | {"by": by}))
    assert said.text == f"{who} cancelled it"


def test_a_new_one_waits_only_where_its_kind_goes():
    assert (addressed(outgoing("verify_email")).mail, addressed(outgoing("verify_email")).push) == (
        "waiting",
        "skipped",
    )
    soon = addressed(outgoing("reminder_now_learner"))
    assert (soon.mail, soon.push) == ("skipped", "waiting")
