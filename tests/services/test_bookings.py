"""Publishing and booking: one seat, two calendars, one transaction."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.sessions import Session
from chalicelib.services import bookings, due, sessions, settling
from chalicelib.services.accounts import people
from chalicelib.stores import keys
from tests.fakes import times
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import code_of

KEY = "key-00000001"


def offer(**changes):
    fields = {
        "title": "Decorators in an hour",
        "description": "What they are, and when to leave them.",
        "topics": ("python",),
        "domain": "programming",
        "starts_at": NOON + timedelta(hours=2),
        "duration_minutes": 60,
    }
    return sessions.Offer(**(fields | changes))


def publish(deps, person, key=KEY, **changes):
    return sessions.publish(deps, mentor_id=person.account.id, offer=offer(**changes), key=key)


def book(deps, who, session, key=KEY):
    return bookings.book(deps, learner_id=who.id, session_id=session.id, key=key)


def snapshot(deps):
    return {key: item for key, item in deps.tables.items.items() if key.table == "core"}


def listed(deps, domain="all"):
    return [session.id for session in deps.sessions.listed(domain, deps.clock(), 50, None).items]


def test_a_published_session_is_listed_and_claims_its_mentors_time(deps):
    meera = mentor(deps)
    session = publish(deps, meera)
    assert listed(deps) == listed(deps, "programming") == [session.id]
    assert listed(deps, "music") == []
    claimed = deps.calendars.claimed(meera.account.id, NOON.date())
    assert claimed == dict.fromkeys(("q56", "q57", "q58", "q59"), session.id)


def test_publishing_again_with_the_same_key_gives_the_same_session(deps):
    meera = mentor(deps)
    first = publish(deps, meera)
    assert publish(deps, meera) == first
    assert listed(deps) == [first.id]
    assert code_of(lambda: publish(deps, meera, title="Another title")) == "key_reused"


def test_a_mentor_cannot_publish_twice_at_one_time(deps):
    meera = mentor(deps)
    publish(deps, meera)
    before = snapshot(deps)
    late = NOON + timedelta(hours=2, minutes=45)
    assert code_of(lambda: publish(deps, meera, "key-00000002", starts_at=late)) == "time_taken"
    assert snapshot(deps) == before
    publish(deps, meera, "key-00000003", starts_at=NOON + timedelta(hours=3))


@pytest.mark.parametrize("status", ["draft", "pending", "returned"])
def test_only_an_approved_mentor_publishes(deps, status):
    meera = mentor(deps, status=status)
    with pytest.raises(Forbidden, match="not_approved"):
        publish(deps, meera)


def test_only_a_verified_mentor_publishes(deps):
    with pytest.raises(Forbidden, match="email_unverified"):
        publish(deps, mentor(deps, email_verified=False))


def test_a_bad_offer_changes_nothing(deps):
    meera = mentor(deps)
    before = snapshot(deps)
    with pytest.raises(Invalid) as refusal:
        publish(deps, meera, title="Short", topics=())
    assert set(refusal.value.fields) == {"title", "topics"}
    assert snapshot(deps) == before


def test_a_booking_takes_the_session_and_both_people_see_it(deps):
    meera, lena = mentor(deps), learner(deps)
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    assert (booked.booking.status, booked.session.status) == ("confirmed", "booked")
    assert listed(deps) == listed(deps, "programming") == []
    mine = deps.bookings.of_learner(lena.id, now=NOON, upcoming=True, limit=10, cursor=None).items
    assert [(row.booking, row.session.id) for row in mine] == [(booked.booking, session.id)]
    theirs = deps.sessions.of_mentor(meera.account.id, now=NOON, upcoming=True, limit=10, cursor=None).items
    assert [item.learner.name for item in theirs] == ["Lena"]
    assert len(deps.calendars.claimed(lena.id, NOON.date())) == 4


def test_both_people_get_a_mail_in_the_same_commit(deps):
    meera, lena = mentor(deps), learner(deps)
    book(deps, lena, publish(deps, meera))
    mails = dict(times.mails(deps))
    assert mails == {"booking_confirmed_learner": lena.id, "booking_confirmed_mentor": meera.account.id}


def test_booking_costs_one_read_and_one_transaction(deps):
    meera, lena = mentor(deps), learner(deps)
    session = publish(deps, meera)
    deps.tables.requests.clear()
    book(deps, lena, session)
    assert deps.tables.requests == ["BatchGetItem", "TransactWriteItems"]


def test_booking_again_with_the_same_key_gives_the_same_booking(deps):
    meera, lena = mentor(deps), learner(deps)
    session = publish(deps, meera)
    first = book(deps, lena, session)
    again = book(deps, lena, session)
    assert again.booking == first.booking
    other = publish(deps, meera, "key-00000002", starts_at=NOON + timedelta(hours=5))
    assert code_of(lambda: book(deps, lena, other)) == "key_reused"


def test_a_taken_session_is_refused_to_others(deps):
    meera, lena, xu = mentor(deps), learner(deps), learner(deps, "Xu")
    session = publish(deps, meera)
    book(deps, lena, session)
    before = snapshot(deps)
    assert code_of(lambda: book(deps, xu, session, "key-00000009")) == "slot_taken"
    assert snapshot(deps) == before


def test_a_learner_cannot_be_in_two_places(deps):
    meera, ravi, lena = mentor(deps), mentor(deps, "Ravi"), learner(deps)
    book(deps, lena, publish(deps, meera))
    overlapping = publish(deps, ravi, starts_at=NOON + timedelta(hours=2, minutes=30))
    assert code_of(lambda: book(deps, lena, overlapping, "key-00000002")) == "time_taken"
    assert listed(deps) == [overlapping.id]


def test_a_mentor_who_learns_cannot_book_over_their_own_session(deps):
    meera, ravi = mentor(deps), mentor(deps, "Ravi")
    publish(deps, meera)
    other = publish(deps, ravi)
    assert code_of(lambda: book(deps, meera.account, other, "key-00000002")) == "time_taken"


def test_nobody_books_their_own_session(deps):
    meera = mentor(deps)
    assert code_of(lambda: book(deps, meera.account, publish(deps, meera))) == "own_session"


@pytest.mark.parametrize("changes", [{"email_verified": False}, {"status": "suspended"}])
def test_an_unproven_or_suspended_person_cannot_book(deps, changes):
    session, lena = publish(deps, mentor(deps)), learner(deps, **changes)
    before = snapshot(deps)
    assert code_of(lambda: book(deps, lena, session)) == "email_unverified"
    assert snapshot(deps) == before


def test_of_fifty_learners_one_gets_the_seat(deps):
    session = publish(deps, mentor(deps))
    crowd = [learner(deps, f"Learner{n}") for n in range(50)]
    won, codes = [], []

    def race(who):
        try:
            won.append(book(deps, who, session))
        except Conflict as refusal:
            codes.append(refusal.code)

    threads = [threading.Thread(target=race, args=(who,)) for who in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert codes == ["slot_taken"] * 49
    claimed = [who.id for who in crowd if deps.calendars.claimed(who.id, NOON.date())]
    assert claimed == [won[0].booking.learner_id]


def test_an_unsold_session_expires_and_frees_its_time(deps, clock):
    meera = mentor(deps)
    session = publish(deps, meera)
    clock.forward(timedelta(hours=2))
    settling.due(deps, session.id)
    settling.due(deps, session.id)
    assert deps.sessions.get(session.id).status == "expired"
    assert deps.calendars.claimed(meera.account.id, NOON.date()) == {}
    assert listed(deps) == []


def test_a_session_nobody_came_to_is_settled_at_its_end_and_its_booking_follows(deps, clock):
    meera, lena = mentor(deps), learner(deps)
    booked = book(deps, lena, publish(deps, meera))
    clock.forward(timedelta(hours=2, minutes=59))
    settling.due(deps, booked.session.id)
    assert deps.bookings.find(booked.booking.id).status == "confirmed"
    clock.forward(timedelta(minutes=1))
    settling.due(deps, booked.session.id)
    assert deps.sessions.get(booked.session.id).status == "no_show_both"
    past = deps.bookings.of_learner(lena.id, now=clock(), upcoming=False, limit=10, cursor=None).items
    assert [(row.booking.status, row.session.status) for row in past] == [("no_show", "no_show_both")]
    assert deps.bookings.of_learner(lena.id, now=clock(), upcoming=True, limit=10, cursor=None).items == []


def test_a_session_that_ended_before_its_time_is_a_past_one_at_once(deps, clock):
    meera, lena = mentor(deps), learner(deps)
    booked = book(deps, lena, publish(deps, meera))
    clock.forward(timedelta(hours=1, minutes=50))
    ended = lambda each, now: each.end(now, "completed")  # noqa: E731
    for step in (Session.go_live, lambda each, now: each.enter("learner", now), ended):
        sessions.move(deps, booked.session.id, lambda each, step=step: step(each, clock()))
    lists = {"now": clock(), "limit": 10, "cursor": None}
    for items in (deps.sessions.of_mentor, meera.account.id), (deps.bookings.of_learner, lena.id):
        read, who = items
        assert len(read(who, upcoming=False, **lists).items) == 1
        assert read(who, upcoming=True, **lists).items == []


def test_strangers_see_that_a_session_is_taken_and_not_by_whom(deps, clock):
    meera, lena, xu = mentor(deps), learner(deps), learner(deps, "Xu")
    session = publish(deps, meera)
    book(deps, lena, session)
    for stranger in (xu.id, None):
        seen = sessions.seen_by(deps, session.id, stranger)
        assert (seen.viewer, seen.session.learner, seen.session.booking_id) == ("none", None, None)
    assert sessions.seen_by(deps, session.id, lena.id).session.learner.id == lena.id
    clock.forward(timedelta(hours=4))
    settling.due(deps, session.id)
    with pytest.raises(NotFound):
        sessions.seen_by(deps, session.id, xu.id)
    assert sessions.seen_by(deps, session.id, lena.id).session.status == "no_show_both"


def test_a_new_name_reaches_the_sessions_to_come(deps):
    meera, lena = mentor(deps), learner(deps)
    taken = publish(deps, meera)
    opened = publish(deps, meera, "key-00000002", starts_at=NOON + timedelta(hours=5))
    book(deps, lena, taken)
    for account, name in ((meera.account, "Meera Rao"), (lena, "Lena Weber")):
        deps.tables.commit(deps.accounts.changing(account, account.edited(name=name)))
        sessions.refresh_cards(deps, account.id)
    shown = deps.bookings.of_learner(lena.id, now=NOON, upcoming=True, limit=10, cursor=None).items[0].session
    assert (shown.mentor.name, shown.learner.name) == ("Meera Rao", "Lena Weber")
    assert deps.sessions.listed("all", NOON, 10, None).items[0].mentor.name == "Meera Rao"
    assert deps.sessions.get(opened.id).mentor.name == "Meera Rao"


def test_a_new_picture_reaches_past_sessions_and_is_made_sure_of_by_the_sweep(deps, clock):
    meera, lena = mentor(deps), learner(deps)
    booked = book(deps, lena, publish(deps, meera))
    clock.forward(timedelta(hours=4))
    settling.due(deps, booked.session.id)
    publish(deps, meera, "key-00000002", starts_at=clock() + timedelta(hours=1))
    for user_id in (lena.id, meera.account.id):  # the stream is not there: nobody renews anything at once
        people.change_account(deps, user_id, lambda account: replace(account, photo="photos/new"))
    clock.forward(timedelta(minutes=3))
    assert due.sweep(deps).failed == {}
    past = deps.bookings.of_learner(lena.id, now=clock(), upcoming=False, limit=10, cursor=None).items[0].session
    assert past.learner.photo_url == past.mentor.photo_url == "/media/photos/new-256.jpg"
    assert deps.sessions.listed("all", clock(), 10, None).items[0].mentor.photo_url == "/media/photos/new-256.jpg"
    assert keys.cards(lena.id) not in deps.tables.items
    assert due.sweep(deps).done == []


def test_an_expired_session_takes_on_a_new_name_and_frees_nothing_twice(deps, clock):
    meera = mentor(deps)
    gone = publish(deps, meera)
    clock.forward(timedelta(hours=2))
    settling.due(deps, gone.id)
    again = publish(deps, meera, "key-00000002", starts_at=clock() + timedelta(minutes=15))
    before = deps.calendars.claimed(meera.account.id, NOON.date())
    people.change_account(deps, meera.account.id, lambda account: replace(account, name="Meera Rao"))
    sessions.refresh_cards(deps, meera.account.id)
    assert deps.sessions.get(gone.id).mentor.name == deps.sessions.get(again.id).mentor.name == "Meera Rao"
    assert deps.calendars.claimed(meera.account.id, NOON.date()) == before
