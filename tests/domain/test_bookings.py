"""What becomes of a booking together with its session: held, confirmed, lapsed, cancelled, moved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import bookings, reschedules
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.errors import Conflict, DomainError, Invalid
from chalicelib.domain.options import options
from tests.domain.meetings import LEARNER, XU, T, booked, held, hours, minutes, refused, session


def test_a_hold_is_confirmed_for_exactly_its_price_and_in_time():
    hold = held(T - hours(2), paise=500_00)
    assert refused(lambda: bookings.confirm(hold, 499_99, T - hours(3))) == "wrong_amount"
    assert refused(lambda: bookings.confirm(hold, 500_00, T - hours(2))) == "hold_lapsed"
    done = bookings.confirm(hold, 500_00, T - hours(3), "I am new to this.")
    assert (done.session.status, done.booking.status, done.booking.paid_paise) == ("booked", "confirmed", 500_00)
    assert (done.booking.note, done.booking.confirmed_at) == ("I am new to this.", T - hours(3))


@pytest.mark.parametrize(("origin", "becomes"), [("published", "open"), ("slot", "expired"), ("request", "expired")])
def test_a_hold_that_lapses_frees_the_time(origin, becomes):
    lapsed = bookings.lapse(held(T - hours(2), origin=origin), T - hours(2))
    assert (lapsed.session.status, lapsed.booking.status) == (becomes, "expired")
    assert refused(lambda: bookings.lapse(booked(), T - hours(2))) == "not_held"


@pytest.mark.parametrize(
    ("ahead", "by"), [(200, timedelta(hours=24)), (24, timedelta(hours=23)), (1, minutes(15)), (1.25, minutes(15))]
)
def test_an_accepted_request_is_paid_within_a_day_an_hour_before_the_start_or_a_quarter_hour(ahead, by):
    assert bookings.pay_by(T + hours(ahead), T) == T + by


@pytest.mark.parametrize(
    ("by", "notice", "percent"),
    [
        ("learner", hours(24), 100),
        ("learner", hours(24) - minutes(1), 50),
        ("learner", hours(2), 50),
        ("learner", hours(2) - minutes(1), 0),
        ("mentor", minutes(1), 100),
        ("platform", minutes(1), 100),
    ],
)
def test_what_goes_back_depends_on_who_cancels_and_when(by, notice, percent):
    gone = bookings.cancel(booked(paise=999_99), by, T - notice, "Ill")
    assert gone.booking.status == f"cancelled_by_{by}"
    assert (gone.booking.refund.percent, gone.booking.refund.paise) == (percent, (999_99 * percent + 50) // 100)
    assert gone.booking.reason == "Ill"


def test_a_learner_who_leaves_in_time_opens_a_published_session_to_others():
    assert bookings.cancel(booked(paise=500_00), "learner", T - hours(3)).session.status == "open"
    assert bookings.cancel(booked(), "learner", T - minutes(1)).session.status == "open"
    assert bookings.cancel(booked(paise=500_00), "learner", T - hours(1)).session.status == "cancelled"
    assert bookings.cancel(booked(), "mentor", T - hours(48)).session.status == "cancelled"
    assert bookings.cancel(booked(origin="slot"), "learner", T - hours(48)).session.status == "cancelled"


def test_what_has_begun_or_is_not_confirmed_is_not_cancelled():
    assert refused(lambda: bookings.cancel(booked(), "learner", T)) == "too_late"
    assert refused(lambda: bookings.cancel(booked(status="live"), "mentor", T - minutes(5))) == "not_cancellable"
    assert refused(lambda: bookings.cancel(held(T - hours(1)), "learner", T - hours(2))) == "not_cancellable"


def test_a_cancelled_booking_keeps_its_own_time_after_the_session_goes_to_another():
    gone = bookings.cancel(booked(), "learner", T - hours(30))
    again = Meeting(gone.session.take(XU, "bkg_2", T - hours(20)), gone.booking)
    seen = bookings.parted(again)
    assert (seen.session.status, seen.session.learner, seen.session.starts_at) == ("cancelled", None, T)
    assert bookings.parted(booked()) == booked()


@pytest.mark.parametrize(("by", "until"), [("learner", hours(12)), ("mentor", hours(2))])
def test_each_side_asks_for_another_time_until_its_own_limit(by, until):
    meeting, other = booked(), T + hours(48)
    assert bookings.propose(meeting, by, other, T - until).session.proposal.by == by
    late = T - until + timedelta(seconds=1)
    assert refused(lambda: bookings.propose(meeting, by, other, late)) == "too_late"


def test_the_other_side_moves_it_and_the_old_time_is_gone():
    asked = bookings.propose(booked(), "learner", T + hours(48), T - hours(30))
    assert asked.session.proposal.lapses_at == T - hours(1)
    assert refused(lambda: bookings.accept_proposal(asked, "learner", None, T - hours(29))) == "own_proposal"
    assert refused(lambda: bookings.accept_proposal(asked, "mentor", None, T - hours(1))) == "no_proposal"
    moved = bookings.accept_proposal(asked, "mentor", None, T - hours(29))
    assert moved.session.starts_at == moved.booking.starts_at == T + hours(48)
    assert (moved.session.reschedules, moved.session.sequence, moved.session.proposal) == (1, 1, None)


def test_a_proposal_waits_for_its_answer_and_ones_own_is_replaced():
    asked = bookings.propose(booked(), "learner", T + hours(48), T - hours(30))
    assert refused(lambda: bookings.propose(asked, "mentor", T + hours(72), T - hours(30))) == "proposal_waits"
    again = bookings.propose(asked, "learner", T + hours(72), T - hours(30))
    assert again.session.proposal.starts_at == T + hours(72)
    assert bookings.drop_proposal(again).session.proposal is None
    assert refused(lambda: bookings.drop_proposal(booked())) == "no_proposal"


def test_a_booking_is_moved_twice_at_most():
    assert refused(lambda: bookings.propose(booked(reschedules=2), "mentor", T + hours(48), T - hours(30))) == (
        "moved_twice"
    )


def test_a_move_never_raises_what_the_learner_would_have_got_back():
    late = bookings.propose(booked(paise=500_00), "learner", T + hours(240), T - hours(20))
    moved = bookings.accept_proposal(late, "mentor", None, T - hours(19))
    assert bookings.cancelling(moved, "learner", T).percent == 50
    kind = bookings.propose(booked(paise=500_00), "mentor", T + hours(240), T - hours(20))
    moved = bookings.accept_proposal(kind, "learner", None, T - hours(19))
    assert bookings.cancelling(moved, "learner", T).percent == 100


@pytest.mark.parametrize("to", [T, T + minutes(7), T - hours(31), T - hours(29.5), T + timedelta(days=181)])
def test_a_time_to_move_to_lies_ahead_on_the_grid_and_is_another(to):
    with pytest.raises(Invalid) as refusal:
        bookings.propose(booked(), "learner", to, T - hours(30))
    assert list(refusal.value.fields) == ["starts_at"]


def test_who_did_not_come_is_seen_in_the_booking():
    for status, percent in (("no_show_learner", None), ("no_show_mentor", 100), ("no_show_both", 100)):
        meeting = booked(paise=500_00)
        over = bookings.follow(meeting.booking, replace(meeting.session, status=status))
        assert over.status == "no_show"
        assert (over.refund.percent if over.refund else None) == percent
    assert bookings.follow(booked().booking, session(status="completed")).status == "completed"


STATES = st.sampled_from(["held", "booked", "live", "completed", "cancelled"])
PROPOSALS = st.sampled_from([None, "mentor", "learner"])


@given(STATES, PROPOSALS, st.sampled_from(["mentor", "learner"]), st.integers(-3000, 120), st.integers(0, 2))
def test_what_a_page_offers_is_what_the_rules_allow(status, proposed_by, side, offset, done):
    now = T + minutes(offset)
    meeting = held(T - minutes(30)) if status == "held" else booked(status=status, reschedules=done)
    if proposed_by:
        proposal = reschedules.Proposal(proposed_by, T + hours(100), T - hours(60), T - hours(1))
        meeting = replace(meeting, session=replace(meeting.session, proposal=proposal))
    can = options(meeting, side, now)
    assert can.cancel == allowed(lambda: bookings.cancel(meeting, side, now))
    assert can.propose == allowed(lambda: bookings.propose(meeting, side, T + hours(90), now))
    if side == "learner":
        assert can.confirm == allowed(lambda: bookings.confirm(meeting, 0, now))
    if proposed_by and status == "booked" and now < T:
        assert can.answer_proposal == allowed(lambda: bookings.accept_proposal(meeting, side, None, now))


def allowed(act):
    try:
        act()
    except DomainError:
        return False
    return True


def test_beginning_makes_a_booking_or_a_hold():
    now = T - hours(5)
    assert bookings.begin(session(), LEARNER, "bkg_1", now, None).booking.status == "confirmed"
    hold = bookings.begin(session(price_paise=500_00), LEARNER, "bkg_1", now, now + minutes(15))
    assert (hold.booking.status, hold.booking.price_paise, hold.session.status) == ("held", 500_00, "held")
    with pytest.raises(Conflict):
        bookings.begin(hold.session, XU, "bkg_2", now, None)
