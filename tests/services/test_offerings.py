"""Selling one's time: offerings and drafts as use cases, and the demand for topics."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.services import drafts, offerings, topics
from chalicelib.services.accounts import people as persons
from chalicelib.services.accounts import profile
from chalicelib.services.offerings import Pitch
from chalicelib.stores import keys
from chalicelib.stores.drafts import MOST
from tests.fakes import people
from tests.refusals import code_of

PITCH = Pitch("Code review, line by line", "We read what you wrote.", ("Python",), "programming", 60)


def create(deps, mentor_id, status="draft", key="key-00001", **changes):
    pitch = Pitch(**(vars(PITCH) | changes))
    return offerings.create(deps, mentor_id=mentor_id, pitch=pitch, status=status, key=key)


@pytest.fixture
def meera(deps):
    """An approved mentor's id."""
    return people.mentor(deps).account.id


def test_the_same_key_again_gives_the_same_offering_and_another_input_is_refused(deps, meera):
    made = create(deps, meera)
    assert create(deps, meera) == made
    assert len(deps.offerings.of_mentor(meera)) == 1
    assert code_of(lambda: create(deps, meera, title="Another title")) == "key_reused"


def test_only_an_approved_mentor_publishes_but_one_who_waits_can_draft(deps):
    waiting = people.mentor(deps, "Wanda", status="pending").account.id
    drafted = create(deps, waiting)
    with pytest.raises(Forbidden, match="not_approved"):
        create(deps, waiting, "published", "key-00002")
    with pytest.raises(Forbidden, match="not_approved"):
        offerings.publish(deps, mentor_id=waiting, offering_id=drafted.id)


def test_an_unproven_address_cannot_even_draft(deps):
    unproven = people.learner(deps, "Uma", email_verified=False, roles=("mentor",)).id
    assert code_of(lambda: create(deps, unproven)) == "email_unverified"


def test_it_is_edited_on_the_version_that_was_seen(deps, meera):
    made = create(deps, meera, "published")
    other = Pitch(**(vars(PITCH) | {"title": "Another title"}))
    how = {"mentor_id": meera, "offering_id": made.id, "pitch": other}
    changed = offerings.edit(deps, **how, version=1)
    assert (changed.title, changed.version) == ("Another title", 2)
    assert deps.offerings.get(meera, made.id) == changed
    assert code_of(lambda: offerings.edit(deps, **how, version=1)) == "offering_changed"


def test_publishing_and_archiving_twice_change_nothing(deps, meera):
    made, who = create(deps, meera), {"mentor_id": meera}
    states = ((offerings.publish, "published"), (offerings.archive, "archived"), (offerings.publish, "published"))
    for act, status in states:
        once = act(deps, **who, offering_id=made.id)
        assert (once.status, act(deps, **who, offering_id=made.id)) == (status, once)


def test_another_mentors_offering_is_not_there(deps, meera):
    made = create(deps, meera)
    other = people.mentor(deps, "Omar").account.id
    with pytest.raises(NotFound):
        offerings.publish(deps, mentor_id=other, offering_id=made.id)


def test_a_price_waits_for_payments(deps, meera):
    with pytest.raises(Invalid) as refusal:
        create(deps, meera, price_paise=500_00)
    assert refusal.value.fields == {"price_paise": "Paid sessions open soon; for now sessions are free."}


def test_the_thirty_first_offering_needs_room_and_a_repeated_request_for_the_thirtieth_does_not(deps, meera):
    made = [create(deps, meera, key=f"key-{n:05d}") for n in range(30)]
    assert code_of(lambda: create(deps, meera, key="key-99999")) == "too_many"
    assert create(deps, meera, key="key-00029") == made[-1]
    offerings.archive(deps, mentor_id=meera, offering_id=made[0].id)
    create(deps, meera, key="key-99999")
    assert code_of(lambda: offerings.publish(deps, mentor_id=meera, offering_id=made[0].id)) == "too_many"


def test_the_oldest_archived_one_makes_room_once_there_are_sixty(deps, meera):
    made = []
    for n in range(61):
        made.append(create(deps, meera, key=f"key-{n:05d}"))
        offerings.archive(deps, mentor_id=meera, offering_id=made[-1].id)
    held = {each.id for each in deps.offerings.of_mentor(meera)}
    assert len(held) == 60 and made[0].id not in held


def test_forgetting_leaves_nothing_and_may_be_done_twice(deps, meera):
    for n in range(3):
        create(deps, meera, key=f"key-{n:05d}")
    for _ in range(2):
        offerings.forget(deps, meera)
        drafts.forget(deps, meera)
    assert deps.offerings.of_mentor(meera) == []


