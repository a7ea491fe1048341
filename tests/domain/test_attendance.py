"""Who was there when, and what becomes of the session."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.attendance import MINUTES, Attendance, attended, minute_of
from chalicelib.domain.errors import Conflict

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
minutes = st.frozensets(st.integers(0, MINUTES.stop - 1))


def there(first: int, last: int) -> frozenset[int]:
    """Minutes from the start, both included."""
    return frozenset(range(first + 15, last + 16))


def none() -> frozenset[int]:
    return frozenset()


def came(mentor: frozenset[int], learner: frozenset[int]) -> str:
    return Attendance(mentor, learner).outcome()


def test_a_whole_hour_together_is_completed():
    both = Attendance(there(-5, 59), there(-3, 60))
    assert (both.outcome(), both.shared, both.first("mentor"), both.last("learner")) == ("completed", 63, 10, 75)
    assert not both.mentor_left_early(HOUR)


def test_one_who_never_came_did_not_show():
    assert came(there(0, 30), none()) == "no_show_learner"
    assert came(none(), there(0, 30)) == "no_show_mentor"
    assert came(none(), none()) == "no_show_both"
    assert Attendance().first("mentor") is Attendance().last("learner") is None


def test_one_minute_in_the_waiting_room_before_the_start_is_having_come():
    assert came(there(-15, -15), there(0, 30)) == "completed"


def test_ten_minutes_after_the_start_is_too_late():
    assert came(there(0, 60), there(9, 9)) == "completed"
    assert came(there(0, 60), there(10, 10)) == "no_show_learner"
    assert came(there(10, 10), there(0, 60)) == "no_show_mentor"


def test_coming_late_is_no_absence_once_ten_minutes_were_shared():
    assert came(there(0, 60), there(40, 48)) == "no_show_learner"
    assert came(there(0, 60), there(40, 49)) == "completed"
    assert came(there(20, 60), there(30, 38)) == "no_show_both"
    assert came(there(20, 60), there(30, 39)) == "completed"


def test_a_mentor_who_leaves_before_half_of_it_was_shared_left_early():
    assert Attendance(there(0, 28), there(0, 40)).mentor_left_early(HOUR)
    assert not Attendance(there(0, 29), there(0, 40)).mentor_left_early(HOUR), "half of it is enough"
    assert not Attendance(there(0, 40), there(0, 28)).mentor_left_early(HOUR), "it was the learner who left"
    assert not Attendance(there(0, 10), there(0, 10)).mentor_left_early(HOUR), "nobody can say who went first"


def test_a_mentor_who_ends_it_for_both_early_left_early():
    both = Attendance(there(0, 10), there(0, 10))
    assert both.mentor_left_early(HOUR, ended_early=True)
    assert not Attendance(there(0, 31), there(0, 31)).mentor_left_early(HOUR, ended_early=True)


def test_to_have_waited_together_is_not_to_have_held_the_session():
    attendance = Attendance(there(-15, 0), there(-15, 20))
    assert (attendance.shared, attendance.shared_of_it) == (16, 1)
    assert attendance.mentor_left_early(HOUR / 2)
    assert not Attendance(there(-15, 14), there(-15, 20)).mentor_left_early(HOUR / 2)


def test_where_somebody_did_not_show_nobody_left_early():
    assert not Attendance(there(0, 5), none()).mentor_left_early(HOUR)
    assert not Attendance(none(), there(0, 5)).mentor_left_early(HOUR, ended_early=True)


def test_the_length_of_a_session_decides_what_half_of_it_is():
    attendance = Attendance(there(0, 19), there(0, 40))
    assert not attendance.mentor_left_early(timedelta(minutes=40))
    assert attendance.mentor_left_early(timedelta(minutes=45))


def test_a_minute_between_two_marks_was_attended_and_two_were_not():
    assert attended([3, 5]) == {3, 4, 5}
    assert attended([3, 6]) == {3, 6}
    assert attended([]) == frozenset()


def test_minutes_are_counted_from_the_opening_of_the_doors():
    assert minute_of(START - timedelta(minutes=15), START) == 0
    assert minute_of(START - timedelta(microseconds=1), START) == 14
    assert minute_of(START, START) == 15
    assert minute_of(START + timedelta(minutes=3, seconds=59), START) == 18


@pytest.mark.parametrize("off", [timedelta(minutes=-15, microseconds=-1), timedelta(hours=3, minutes=40)])
def test_outside_of_the_longest_session_there_is_no_minute(off):
    with pytest.raises(Conflict):
        minute_of(START + off, START)
    assert minute_of(START + timedelta(hours=3, minutes=40, microseconds=-1), START) == MINUTES.stop - 1


@given(minutes, minutes)
def test_every_attendance_has_exactly_one_outcome_and_mirrored_sides_have_the_mirrored_one(mentor, learner):
    mirrored = {"no_show_mentor": "no_show_learner", "no_show_learner": "no_show_mentor"}
    outcome = came(mentor, learner)
    assert outcome in ("completed", "no_show_mentor", "no_show_learner", "no_show_both")
    assert came(learner, mentor) == mirrored.get(outcome, outcome)


@given(minutes, minutes, st.integers(0, MINUTES.stop - 1))
def test_being_there_for_longer_never_makes_one_absent(mentor, learner, more):
    attendance, longer = Attendance(mentor, learner), Attendance(mentor | {more}, learner)
    assert longer.came("mentor") >= attendance.came("mentor")
    assert longer.came("learner") >= attendance.came("learner")


@given(minutes, minutes, st.integers(2, 12).map(lambda quarters: timedelta(minutes=15 * quarters)), st.booleans())
def test_who_shared_half_of_it_never_left_early(mentor, learner, scheduled, ended_early):
    attendance = Attendance(mentor, learner)
    if attendance.mentor_left_early(scheduled, ended_early):
        assert attendance.outcome() == "completed"
        assert timedelta(minutes=attendance.shared_of_it) < scheduled / 2
        assert ended_early or attendance.last("mentor") < attendance.last("learner")


@given(minutes)
def test_marks_stand_for_themselves_and_never_stretch_the_time(marks):
    found = attended(marks)
    assert marks <= found
    assert (min(found, default=0), max(found, default=0)) == (min(marks, default=0), max(marks, default=0))
    assert all({minute - 1, minute + 1} <= marks for minute in found - marks)


@given(
    st.integers(0, 2**21).map(lambda n: datetime.fromtimestamp(n * 900, UTC)),
    st.integers(0, MINUTES.stop - 1),
    st.integers(0, 59),
)
def test_the_same_minute_is_the_same_mark_whenever_in_it(starts_at, minute, second):
    assert minute_of(starts_at + timedelta(minutes=minute - 15, seconds=second), starts_at) == minute


def test_being_put_out_is_never_absence():
    late = Attendance(there(0, 60), there(12, 13), frozenset({("learner", "removed")}))
    assert late.outcome() == "completed"
    assert Attendance(there(0, 60), none(), frozenset({("learner", "removed")})).outcome() == "completed"


def test_nor_is_leaving_with_a_report_for_either():
    assert Attendance(there(12, 13), there(0, 60), frozenset({("mentor", "reported")})).outcome() == "completed"
    assert Attendance(there(0, 60), there(12, 13), frozenset({("learner", "reported")})).outcome() == "completed"


def test_an_excuse_excuses_nobody_else():
    assert Attendance(none(), there(0, 9), frozenset({("learner", "removed")})).outcome() == "no_show_mentor"


def test_a_mentor_who_puts_the_learner_out_before_half_of_it_was_shared_has_ended_it_for_them():
    removed = frozenset({("learner", "removed")})
    assert Attendance(there(0, 60), there(0, 20), removed).mentor_left_early(HOUR)
    assert not Attendance(there(0, 60), there(0, 31), removed).mentor_left_early(HOUR)
    assert Attendance(there(0, 60), none(), removed).mentor_left_early(HOUR)
    assert not Attendance(there(0, 60), there(0, 20), frozenset({("learner", "reported")})).mentor_left_early(HOUR)
