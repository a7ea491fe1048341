"""Use cases of accounts that HTTP alone does not show: races, and what is written."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Unauthenticated
from chalicelib.domain.mentors import Person
from chalicelib.gateways.passwords import Passwords
from chalicelib.services import admins, bookings, due, links, mentors, sessions, settling, waitlists
from chalicelib.services.accounts import addresses, belongings, devices, passwords, people, signing_in
from chalicelib.stores.outbox import message_of
from tests.fakes import people as invented
from tests.fakes import times

PASSWORD = "river tall lamp 42"


@pytest.fixture
def lena(deps):
    """A learner who can sign in."""
    return invented.learner(deps, "Lena", password_hash=deps.passwords.hash(PASSWORD))


@pytest.fixture
def session_of(deps):
    """Publish a session of a mentor's, booked by a learner if one is named; its id."""

    def made(mentor_id, booked_by=None):
        offer = sessions.Offer(
            title="Decorators in an hour",
            description="What they are.",
            topics=("python",),
            domain="programming",
            starts_at=deps.clock() + timedelta(hours=2),
            duration_minutes=60,
        )
        session = sessions.publish(deps, mentor_id=mentor_id, offer=offer, key="key-00000001")
        if booked_by:
            bookings.book(deps, learner_id=booked_by, session_id=session.id, key="key-00000002")
        return session.id

    return made


def caller(deps, user_id):
    """Who asks, on a device that is signed in."""
    account = deps.accounts.find(user_id)
    device, admission = devices.admit(deps, account, user_agent="", second_factor=False)
    deps.tables.commit([deps.devices.adding(device)])
    return deps.tokens.known(admission.access)


def sign_in(deps, **given):
    wanted = {"email": "lena@example.com", "password": PASSWORD, "code": None, "ip": "203.0.113.7", "user_agent": ""}
    return signing_in.sign_in(deps, **wanted | given)


def together(act, count):
    """The outcomes of an act done by many at the same moment."""
    barrier, outcomes = threading.Barrier(count), []

    def one(number):
        barrier.wait()
        try:
            outcomes.append(act(number))
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return outcomes


def test_an_address_proven_by_many_at_once_belongs_to_one(deps):
    accounts = [invented.learner(deps, "Lena", email_verified=False) for _ in range(8)]
    messages = [addresses.letter(deps, account, "verify_email") for account in accounts]
    tokens = []
    for write in messages:
        deps.tables.commit([write])
        tokens.append(links.link_for(deps, message_of(write.item)).partition("#")[2])
    outcomes = together(lambda n: addresses.verify(deps, token=tokens[n], ip="").id, 8)
    owner = deps.accounts.owner_of("lena@example.com").id
    assert sorted(outcomes) == sorted([owner] + ["address_taken"] * 7)


def test_a_token_refreshed_by_many_at_once_has_one_successor(deps, lena):
    _, admission = sign_in(deps)
    outcomes = together(lambda n: devices.refresh(deps, cookie=admission.refresh, user_agent="").refresh, 8)
    assert len(set(outcomes)) == 1 and outcomes[0].startswith("usr_")
    assert devices.refresh(deps, cookie=outcomes[0], user_agent="")


def test_a_profile_edited_by_many_at_once_keeps_every_edit_and_its_copy(deps, lena):
    def add(number):
        return people.change_account(deps, lena.id, lambda a: replace(a, interests=(*a.interests, f"i{number}")))

    outcomes = together(add, 3)
    assert all(isinstance(outcome, Person) for outcome in outcomes)
    assert len(deps.accounts.find(lena.id).interests) == 3
    assert deps.accounts.owner_of("lena@example.com") == deps.accounts.find(lena.id)


def test_a_suspension_between_reading_and_signing_in_wins(deps, lena):
    matches = deps.passwords.matches

    def suspended_meanwhile(*given):
        deps.passwords.matches = matches
        people.change_account(deps, lena.id, lambda account: replace(account, status="suspended"))
        return matches(*given)

    deps.passwords.matches = suspended_meanwhile
    with pytest.raises(DomainError) as refused:
        sign_in(deps)
    assert refused.value.code == "suspended"
    assert deps.devices.of(lena.id) == []


def test_a_hash_of_older_parameters_is_replaced_at_sign_in(deps):
    old = Passwords(kibibytes=32, rounds=1).hash(PASSWORD)
    lena = invented.learner(deps, "Lena", password_hash=old)
    sign_in(deps)
    assert not deps.passwords.is_outdated(deps.accounts.find(lena.id).password_hash)
    assert deps.accounts.owner_of("lena@example.com").password_hash == deps.accounts.find(lena.id).password_hash
    assert sign_in(deps)


