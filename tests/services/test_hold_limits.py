"""Why an open time cannot be held: taken, full, away, too soon, too often."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.services import bookings, due
from chalicelib.stores import keys
from tests.fakes.people import learner, mentor
from tests.fakes.times import book, hold, offer, open_hours, publish
from tests.refusals import code_of


def core(deps):
    return {key: item for key, item in deps.tables.items.items() if key.table == "core"}


def confirm(deps, who, held, note=""):
    return bookings.confirm_free(deps, learner_id=who.id, booking_id=held.booking.id, note=note)


@pytest.mark.parametrize(
    ("hours", "code"),
    [(1, "too_soon"), (-1, "too_soon"), (24 * 61, "too_far"), (24.1, "invalid"), (24 * 400, "too_far")],
)
def test_only_what_is_open_can_be_held(deps, meera, lesson, hours, code):
    before = core(deps)
    lena = learner(deps)
    before = core(deps)
    assert code_of(lambda: hold(deps, lena, meera, lesson, hours=hours)) == code
    assert core(deps) == before


def test_time_that_is_taken_is_refused_with_its_buffers(deps, meera, lesson):
    lena, xu = learner(deps), learner(deps, "Xu")
    hold(deps, lena, meera, lesson)
    for hours in (23, 23.5, 24, 24.75, 25, 25.25):
        assert code_of(lambda hours=hours: hold(deps, xu, meera, lesson, hours=hours)) == "slot_taken"
    assert hold(deps, xu, meera, lesson, hours=25.5).session.status == "held"


def test_a_full_day_is_refused(deps, meera, lesson):
    for n, name in enumerate(("Lena", "Xu")):
        hold(deps, learner(deps, name), meera, lesson, hours=20 + 3 * n)
    assert code_of(lambda: hold(deps, learner(deps, "Zoe"), meera, lesson, hours=27)) == "day_full"
    assert hold(deps, learner(deps, "Ola"), meera, lesson, hours=44).booking.status == "held"


def test_a_learners_own_overlap_is_refused_with_the_other_booking_named(deps, meera, lesson):
    lena, ravi = learner(deps), mentor(deps, "Ravi")
    other = book(deps, lena, publish(deps, ravi, hours=24.5))
    with pytest.raises(DomainError) as refusal:
        hold(deps, lena, meera, lesson)
    assert refusal.value.code == "time_taken"
    assert refusal.value.fields == {"booking_id": other.booking.id}
    assert "Decorators in an hour" in refusal.value.message and "Ravi" in refusal.value.message


def test_what_is_no_longer_offered_cannot_be_held(deps, meera, lesson):
    deps.tables.commit([deps.offerings.saving(lesson, replace(lesson, status="archived"))])
    assert code_of(lambda: hold(deps, learner(deps), meera, lesson)) == "not_offered"


def test_nobody_holds_their_own_time_and_unproven_people_hold_none(deps, meera, lesson):
    assert code_of(lambda: hold(deps, meera.account, meera, lesson)) == "own_session"
    assert code_of(lambda: hold(deps, learner(deps, email_verified=False), meera, lesson)) == "email_unverified"


def test_a_mentor_who_is_away_cannot_be_held(deps, meera, lesson):
    open_hours(deps, meera, away=True)
    assert code_of(lambda: hold(deps, learner(deps), meera, lesson)) == "away"


def test_hours_changed_in_the_moment_of_holding_are_decided_on_anew(deps, meera, lesson, monkeypatch):
    timetable, turns = deps.availabilities.timetable, []

    def slow(*args):
        table = timetable(*args)
        if not turns:
            turns.append(open_hours(deps, meera, away=True))
        return table

    monkeypatch.setattr(deps.availabilities, "timetable", slow)
    assert code_of(lambda: hold(deps, learner(deps), meera, lesson)) == "away"


def test_three_lapsed_holds_on_a_mentor_end_holding_there_for_a_day(deps, meera, lesson, clock):
    lena = learner(deps)
    for n in range(3):
        hold(deps, lena, meera, lesson, key=f"key-hold-000{n}")
        clock.forward(timedelta(minutes=15))
        due.sweep(deps)
    assert code_of(lambda: hold(deps, lena, meera, lesson, key="key-hold-0009")) == "too_many_lapses"
    clock.forward(timedelta(days=1))
    assert hold(deps, lena, meera, lesson, hours=48, key="key-hold-0010").booking.status == "held"


def test_three_free_sessions_ahead_at_most(deps, meera, lesson):
    ravi, lena = mentor(deps, "Ravi"), learner(deps)
    for n in range(3):
        session = publish(deps, ravi, hours=30 + 2 * n, key=f"key-publish-{n}")
        book(deps, lena, session, key=f"key-book-000{n}")
    assert code_of(lambda: hold(deps, lena, meera, lesson)) == "free_limit"


def test_a_day_stays_full_when_one_of_its_sessions_is_over(deps, clock):
    meera, lena = mentor(deps), learner(deps)
    open_hours(deps, meera, notice_minutes=0, daily_most=1)
    lesson = offer(deps, meera)
    confirm(deps, lena, hold(deps, lena, meera, lesson, hours=0.25))
    clock.forward(timedelta(hours=2))
    due.sweep(deps)
    assert code_of(lambda: hold(deps, learner(deps, "Xu"), meera, lesson, hours=4)) == "day_full"


def test_giving_a_hold_back_at_the_last_minute_is_a_lapse(deps, meera, lesson, clock):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    clock.forward(timedelta(minutes=11))
    bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
    assert [each.mentor_id for each in deps.allowances.find(lena.id).lapses] == [meera.account.id]


def test_times_are_held_a_dozen_times_an_hour_at_most(deps, meera, lesson):
    lena = learner(deps)
    for n in range(12):
        held = hold(deps, lena, meera, lesson, key=f"key-hold-00{n:02d}")
        bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
    assert code_of(lambda: hold(deps, lena, meera, lesson, key="key-hold-0099")) == "too_many"


def test_a_mentor_who_has_just_been_taken_off_the_list_is_not_held(deps, meera, lesson, monkeypatch):
    timetable = deps.availabilities.timetable

    def delisted(*args):
        deps.tables.items.pop(keys.slug("meera"), None)
        return timetable(*args)

    monkeypatch.setattr(deps.availabilities, "timetable", delisted)
    assert code_of(lambda: hold(deps, learner(deps), meera, lesson)) == "not_offered"
