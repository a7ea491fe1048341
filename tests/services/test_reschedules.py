"""A booking that is moved to another time by agreement, and the reminders that follow it."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.services import due, reschedules
from tests.fakes.times import book, claimed, mails, open_hours, publish
from tests.fakes.world import NOON
from tests.refusals import code_of
from tests.services.dealings import accept, facts, propose, upcoming

pytestmark = pytest.mark.usefixtures("open_all_day")


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


def test_a_move_within_one_day_counts_once_and_to_another_day_counts_there(deps, meera, lena):
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


def test_reminders_go_out_once_each(deps, meera, lena, clock):
    book(deps, lena, publish(deps, meera, hours=48))
    for _ in range(2880):
        clock.forward(timedelta(minutes=1))
        if clock() in {NOON + timedelta(hours=h) for h in (24, 47.5)} or clock().minute == 55:
            due.sweep(deps), due.sweep(deps)
    reminders = [template for template, _ in mails(deps) if template.startswith("reminder")]
    assert sorted(reminders) == [
        "reminder_day_learner",
        "reminder_day_mentor",
        "reminder_now_learner",
        "reminder_now_mentor",
        "reminder_soon_learner",
        "reminder_soon_mentor",
    ]


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
