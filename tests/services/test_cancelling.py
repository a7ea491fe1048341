"""A booking that one of its two people calls off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.services import bookings, sessions
from tests.fakes import purse
from tests.fakes.people import learner, mentor
from tests.fakes.times import book, claimed, mails, publish
from tests.fakes.world import CONFIG
from tests.refusals import code_of
from tests.services.dealings import cancel, facts, propose, upcoming

pytestmark = pytest.mark.usefixtures("open_all_day")


def test_a_learner_who_leaves_opens_the_session_to_others_who_can_book_it(deps, meera, lena):
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    gone = cancel(deps, lena.id, booked)
    assert (gone.booking.status, gone.session.status) == ("cancelled_by_learner", "open")
    assert claimed(deps, lena.id) == {} and len(claimed(deps, meera.account.id)) == 4
    assert [row.booking.status for row in upcoming(deps, lena)] == ["cancelled_by_learner"]
    again = book(deps, lena, session, "key-book-0002")
    assert again.booking.id != booked.booking.id
    assert [row.booking.status for row in upcoming(deps, lena)] == ["cancelled_by_learner", "confirmed"]


def test_cancelling_again_changes_nothing_and_mails_nobody_twice(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    for _ in range(2):
        assert cancel(deps, lena.id, booked).booking.status == "cancelled_by_learner"
    assert len(facts(deps, "booking_cancelled_mentor")) == 1
    said = facts(deps, "booking_cancelled_mentor")[0]
    assert (said["by"], said["reason"], said["calendar"], said["sequence"]) == (
        "learner",
        "Something came up",
        "cancel",
        "1",
    )


def test_a_mentor_who_cancels_frees_both_and_gets_a_strike(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    gone = cancel(deps, meera.account.id, booked)
    assert (gone.booking.status, gone.session.status) == ("cancelled_by_mentor", "cancelled")
    assert claimed(deps, lena.id) == claimed(deps, meera.account.id) == {}
    assert [each.reason for each in deps.standings.find(meera.account.id).strikes] == ["cancelled"]
    assert ("strike_given", meera.account.id) in mails(deps)


def test_what_is_paid_back_is_what_was_shown(deps, clock):
    paying = replace(deps, config=replace(CONFIG, payments=True))
    meera, lena = mentor(paying, "Ravi"), learner(paying)
    booked = book(paying, lena, publish(paying, meera, price_paise=999_00))
    purse.bought(paying, booked)
    clock.forward(timedelta(minutes=1))
    assert code_of(lambda: cancel(paying, lena.id, booked, 999_00)) == "refund_changed"
    gone = cancel(paying, lena.id, booked, 499_50)
    assert (gone.booking.refund.percent, gone.booking.refund.paise) == (50, 499_50)
    [refund] = paying.payments.get(booked.booking.id).refunds
    assert (refund.paise, refund.why, refund.status) == (499_50, "cancelled", "due")
    assert facts(paying, "booking_cancelled_learner")[0]["refund_percent"] == "50"


def test_a_stranger_cancels_nothing(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    assert code_of(lambda: cancel(deps, learner(deps, "Xu").id, booked)) == "not_found"
    assert code_of(lambda: propose(deps, learner(deps, "Zoe").id, booked, 48)) == "not_found"


def test_a_booking_gone_by_does_not_change_with_its_sessions_next_one(deps, meera, lena):
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    cancel(deps, lena.id, booked)
    xu = learner(deps, "Xu")
    book(deps, xu, session, "key-book-0002")
    shown = bookings.shown(deps, lena.id, bookings.of(deps, deps.bookings.find(booked.booking.id)))
    assert (shown.meeting.session.status, shown.meeting.session.learner, shown.learner.name) == (
        "cancelled",
        None,
        "Lena",
    )
    assert code_of(lambda: propose(deps, lena.id, booked, 50)) == "booking_over"
    assert cancel(deps, lena.id, booked).booking.status == "cancelled_by_learner"
    assert deps.sessions.get(session.id).learner.id == xu.id


def test_who_has_left_learns_nothing_of_the_next_learner(deps, meera, lena):
    session = publish(deps, meera)
    cancel(deps, lena.id, book(deps, lena, session))
    booked = book(deps, learner(deps, "Xu"), session, "key-book-0002")
    propose(deps, booked.booking.learner_id, booked, 50)
    before = upcoming(deps, lena)[0]
    renamed = replace(meera.account, name="Meera Rao")
    deps.tables.commit(deps.accounts.changing(meera.account, renamed))
    sessions.refresh_cards(deps, meera.account.id)
    after = upcoming(deps, lena)[0]
    assert after.session.mentor.name == "Meera Rao"
    assert (after.session.status, after.session.learner, after.session.proposal) == ("cancelled", None, None)
    assert replace(after.session, mentor=before.session.mentor, version=0) == replace(before.session, version=0)
