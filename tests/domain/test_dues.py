"""What time does to a meeting: late, doubled or missed looks end in the same state."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.dues import End, tick
from chalicelib.domain.reschedules import Proposal
from tests.domain.meetings import LEARNER, T, booked, held, hours, minutes, session


def test_reminders_are_given_once_and_those_already_past_are_skipped():
    meeting = booked(reminded=0)
    day, events = tick(meeting, T - hours(24))
    assert events == ["reminder_day"]
    assert tick(day, T - hours(23)) == (day, [])
    soon, events = tick(day, T - minutes(30))
    assert events == ["reminder_soon"]
    assert tick(soon, T - minutes(5))[1] == ["reminder_now"]
    assert tick(meeting, T - minutes(20))[1] == ["reminder_soon"]
    late, events = tick(meeting, T + minutes(1))
    assert (events, late.session.reminded) == ([], 3)


def test_an_unanswered_proposal_lapses_and_the_old_time_stands():
    proposal = Proposal("learner", T + hours(48), T - hours(30), T - hours(1))
    meeting = booked(reminded=1, proposal=proposal)
    assert tick(meeting, T - hours(1) - minutes(1)) == (meeting, [])
    after, events = tick(meeting, T - hours(1))
    assert (after.session.proposal, after.session.starts_at, events) == (None, T, ["proposal_lapsed"])


def test_a_hold_lapses_and_so_does_an_offer_to_one_who_waits():
    after, events = tick(held(T - hours(2)), T - hours(2))
    assert (after.session.status, after.booking.status, events) == ("open", "expired", ["lapsed"])
    offered = replace(booked(), session=session(waiters=1).offered(LEARNER.id, T - hours(2)), booking=None)
    after, events = tick(offered, T - hours(2))
    assert (after.session.status, after.session.offered_to, events) == ("open", None, ["lapsed"])


def test_what_nobody_booked_expires_at_its_start():
    meeting = replace(booked(), session=session(), booking=None)
    assert tick(meeting, T - minutes(1)) == (meeting, [])
    assert tick(meeting, T)[0].session.status == "expired"


def test_the_booking_goes_with_the_outcome():
    after, events = tick(booked(), T + minutes(60), End("no_show_learner"))
    assert (after.session.status, after.booking.status, events) == ("no_show_learner", "no_show", ["over"])
    graced, events = tick(booked(status="live"), T + minutes(60), End("completed"))
    assert (graced.session.status, graced.session.overtime, events) == ("live", True, [])
    after, events = tick(graced, T + minutes(70), End("completed"))
    assert (after.session.status, after.booking.status, events) == ("completed", "completed", ["over"])


STARTS = st.sampled_from(
    [
        booked(reminded=0),
        booked(reminded=0, proposal=Proposal("mentor", T + hours(48), T - hours(60), T - hours(1))),
        booked(status="live"),
        held(T - hours(2)),
        held(T - hours(2), origin="slot"),
        replace(booked(), session=session(), booking=None),
    ]
)


@given(
    STARTS, st.lists(st.integers(-3000, 200), min_size=1, max_size=8), st.sampled_from(["completed", "no_show_both"])
)
def test_many_ticks_end_where_one_late_tick_ends(start, offsets, outcome):
    times = [T + minutes(offset) for offset in sorted(offsets)]

    def look(meeting, now):
        taken = meeting.session.is_taken and now >= meeting.session.ends_at
        return tick(meeting, now, End(outcome) if taken else None)[0]

    stepwise = start
    for now in times:
        once = look(stepwise, now)
        assert look(once, now) == once
        due = once.session.next_due()
        assert due is None or due > now
        stepwise = once
    at_once = look(start, times[-1])
    assert stepwise.session.status == at_once.session.status
    assert (stepwise.booking and stepwise.booking.status) == (at_once.booking and at_once.booking.status)
