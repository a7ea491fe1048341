"""The states of a session, and the windows around its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.reschedules import Proposal
from chalicelib.domain.sessions import Session

T = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MENTOR = MentorCard("usr_m", "meera", "Meera", "Teaches Python")
LEARNER, XU = LearnerCard("usr_l", "Lena"), LearnerCard("usr_x", "Xu")
TERMINAL = ["completed", "expired", "cancelled", "no_show_learner", "no_show_mentor", "no_show_both"]


def session(**changes):
    whole = Session("ses_1", MENTOR, "Decorators in an hour", "What they are.", ("python",), "programming", T, 60, T)
    return replace(whole, **changes)


def booked(**changes):
    return session(**({"status": "booked", "learner": LEARNER, "booking_id": "bkg_1", "reminded": 3} | changes))


def refused(act):
    with pytest.raises(Conflict) as refusal:
        act()
    return refusal.value.code


def minutes(n):
    return timedelta(minutes=n)


def test_an_open_session_is_booked_by_one_learner():
    taken = session().take(LEARNER, "bkg_1", T - minutes(30))
    assert (taken.status, taken.learner, taken.booking_id) == ("booked", LEARNER, "bkg_1")
    assert refused(lambda: taken.take(XU, "bkg_2", T - minutes(30))) == "slot_taken"


def test_nobody_books_themselves():
    assert refused(lambda: session().take(LearnerCard("usr_m", "Meera"), "bkg_1", T - minutes(30))) == "own_session"


def test_a_session_that_has_begun_is_not_booked():
    assert session().take(LEARNER, "bkg_1", T - timedelta(seconds=1)).status == "booked"
    assert refused(lambda: session().take(LEARNER, "bkg_1", T)) == "too_late"


def test_a_hold_is_nobody_elses_and_becomes_a_booking_or_open_again():
    until = T - minutes(15)
    held = session().take(LEARNER, "bkg_1", T - minutes(30), until)
    assert (held.status, held.held_until, held.next_due()) == ("held", until, until)
    assert refused(lambda: held.take(XU, "bkg_2", T - minutes(20))) == "slot_taken"
    assert refused(lambda: held.enter("learner", T - minutes(14))) == "not_confirmed"
    assert held.booked(T - minutes(20)).status == "booked"
    again = held.freed(T - minutes(15))
    assert (again.status, again.learner, again.booking_id, again.held_until) == ("open", None, None, None)


@pytest.mark.parametrize("origin", ["slot", "request"])
def test_a_time_made_for_one_learner_is_not_opened_to_others(origin):
    held = session(origin=origin).take(LEARNER, "bkg_1", T - minutes(30), T - minutes(15))
    assert held.freed(T - minutes(15)).status == "expired"
    assert held.booked(T).freed(T - minutes(15)).status == "cancelled"
    assert not session(origin=origin).is_listed


def test_a_freed_session_is_kept_for_one_who_waits_and_for_nobody_else():
    offered = session(waiters=2).offered(XU.id, T - minutes(15))
    assert (offered.status, offered.waiters, offered.next_due()) == ("held", 1, T - minutes(15))
    assert refused(lambda: offered.take(LEARNER, "bkg_1", T - minutes(20))) == "slot_taken"
    taken = offered.take(XU, "bkg_1", T - minutes(20))
    assert (taken.status, taken.offered_to, taken.held_until) == ("booked", None, None)
    assert refused(lambda: offered.take(XU, "bkg_1", T - minutes(15))) == "slot_taken"
    assert offered.freed(T - minutes(15)).status == "open"


def test_the_mentor_goes_live_from_fifteen_minutes_before_until_the_grace_is_over():
    assert refused(lambda: booked().go_live(T - minutes(15) - timedelta(seconds=1))) == "too_early"
    assert booked().go_live(T - minutes(15)).status == "live"
    assert booked().go_live(T + minutes(70) - timedelta(seconds=1)).status == "live"
    assert refused(lambda: booked().go_live(T + minutes(70))) == "ended"


def test_going_live_twice_changes_nothing():
    live = booked().go_live(T)
    assert live.go_live(T + minutes(5)) == live


def test_an_unbooked_session_cannot_go_live():
    assert refused(lambda: session().go_live(T)) == "not_booked"


def test_the_first_coming_of_each_side_is_kept():
    came = booked().enter("learner", T - minutes(3)).enter("learner", T + minutes(3)).enter("mentor", T)
    assert (came.learner_came_at, came.mentor_came_at) == (T - minutes(3), T)


def test_too_early_says_when_the_room_opens():
    with pytest.raises(Conflict) as refusal:
        booked().enter("learner", T - minutes(16))
    assert refusal.value.fields == {"opens_at": "2026-03-02T11:45:00Z"}


def test_only_a_live_session_is_ended():
    live = booked().go_live(T).enter("learner", T)
    assert live.end(T + minutes(50), "completed").status == "completed"
    assert refused(lambda: booked().end(T, "completed")) == "not_live"


def test_a_learner_is_waited_for_until_ten_minutes_after_the_start():
    live = booked().go_live(T - minutes(14))
    assert refused(lambda: live.end(T - minutes(13), "no_show_learner")) == "learner_awaited"
    assert refused(lambda: live.end(T + minutes(10) - timedelta(seconds=1), "no_show_learner")) == "learner_awaited"
    assert live.end(T + minutes(10), "no_show_learner").status == "no_show_learner"
    assert live.enter("learner", T + minutes(9)).end(T + minutes(9), "completed").status == "completed"


def test_a_session_that_took_place_has_ten_minutes_of_grace():
    live = booked().go_live(T).enter("learner", T)
    assert live.settle(T + minutes(59), "completed") == live
    over_time = live.settle(T + minutes(60), "completed")
    assert (over_time.status, over_time.overtime, over_time.next_due()) == ("live", True, T + minutes(70))
    ended = over_time.settle(T + minutes(75), "completed")
    assert (ended.status, ended.ended_at) == ("completed", T + minutes(70))


def test_there_is_no_grace_before_somebodys_next_session():
    live = booked().go_live(T).enter("learner", T)
    ended = live.settle(T + minutes(61), "completed", busy_next=True)
    assert (ended.status, ended.ended_at) == ("completed", T + minutes(60))


@pytest.mark.parametrize("outcome", ["no_show_learner", "no_show_mentor", "no_show_both"])
def test_who_did_not_come_is_settled_at_the_scheduled_end(outcome):
    assert booked().settle(T + minutes(59), outcome).status == "booked"
    settled = booked().settle(T + minutes(60), outcome)
    assert (settled.status, settled.ended_at) == (outcome, T + minutes(60))


def test_it_is_extended_when_both_have_asked_and_twice_at_most():
    live, now = booked().go_live(T).enter("learner", T), T + minutes(50)
    asked = live.ask_to_extend("learner", now, live.ends_at)
    assert (asked.extension_asked_by, asked.ends_at) == ("learner", live.ends_at)
    assert asked.ask_to_extend("learner", now, asked.ends_at) == asked
    longer = asked.ask_to_extend("mentor", now, asked.ends_at)
    assert (longer.ends_at - live.ends_at, longer.extended, longer.extension_asked_by) == (minutes(15), 1, None)
    again = longer.ask_to_extend("mentor", now, longer.ends_at)
    twice = again.ask_to_extend("learner", now, longer.ends_at)
    assert twice.ends_at - live.ends_at == minutes(30)
    assert refused(lambda: twice.ask_to_extend("mentor", now, twice.ends_at)) == "extended_twice"
    assert refused(lambda: booked().ask_to_extend("mentor", now, booked().ends_at)) == "not_live"
    assert refused(lambda: live.ask_to_extend("mentor", T - minutes(1), live.ends_at)) == "not_live"
    late = live.settle(T + minutes(60), "completed")
    assert late.ask_to_extend("mentor", T + minutes(65), late.ends_at).extension_asked_by


@pytest.mark.parametrize("by", ["mentor", "learner"])
def test_a_yes_that_is_said_twice_is_not_a_wish_for_more(by):
    live, now = booked().go_live(T).enter("learner", T), T + minutes(50)
    asked = live.ask_to_extend("learner", now, live.ends_at)
    longer = asked.ask_to_extend("mentor", now, live.ends_at)
    assert longer.ask_to_extend(by, now, live.ends_at) == longer
    again = longer.ask_to_extend("mentor", now, longer.ends_at)
    twice = again.ask_to_extend("learner", now, longer.ends_at)
    assert twice.ask_to_extend(by, now, longer.ends_at) == twice


def test_moving_starts_reminders_anew_and_tells_calendars():
    moved = booked(reminded=2, proposal=Proposal("learner", T + minutes(60), T, T)).moved_to(T + minutes(60), None, T)
    assert (moved.starts_at, moved.status, moved.reschedules, moved.sequence) == (T + minutes(60), "booked", 1, 1)
    assert (moved.proposal, moved.reminded) == (None, 1)


@pytest.mark.parametrize(("ahead", "skipped"), [(1441, 0), (1440, 1), (31, 1), (30, 2), (5, 3)])
def test_reminders_that_are_past_when_it_is_booked_are_skipped(ahead, skipped):
    assert session().take(LEARNER, "bkg_1", T - minutes(ahead)).reminded == skipped


@pytest.mark.parametrize("status", TERMINAL)
def test_terminal_states_never_reopen(status):
    ended = booked(status=status) if status != "expired" else session(status=status)
    assert ended.next_due() is None
    assert refused(lambda: ended.take(XU, "bkg_2", T - minutes(30))) == "slot_taken"
    acts = [lambda: ended.go_live(T), lambda: ended.enter("mentor", T), lambda: ended.end(T, "completed")]
    assert {refused(act) for act in acts} <= {"ended", "not_live"}
    assert refused(ended.withdraw) == "slot_taken"


@given(
    st.sampled_from(["booked", "live"]),
    st.sampled_from(["completed", "no_show_both"]),
    st.booleans(),
    st.integers(-3000, 3000),
)
def test_settling_twice_is_settling_once(status, outcome, busy, offset):
    now = T + minutes(offset)
    settled = booked(status=status).settle(now, outcome, busy_next=busy)
    again = settled.settle(now, outcome, busy_next=busy) if settled.is_taken else settled
    assert again == settled


def test_what_nobody_has_booked_is_withdrawn():
    withdrawn = session().withdraw()
    assert withdrawn.status == "cancelled" and withdrawn.is_over(T - minutes(30))
    assert session(waiters=1).offered(XU.id, T).withdraw().status == "cancelled"
    assert refused(booked().withdraw) == "slot_taken"


def test_what_was_called_off_is_a_past_one_only_when_its_time_has_come():
    gone = booked().cancelled()
    assert not gone.is_past(T - minutes(1)) and gone.is_past(T)
    assert booked(status="completed").is_past(T + minutes(5))
