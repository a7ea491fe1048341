"""Accounts, devices and mentors on both kinds of tables: claims, copies, lists and lost conditions."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from ulid import ULID

from chalicelib.domain.accounts import Account, EmailChange, SecondFactor
from chalicelib.domain.devices import Device
from chalicelib.domain.errors import Conflict, DomainError, Forbidden, NotFound, Unauthenticated
from chalicelib.domain.identity import Identity
from chalicelib.domain.mentors import Mentor, Person
from chalicelib.domain.throttles import Limit
from chalicelib.stores.accounts import Accounts
from chalicelib.stores.devices import Devices
from chalicelib.stores.mentors import Mentors
from chalicelib.stores.throttles import Throttles

NOW = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def accounts(tables):
    return Accounts(tables)


@pytest.fixture
def mentors(tables):
    return Mentors(tables)


def account(name="Lena", **changes):
    user_id = f"usr_{ULID()}"
    whole = Account(
        id=user_id,
        name=name,
        email=f"{user_id}@Example.com",
        password_hash="hash",
        birth_date=date(1990, 1, 1),
        zone="Asia/Kolkata",
        terms_version="2026-11-22",
        created_at=NOW,
        second_factor=SecondFactor("sealed", True, 5, ("a", "b")),
        email_change=EmailChange("x@y.zz", "n", NOW, ("old",)),
        interests=("Python",),
    )
    return replace(whole, **changes)


def founded(tables, accounts, **changes):
    """Stored, with a proven address."""
    made = account(email_verified=True, **changes)
    tables.commit(accounts.founding(made))
    return made


def test_an_account_comes_back_as_it_was_stored_by_id_and_by_address(tables, accounts):
    made = founded(tables, accounts)
    assert accounts.find(made.id) == made == accounts.owner_of(made.address_key)


def test_an_unproven_account_does_not_claim_its_address(tables, accounts):
    made = account()
    tables.commit([accounts.adding(made)])
    assert (accounts.find(made.id), accounts.owner_of(made.address_key)) == (made, None)


def test_the_copy_follows_every_change_and_a_lost_race_changes_neither(tables, accounts):
    made = founded(tables, accounts)
    tables.commit(accounts.changing(made, replace(made, name="Lena Roy", email_change=None)))
    now = accounts.find(made.id)
    assert (now.name, now.email_change, now.version) == ("Lena Roy", None, made.version + 1)
    assert accounts.owner_of(made.address_key) == now
    with pytest.raises(Conflict) as lost:
        tables.commit(accounts.changing(made, replace(made, name="Too late")))
    assert lost.value.code == "changed_meanwhile"
    assert accounts.owner_of(made.address_key) == accounts.find(made.id) == now


def test_a_new_address_is_claimed_as_the_old_one_is_freed(tables, accounts):
    made, other = founded(tables, accounts), founded(tables, accounts)
    with pytest.raises(Conflict) as taken:
        tables.commit(accounts.changing(made, replace(made, email=other.email)))
    assert taken.value.code == "address_taken"
    tables.commit(accounts.changing(made, replace(made, email=f"new-{made.email}")))
    assert accounts.owner_of(made.address_key) is None
    assert accounts.owner_of(f"new-{made.address_key}").id == made.id


def test_an_address_claimed_by_many_at_once_has_one_owner(tables, accounts):
    email = f"{ULID()}@example.com"
    rivals = [account(email=email, email_verified=True) for _ in range(10)]
    outcomes = []

    def claim(rival):
        try:
            tables.commit(accounts.founding(rival))
            outcomes.append(rival.id)
        except Conflict as lost:
            outcomes.append(lost.code)

    threads = [threading.Thread(target=claim, args=(rival,)) for rival in rivals]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    owner = accounts.owner_of(rivals[0].address_key).id
    assert sorted(outcomes) == sorted([owner] + ["address_taken"] * 9)


def test_nothing_remains_of_a_removed_account(tables, accounts):
    made = founded(tables, accounts)
    tables.commit(accounts.removing(made))
    assert (accounts.find(made.id), accounts.owner_of(made.address_key)) == (None, None)
    assert accounts.held_of(made.id) == []


def test_checks_hold_for_people_in_good_standing_only(tables, accounts):
    made = founded(tables, accounts)
    tables.commit([accounts.verified(made.id)])
    tables.commit([accounts.in_standing(made)])
    tables.commit(accounts.changing(made, replace(made, status="suspended")))
    with pytest.raises(Forbidden):
        tables.commit([accounts.verified(made.id)])
    with pytest.raises(Conflict):
        tables.commit([accounts.in_standing(made)])


def test_a_token_replaced_by_many_at_once_is_replaced_once(tables):
    devices, user_id = Devices(tables), f"usr_{ULID()}"
    device = Device("dev_1", user_id, 1, "old", NOW, NOW, "Firefox")
    tables.commit([devices.adding(device)])
    outcomes = []

    def rotate():
        try:
            devices.rotate(device, device.rotated("new", "Firefox", NOW + timedelta(hours=1)))
            outcomes.append("done")
        except DomainError:
            outcomes.append("lost")

    threads = [threading.Thread(target=rotate) for _ in range(10)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["done"] + ["lost"] * 9
    assert devices.of(user_id) == [device.rotated("new", "Firefox", NOW + timedelta(hours=1))]


def test_a_token_replaced_at_the_same_moment_undoes_nothing_else(tables):
    devices, user_id = Devices(tables), f"usr_{ULID()}"
    read = Device("dev_1", user_id, 1, "old", NOW, NOW, "Firefox")
    tables.commit([devices.adding(read)])
    tables.commit([devices.proving(Identity(user_id, (), 1, "dev_1", False))])
    tables.commit([devices.keeping(user_id, "dev_1", 1, 2)])
    rotated = read.rotated("new", "Chrome", NOW + timedelta(hours=1))
    devices.rotate(read, rotated)
    assert devices.find(user_id, "dev_1") == replace(rotated, epoch=2, second_factor=True)


def test_a_device_is_signed_out_once(tables):
    devices, user_id = Devices(tables), f"usr_{ULID()}"
    device = Device("dev_1", user_id, 1, "old", NOW, NOW)
    tables.commit([devices.adding(device)])
    tables.commit([devices.keeping(user_id, "dev_1", 1, 2), devices.forgetting(user_id, "dev_2")])
    assert devices.find(user_id, "dev_1").epoch == 2
    for stale in (
        devices.keeping(user_id, "dev_1", 1, 3),
        devices.proving(Identity(user_id, (), 1, "dev_1", False)),
        devices.signed_in(Identity(user_id, (), 1, "dev_1", False)),
    ):
        with pytest.raises(Unauthenticated):
            tables.commit([stale])
    tables.commit([devices.removing(user_id, "dev_1")])
    with pytest.raises(NotFound):
        tables.commit([devices.removing(user_id, "dev_1")])
    with pytest.raises(DomainError):
        devices.rotate(device, device.rotated("new", "", NOW))


def test_a_mentor_moves_through_the_lists(tables, accounts, mentors):
    owner = founded(tables, accounts)
    slug = f"m-{owner.id[-10:].lower()}"
    draft = Person(owner, Mentor(owner.id, NOW))
    tables.commit([mentors.adding(draft.mentor, owner)])
    assert mentors.person(owner.id) == draft
    approved = replace(
        draft, mentor=replace(draft.mentor, status="approved", slug=slug, domains=("music", "design"), headline="Sitar")
    )
    tables.commit(mentors.changing(draft, approved))
    tables.commit([mentors.approved(owner.id)])
    assert mentors.profile(slug).headline == "Sitar"
    assert all(owner.id in ids(mentors, domain) for domain in ("all", "music", "design"))
    stored = mentors.person(owner.id)
    moved = replace(stored, mentor=replace(stored.mentor, domains=("music",)))
    tables.commit(mentors.changing(stored, moved))
    assert owner.id in ids(mentors, "music") and owner.id not in ids(mentors, "design")
    tables.commit(mentors.removing(mentors.person(owner.id)))
    assert owner.id not in ids(mentors, "all")
    with pytest.raises(NotFound):
        mentors.profile(slug)


def test_a_public_address_belongs_to_one_mentor(tables, accounts, mentors):
    people = [founded(tables, accounts) for _ in range(2)]
    slug = f"m-{people[0].id[-10:].lower()}"
    drafts = [Person(owner, Mentor(owner.id, NOW)) for owner in people]
    tables.commit([mentors.adding(draft.mentor, draft.account) for draft in drafts])
    approved = [replace(d, mentor=replace(d.mentor, status="approved", slug=slug)) for d in drafts]
    tables.commit(mentors.changing(drafts[0], approved[0]))
    with pytest.raises(Conflict) as taken:
        tables.commit(mentors.changing(drafts[1], approved[1]))
    assert taken.value.code == "slug_taken"


def test_applications_are_listed_by_state_the_longest_waiting_first(tables, accounts, mentors):
    made = []
    for minutes in (5, 1, 3):
        owner = founded(tables, accounts)
        at = NOW + timedelta(minutes=minutes)
        tables.commit([mentors.adding(Mentor(owner.id, NOW, status="returned", submitted_at=at), owner)])
        made.append(owner.id)
    found, cursor = [], None
    while True:
        page = mentors.with_status("returned", 2, cursor)
        found += [person.account.id for person in page.items if person.account.id in made]
        cursor = page.next
        if cursor is None:
            break
    assert found == [made[1], made[2], made[0]]


def test_a_throttle_counts_by_window_and_refuses_without_counting(tables):
    throttles, whom = Throttles(tables), str(ULID())
    limits = [Limit("tries", whom, 2, timedelta(minutes=15)), Limit("all", whom, 9, timedelta(minutes=15))]
    for _ in range(2):
        throttles.count(limits, NOW)
    for _ in range(9):
        with pytest.raises(DomainError) as refused:
            throttles.count(limits, NOW + timedelta(minutes=5))
        assert refused.value.retry_after == 600
    throttles.count(limits, NOW + timedelta(minutes=15))
    throttles.count(limits[1:], NOW)


def ids(mentors, domain):
    """Everyone in a list, page by page."""
    found, cursor = [], None
    while True:
        page = mentors.listed(domain, 50, cursor)
        found += [profile.id for profile in page.items]
        cursor = page.next
        if cursor is None:
            return found
