"""Which topics a person counts for, and which are suggested."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.topics import MOST_SHOWN, Change, Topic, changes, key_of, named, suggested

LENA = Account(
    id="usr_l",
    name="Lena",
    email="lena@example.com",
    password_hash="-",
    birth_date=date(1990, 1, 1),
    zone="Asia/Kolkata",
    terms_version="2026-11-22",
    created_at=datetime(2026, 3, 2, tzinfo=UTC),
    email_verified=True,
    interests=("Python", "Data  Modelling"),
)


def words(found):
    return [each.topic for each in found]


@pytest.mark.parametrize("topic", ["python", "PYTHON", "  Python ", "python\n"])
def test_case_and_spacing_make_no_other_topic(topic):
    assert key_of(topic) == "python"


def test_a_person_counts_once_for_each_topic_and_only_with_a_proven_address():
    assert named(LENA) == {"python": "Python", "data modelling": "Data  Modelling"}
    assert named(replace(LENA, email_verified=False)) == named(None) == {}


def test_what_is_new_counts_up_and_what_is_gone_counts_down():
    now = replace(LENA, interests=("PYTHON", "Chess"))
    assert changes(LENA, now) == [Change("Chess", 1), Change("Data  Modelling", -1)]
    assert changes(LENA, replace(LENA, name="Lena Roy")) == []


def test_proving_the_address_counts_everything_and_leaving_takes_it_all_back():
    up, down = changes(replace(LENA, email_verified=False), LENA), changes(LENA, None)
    assert [(each.topic, each.by) for each in up] == [("Python", 1), ("Data  Modelling", 1)]
    assert [(each.topic, each.by) for each in down] == [("Python", -1), ("Data  Modelling", -1)]


def test_the_most_wanted_come_first_and_among_equals_those_that_begin_so():
    topics = [Topic("Machine learning", 3), Topic("Learning Spanish", 3), Topic("Deep learning", 9), Topic("Chess", 20)]
    assert words(suggested(topics, " LEARN ")) == ["Deep learning", "Learning Spanish", "Machine learning"]
    assert words(suggested(topics, ""))[0] == "Chess"


def test_what_nobody_names_any_more_is_not_suggested_and_a_dozen_is_enough():
    assert suggested([Topic("Python", 0), Topic("Pygmalion", -1)], "py") == []
    assert len(suggested([Topic(f"Topic {n}", 1) for n in range(40)], "topic")) == MOST_SHOWN