def test_a_picture_and_a_headline_changed_at_once_are_both_public(deps):
    meera = invented.mentor(deps, "Meera")
    outcomes = together(
        lambda n: (
            people.change_account(deps, meera.account.id, lambda a: replace(a, photo="photos/m/1"))
            if n
            else mentors.edit(deps, meera.account.id, {"headline": "New words for it"})
        ),
        2,
    )
    assert all(isinstance(outcome, Person) for outcome in outcomes)
    public = deps.mentors.profile("meera")
    assert (public.headline, public.photo_url) == ("New words for it", "/media/photos/m/1-256.jpg")
    assert deps.mentors.listed("all", 10, None).items == [public]


def test_a_suspended_mentor_is_listed_no_more(deps):
    meera = invented.mentor(deps, "Meera")
    people.change_account(deps, meera.account.id, lambda a: replace(a, status="suspended"))
    assert deps.mentors.listed("all", 10, None).items == []
    people.change_account(deps, meera.account.id, lambda a: replace(a, status="active"))
    assert [profile.slug for profile in deps.mentors.listed("programming", 10, None).items] == ["meera"]


@pytest.mark.parametrize("template", [*links.LINKS, *links.PAGES])
def test_every_mail_leads_somewhere(deps, lena, template):
    ids = {f"{kind}_id": kind for kind in ("session", "booking", "request", "other")}
    facts = {"epoch": "1", "side": "old", "nonce": "n"} | ids
    write = addresses.letter(deps, lena, template, **facts)
    deps.tables.commit([write])
    link = links.link_for(deps, message_of(write.item))
    assert link.startswith("http://localhost:8000/") and "{" not in link


