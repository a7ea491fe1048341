"""What two people make of a booking: called off, moved to another time, waited for by others, edited."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.services import bookings, due, reschedules, sessions, waitlists
from chalicelib.stores import keys
from tests.fakes.people import learner, mentor
from tests.fakes.times import book, claimed, hold, mails, offer, open_hours, publish
from tests.fakes.world import CONFIG, NOON


@pytest.fixture
def meera(deps):
    """A mentor who is open all day."""
    meera = mentor(deps)
    open_hours(deps, meera)
    return meera


@pytest.fixture
def lena(deps):
    """Who learns from her."""
    return learner(deps)


def code_of(act):
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def cancel(deps, user_id, booked, refund_paise=0, reason="Something came up"):
    return bookings.cancel(
        deps, user_id=user_id, booking_id=booked.booking.id, reason=reason, refund_paise=refund_paise
    )


def propose(deps, user_id, booked, hours):
    at = NOON + timedelta(hours=hours)
    return reschedules.propose(deps, user_id=user_id, booking_id=booked.booking.id, starts_at=at)


def accept(deps, user_id, booked, hours):
    at = NOON + timedelta(hours=hours)
    return reschedules.accept_proposal(deps, user_id=user_id, booking_id=booked.booking.id, starts_at=at)


def facts(deps, template):
    return [
        item["facts"]
        for key, item in deps.tables.items.items()
        if key.pk[:4] == "OUT#" and item["template"] == template
    ]


def upcoming(deps, lena):
    return deps.bookings.of_learner(lena.id, now=deps.clock(), upcoming=True, limit=10, cursor=None).items


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
    meera, lena = mentor(paying), learner(paying)
    booked = book(paying, lena, publish(paying, meera, price_paise=999_00))
    bookings.confirm(paying, booking_id=booked.booking.id, paid_paise=999_00)
    clock.forward(timedelta(minutes=1))
    assert code_of(lambda: cancel(paying, lena.id, booked, 999_00)) == "refund_changed"
    gone = cancel(paying, lena.id, booked, 499_50)
    assert (gone.booking.refund.percent, gone.booking.refund.paise, gone.booking.refund.status) == (50, 499_50, "due")
    assert facts(paying, "booking_cancelled_learner")[0]["refund_percent"] == "50"


def test_a_stranger_cancels_nothing(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    assert code_of(lambda: cancel(deps, learner(deps, "Xu").id, booked)) == "not_found"
    assert code_of(lambda: propose(deps, learner(deps, "Zoe").id, booked, 48)) == "not_found"


def test_a_session_is_moved_when_the_other_side_agrees(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    asked = propose(deps, lena.id, booked, 50)
    assert asked.session.proposal.by == "learner"
    assert ("reschedule_proposed", meera.account.id) in mails(deps)
    assert code_of(lambda: accept(deps, lena.id, booked, 50)) == "own_proposal"
    assert code_of(lambda: accept(deps, meera.account.id, booked, 51)) == "proposal_changed"
    moved = accept(deps, meera.account.id, booked, 50)
    assert moved.session.starts_at == moved.booking.starts_at == NOON + timedelta(hours=50)
    assert claimed(deps, lena.id) == claimed(deps, meera.account.id) == {}
    assert len(claimed(deps, lena.id, 50)) == len(claimed(deps, meera.account.id, 50)) == 4
    assert accept(deps, meera.account.id, booked, 50).session.starts_at == moved.session.starts_at
    said = facts(deps, "session_moved_learner")
    assert [(each["calendar"], each["sequence"]) for each in said] == [("request", "1")]
    assert [row.session.starts_at for row in upcoming(deps, lena)] == [moved.session.starts_at]


def test_a_move_within_one_day_counts_once_and_to_another_day_counts_there(deps, lena):
    meera = mentor(deps)
    open_hours(deps, meera, daily_most=1)
    booked = book(deps, lena, publish(deps, meera))
    propose(deps, meera.account.id, booked, 25)
    accept(deps, lena.id, booked, 25)
    propose(deps, meera.account.id, booked, 49)
    accept(deps, lena.id, booked, 49)
    counts = {k.sk: i["count"] for k, i in deps.tables.items.items() if k.sk.startswith("LOCAL#")}
    assert counts == {"LOCAL#2026-03-03": 0, "LOCAL#2026-03-04": 1}


def test_a_time_taken_meanwhile_is_refused_and_the_old_one_stands(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    propose(deps, lena.id, booked, 50)
    publish(deps, meera, hours=50.5, key="key-publish-2")
    with pytest.raises(DomainError) as refusal:
        accept(deps, meera.account.id, booked, 50)
    assert (refusal.value.code, refusal.value.message) == ("time_taken", "You have something else at that time by now.")
    assert deps.sessions.get(booked.session.id).starts_at == NOON + timedelta(hours=24)
    assert len(claimed(deps, lena.id)) == 4


def test_declining_tells_who_asked_and_taking_back_tells_nobody(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    propose(deps, lena.id, booked, 50)
    reschedules.drop_proposal(deps, user_id=meera.account.id, booking_id=booked.booking.id)
    assert [to for template, to in mails(deps) if template == "reschedule_declined"] == [lena.id]
    propose(deps, lena.id, booked, 50)
    reschedules.drop_proposal(deps, user_id=lena.id, booking_id=booked.booking.id)
    assert len([1 for template, _ in mails(deps) if template == "reschedule_declined"]) == 1


def test_an_unanswered_proposal_lapses_by_itself(deps, meera, lena, clock):
    booked = book(deps, lena, publish(deps, meera))
    propose(deps, lena.id, booked, 50)
    clock.forward(timedelta(hours=23))
    assert due.sweep(deps).failed == {}
    assert deps.sessions.get(booked.session.id).proposal is None
    assert ("reschedule_declined", lena.id) in mails(deps)


def test_reminders_go_out_once_each_and_the_last_over_the_socket(deps, meera, lena, clock):
    book(deps, lena, publish(deps, meera, hours=48))
    for _ in range(2880):
        clock.forward(timedelta(minutes=1))
        if clock() in {NOON + timedelta(hours=h) for h in (24, 47.5)} or clock().minute == 55:
            due.sweep(deps), due.sweep(deps)
    reminders = [template for template, _ in mails(deps) if template.startswith("reminder")]
    assert sorted(reminders) == [
        "reminder_day_learner",
        "reminder_day_mentor",
        "reminder_soon_learner",
        "reminder_soon_mentor",
    ]


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


def test_a_session_made_for_two_is_nobody_elses_to_see_or_book(deps, meera, lena):
    held = hold(deps, lena, meera, offer(deps, meera))
    xu = learner(deps, "Xu")
    for viewer in (xu.id, None):
        assert code_of(lambda viewer=viewer: sessions.seen_by(deps, held.session.id, viewer)) == "not_found"
    assert code_of(lambda: book(deps, xu, held.session)) == "not_found"
    assert sessions.seen_by(deps, held.session.id, lena.id).viewer == "learner"
    assert deps.sessions.listed("all", NOON, 10, None).items == []


def edit(deps, meera, session, version=None, **changes):
    seen = version if version is not None else deps.sessions.get(session.id).version
    return sessions.edit(deps, mentor_id=meera.account.id, session_id=session.id, changes=changes, version=seen)


def test_an_open_session_is_edited_and_its_time_moves_with_its_claims(deps, meera):
    session = publish(deps, meera)
    new = edit(deps, meera, session, starts_at=NOON + timedelta(hours=50), title="Generators in an hour")
    assert (new.title, new.version) == ("Generators in an hour", deps.sessions.get(session.id).version)
    assert claimed(deps, meera.account.id) == {} and len(claimed(deps, meera.account.id, 50)) == 4
    listed = deps.sessions.listed("all", NOON, 10, None).items
    assert [(each.id, each.starts_at) for each in listed] == [(session.id, NOON + timedelta(hours=50))]
    assert code_of(lambda: edit(deps, meera, session, version=1, title="Generators, again")) == "session_changed"


def test_words_of_a_booked_session_reach_its_learner(deps, meera, lena):
    session = publish(deps, meera)
    book(deps, lena, session)
    edit(deps, meera, session, title="Generators in an hour")
    assert upcoming(deps, lena)[0].session.title == "Generators in an hour"
    assert code_of(lambda: edit(deps, meera, session, duration_minutes=90)) == "frozen"


def test_only_its_mentor_edits_or_withdraws_a_session(deps, meera, lena):
    session, ravi = publish(deps, meera), mentor(deps, "Ravi")
    assert code_of(lambda: edit(deps, ravi, session, title="Generators in an hour")) == "not_found"
    withdraw = lambda who: sessions.withdraw(deps, mentor_id=who, session_id=session.id)  # noqa: E731
    assert code_of(lambda: withdraw(ravi.account.id)) == "not_found"
    for _ in range(2):
        assert withdraw(meera.account.id).status == "cancelled"
    assert claimed(deps, meera.account.id) == {}
    assert keys.session(session.id) in deps.tables.items


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


def test_asking_for_the_same_time_again_mails_once(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    for _ in range(3):
        assert propose(deps, lena.id, booked, 50).session.proposal.by == "learner"
    assert len([1 for template, _ in mails(deps) if template == "reschedule_proposed"]) == 1


def test_other_times_are_asked_for_a_dozen_times_an_hour_at_most(deps, meera, lena):
    booked = book(deps, lena, publish(deps, meera))
    for n in range(12):
        propose(deps, lena.id, booked, 50 + n)
    assert code_of(lambda: propose(deps, lena.id, booked, 80)) == "too_many"


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


def test_words_of_a_session_from_a_request_can_be_changed(deps, meera, lena):
    held = hold(deps, lena, meera, offer(deps, meera)).session
    made = replace(held, origin="request", topics=())
    deps.tables.commit(deps.sessions.saving(held, made))
    assert edit(deps, meera, made, title="Generators in an hour").title == "Generators in an hour"
