"""Waiting for a session that somebody else has: in order of coming, offered, taken or passed on."""

from datetime import timedelta

import pytest

from chalicelib.services import bookings, due, sessions, waitlists
from tests.fakes.people import learner
from tests.fakes.times import book, hold, mails, offer, publish
from tests.refusals import code_of
from tests.services.dealings import cancel, upcoming

pytestmark = pytest.mark.usefixtures("open_all_day")


def waited_for(deps, who):
    return [each.id for each in deps.waitlists.waited_for(who.id, deps.clock(), 10, None).items]


def test_what_one_waits_for_is_listed_soonest_first(deps, meera, lena):
    asha = learner(deps, "Asha")
    later, sooner = publish(deps, meera, hours=72), publish(deps, meera, hours=48, key="key-publish-2")
    for session in (later, sooner):
        book(deps, asha, session, key=f"key-{session.id}")
        waitlists.join(deps, user_id=lena.id, session_id=session.id)
    assert waited_for(deps, lena) == [sooner.id, later.id]
    assert waited_for(deps, asha) == []


def test_what_is_kept_for_oneself_is_waited_for_no_longer(deps, meera, lena):
    asha, session = learner(deps, "Asha"), publish(deps, meera, hours=48)
    booked = book(deps, asha, session, key=f"key-{session.id}")
    waitlists.join(deps, user_id=lena.id, session_id=session.id)
    bookings.cancel(deps, user_id=asha.id, booking_id=booked.booking.id, reason="", refund_paise=0)
    assert waited_for(deps, lena) == []


def test_what_has_begun_is_not_worth_waiting_for(deps, clock, meera, lena):
    asha, session = learner(deps, "Asha"), publish(deps, meera, hours=48)
    book(deps, asha, session, key=f"key-{session.id}")
    waitlists.join(deps, user_id=lena.id, session_id=session.id)
    clock.now = session.starts_at
    assert waited_for(deps, lena) == []


def test_who_waits_longest_is_offered_the_freed_session_first(deps, meera, lena, clock):
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    xu, zoe = learner(deps, "Xu"), learner(deps, "Zoe")
    for who in (xu, zoe):
        clock.forward(timedelta(minutes=1))
        for _ in range(2):
            waitlists.join(deps, user_id=who.id, session_id=session.id)
    assert deps.sessions.get(session.id).waiters == 2
    cancel(deps, lena.id, booked)
    offered = deps.sessions.get(session.id)
    assert (offered.status, offered.offered_to, offered.waiters) == ("held", xu.id, 1)
    assert ("waitlist_offer", xu.id) in mails(deps)
    assert sessions.seen_by(deps, session.id, xu.id).viewer == "offered"
    assert sessions.seen_by(deps, session.id, zoe.id).viewer == "waiting"
    assert code_of(lambda: book(deps, lena, session, "key-book-0002")) == "slot_taken"
    clock.forward(timedelta(minutes=15))
    due.sweep(deps)
    assert deps.sessions.get(session.id).offered_to == zoe.id
    assert book(deps, zoe, session, "key-book-0003").booking.status == "confirmed"
    assert [row.booking.status for row in upcoming(deps, zoe)] == ["confirmed"]


def test_an_offer_turned_down_goes_to_the_next_and_at_last_to_everyone(deps, meera, lena, clock):
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    xu = learner(deps, "Xu")
    waitlists.join(deps, user_id=xu.id, session_id=session.id)
    cancel(deps, lena.id, booked)
    waitlists.leave(deps, user_id=xu.id, session_id=session.id)
    assert deps.sessions.get(session.id).status == "open"
    waitlists.leave(deps, user_id=xu.id, session_id=session.id)


def test_leaving_the_list_is_leaving_it(deps, meera, lena):
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    xu = learner(deps, "Xu")
    waitlists.join(deps, user_id=xu.id, session_id=session.id)
    waitlists.leave(deps, user_id=xu.id, session_id=session.id)
    assert deps.sessions.get(session.id).waiters == 0
    cancel(deps, lena.id, booked)
    assert deps.sessions.get(session.id).status == "open"


def test_only_a_taken_session_of_others_is_waited_for(deps, meera, lena):
    session = publish(deps, meera)
    join = lambda who: waitlists.join(deps, user_id=who.id, session_id=session.id)  # noqa: E731
    assert code_of(lambda: join(lena)) == "open_now"
    book(deps, lena, session)
    assert code_of(lambda: join(lena)) == code_of(lambda: join(meera.account)) == "own_session"
    assert code_of(lambda: join(learner(deps, "Xu", email_verified=False))) == "email_unverified"
    private = hold(deps, learner(deps, "Zoe"), meera, offer(deps, meera), hours=30).session
    assert code_of(lambda: waitlists.join(deps, user_id=lena.id, session_id=private.id)) == "not_found"


def test_an_offer_that_lapsed_at_the_start_is_nobodys_to_turn_down(deps, meera, lena, clock):
    session = publish(deps, meera, hours=3)
    booked, xu = book(deps, lena, session), learner(deps, "Xu")
    waitlists.join(deps, user_id=xu.id, session_id=session.id)
    clock.forward(timedelta(hours=2, minutes=44))
    cancel(deps, lena.id, booked)
    clock.forward(timedelta(minutes=20))
    due.sweep(deps)
    gone = deps.sessions.get(session.id)
    assert (gone.status, gone.offered_to) == ("expired", None)
    waitlists.leave(deps, user_id=xu.id, session_id=session.id)
    assert deps.sessions.get(session.id) == gone


def test_who_is_offered_it_while_leaving_passes_it_on(deps, meera, lena, monkeypatch):
    session = publish(deps, meera)
    booked, xu = book(deps, lena, session), learner(deps, "Xu")
    waitlists.join(deps, user_id=xu.id, session_id=session.id)
    find, turns = deps.waitlists.find, []

    def overtaken(*args):
        found = find(*args)
        if not turns:
            turns.append(1)
            cancel(deps, lena.id, booked)
        return found

    monkeypatch.setattr(deps.waitlists, "find", overtaken)
    waitlists.leave(deps, user_id=xu.id, session_id=session.id)
    assert deps.sessions.get(session.id).status == "open"
