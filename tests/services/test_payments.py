"""Paying for a booking: confirmed if and only if paid and kept, whatever is doubled, late, lost or forged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.errors import Unauthenticated
from chalicelib.services import bookings, due, payments, settlement
from tests.fakes import people, purse
from tests.fakes.times import hold, offer, open_hours, recorded
from tests.fakes.world import Clock, world
from tests.refusals import code_of

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


@pytest.fixture
def clock():
    return Clock()


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


def status(deps, held):
    return deps.bookings.find(held.booking.id).status


def test_whoever_pays_and_comes_back_has_booked_at_once(deps, held):
    booked = purse.bought(deps, held)
    assert booked.booking.status == "confirmed" and booked.booking.paid_paise == 500_00
    assert booked.session.status == "booked"
    mails = [each.template for each in recorded(deps)]
    assert sorted(mails) == ["booking_confirmed_learner", "booking_confirmed_mentor", "payment_received"]


def test_the_ledger_follows_within_the_next_sweep(deps, held, clock):
    purse.bought(deps, held)
    purse.settle(deps, clock, 3)
    assert purse.balances(deps) == {
        "fees": -63_56,
        "gateway": 488_20,
        "gateway_charges": 11_80,
        "mentor:pending": -425_00,
        "tax_payable": -11_44,
    }


def test_whoever_never_comes_back_has_booked_by_the_gateways_word(deps, held):
    purse.pay(deps, held)
    assert status(deps, held) == "held"
    purse.hear_everything(deps)
    due_at_once(deps)
    assert status(deps, held) == "confirmed"


def test_without_any_word_the_order_itself_is_looked_at(deps, held, clock):
    clock.forward(timedelta(minutes=1))
    purse.pay(deps, held)
    purse.gateway(deps).events()  # all of them are lost
    for _ in range(40):
        clock.forward(timedelta(minutes=1))
        quietly_swept(deps)
    assert status(deps, held) == "confirmed"


def test_there_is_one_order_however_often_one_begins(deps, held):
    assert len({purse.begin(deps, held) for _ in range(3)}) == 1
    assert there_are(deps, "order") == 1


@pytest.mark.parametrize("after", [False, True])
def test_an_order_of_unknown_fate_is_found_again_by_its_receipt(deps, held, after):
    purse.gateway(deps).dies("create_order", after=after)
    assert code_of(lambda: purse.begin(deps, held)) == "unavailable"
    assert status(deps, held) == "held"
    order = purse.begin(deps, held)
    assert [each["id"] for each in purse.gateway(deps).books.shelves.every("order")] == [order]


def test_a_gateway_that_is_down_confirms_nothing_and_says_so(deps, held):
    paid = purse.pay(deps, held)
    purse.gateway(deps).dies("capture")
    meeting = purse.come_back(deps, held, paid)
    assert meeting.booking.status == "held"
    purse.hear_everything(deps)
    due_at_once(deps)
    assert status(deps, held) == "confirmed"


def test_a_failed_try_leaves_the_hold_and_the_next_is_on_the_same_order(deps, held):
    purse.pay(deps, held, "failed")
    purse.hear_everything(deps)
    due_at_once(deps)
    assert status(deps, held) == "held"
    purse.bought(deps, held)
    assert status(deps, held) == "confirmed"
    assert there_are(deps, "order") == 1


def test_doubled_and_reordered_events_change_nothing_more(deps, held, clock):
    purse.bought(deps, held)
    events = purse.gateway(deps).events()
    for body, headers in [*reversed(events), *events, *events]:
        purse.deliver(deps, body, headers)
        due_at_once(deps)
    purse.settle(deps, clock, 3)
    assert purse.balances(deps)["mentor:pending"] == -425_00
    assert len(purse.payment_of(deps, held).refunds) == 0


@pytest.mark.parametrize("what", ["signature", "payment", "order of another booking"])
def test_a_forged_return_changes_nothing(deps, held, what, lena, meera, lesson):
    paid = purse.pay(deps, held)
    other = people.learner(deps, "Xu")
    if what == "signature":
        forged = paid | {"razorpay_signature": "0" * 64}
    elif what == "payment":
        forged = paid | {"razorpay_payment_id": "pay_another"}
    else:
        theirs = hold(deps, other, meera, lesson, hours=48, key="key-hold-0002")
        forged = purse.pay(deps, theirs)
    before = dict(deps.tables.items)
    assert code_of(lambda: purse.come_back(deps, held, forged)) == "bad_signature"
    assert deps.tables.items == before


def test_somebody_elses_booking_cannot_be_paid_or_returned_to(deps, held):
    xu = people.learner(deps, "Xu")
    begin = lambda: payments.begin(deps, learner_id=xu.id, booking_id=held.booking.id)  # noqa: E731
    assert code_of(begin) == "not_found"


def test_events_of_another_account_are_refused(deps, held):
    purse.pay(deps, held)
    [(body, headers), *_] = purse.gateway(deps).events()
    ours = replace(deps.secrets(), razorpay=replace(deps.secrets().razorpay, account_id="acc_ours"))
    with pytest.raises(Unauthenticated):
        purse.deliver(replace(deps, secrets=lambda: ours), body, headers)


def test_another_amount_than_the_orders_goes_back_and_rings(deps, held, clock):
    purse.gateway(deps).faults.add("wrong_amount")
    purse.pay(deps, held)
    purse.settle(deps, clock, 10)
    assert status(deps, held) in ("held", "expired")
    [refund] = purse.payment_of(deps, held).refunds
    assert refund.why == "wrong_amount" and refund.status == "processed"
    assert "wrong_amount" in [what for what, _ in deps.alarms.rung]
    assert set(purse.balances(deps)) == {"gateway", "gateway_charges"}


def test_paid_after_the_hold_has_lapsed_the_time_is_taken_again(deps, held, clock):
    order = purse.begin(deps, held)
    clock.forward(QUARTER)
    quietly_swept(deps)
    assert status(deps, held) == "expired"
    purse.gateway(deps).pay(order)
    purse.hear_everything(deps)
    due_at_once(deps)
    assert status(deps, held) == "confirmed"
    assert deps.sessions.get(held.session.id).learner.name == "Lena"


def test_if_somebody_has_taken_it_all_of_it_goes_back(deps, held, clock, meera, lesson):
    order = purse.begin(deps, held)
    clock.forward(QUARTER)
    quietly_swept(deps)
    xu = people.learner(deps, "Xu")
    hold(deps, xu, meera, lesson, key="key-hold-0002")
    paid = purse.gateway(deps).pay(order)
    purse.come_back(deps, held, paid)
    assert status(deps, held) == "expired"
    purse.settle(deps, clock, 10)
    [refund] = purse.payment_of(deps, held).refunds
    assert (refund.why, refund.paise, refund.status) == ("too_late", 500_00, "processed")
    mails = [each.template for each in recorded(deps)]
    assert "payment_returned" in mails and "refund_done" in mails


def test_so_it_does_if_the_learner_has_booked_anew(deps, held, clock, lena, meera, lesson):
    order = purse.begin(deps, held)
    clock.forward(QUARTER)
    quietly_swept(deps)
    hold(deps, lena, meera, lesson, hours=30, key="key-hold-0002")
    purse.come_back(deps, held, purse.gateway(deps).pay(order))
    assert status(deps, held) == "expired"
    assert purse.payment_of(deps, held).refunds[0].why == "too_late"


def test_an_hour_after_the_lapse_it_goes_back(deps, held, clock):
    order = purse.begin(deps, held)
    clock.forward(QUARTER)
    quietly_swept(deps)
    clock.forward(HOUR)
    purse.come_back(deps, held, purse.gateway(deps).pay(order))
    assert status(deps, held) == "expired"


def test_a_late_authorisation_three_days_on_goes_back(deps, held, clock):
    order, gateway = purse.begin(deps, held), purse.gateway(deps)
    gateway.books.pay_late(order, 3 * 86400)
    for _ in range(74):
        clock.forward(HOUR)
        quietly_swept(deps)
    gateway.books.tick()
    assert status(deps, held) == "expired" and purse.payment_of(deps, held).refunds == ()
    purse.settle(deps, clock, 10)
    [refund] = purse.payment_of(deps, held).refunds
    assert (refund.why, refund.status) == ("too_late", "processed")


def test_a_lapsed_hold_cannot_be_begun_to_pay(deps, held, clock):
    clock.forward(QUARTER)
    assert code_of(lambda: purse.begin(deps, held)) == "hold_lapsed"


def test_what_is_paid_is_not_paid_again(deps, held):
    purse.bought(deps, held)
    assert code_of(lambda: purse.begin(deps, held)) == "already_paid"


def test_whoever_cancels_gets_back_what_was_shown_and_the_rest_is_shared(deps, held, clock, lena):
    purse.bought(deps, held)
    clock.forward(timedelta(hours=10))
    cancelled = bookings.cancel(deps, user_id=lena.id, booking_id=held.booking.id, reason="", refund_paise=250_00)
    assert cancelled.booking.refund.percent == 50
    purse.settle(deps, clock, 10)
    assert purse.payment_of(deps, held).refunds[0].status == "processed"
    found = purse.balances(deps)
    assert found["mentor:pending"] == -212_50 and found["gateway"] == 500_00 - 11_80 - 250_00
    assert "refunds_due" not in found


def test_what_was_kept_is_available_three_days_after_the_end(deps, held, clock, lena):
    purse.bought(deps, held)
    clock.forward(timedelta(hours=23, minutes=30))
    bookings.cancel(deps, user_id=lena.id, booking_id=held.booking.id, reason="", refund_paise=0)
    clock.forward(timedelta(minutes=30) + HOUR + timedelta(hours=71))
    purse.settle(deps, clock, 10)
    assert purse.balances(deps)["mentor:pending"] == -425_00
    clock.forward(HOUR)
    purse.settle(deps, clock, 10)
    found = purse.balances(deps)
    assert found["mentor:available"] == -(425_00 - 50) and "mentor:pending" not in found


@pytest.mark.parametrize("after", [False, True])
def test_a_refund_of_unknown_fate_is_asked_for_again_and_made_once(deps, held, clock, meera, after):
    purse.bought(deps, held)
    bookings.cancel(deps, user_id=meera.account.id, booking_id=held.booking.id, reason="", refund_paise=500_00)
    for _ in range(3):
        purse.gateway(deps).dies("refund", after=after)
    purse.settle(deps, clock, 90)
    assert purse.payment_of(deps, held).refunds[0].status == "processed"
    assert there_are(deps, "refund") == 1
    assert set(purse.balances(deps)) == {"gateway", "gateway_charges"}


def test_a_refund_that_failed_is_sent_anew_under_a_key_of_its_own_and_ends_with_an_admin(deps, held, clock, meera):
    purse.bought(deps, held)
    bookings.cancel(deps, user_id=meera.account.id, booking_id=held.booking.id, reason="", refund_paise=500_00)
    purse.gateway(deps).faults.add("refund_fails", times=5)
    for _ in range(60):
        clock.forward(timedelta(hours=1))
        purse.settle(deps, clock, 1)
    [refund] = purse.payment_of(deps, held).refunds
    assert (refund.status, refund.round) == ("failed", 5)
    assert "refund_failed" in [what for what, _ in deps.alarms.rung]
    payments.retry_refund(deps, held.booking.id, refund.id)
    purse.settle(deps, clock, 10)
    assert purse.payment_of(deps, held).refunds[0].status == "processed"


def test_nothing_is_asked_of_the_gateway_for_what_costs_nothing(deps, lena, meera, lesson):
    free = offer(deps, meera, number=2, price_paise=0)
    held = hold(deps, lena, meera, free)
    assert deps.payments.find(held.booking.id) is None
    assert code_of(lambda: purse.begin(deps, held)) == "nothing_to_pay"


def due_at_once(deps):
    """As if the stream had handed on what was just taken down."""
    for item in list(deps.tables.items.values()):
        if item.get("kind") in ("inbox", "posting") and item.get("status") == "waiting":
            settlement.settle(deps, MoneyErrand(item["kind"], item["id"]))


def quietly_swept(deps):
    """A minute's work, while the gateway says nothing."""
    assert due.sweep(deps).failed == {}
    purse.work(deps)


def there_are(deps, kind):
    """How many of them the gateway has."""
    return len(list(purse.gateway(deps).books.shelves.every(kind)))
