"""The time a session takes up, as a function of its state."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.availability import Hours
from chalicelib.domain.claims import quarters
from chalicelib.domain.footprints import NOTHING, footprint, next_claim, placed
from tests.domain.meetings import LEARNER, T, booked, minutes, session

DAY = date(2026, 3, 2)


def test_an_open_session_takes_its_mentors_time_with_buffers_and_nobody_elses():
    print_ = footprint(session(buffer_before=15, buffer_after=30, counted_on=DAY))
    assert print_.mentor == {DAY: tuple(f"q{n}" for n in range(47, 54))}
    assert (print_.learner, print_.counted_on) == ({}, DAY)


@pytest.mark.parametrize("status", ["held", "booked", "live"])
def test_from_a_hold_on_it_takes_the_learners_time_too_without_buffers(status):
    print_ = footprint(booked(status=status, buffer_before=15).session)
    assert print_.learner == {DAY: ("q48", "q49", "q50", "q51")}


def test_what_is_kept_for_one_who_waits_takes_no_learners_time():
    assert footprint(session(waiters=1).offered(LEARNER.id, T)).learner == {}


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_what_came_to_nothing_takes_nothing(status):
    assert footprint(booked(status=status, counted_on=DAY).session) == footprint(None) == NOTHING


@pytest.mark.parametrize("status", ["completed", "no_show_learner", "no_show_mentor", "no_show_both"])
def test_what_took_place_takes_no_time_and_still_counts_among_its_days_sessions(status):
    print_ = footprint(booked(status=status, counted_on=DAY).session)
    assert (print_.mentor, print_.learner, print_.counted_on) == ({}, {}, DAY)


def test_a_claim_that_begins_at_the_end_is_somebody_elses_or_none():
    assert next_claim(session(), {"q52": "ses_2"}, T + minutes(60))
    assert not next_claim(session(), {"q52": "ses_1"}, T + minutes(60))
    assert not next_claim(session(), {"q51": "ses_2"}, T + minutes(60))


@given(st.integers(0, 8).map(lambda n: n * 15), st.integers(0, 8).map(lambda n: n * 15), st.integers(2, 12))
def test_a_footprint_is_as_long_as_the_session_with_its_buffers(before, after, length):
    print_ = footprint(session(buffer_before=before, buffer_after=after, duration_minutes=length * 15))
    claimed = [name for names in print_.mentor.values() for name in names]
    assert len(claimed) * 15 == before + after + length * 15
    assert print_.mentor == quarters(T - minutes(before), T + minutes(length * 15 + after))


def test_a_session_counts_on_its_mentors_own_date():
    hours = Hours("usr_m", buffer_before=15, buffer_after=30)
    place = placed(hours, T.replace(hour=20), "Asia/Kolkata")
    assert place == {"buffer_before": 15, "buffer_after": 30, "counted_on": date(2026, 3, 3)}
