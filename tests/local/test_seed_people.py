"""The demonstration people: true to the product's own rules, covering its domains, and plainly marked."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import claims, entries, pitches, slots
from chalicelib.domain.accounts import TERMS_VERSION, own_words, password_fault, sign_up_faults
from chalicelib.domain.mentors import DOMAINS, Mentor, slug_of
from chalicelib.gateways.passwords import Passwords
from infra.local.demo import opening
from infra.local.demo.accounts import PASSWORD
from infra.local.demo.people import MAIL, MARK, everyone, when
from infra.local.seed import LOGINS, ROLES

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PEOPLE = list(everyone().values())
MENTORS = [someone for someone in PEOPLE if someone.mentor and someone.approved]
OFFERED = [(someone, offered) for someone in PEOPLE for offered in someone.sessions]
AT_ANY_TIME = [(someone, offered) for someone in PEOPLE for offered in someone.offerings]


def named(value):
    return getattr(value, "slug", None) or getattr(value, "title", None)


def test_there_are_an_admin_twelve_mentors_and_six_learners():
    admins = [someone for someone in PEOPLE if someone.admin]
    learners = [someone for someone in PEOPLE if not someone.admin and someone not in MENTORS]
    assert (len(admins), len(MENTORS), len(learners)) == (1, 12, 6)


def test_one_application_waits_for_the_admin():
    assert [someone.slug for someone in PEOPLE if someone.mentor and not someone.approved] == ["lukas-brandt"]


def test_the_mentors_cover_every_domain_and_so_do_their_sessions():
    assert {domain for someone in MENTORS for domain in someone.mentor["domains"]} == set(DOMAINS)
    assert {offered.domain for _, offered in OFFERED} == set(DOMAINS)


@pytest.mark.parametrize("someone", PEOPLE, ids=named)
def test_everyone_could_sign_up(someone):
    form = {"name": someone.name, "email": someone.email, "birth_date": someone.born, "zone": someone.zone}
    assert not any(sign_up_faults(**form, terms_version=TERMS_VERSION, now=NOW).values())
    own = own_words(someone.name, someone.email)
    assert password_fault(PASSWORD, own) is None
    assert Passwords().weakness(PASSWORD, own) is None


@pytest.mark.parametrize("someone", PEOPLE, ids=named)
def test_everyone_is_plainly_marked(someone):
    assert someone.email.endswith(f"@{MAIL}")
    assert someone.bio.splitlines()[-1] == MARK
    assert not someone.mentor or someone.mentor["bio"].splitlines()[-1] == MARK


@pytest.mark.parametrize("someone", [each for each in PEOPLE if each.mentor], ids=named)
def test_an_application_is_complete_and_its_bio_worth_reading(someone):
    blank = Mentor("usr_1", NOW)
    assert blank.edited(**someone.mentor).submitted(NOW).status == "pending"
    assert 80 <= len(someone.mentor["bio"].removesuffix(MARK).split()) <= 150
    assert entries.tidy(someone.mentor["headline"]) == someone.mentor["headline"]


@pytest.mark.parametrize("someone", [each for each in PEOPLE if each.mentor], ids=named)
def test_a_phone_number_is_one_that_is_kept_for_fiction(someone):
    assert someone.mentor["phone"].replace(" ", "").startswith("+447700900")


def test_names_addresses_and_slugs_are_each_their_own():
    assert len({someone.email for someone in PEOPLE}) == len(PEOPLE)
    assert all(slug_of(someone.name, 0, "usr_1") == someone.slug for someone in PEOPLE)


@pytest.mark.parametrize(("someone", "offered"), [*OFFERED, *AT_ANY_TIME], ids=named)
def test_what_a_mentor_offers_could_be_published(someone, offered):
    faults = pitches.faults(
        title=offered.title,
        description=offered.description,
        topics=offered.topics,
        domain=offered.domain,
        duration_minutes=offered.minutes,
        price_paise=offered.price_paise,
        domains=DOMAINS,
        payments=True,
    )
    assert {name: fault for name, fault in faults.items() if fault} == {}
    assert offered.domain in someone.mentor["domains"]


@pytest.mark.parametrize(("someone", "offered"), OFFERED, ids=named)
def test_its_times_are_waking_ones_and_its_learners_no_mentors(someone, offered):
    for time in offered.times:
        at = when(time, someone.zone, NOW)
        assert claims.start_fault(at, min(NOW, at - timedelta(days=1))) is None
        assert 8 <= int(time.at[:2]) <= 21
        assert time.learner is None or not everyone()[time.learner].sessions


@pytest.mark.parametrize("someone", MENTORS, ids=named)
def test_every_mentor_has_hours_for_each_offering_in_every_week(someone):
    hours = opening.hours_of("usr_m", someone).checked(NOW.date())
    assert 1 <= len(someone.offerings) <= 2
    for offered in someone.offerings:
        week = {"minutes": offered.minutes, "now": NOW, "first": NOW, "last": NOW + timedelta(days=9)}
        assert len(slots.open_starts(hours, someone.zone, {}, {}, **week)) >= 5


def test_some_things_are_free_and_some_have_a_price():
    prices = [offered.price for _, offered in [*OFFERED, *AT_ANY_TIME]]
    assert 10 <= len([price for price in prices if price]) < len(prices) - 10
    assert {price for price in prices if price} <= set(range(499, 2501))


@pytest.mark.parametrize(("someone", "offered"), OFFERED, ids=named)
def test_what_has_a_price_is_still_to_be_had(someone, offered):
    assert not offered.price or not any(time.learner for time in offered.times)


@pytest.mark.parametrize("role", ROLES)
def test_a_log_in_is_printed_for_each_role(role):
    email, password = LOGINS[role]
    assert email == everyone()[ROLES[role]].email
    assert password == PASSWORD
