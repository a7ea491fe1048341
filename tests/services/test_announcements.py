"""The mails about a session: what they say when they are written, and that none goes out that is no longer true."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.services import bookings, due, mail, reschedules, waitlists
from tests.fakes.people import learner, mentor
from tests.fakes.times import book, errand, hold, offer, open_hours, publish, recorded
from tests.fakes.world import NOON
from tests.services import negotiation


@pytest.fixture
def meera(deps):
    """A mentor who is open all day."""
    meera = mentor(deps)
    open_hours(deps, meera)
    return meera


def written(deps, template, to):
    """The last such mail to somebody."""
    return [each for each in recorded(deps) if (each.template, each.user_id) == (template, to)][-1]


def sent(deps, template, to):
    """What becomes of it when its turn comes."""
    return mail.send(deps, errand(written(deps, template, to)))


def cancel(deps, who, booked):
    bookings.cancel(deps, user_id=who, booking_id=booked.booking.id, reason="", refund_paise=0)


def propose(deps, who, booked, hours):
    at = NOON + timedelta(hours=hours)
    reschedules.propose(deps, user_id=who, booking_id=booked.booking.id, starts_at=at)


def accept(deps, who, booked, hours):
    at = NOON + timedelta(hours=hours)
    reschedules.accept_proposal(deps, user_id=who, booking_id=booked.booking.id, starts_at=at)


@pytest.fixture
def freed(deps, meera, lena, clock):
    """A session that Lena has left, for which Xu waited, and Zoe after him."""
    session = publish(deps, meera)
    booked = book(deps, lena, session)
    waiting = learner(deps, "Xu"), learner(deps, "Zoe")
    for who in waiting:
        clock.forward(timedelta(minutes=1))
        waitlists.join(deps, user_id=who.id, session_id=session.id)
    cancel(deps, lena.id, booked)
    return session, *waiting


def test_an_offer_goes_out_while_the_session_is_kept(deps, freed):
    _, xu, _ = freed
    assert sent(deps, "waitlist_offer", xu.id) == "sent"
    assert [to for to, _, _ in deps.mail.sent] == [xu.email]


def test_an_offer_that_was_passed_on_is_told_to_the_next_only(deps, freed, clock):
    session, xu, zoe = freed
    clock.forward(timedelta(minutes=15))
    due.sweep(deps)
    assert deps.sessions.get(session.id).offered_to == zoe.id
    assert sent(deps, "waitlist_offer", xu.id) == "not_wanted"
    assert sent(deps, "waitlist_offer", zoe.id) == "sent"
    assert [to for to, _, _ in deps.mail.sent] == [zoe.email]
    assert written(deps, "waitlist_offer", xu.id).mail == "skipped"


def test_an_offer_whose_time_is_up_is_not_made_even_before_it_is_passed_on(deps, freed, clock):
    _, xu, _ = freed
    clock.forward(timedelta(minutes=15))
    assert sent(deps, "waitlist_offer", xu.id) == "not_wanted"


def test_an_offer_that_was_taken_or_withdrawn_is_not_made(deps, freed, meera):
    session, xu, zoe = freed
    waitlists.leave(deps, user_id=xu.id, session_id=session.id)
    assert sent(deps, "waitlist_offer", xu.id) == "not_wanted"
    book(deps, zoe, session, "key-book-0002")
    assert sent(deps, "waitlist_offer", zoe.id) == "not_wanted"


@pytest.fixture
def reminded(deps, meera, lena, clock):
    """A booking two days ahead of which both are being reminded, a day before."""
    booked = book(deps, lena, publish(deps, meera, hours=48))
    clock.forward(timedelta(hours=24))
    due.sweep(deps)
    return booked


BOTH = ("reminder_day_learner", "reminder_day_mentor")


def reminders(deps, meera, lena):
    return [sent(deps, template, to) for template, to in zip(BOTH, (lena.id, meera.account.id), strict=True)]


def test_a_reminder_goes_out_while_it_is_true(deps, reminded, meera, lena):
    assert reminders(deps, meera, lena) == ["sent", "sent"]


def test_a_cancelled_session_is_reminded_of_no_more(deps, reminded, meera, lena):
    cancel(deps, lena.id, reminded)
    assert reminders(deps, meera, lena) == ["not_wanted", "not_wanted"]


def test_who_left_is_not_reminded_of_what_somebody_else_has_booked(deps, reminded, meera, lena):
    cancel(deps, lena.id, reminded)
    book(deps, learner(deps, "Xu"), reminded.session, "key-book-0002")
    assert reminders(deps, meera, lena) == ["not_wanted", "not_wanted"]


def test_a_moved_session_is_not_reminded_of_at_its_old_time(deps, reminded, meera, lena):
    propose(deps, lena.id, reminded, 50)
    accept(deps, meera.account.id, reminded, 50)
    assert reminders(deps, meera, lena) == ["not_wanted", "not_wanted"]


def test_nobody_is_reminded_of_what_has_begun(deps, reminded, meera, lena, clock):
    clock.now = reminded.session.starts_at
    assert reminders(deps, meera, lena) == ["not_wanted", "not_wanted"]


@pytest.fixture
def asked(deps, meera, lena):
    """A booking that Lena would like to move."""
    booked = book(deps, lena, publish(deps, meera, hours=48))
    propose(deps, lena.id, booked, 50)
    return booked


def test_a_proposal_that_stands_is_put_to_the_other_side(deps, asked, meera):
    assert sent(deps, "reschedule_proposed", meera.account.id) == "sent"


def test_a_proposal_taken_back_is_not_put_to_the_other_side(deps, asked, meera, lena):
    reschedules.drop_proposal(deps, user_id=lena.id, booking_id=asked.booking.id)
    assert sent(deps, "reschedule_proposed", meera.account.id) == "not_wanted"


def test_of_two_proposals_only_the_later_is_put_to_the_other_side(deps, asked, meera, lena):
    first = written(deps, "reschedule_proposed", meera.account.id)
    propose(deps, lena.id, asked, 51)
    assert mail.send(deps, errand(first)) == "not_wanted"
    assert sent(deps, "reschedule_proposed", meera.account.id) == "sent"


def test_the_same_time_proposed_by_oneself_since_is_not_told_as_the_others(deps, asked, meera, lena):
    reschedules.drop_proposal(deps, user_id=lena.id, booking_id=asked.booking.id)
    propose(deps, meera.account.id, asked, 50)
    assert sent(deps, "reschedule_proposed", meera.account.id) == "not_wanted"


def test_a_lapsed_proposal_is_not_put_to_the_other_side(deps, asked, meera, clock):
    clock.forward(timedelta(hours=47))
    assert sent(deps, "reschedule_proposed", meera.account.id) == "not_wanted"


def test_a_mail_about_a_session_that_is_no_more_is_not_wanted(deps, freed):
    session, xu, _ = freed
    message = written(deps, "waitlist_offer", xu.id)
    gone = replace(message, id="out_gone", facts=message.facts | {"session_id": "ses_none"})
    deps.tables.commit([deps.outbox.adding(gone)])
    assert mail.send(deps, errand(gone)) == "not_wanted"


def test_the_mentor_hears_that_the_next_in_line_has_the_session_now(deps, freed, meera):
    assert written(deps, "booking_cancelled_mentor", meera.account.id).facts["passed_on"] == "waitlist"


def test_the_mentor_hears_that_everyone_can_book_again_or_that_the_time_is_free(deps, meera, lena):
    cancel(deps, lena.id, book(deps, lena, publish(deps, meera)))
    assert written(deps, "booking_cancelled_mentor", meera.account.id).facts["passed_on"] == "everyone"
    held = hold(deps, lena, meera, offer(deps, meera), hours=30)
    bookings.confirm_free(deps, learner_id=lena.id, booking_id=held.booking.id, note="")
    cancel(deps, lena.id, held)
    assert written(deps, "booking_cancelled_mentor", meera.account.id).facts["passed_on"] == ""


def test_only_the_mentor_is_sent_the_note(deps, meera, lena):
    held = hold(deps, lena, meera, offer(deps, meera))
    bookings.confirm_free(deps, learner_id=lena.id, booking_id=held.booking.id, note="Closures, <b>please</b>.")
    assert sent(deps, "booking_confirmed_mentor", meera.account.id) == "sent"
    assert "Closures, <b>please</b>." in deps.mail.sent[0][2].text
    assert "Closures, &lt;b&gt;please&lt;/b&gt;." in deps.mail.sent[0][2].html
    assert "note" not in written(deps, "booking_confirmed_learner", lena.id).facts


def test_whoever_accepts_a_request_is_told_of_an_agreement(deps, meera, lena):
    request = negotiation.ask(deps, lena, meera)
    negotiation.accept(deps, request, meera.account.id)
    assert sent(deps, "booking_confirmed_mentor", meera.account.id) == "sent"
    assert deps.mail.sent[0][2].subject == f"Agreed: {request.title}"


def test_the_other_clock_is_shown_where_it_is_known(deps, meera):
    far = learner(deps, "Ada", zone="America/New_York")
    negotiation.ask(deps, far, meera)
    assert written(deps, "request_made", meera.account.id).facts["other_zone"] == "America/New_York"
    booked = book(deps, far, publish(deps, meera, hours=48))
    propose(deps, far.id, booked, 50)
    accept(deps, meera.account.id, booked, 50)
    assert written(deps, "session_moved_learner", far.id).facts["other_zone"] == "Asia/Kolkata"
    assert "other_zone" not in written(deps, "session_moved_mentor", meera.account.id).facts
