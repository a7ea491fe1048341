"""A payment that comes after its hold has lapsed: the time is taken again only if it could still be had now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.services import due, offerings, sessions
from chalicelib.services.accounts import people as accounts
from tests.fakes import purse
from tests.fakes.times import book, hold, offer, open_hours, publish
from tests.fakes.world import NOON, world

QUARTER = timedelta(minutes=15)


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def lesson(deps, meera):
    open_hours(deps, meera)
    return offer(deps, meera, price_paise=500_00)


def lapsed(deps, clock, held):
    """The hold is over, and its checkout is still open in some window: its order."""
    order = purse.begin(deps, held)
    clock.forward(QUARTER)
    assert due.sweep(deps).failed == {}
    return order


def paid_late(deps, held, order):
    """Captured after all: what has become of the booking, and why money goes back."""
    purse.come_back(deps, held, purse.gateway(deps).pay(order))
    return deps.bookings.find(held.booking.id).status, [each.why for each in purse.payment_of(deps, held).refunds]


CONFIRMED, RETURNED = ("confirmed", []), ("expired", ["too_late"])


def suspended(deps, account):
    accounts.change_account(deps, account.id, lambda old: replace(old, status="suspended"))


@pytest.mark.parametrize("who", ["learner", "mentor"])
def test_nobody_who_was_suspended_meanwhile_is_booked(deps, lena, meera, lesson, clock, who):
    held = hold(deps, lena, meera, lesson)
    order = lapsed(deps, clock, held)
    suspended(deps, lena if who == "learner" else meera.account)
    assert paid_late(deps, held, order) == RETURNED


@pytest.mark.parametrize("hours", [{"weekly": ((),) * 7}, {"away": True}], ids=["none", "away"])
def test_a_time_that_the_mentor_does_not_offer_any_more_is_not_taken(deps, lena, meera, lesson, clock, hours):
    held = hold(deps, lena, meera, lesson)
    order = lapsed(deps, clock, held)
    open_hours(deps, meera, **hours)
    assert paid_late(deps, held, order) == RETURNED


def test_nor_is_what_she_does_not_offer_any_more(deps, lena, meera, lesson, clock):
    held = hold(deps, lena, meera, lesson)
    order = lapsed(deps, clock, held)
    offerings.archive(deps, mentor_id=meera.account.id, offering_id=lesson.id)
    assert paid_late(deps, held, order) == RETURNED


def test_a_notice_that_was_kept_by_the_hold_is_kept(deps, lena, meera, lesson, clock):
    held = hold(deps, lena, meera, lesson, hours=2)
    assert paid_late(deps, held, lapsed(deps, clock, held)) == CONFIRMED


@pytest.mark.parametrize(
    "changes", [{"starts_at": NOON + timedelta(hours=26)}, {"duration_minutes": 30}, {"price_paise": 400_00}]
)
def test_a_published_session_that_was_changed_meanwhile_is_another(deps, lena, meera, lesson, clock, changes):
    held = book(deps, lena, publish(deps, meera, price_paise=500_00))
    order = lapsed(deps, clock, held)
    seen = deps.sessions.get(held.session.id).version
    sessions.edit(deps, mentor_id=meera.account.id, session_id=held.session.id, changes=changes, version=seen)
    assert paid_late(deps, held, order) == RETURNED


def test_one_that_is_as_it_was_is_taken_again(deps, lena, meera, lesson, clock):
    held = book(deps, lena, publish(deps, meera, price_paise=500_00))
    assert paid_late(deps, held, lapsed(deps, clock, held)) == CONFIRMED
