"""Two at a payment at the same moment: whatever comes between two looks, nothing is lost and nothing kept twice."""

from datetime import timedelta

import pytest

from chalicelib.services import due, payments
from chalicelib.services.payments import capturing
from tests.fakes import people, purse
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import world

QUARTER = timedelta(minutes=15)


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def lesson(deps, meera):
    open_hours(deps, meera)
    return offer(deps, meera, price_paise=500_00)


@pytest.fixture
def held(deps, lena, meera, lesson):
    return hold(deps, lena, meera, lesson)


def before(thing, name, act):
    """Somebody else acts just before the next call of this."""
    real = getattr(thing, name)

    def meanwhile(*given, **named):
        setattr(thing, name, real)
        act()
        return real(*given, **named)

    setattr(thing, name, meanwhile)


def paid(deps, held):
    return deps.razorpay.capture(purse.pay(deps, held)["razorpay_payment_id"])


def end(deps, held):
    payment = purse.payment_of(deps, held)
    return deps.bookings.find(held.booking.id).status, payment.payment_id, [each.why for each in payment.refunds]


def test_of_two_captures_heard_of_at_once_one_is_kept_and_one_goes_back(deps, held):
    first = paid(deps, held)
    second = first._replace(id="pay_second")
    take = capturing.take
    before(deps.tables, "read_many", lambda: take(deps, held.booking.id, first))
    take(deps, held.booking.id, second)
    assert end(deps, held) == ("confirmed", first.id, ["paid_twice"])


def test_the_same_capture_heard_of_twice_at_once_is_kept_once(deps, held):
    first = paid(deps, held)
    before(deps.tables, "read_many", lambda: capturing.take(deps, held.booking.id, first))
    capturing.take(deps, held.booking.id, first)
    assert end(deps, held) == ("confirmed", first.id, [])


@pytest.mark.parametrize("swept", [False, True])
def test_a_hold_that_lapses_while_it_is_being_paid_is_taken_again(deps, held, clock, swept):
    capture = paid(deps, held)

    def lapse():
        clock.forward(QUARTER)
        if swept:
            due.sweep(deps)

    before(deps.tables, "read_many", lapse)
    capturing.take(deps, held.booking.id, capture)
    assert end(deps, held) == ("confirmed", capture.id, [])


def test_two_windows_that_begin_to_pay_at_once_get_the_same_order(deps, held):
    before(deps.razorpay, "create_order", lambda: deps.payments.begun(held.booking.id))
    order = purse.begin(deps, held)
    assert order == purse.begin(deps, held) == purse.payment_of(deps, held).order_id
    [made] = purse.gateway(deps).books.shelves.every("order")
    assert made["id"] == order


def test_a_refund_on_its_way_does_not_end_the_watch_for_other_payments_early(deps, held, clock, meera, lesson):
    order = purse.begin(deps, held)
    clock.forward(QUARTER)
    due.sweep(deps)
    hold(deps, people.learner(deps, "Xu"), meera, lesson, key="key-hold-0002")
    purse.come_back(deps, held, purse.gateway(deps).pay(order))
    for _ in range(10):
        clock.forward(timedelta(minutes=3))
        payments.advance(deps, held.booking.id)
    payment = purse.payment_of(deps, held)
    assert (payment.checks, payment.status, payment.refunds[0].status) == (1, "open", "sent")


def test_what_was_given_back_before_we_heard_of_it_books_nothing(deps, held, clock):
    capture = paid(deps, held)
    deps.razorpay.refund(capture.id, paise=500_00, key="by-the-dashboard")
    purse.settle(deps, clock, 30)
    assert end(deps, held) == ("expired", "", [])
    assert purse.balances(deps) == {}
