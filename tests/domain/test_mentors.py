"""A mentor's application and profile."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.mentors import Mentor, Person, slug_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EMPTY = Mentor("usr_01ABCDEF", NOON)
WHOLE = EMPTY.edited(
    domains=["programming", "music"],
    skills=["Python"],
    languages=["English", "Hindi"],
    experience_years=0,
    phone="+91 98765 43210",
    headline="Python, from the start",
    bio="I have been taking Python apart for nine years and like to show how.",
)
MEERA = Account(
    "usr_01ABCDEF", "Meera", "m@example.com", "h", date(1990, 1, 1), "UTC", "2026-01", NOON, email_verified=True
)


def test_an_empty_application_names_all_that_is_missing():
    with pytest.raises(Invalid) as refused:
        EMPTY.submitted(NOON)
    wanted = {"domains", "skills", "languages", "experience_years", "phone", "headline", "bio"}
    assert set(refused.value.fields) == wanted


def test_the_way_of_an_application():
    pending = WHOLE.submitted(NOON)
    back = pending.returned(" More about you, please. ")
    assert (back.status, back.reason) == ("returned", "More about you, please.")
    again = back.submitted(NOON)
    assert (again.status, again.reason) == ("pending", None)
    listed = again.approved(MEERA, "meera", NOON)
    assert (listed.status, listed.slug, listed.approved_at) == ("approved", "meera", NOON)


@pytest.mark.parametrize(
    "mentor", [WHOLE, WHOLE.submitted(NOON).returned("x"), WHOLE.submitted(NOON).approved(MEERA, "m", NOON)]
)
def test_only_a_pending_application_is_decided_on(mentor):
    with pytest.raises(Conflict):
        mentor.approved(MEERA, "m", NOON)
    with pytest.raises(Conflict):
        mentor.returned("x")


def test_only_a_proven_person_in_good_standing_is_approved():
    pending = WHOLE.submitted(NOON)
    with pytest.raises(Conflict) as refused:
        pending.approved(replace(MEERA, email_verified=False), "m", NOON)
    assert refused.value.code == "email_unverified"
    with pytest.raises(Forbidden):
        pending.approved(replace(MEERA, status="suspended"), "m", NOON)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_sending_back_needs_a_reason(reason):
    with pytest.raises(Invalid):
        WHOLE.submitted(NOON).returned(reason)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("domains", ["cooking"]),
        ("domains", ["programming", "music", "design", "business", "science", "writing"]),
        ("skills", ["x" * 41]),
        ("languages", [str(n) for n in range(11)]),
        ("experience_years", -1),
        ("experience_years", 71),
        ("phone", "98765"),
        ("headline", "x" * 121),
        ("bio", "x" * 3001),
        ("intro_video_url", "http://x.io"),
    ],
)
def test_each_part_has_its_limits(field, value):
    with pytest.raises(Invalid) as refused:
        EMPTY.edited(**{field: value})
    assert set(refused.value.fields) == {field}


def test_a_draft_may_be_incomplete_and_a_listed_profile_may_not():
    assert WHOLE.edited(bio="short").bio == "short"
    with pytest.raises(Invalid):
        WHOLE.submitted(NOON).approved(MEERA, "m", NOON).edited(bio="short")


def test_a_phone_is_kept_without_its_spaces():
    assert WHOLE.phone == "+919876543210"


@pytest.mark.parametrize(
    ("account", "mentor", "public"),
    [
        (MEERA, WHOLE.submitted(NOON).approved(MEERA, "m", NOON), True),
        (replace(MEERA, status="suspended"), WHOLE.submitted(NOON).approved(MEERA, "m", NOON), False),
        (MEERA, WHOLE.submitted(NOON), False),
        (MEERA, None, False),
    ],
)
def test_only_approved_mentors_in_good_standing_are_public(account, mentor, public):
    assert (Person(account, mentor).profile is not None) == public


def test_a_public_address_is_the_name_then_the_name_numbered():
    assert [slug_of("Priyá  O'Neil-Sharma", n, "usr_1") for n in range(3)] == [
        "priya-o-neil-sharma",
        "priya-o-neil-sharma-2",
        "priya-o-neil-sharma-3",
    ]
    assert slug_of("प्रिया", 0, "usr_01ABCDEF") == "mentor-abcdef"


@given(st.text(min_size=1, max_size=80), st.integers(0, 29))
def test_every_name_makes_an_address_that_a_path_can_hold(name, attempt):
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,70}", slug_of(name, attempt, "usr_01ABCDEF"))
