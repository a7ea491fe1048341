"""Impostors at the page's return from the checkout: it is believed if the gateway signed this payment on our order."""

import pytest

from chalicelib import wiring
from infra.local.razorpay import api
from tests.fakes import people, purse
from tests.fakes.times import hold
from tests.http.browser import LENA
from tests.http.doors import CURRENT, a_lesson, held_by, paying_world, status, untouched


@pytest.fixture
def deps(clock, monkeypatch):
    made = paying_world(clock, monkeypatch)
    monkeypatch.setattr(wiring, "deps", lambda: made)
    return made


@pytest.fixture
def lesson(deps):
    return a_lesson(deps)


@pytest.fixture
def held(lena, deps, lesson):
    return held_by(lena, deps, lesson)


@pytest.fixture
def eve(new_browser, mails):
    """Somebody else, signed in."""
    browser = new_browser(ip="198.51.100.66")
    browser.post("/signup/learner", LENA | {"name": "Eve", "email": "eve@example.com"})
    assert browser.post("/email/verify", {"token": mails()[-1][2]}).status == 200
    return browser


@pytest.fixture
def paid(deps, held):
    """What the gateway's window handed to Lena's page."""
    return purse.pay(deps, held)


@pytest.fixture
def back(deps, held):
    """Come back to Lena's booking, in this browser, with this."""
    return lambda browser, given: browser.post(f"/bookings/{held.booking.id}/payment", given)


def test_forged_it_changes_nothing(deps, lena, held, paid, back):
    forged = [
        {"razorpay_signature": "0" * 64},
        {"razorpay_signature": ""},
        {"razorpay_signature": "é"},
        {"razorpay_payment_id": "pay_another"},
        {"razorpay_signature": api.signed("key-secre", b"order|payment")},
        {
            "razorpay_signature": api.signed(
                CURRENT, f"{paid['razorpay_order_id']}|{paid['razorpay_payment_id']}".encode()
            )
        },
    ]
    for each in forged:
        reply = untouched(deps, lambda sent=each: back(lena, paid | sent))
        assert (reply.status, reply.code) == (400, "bad_signature"), each
    assert status(deps, held) == "held"


def test_of_another_order_it_changes_nothing(deps, lena, held, lesson, back):
    theirs = hold(deps, people.learner(deps, "Eve"), *lesson, hours=48, key="key-eve-00001")
    given = purse.pay(deps, theirs)
    assert untouched(deps, lambda: back(lena, given)).code == "bad_signature", "there is no order yet"
    mine = purse.begin(deps, held)
    for order_id in (given["razorpay_order_id"], mine):
        reply = untouched(deps, lambda told=order_id: back(lena, given | {"razorpay_order_id": told}))
        assert (reply.status, reply.code) == (400, "bad_signature")


def test_to_somebody_elses_booking_it_finds_none(deps, lena, eve, paid, back):
    reply = untouched(deps, lambda: back(eve, paid))
    assert reply.status == 404
    assert untouched(deps, lambda: eve.post("/bookings/bkg_none/payment", paid)).data == reply.data


def test_of_nobody_it_is_not_heard(deps, new_browser, paid, back):
    assert untouched(deps, lambda: back(new_browser(), paid)).code == "signed_out"


def test_from_another_site_it_is_not_heard(deps, lena, held, paid):
    path = f"/bookings/{held.booking.id}/payment"
    assert untouched(deps, lambda: lena.send("POST", path, paid, x_peerlearn=None)).code == "csrf"


@pytest.mark.parametrize("wrong", [{"razorpay_payment_id": "pay_1/refund"}, {"razorpay_signature": "x" * 201}])
def test_what_could_lead_elsewhere_is_refused_at_the_door(deps, lena, paid, back, wrong):
    reply = untouched(deps, lambda: back(lena, paid | wrong))
    assert (reply.status, list(reply.fields)) == (422, [*wrong])


def test_of_a_failed_try_it_confirms_nothing(deps, lena, held, back):
    given = purse.pay(deps, held, "failed")
    before = dict(deps.tables.items)
    assert back(lena, given).status == 202
    assert (status(deps, held), deps.tables.items) == ("held", before)


def test_twice_it_is_once(deps, lena, paid, back, clock):
    assert [back(lena, paid).status for _ in range(3)] == [200] * 3
    purse.settle(deps, clock, 5)
    assert purse.balances(deps)["mentor:pending"] == -425_00