def someone(user_id):
    return Identity(user_id, ("mentor",), 1, "dev_1", False)


class TestDrafts:
    def test_they_come_back_as_they_were_left_the_last_one_first(self, deps, clock, meera):
        drafts.save(deps, someone(meera), "dra_1", {"title": "Sorting"})
        clock.forward(timedelta(minutes=1))
        drafts.save(deps, someone(meera), "dra_2", {"title": "Searching", "step": 2})
        assert [(each.id, each.fields) for each in drafts.listed(deps, meera)] == [
            ("dra_2", {"title": "Searching", "step": 2}),
            ("dra_1", {"title": "Sorting"}),
        ]

    def test_the_twenty_first_is_refused_by_naming_the_oldest_and_the_others_can_still_be_saved(
        self, deps, clock, meera
    ):
        for n in range(MOST):
            drafts.save(deps, someone(meera), f"dra_{n}", {"title": f"Session {n}"})
            clock.forward(timedelta(minutes=1))
        with pytest.raises(Conflict) as refusal:
            drafts.save(deps, someone(meera), "dra_new", {})
        assert (refusal.value.code, refusal.value.fields) == ("too_many_drafts", {"draft_id": "dra_0"})
        assert "Session 0" in refusal.value.message
        drafts.save(deps, someone(meera), "dra_0", {"title": "Session 0, longer"})
        drafts.discard(deps, meera, "dra_1")
        drafts.save(deps, someone(meera), "dra_new", {})

    def test_ninety_days_later_it_is_gone_though_the_table_still_holds_it(self, deps, clock, meera):
        drafts.save(deps, someone(meera), "dra_1", {})
        assert deps.tables.items[keys.draft(meera, "dra_1")]["ttl"] == int((clock.now + timedelta(days=90)).timestamp())
        clock.forward(timedelta(days=90))
        assert drafts.listed(deps, meera) == []

    def test_a_person_who_has_left_or_is_signed_out_saves_none(self, deps, meera):
        old = Identity(meera, ("mentor",), 0, "dev_1", False)
        assert code_of(lambda: drafts.save(deps, old, "dra_1", {})) == "signed_out"


class TestTopics:
    def named(self, deps, *interests, **changes):
        who = people.learner(deps, f"Learner{len(deps.tables.items)}", **changes)
        profile.edit(deps, who.id, {"interests": interests})
        return who

    def wanted(self, deps, clock, part=""):
        clock.forward(timedelta(seconds=61))
        return [(each.topic.casefold(), each.learners) for each in topics.suggest(deps, part)]

    def test_they_count_the_learners_who_named_them(self, deps, clock):
        self.named(deps, "Python", "Chess")
        self.named(deps, "python", "Pottery")
        assert self.wanted(deps, clock, "p") == [("python", 2), ("pottery", 1)]
        assert self.wanted(deps, clock)[0] == ("python", 2)

    def test_a_change_of_mind_counts_back_and_what_nobody_names_is_cleared(self, deps, clock):
        lena = self.named(deps, "Python", "Chess")
        profile.edit(deps, lena.id, {"interests": ["Chess"]})
        assert self.wanted(deps, clock) == [("chess", 1)]
        assert not any(key.sk.startswith("python") for key in deps.tables.items)

    def test_who_proves_the_address_later_counts_from_then_on(self, deps, clock):
        lena = self.named(deps, "Python", email_verified=False)
        assert self.wanted(deps, clock) == []
        persons.change_account(deps, lena.id, lambda account: account.verified(account.address_key))
        assert self.wanted(deps, clock) == [("python", 1)]

    def test_late_letters_are_found_however_many_topics_there_are(self, deps, clock):
        for number in range(6000):
            key = keys.topic(f"topic {number:04d}", 0)
            deps.tables.items[key] = {"pk": key.pk, "sk": key.sk, "topic": f"Topic {number:04d}", "count": 1}
        self.named(deps, "Zoology")
        assert self.wanted(deps, clock, "zoo") == self.wanted(deps, clock, "oolo") == [("zoology", 1)]

    def test_each_letter_costs_a_look_at_what_begins_so_and_all_is_read_once_a_minute(self, deps, clock):
        self.named(deps, "Python")
        deps.tables.requests.clear()
        for part in ("p", "py", "pyt"):
            topics.suggest(deps, part)
        assert deps.tables.requests == ["Query"] * 4

    def test_what_somebody_has_just_named_is_seen_by_whoever_begins_to_write_it(self, deps):
        topics.suggest(deps, "")
        self.named(deps, "Pottery")
        assert [each.topic for each in topics.suggest(deps, "pot")] == ["Pottery"]
