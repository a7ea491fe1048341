"""What a learner may still take, and what their and their mentor's failings count for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.allowances import Allowance, Lapse
from chalicelib.domain.bookings import Meeting, cancel, confirm, lapse
from chalicelib.domain.spending import judged, spent
from chalicelib.domain.standings import Standing
from tests.domain.meetings import EARLY, MENTOR, T, booked, held, hours, refused, session

FRESH = Allowance("usr_l")


def taken(allowance, new, now=EARLY):
    return spent(allowance, None, new, now)


def test_one_hold_at_a_time_and_the_refusal_names_it():
    once = taken(FRESH, held(T - hours(29)))
    assert (once.hold, once.free_ahead) == ("bkg_1", 1)
    assert refused(lambda: taken(once, held(T - hours(29)))) == "has_hold"


def test_a_confirmed_hold_is_a_hold_no_more_and_still_counts_as_ahead():
    hold = held(T - hours(29))
    once = taken(FRESH, hold)
    after = spent(once, hold, confirm(hold, 0, T - hours(30)), T - hours(30))
    assert (after.hold, after.free_ahead) == (None, 1)


def test_three_lapses_on_one_mentor_within_a_day_end_holding_there():
    hold = held(T - hours(29))
    allowance = FRESH
    for _ in range(3):
        allowance = taken(allowance, hold)
        allowance = spent(allowance, hold, lapse(hold, T - hours(29)), T - hours(29))
    assert (allowance.hold, allowance.free_ahead, len(allowance.lapses)) == (None, 0, 3)
    assert refused(lambda: taken(allowance, hold, T - hours(28))) == "too_many_lapses"
    assert taken(allowance, hold, T - hours(4)).hold == "bkg_1"
    other = Meeting(hold.session, replace(hold.booking, mentor_id="usr_other"))
    assert taken(allowance, other, T - hours(28)).hold == "bkg_1"


def test_giving_a_hold_back_in_time_is_no_lapse():
    hold = held(T - hours(29))
    after = spent(taken(FRESH, hold), hold, lapse(hold, T - hours(29.9)), T - hours(29.9))
    assert (after.hold, after.lapses, after.free_ahead) == (None, (), 0)


def test_three_free_sessions_ahead_at_most_and_paid_ones_are_no_matter():
    full = replace(FRESH, free_ahead=3)
    assert refused(lambda: taken(full, booked())) == "free_limit"
    assert taken(full, booked(paise=500_00)) == full
    gone = spent(full, booked(), cancel(booked(), "learner", T - hours(3)), T - hours(3))
    assert gone.free_ahead == 2


@pytest.mark.parametrize("status", ["no_show_learner", "no_show_both"])
def test_two_free_sessions_missed_within_a_month_pause_free_booking(status):
    missed = Meeting(session(status=status), replace(booked().booking, status="no_show"))
    once = spent(replace(FRESH, free_ahead=2), booked(), missed, T)
    assert (once.free_ahead, once.free_paused_until) == (1, None)
    twice = spent(once, booked(), missed, T + timedelta(days=29))
    assert twice.free_paused_until == T + timedelta(days=59)
    assert refused(lambda: taken(twice, booked(), T + timedelta(days=58))) == "free_paused"
    assert taken(twice, booked(), T + timedelta(days=60)).free_ahead == 1
    apart = spent(once, booked(), missed, T + timedelta(days=30))
    assert apart.free_paused_until is None


def test_a_mentor_who_did_not_come_costs_the_learner_nothing():
    missed = Meeting(session(status="no_show_mentor"), replace(booked().booking, status="no_show"))
    assert spent(replace(FRESH, free_ahead=1), booked(), missed, T) == FRESH


def test_five_requests_wait_at_most():
    five = replace(FRESH, open_requests=5)
    assert refused(five.ask) == "too_many_requests"
    assert five.answered().ask() == five


def test_three_strikes_within_ninety_days_flag_a_mentor():
    standing = Standing(MENTOR.id)
    for n, day in enumerate((0, 40, 89)):
        now = T + timedelta(days=day)
        old = Meeting(session(id=f"ses_{n}"), replace(booked().booking, session_id=f"ses_{n}"))
        new = Meeting(old.session, replace(old.booking, status="cancelled_by_mentor"))
        standing = judged(standing, old, new, now)
        assert judged(standing, old, new, now) == standing
        assert (standing.flagged_at is not None) == (n == 2)
    assert judged(Standing(MENTOR.id), booked(), cancel(booked(), "learner", T - hours(3)), T) == Standing(MENTOR.id)


def test_strikes_that_lie_further_apart_do_not_flag():
    standing = Standing(MENTOR.id)
    for n, day in enumerate((0, 50, 100)):
        standing = standing.struck(f"ses_{n}", "no_show", T + timedelta(days=day))
    assert (len(standing.strikes), standing.flagged_at) == (3, None)


def test_old_lapses_are_forgotten():
    old = replace(FRESH, lapses=(Lapse("usr_m", T - timedelta(days=2)),))
    assert len(old.lapsed("usr_m", T).lapses) == 1
