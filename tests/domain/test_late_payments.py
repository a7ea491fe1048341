"""A payment that comes after its hold has lapsed, and what no payment brings back."""

from dataclasses import replace

import pytest

from chalicelib.domain import bookings
from chalicelib.domain.errors import Conflict, Forbidden
from tests.domain.meetings import LEARNER, XU, T, held, hours, minutes

NOW, SOON = T - hours(48), minutes(10)


def lapsed(**changes):
    return bookings.lapse(held(NOW, 500_00, **changes), NOW)


def late(old, after=SOON, paid=500_00):
    return bookings.confirm_late(old, LEARNER, paid, NOW + after)


@pytest.mark.parametrize("origin", ["published", "slot", "request"])
def test_within_the_hour_the_time_is_taken_again_if_it_is_nobodys(origin):
    new = late(lapsed(origin=origin))
    assert new.session.status == "booked" and new.session.learner == LEARNER
    assert new.session.booking_id == new.booking.id == "bkg_1"
    assert new.booking.status == "confirmed" and new.booking.paid_paise == 500_00


def test_a_hold_that_nobody_has_cleared_away_yet_is_confirmed():
    assert late(held(NOW, 500_00)).booking.status == "confirmed"


@pytest.mark.parametrize("after", [minutes(60), hours(5)])
def test_after_an_hour_it_is_too_late(after):
    with pytest.raises(Conflict) as refused:
        late(lapsed(), after)
    assert refused.value.code == "too_late"


def test_so_it_is_half_an_hour_before_the_start():
    old = held(T - minutes(45), 500_00)
    gone = bookings.lapse(old, T - minutes(45))
    with pytest.raises(Conflict):
        bookings.confirm_late(gone, LEARNER, 500_00, T - minutes(30))
    assert bookings.confirm_late(gone, LEARNER, 500_00, T - minutes(31)).booking.status == "confirmed"


def test_what_somebody_else_holds_or_was_offered_is_not_taken_from_them():
    old = lapsed(origin="published")
    taken = replace(old, session=old.session.take(XU, "bkg_2", NOW, NOW + minutes(15)))
    offered = replace(old, session=old.session.offered(XU.id, NOW + minutes(15)))
    withdrawn = replace(old, session=old.session.withdraw())
    for gone in (taken, offered, withdrawn):
        with pytest.raises(Conflict) as refused:
            late(gone)
        assert refused.value.code == "slot_taken"


def test_another_amount_confirms_nothing():
    with pytest.raises(Conflict) as refused:
        late(lapsed(), paid=499_00)
    assert refused.value.code == "wrong_amount"


def test_what_the_mentor_took_back_no_payment_brings_back():
    gone = bookings.take_back(held(NOW + hours(3), 500_00, origin="request"), NOW)
    assert (gone.session.status, gone.booking.status) == ("cancelled", "expired")
    with pytest.raises(Conflict):
        late(gone)


def test_a_mentor_takes_back_only_what_the_two_have_agreed_on():
    with pytest.raises(Forbidden):
        bookings.take_back(held(NOW + hours(3), 500_00, origin="slot"), NOW)
