"""The gateway in memory: it dies where told, and its events can be delivered as a test likes."""

import json
from datetime import timedelta

import pytest

from chalicelib.domain.gateway import Unknown
from tests.fakes.razorpay import FakeGateway
from tests.fakes.world import SECRETS, Clock


class Killed(BaseException):
    """As a process ends: caught by nobody."""


@pytest.fixture
def clock():
    """It stands still."""
    return Clock()


@pytest.fixture
def gateway(clock):
    """With nothing in it."""
    return FakeGateway(lambda: SECRETS, clock)


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
def test_the_nth_call_dies_before_its_effect_or_after(gateway, after, made):
    gateway.dies("create_order", nth=2, after=after, fault=Killed())
    gateway.razorpay.create_order(amount_paise=100, receipt="first")
    with pytest.raises(Killed):
        gateway.razorpay.create_order(amount_paise=100, receipt="second")
    assert (gateway.razorpay.find_order("second") is not None) == bool(made)
    gateway.razorpay.create_order(amount_paise=100, receipt="third")
    assert gateway.calls == ["create_order", "create_order", "orders", "create_order"]


def test_a_death_is_of_an_unknown_outcome_unless_said(gateway):
    gateway.dies("*")
    with pytest.raises(Unknown):
        gateway.razorpayx.balance_paise()
    assert gateway.razorpayx.balance_paise() == 10_00_000_00


def test_events_are_given_once_in_order_each_signed_and_named(gateway):
    order = gateway.razorpay.create_order(amount_paise=100, receipt="b")
    gateway.pay(order.id)
    events = gateway.events()
    assert [json.loads(body)["event"] for body, _ in events] == [
        "payment.authorized",
        "payment.captured",
        "order.paid",
    ]
    assert all(gateway.razorpay.webhook_is_genuine(body, told["x-razorpay-signature"]) for body, told in events)
    assert len({told["x-razorpay-event-id"] for _, told in events}) == 3
    assert gateway.events() == []


def test_refunds_take_the_clock_s_time_where_that_is_asked_for(clock):
    gateway = FakeGateway(lambda: SECRETS, clock, after=60)
    order = gateway.razorpay.create_order(amount_paise=500, receipt="b")
    payment = gateway.pay(order.id)["razorpay_payment_id"]
    refund = gateway.razorpay.refund(payment, paise=500, key="refund-of-b")
    assert gateway.razorpay.gateway_refund(refund.id).status == "pending"
    clock.forward(timedelta(minutes=1))
    assert gateway.razorpay.gateway_refund(refund.id).status == "processed"


def test_a_payment_that_was_left_fails_after_ten_minutes_and_may_come_late(gateway, clock):
    order = gateway.razorpay.create_order(amount_paise=500, receipt="b")
    gateway.pay(order.id, "left")
    clock.forward(timedelta(minutes=10))
    gateway.books.tick()
    (left,) = gateway.razorpay.captures_of(order.id)
    assert left.status == "failed"
    gateway.books.payments.authorize(left.id)
    assert gateway.razorpay.order(order.id).status == "paid"


def test_two_gateways_told_the_same_are_the_same():
    def history():
        gateway = FakeGateway(lambda: SECRETS, Clock(), seed=7)
        gateway.faults.add("drop_after", "create_order", probability=0.5)
        for each in range(20):
            try:
                gateway.pay(gateway.razorpay.create_order(amount_paise=100 + each, receipt=str(each)).id)
            except Unknown:
                continue
        return gateway.books.totals()

    assert history() == history()
