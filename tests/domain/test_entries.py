"""What people may enter."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import entries
from chalicelib.domain.errors import Invalid

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "email", ["a@b.co", "Priya.Sharma+x@mail.example.com", "o'neil@example.co.in", "a@xn--bcher-kva.example"]
)
def test_ordinary_addresses_are_taken(email):
    assert entries.email_fault(email) is None


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@b",
        "@b.co",
        "a@b..co",
        "a b@c.de",
        "a@b.co\nBcc: x@y.zz",
        "<a@b.co>",
        "a@-b.co",
        "ü@b.co",
        "a" * 250 + "@b.co",
    ],
)
def test_what_is_no_address_is_refused(email):
    assert entries.email_fault(email)


def test_two_spellings_of_an_address_are_one():
    assert entries.address_key(" Priya@Example.COM ") == entries.address_key("priya@example.com")


@pytest.mark.parametrize(
    "name", ["Priya", "Anne-Marie O'Neil", "प्रिया शर्मा", "J. R. R.", "李", "J.R. Rao", "Zo\u200dya"]
)
def test_names_of_people_are_taken(name):
    assert entries.name_fault(name) is None


@pytest.mark.parametrize(
    "name",
    ["", "42", "Win at https://x.io", "www.x.io", "a@b.co", "<b>Bob</b>", "x" * 81, "a\u202eb"]
    + ["Free money at evil.com", "\u3164\u3164", "Pri\u200bya", "a\u2028b", "\ufeffAnna"],
)
def test_a_name_cannot_become_a_link_or_hide_anything(name):
    assert entries.name_fault(name)


def test_the_eighteenth_birthday_begins_at_midnight_at_home():
    born = date(2008, 3, 3)
    before, after = datetime(2026, 3, 2, 18, 29, tzinfo=UTC), datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    assert entries.birth_date_fault(born, before, "Asia/Kolkata")
    assert entries.birth_date_fault(born, after, "Asia/Kolkata") is None
    assert entries.birth_date_fault(born, after, "UTC")


@pytest.mark.parametrize("born", [date(2027, 1, 1), date(1850, 1, 1)])
def test_a_birth_date_is_one_of_a_living_person(born):
    assert entries.birth_date_fault(born, NOON, "UTC")


@given(st.dates(min_value=date(1907, 1, 1), max_value=date(2030, 1, 1)))
def test_no_one_under_eighteen_gets_in(born):
    adult = (born.year + 18, born.month, born.day) <= (NOON.year, NOON.month, NOON.day)
    assert (entries.birth_date_fault(born, NOON, "UTC") is None) == adult


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "UTC", "America/Argentina/Buenos_Aires"])
def test_zones_have_iana_names(zone):
    assert entries.zone_fault(zone) is None


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "IST",
        "localtime",
        "Asia",
        "Asia/",
        "../etc/passwd",
        "/etc/localtime",
        "Asia/Nowhere",
        "a\0/b",
        "right/Asia/Kolkata",
    ],
)
def test_what_is_no_zone_is_refused(zone):
    assert entries.zone_fault(zone)


@given(st.text(max_size=30))
def test_no_text_makes_the_zone_check_fail_otherwise(zone):
    entries.zone_fault(zone)


@pytest.mark.parametrize("link", ["", "https://youtu.be/x?v=1", "https://vimeo.com/1"])
def test_intro_videos_are_https_links(link):
    assert entries.link_fault(link) is None


@pytest.mark.parametrize(
    "link",
    [
        "http://x.io",
        "javascript:alert(1)",
        "https://",
        "https://x",
        "https://u@x.io",
        "https://x.io/ y",
        'https://x.io/"',
        "//x.io",
        "https://[x",
    ],
)
def test_other_links_are_refused(link):
    assert entries.link_fault(link)


@given(st.lists(st.text(max_size=10), max_size=10))
def test_a_tidied_list_is_tidy_and_stays_so(words):
    tidy = entries.tidy_list(words)
    assert entries.tidy_list(tidy) == tidy
    assert len({word.casefold() for word in tidy}) == len(tidy)


def test_the_first_spelling_of_a_repeated_entry_is_kept():
    assert entries.tidy_list([" Python ", "", "go", "PYTHON"]) == ("Python", "go")


def test_all_faults_are_told_at_once():
    with pytest.raises(Invalid) as refused:
        entries.refuse(name="No.", email=None, zone="No.")
    assert refused.value.fields == {"name": "No.", "zone": "No."}


def test_free_text_may_break_lines_and_hides_nothing():
    assert entries.text_fault("One line.\nAnother, with a \t tab and क्\u200dष.", 100) is None
    for hidden in ("a\u200bb", "a\u2028b", "\ufeffa", "a\x00b", "a\u2066b", "\U000e0041"):
        assert entries.text_fault(hidden, 100)
