"""Attendance in the tables, in memory and real."""

import threading
import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from chalicelib.domain.attendance import MINUTES, Attendance
from chalicelib.domain.errors import Forbidden
from chalicelib.stores.attendances import Attendances


@pytest.fixture
def attendances(tables):
    """The store."""
    return Attendances(tables)


@pytest.fixture
def session_id():
    """A session that no other test knows."""
    return f"ses_{uuid.uuid4().hex}"


def test_nobody_was_there_until_a_minute_is_marked(attendances, session_id):
    assert attendances.of(session_id) == Attendance()


def test_each_side_has_its_own_minutes(tables, attendances, session_id):
    for side, minute in [("mentor", 0), ("mentor", 1), ("learner", 1), ("mentor", MINUTES.stop - 1)]:
        tables.update(attendances.marking(session_id, side, minute))
    tables.update(attendances.marking(f"{session_id}x", "learner", 7))
    assert attendances.of(session_id) == Attendance(frozenset({0, 1, MINUTES.stop - 1}), frozenset({1}))


def test_a_minute_marked_twice_is_marked_once(tables, attendances, session_id):
    once = tables.update(attendances.marking(session_id, "learner", 12))
    assert tables.update(attendances.marking(session_id, "learner", 12)) == once


def test_marks_that_come_at_once_are_all_kept(tables, attendances, session_id):
    def mark(minute):
        tables.update(attendances.marking(session_id, "mentor", minute))

    marking = [threading.Thread(target=mark, args=(minute,)) for minute in [*range(12)] * 2]
    for each in marking:
        each.start()
    for each in marking:
        each.join()
    assert attendances.of(session_id).mentor == frozenset(range(12))


def test_a_minute_between_two_marks_is_read_as_attended(tables, attendances, session_id):
    for minute in (20, 22):
        tables.update(attendances.marking(session_id, "learner", minute))
    assert attendances.of(session_id).learner == {20, 21, 22}


def test_whoever_is_put_out_is_excused_and_marks_nothing_until_readmitted(tables, attendances, session_id):
    session = SimpleNamespace(id=session_id, booking_id="bkg_1")
    tables.update(attendances.barring(session, datetime.now(UTC)))
    with pytest.raises(Forbidden, match="removed"):
        tables.update(attendances.marking(session_id, "learner", 20, "bkg_1"))
    tables.update(attendances.marking(session_id, "mentor", 20, "bkg_1"))
    tables.update(attendances.readmitting(session))
    tables.update(attendances.marking(session_id, "learner", 30, "bkg_1"))
    excused = Attendance(frozenset({20}), frozenset({30}), frozenset({("learner", "removed")}))
    assert attendances.of(session_id, "bkg_1") == excused
    assert attendances.of(session_id, "bkg_of_another").excuses == frozenset()


def test_who_left_with_a_report_is_excused(tables, attendances, session_id):
    session = SimpleNamespace(id=session_id, booking_id="bkg_1")
    tables.update(attendances.excusing(session, "mentor", datetime.now(UTC)))
    assert attendances.of(session_id, "bkg_1").excuses == {("mentor", "reported")}
