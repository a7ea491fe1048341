"""The states of a session, and the windows around its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.sessions import Session, check_offer

T = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MENTOR = MentorCard("usr_m", "meera", "Meera", "Teaches Python")
LEARNER = LearnerCard("usr_l", "Lena")
TERMINAL = ["completed", "expired", "cancelled", "no_show_learner", "no_show_mentor", "no_show_both"]


def session(**changes):
    whole = Session("ses_1", MENTOR, "Decorators in an hour", "What they are.", ("python",), "programming", T, 60, T)
    return replace(whole, **changes)


def booked(**changes):
    return session(**({"status": "booked", "learner": LEARNER, "booking_id": "bkg_1"} | changes))


def refused(act):
    with pytest.raises(Conflict) as refusal:
        act()
    return refusal.value.code


def minutes(n):
    return timedelta(minutes=n)


def test_an_open_session_is_booked_by_one_learner():
    taken = session().book(LEARNER, "bkg_1", T - minutes(30))
    assert (taken.status, taken.learner, taken.booking_id) == ("booked", LEARNER, "bkg_1")
    assert refused(lambda: taken.book(LearnerCard("usr_x", "Xu"), "bkg_2", T - minutes(30))) == "slot_taken"


def test_nobody_books_themselves():
    assert refused(lambda: session().book(LearnerCard("usr_m", "Meera"), "bkg_1", T - minutes(30))) == "own_session"


def test_a_session_that_has_begun_is_not_booked():
    assert session().book(LEARNER, "bkg_1", T - timedelta(seconds=1)).status == "booked"
    assert refused(lambda: session().book(LEARNER, "bkg_1", T)) == "too_late"


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
    assert live.end(T + minutes(50)).status == "completed"
    assert refused(lambda: booked().end(T)) == "not_live"


def test_a_session_is_not_completed_without_its_learner():
    live = booked().go_live(T - minutes(14))
    assert refused(lambda: live.end(T - minutes(13))) == "learner_awaited"
    assert refused(lambda: live.end(T + minutes(10) - timedelta(seconds=1))) == "learner_awaited"
    assert live.end(T + minutes(10)).status == "no_show_learner"
    assert live.enter("learner", T + minutes(9)).end(T + minutes(9)).status == "completed"


@pytest.mark.parametrize(
    ("came", "outcome"),
    [
        (("mentor", "learner"), "completed"),
        (("mentor",), "no_show_learner"),
        (("learner",), "no_show_mentor"),
        ((), "no_show_both"),
    ],
)
def test_after_the_grace_attendance_decides(came, outcome):
    over = booked()
    for side in came:
        over = over.enter(side, T)
    assert over.settle(T + minutes(69)) == over
    assert over.settle(T + minutes(70)).status == outcome


def test_an_unsold_session_expires_at_its_start():
    assert session().settle(T - timedelta(seconds=1)).status == "open"
    assert session().settle(T).status == "expired"


@pytest.mark.parametrize("status", TERMINAL)
def test_terminal_states_never_reopen(status):
    ended = booked(status=status) if status != "expired" else session(status=status)
    assert ended.settle(T + timedelta(days=9)) == ended
    assert ended.next_due() is None
    assert refused(lambda: ended.book(LearnerCard("usr_x", "Xu"), "bkg_2", T - minutes(30))) == "slot_taken"
    for act in (lambda: ended.go_live(T), lambda: ended.enter("mentor", T), lambda: ended.end(T)):
        assert refused(act) in ("ended", "not_live")


@given(st.sampled_from(["open", "booked", "live"]), st.integers(-3000, 3000))
def test_settling_twice_is_settling_once_and_due_work_ends(status, offset):
    now = T + minutes(offset)
    start = session() if status == "open" else booked(status=status)
    settled = start.settle(now)
    assert settled.settle(now) == settled
    assert settled.next_due() is None or settled.next_due() > now


GOOD = {
    "title": "Decorators in an hour",
    "description": "What they are.",
    "topics": ["python"],
    "domain": "programming",
    "starts_at": T,
    "duration_minutes": 60,
}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", ["Too short", "x" * 101, "A title\u202e with a trick"]),
        ("description", ["", "   ", "word " * 201]),
        ("topics", [[], ["x"], ["tt"] * 6, ["x" * 41], ["be\u202ell"]]),
        ("domain", ["alchemy", "all", ""]),
        ("starts_at", [T - timedelta(days=2), T + minutes(7), T + timedelta(days=366), T + timedelta(seconds=1)]),
        ("duration_minutes", [0, 15, 29, 31, 195, -30]),
    ],
)
def test_each_fault_of_an_offer_is_named(field, values):
    now = T - timedelta(days=1)
    check_offer(**GOOD, domains=["programming"], now=now)
    for value in values:
        with pytest.raises(Invalid) as refusal:
            check_offer(**(GOOD | {field: value}), domains=["programming"], now=now)
        assert list(refusal.value.fields) == [field]


def test_an_offer_is_withdrawn_only_while_nobody_has_booked_it():
    withdrawn = session().withdraw()
    assert withdrawn.status == "cancelled" and withdrawn.is_over(T - minutes(30))
    assert refused(booked().withdraw) == "slot_taken"