class TestDeletion:
    def test_is_refused_while_something_is_to_come(self, deps, session_of):
        mentor = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        learner = invented.learner(deps, "Lena", password_hash=deps.passwords.hash(PASSWORD))
        session_of(mentor.account.id, booked_by=learner.id)
        for user_id, code in ((mentor.account.id, "has_sessions"), (learner.id, "has_bookings")):
            with pytest.raises(Conflict) as refused:
                belongings.delete(deps, caller(deps, user_id), PASSWORD)
            assert refused.value.code == code

    def test_withdraws_what_nobody_has_booked(self, deps, session_of):
        mentor = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        session = deps.sessions.get(session_of(mentor.account.id))
        assert deps.sessions.listed("all", deps.clock(), 10, None).items == [session]
        belongings.delete(deps, caller(deps, mentor.account.id), PASSWORD)
        assert deps.sessions.get(session.id).status == "cancelled"
        for domain in ("all", session.domain):
            assert deps.sessions.listed(domain, deps.clock(), 10, None).items == []
        assert deps.calendars.claimed(mentor.account.id, session.starts_at.date()) == {}
        assert "Meera" not in str([item for key, item in deps.tables.items.items() if item.get("kind") != "outgoing"])
        with pytest.raises(Conflict) as refused:
            bookings.book(deps, learner_id=invented.learner(deps).id, session_id=session.id, key="key-00000002")
        assert refused.value.code == "slot_taken"

    def test_is_not_stopped_by_a_session_that_nobody_ever_booked(self, deps, clock, session_of):
        mentor = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        session_id = session_of(mentor.account.id)
        clock.forward(timedelta(hours=3))
        settling.due(deps, session_id)
        clock.forward(timedelta(days=5))
        belongings.delete(deps, caller(deps, mentor.account.id), PASSWORD)
        assert deps.sessions.get(session_id).mentor.name == "Former member"

    def test_is_refused_when_a_session_is_booked_just_before_it_is_withdrawn(self, deps, session_of, monkeypatch):
        mentor = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        session_id, get, lena = session_of(mentor.account.id), deps.sessions.get, invented.learner(deps)

        def overtaken(wanted):
            monkeypatch.setattr(deps.sessions, "get", get)
            bookings.book(deps, learner_id=lena.id, session_id=session_id, key="key-00000002")
            return get(wanted)

        monkeypatch.setattr(deps.sessions, "get", overtaken)
        with pytest.raises(Conflict) as refused:
            belongings.delete(deps, caller(deps, mentor.account.id), PASSWORD)
        assert refused.value.code == "has_sessions"
        assert deps.sessions.get(session_id).status == "booked" and deps.accounts.find(mentor.account.id)

    def test_takes_hours_holds_waiting_and_counts_along(self, deps):
        meera = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        ravi, xu = invented.mentor(deps, "Ravi"), invented.learner(deps, "Xu")
        for person in (meera, ravi):
            times.open_hours(deps, person)
        times.offer(deps, meera)
        held = times.hold(deps, meera.account, ravi, times.offer(deps, ravi))
        taken = times.publish(deps, ravi, hours=30)
        times.book(deps, xu, taken)
        waitlists.join(deps, user_id=meera.account.id, session_id=taken.id)
        belongings.delete(deps, caller(deps, meera.account.id), PASSWORD)
        left = {key.sk for key in deps.tables.items if key.pk in (f"USR#{meera.account.id}", f"CAL#{meera.account.id}")}
        assert not {sk for sk in left if not sk.startswith("DAY#")}, left
        assert deps.bookings.find(held.booking.id).status == "expired"
        assert deps.sessions.get(taken.id).waiters == 0
        assert times.hold(deps, invented.learner(deps, "Zoe"), ravi, times.offer(deps, ravi, number=2)).booking

    def test_leaves_no_name_or_word_beside_what_was_called_off(self, deps):
        meera = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        lena = invented.learner(deps, "Lena", password_hash=deps.passwords.hash(PASSWORD))
        times.open_hours(deps, meera)
        held = times.hold(deps, lena, meera, times.offer(deps, meera))
        mine = {"learner_id": lena.id, "booking_id": held.booking.id}
        bookings.confirm_free(deps, **mine, note="Something private")
        bookings.cancel(deps, user_id=lena.id, booking_id=held.booking.id, reason="Something sad", refund_paise=0)
        belongings.delete(deps, caller(deps, lena.id), PASSWORD)
        left = str([item for key, item in deps.tables.items.items() if item.get("kind") != "outgoing"])
        assert "Lena" not in left and "Something" not in left
        belongings.delete(deps, caller(deps, meera.account.id), PASSWORD)
        assert "Meera" not in str([item for key, item in deps.tables.items.items() if item.get("kind") != "outgoing"])

    def test_that_dies_half_way_is_ended_by_the_sweep(self, deps, clock, session_of, monkeypatch):
        mentor = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        session_id = session_of(mentor.account.id, booked_by=invented.learner(deps).id)
        clock.forward(timedelta(days=5))
        user, move = caller(deps, mentor.account.id), sessions.move
        monkeypatch.setattr(sessions, "move", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            belongings.delete(deps, user, PASSWORD)
        assert deps.accounts.find(mentor.account.id) is None
        monkeypatch.setattr(sessions, "move", move)
        clock.forward(timedelta(minutes=2))
        assert mentor.account.id in due.sweep(deps).done
        assert deps.sessions.get(session_id).mentor.name == "Former member"
        assert deps.devices.of(mentor.account.id) == []
        assert mentor.account.id not in due.sweep(deps).done

    def test_signs_every_one_of_many_devices_out(self, deps, lena):
        user = [caller(deps, lena.id) for _ in range(205)][-1]
        belongings.delete(deps, user, PASSWORD)
        assert not [key for key in deps.tables.items if key.pk == f"USR#{lena.id}"]

    def test_leaves_the_others_history_without_the_name(self, deps, clock, session_of):
        mentor = invented.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
        learner = invented.learner(deps, "Lena", password_hash=deps.passwords.hash(PASSWORD))
        session_id = session_of(mentor.account.id, booked_by=learner.id)
        clock.forward(timedelta(days=5))
        belongings.delete(deps, caller(deps, learner.id), PASSWORD)
        belongings.delete(deps, caller(deps, mentor.account.id), PASSWORD)
        session = deps.sessions.get(session_id)
        assert (session.learner.name, session.mentor.name) == ("Former member",) * 2
        held = str([item for key, item in deps.tables.items.items() if item.get("kind") != "outgoing"])
        assert "Lena" not in held and "lena@" not in held and "Meera" not in held


class TestAdmins:
    def test_are_made_of_people_with_a_proven_address(self, deps, lena):
        assert admins.grant(deps, "LENA@example.com", "admin").roles == ("learner", "admin")
        with pytest.raises(DomainError):
            admins.grant(deps, "nobody@example.com", "admin")

    def test_or_made_anew_and_choose_their_password_by_a_link(self, deps):
        link = admins.create(deps, email="root@example.com", name="Root", born=date(1980, 1, 1), zone="UTC")
        with pytest.raises(Unauthenticated):
            sign_in(deps, email="root@example.com")
        passwords.reset(deps, token=link.partition("#")[2], password=PASSWORD, ip="")
        person, _ = sign_in(deps, email="root@example.com")
        assert person.account.roles == ("admin",)

    def test_a_taken_address_is_not_made_anew(self, deps, lena):
        with pytest.raises(Conflict) as refused:
            admins.create(deps, email="lena@example.com", name="Root", born=date(1980, 1, 1), zone="UTC")
        assert refused.value.code == "address_taken"
