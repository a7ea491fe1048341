"""Offerings, drafts and counted topics on both kinds of tables."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from ulid import ULID

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.offerings import Offering
from chalicelib.stores import keys
from chalicelib.stores.accounts import Accounts
from chalicelib.stores.drafts import KEPT, Draft, Drafts
from chalicelib.stores.offerings import Offerings
from chalicelib.stores.topics import PARTS, Topics, part_of

NOW = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def offerings(tables):
    return Offerings(tables)


@pytest.fixture
def drafts(tables):
    return Drafts(tables)


def offering(mentor_id=None, **changes):
    whole = Offering(
        id=f"off_{ULID()}",
        mentor_id=mentor_id or f"usr_{uuid.uuid4().hex}",
        title="Code review, line by line",
        description="We read what you wrote.",
        topics=("Python", "Reviews"),
        domain="programming",
        duration_minutes=60,
        price_paise=50000,
        created_at=NOW,
    )
    return replace(whole, **changes)


def added(tables, offerings, *given, **changes):
    made = offering(*given, **changes)
    tables.commit([offerings.adding(made)])
    return made


def refused(tables, *writes):
    with pytest.raises(Conflict) as refusal:
        tables.commit(writes)
    return refusal.value.code


def test_an_offering_comes_back_as_it_was_stored(tables, offerings):
    made = added(tables, offerings)
    assert offerings.find(made.mentor_id, made.id) == made == offerings.get(made.mentor_id, made.id)


def test_it_is_found_by_its_own_mentor_only(tables, offerings):
    made = added(tables, offerings)
    assert offerings.find("usr_other", made.id) is None
    with pytest.raises(NotFound):
        offerings.get("usr_other", made.id)


def test_all_of_a_mentors_are_listed_the_newest_first(tables, offerings):
    first = added(tables, offerings, id=f"off_{ULID.from_timestamp(1)}")
    second = added(tables, offerings, first.mentor_id, id=f"off_{ULID.from_timestamp(2)}", status="archived")
    assert offerings.of_mentor(first.mentor_id) == [second, first]
    tables.commit([offerings.removing(first.mentor_id, second.id)])
    assert offerings.of_mentor(first.mentor_id) == [first]


def test_of_two_changes_on_the_same_version_the_second_is_lost(tables, offerings):
    made = added(tables, offerings)
    changed = offerings.saved(made, replace(made, title="Another title"))
    tables.commit([offerings.saving(made, replace(made, title="Another title"))])
    assert offerings.get(made.mentor_id, made.id) == changed
    assert refused(tables, offerings.saving(made, replace(made, title="Too late"))) == "offering_changed"


def test_what_is_written_beside_an_offering_that_has_changed_is_not_written(tables, offerings):
    made = added(tables, offerings, status="published")
    tables.commit([offerings.unchanged(made)])
    tables.commit([offerings.saving(made, made.archive())])
    assert refused(tables, offerings.unchanged(made)) == "not_offered"


def test_a_draft_is_replaced_whole_and_kept_for_ninety_days(tables, drafts):
    mentor = f"usr_{uuid.uuid4().hex}"
    tables.commit([drafts.saving(mentor, Draft("dra_1", {"title": "Sorting", "duration_minutes": 45}, NOW))])
    later = Draft("dra_1", {"topics": ["Python"], "step": 2}, NOW + timedelta(minutes=1))
    tables.commit([drafts.saving(mentor, later)])
    assert drafts.of_mentor(mentor, NOW) == [later]
    assert drafts.of_mentor(mentor, later.saved_at + KEPT) == []


def test_the_draft_saved_last_comes_first_and_can_be_thrown_away_twice(tables, drafts):
    mentor = f"usr_{uuid.uuid4().hex}"
    for n, name in enumerate(("dra_b", "dra_c", "dra_a")):
        tables.commit([drafts.saving(mentor, Draft(name, {}, NOW + timedelta(minutes=n)))])
    assert [draft.id for draft in drafts.of_mentor(mentor, NOW)] == ["dra_a", "dra_c", "dra_b"]
    for _ in range(2):
        tables.commit([drafts.removing(mentor, "dra_c")])
    assert [draft.id for draft in drafts.of_mentor(mentor, NOW)] == ["dra_a", "dra_b"]


def person(*interests):
    return Account(
        id=f"usr_{ULID()}",
        name="Lena",
        email=f"{uuid.uuid4().hex}@example.com",
        password_hash="-",
        birth_date=date(1990, 1, 1),
        zone="Asia/Kolkata",
        terms_version="2026-11-22",
        created_at=NOW,
        email_verified=True,
        interests=interests,
    )


@pytest.fixture
def word():
    """A topic that no other test knows."""
    return f"Topic {uuid.uuid4().hex}"


@pytest.fixture
def counted(tables):
    """How many learners name a topic, and in which spelling, by a fresh reading."""
    return lambda word: {
        each.topic: each.learners for each in Topics(tables).all(NOW) if each.topic.casefold() == word.casefold()
    }


def test_topics_are_counted_with_the_person_who_names_them(tables, word, counted):
    accounts = Accounts(tables)
    people = [person(word), person(word.upper(), "Other"), person()]
    for each in people:
        tables.commit(accounts.founding(each))
    assert list(counted(word).values()) == [2]
    tables.commit(accounts.changing(people[2], replace(people[2], interests=(word,))))
    tables.commit(accounts.removing(people[0]))
    assert list(counted(word).values()) == [2]


def test_a_change_that_is_lost_counts_nothing(tables, word, counted):
    accounts, lena = Accounts(tables), person()
    tables.commit(accounts.founding(lena))
    tables.commit(accounts.changing(lena, replace(lena, name="Lena Roy")))
    assert refused(tables, *accounts.changing(lena, replace(lena, interests=(word,)))) == "changed_meanwhile"
    assert counted(word) == {}


def test_many_who_name_one_topic_at_once_are_all_counted(tables, word, counted):
    accounts, crowd = Accounts(tables), [person(word) for _ in range(20)]
    threads = [threading.Thread(target=tables.commit, args=(accounts.founding(each),)) for each in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(counted(word).values()) == [20]


def test_a_count_that_has_come_down_to_nothing_is_cleared_unless_somebody_names_it_again(tables, word):
    accounts, lena = Accounts(tables), person(word)
    tables.commit(accounts.founding(lena))
    place = keys.topic(word.casefold(), part_of(lena.id))
    without = replace(lena, interests=())
    tables.commit(accounts.changing(lena, without))
    topics = Topics(tables)
    topics.all(NOW)
    clearing = [write for write in topics.clearing() if write.key == place]
    tables.commit(accounts.changing(replace(without, version=2), replace(lena, version=2)))
    assert refused(tables, *clearing) == "changed_meanwhile"
    assert tables.read(place)["count"] == 1
    tables.commit(accounts.changing(replace(lena, version=3), replace(without, version=3)))
    tables.commit(clearing)
    assert tables.read(place) is None
    assert topics.clearing() == []


def test_a_person_always_counts_in_the_same_part():
    parts = {part_of(f"usr_{n}") for n in range(200)}
    assert parts == set(range(PARTS))
    assert part_of("usr_1") == part_of("usr_1")
