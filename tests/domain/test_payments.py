"""From an order to a payment that is kept or given back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import payments
from chalicelib.domain.errors import Conflict
from chalicelib.domain.payments import CHECKS
from tests.domain.paying import HOUR, NOW, Books, capture, paid, unpaid


def test_what_is_paid_is_shared_between_mentor_platform_and_tax_office():
    books = Books()
    payment = paid(books)
    assert (payment.status, payment.earning, payment.payment_id) == ("paid", "pending", "pay_1")
    assert books.open == {
        "gateway": 500_00 - 11_80,
        "gateway_charges": 11_80,
        "mentor:usr_m:pending": -425_00,
        "fees": -63_56,
        "tax_payable": -11_44,
    }


def test_a_coupon_is_paid_by_the_platform_and_the_mentor_has_the_share_of_the_whole_price():
    books = Books()
    paid(books, 500_00, 200_00)
    assert books.open["coupons"] == 200_00
    assert books.open["mentor:usr_m:pending"] == -425_00
    assert books.open["gateway"] == 300_00 - 11_80


def test_what_a_coupon_pays_wholly_never_meets_the_gateway():
    books = Books()
    payment = paid(books, 500_00, 500_00)
    assert payment.payment_id == "" and "gateway" not in books.open
    assert books.references == ["captured:bkg_1"]


@pytest.mark.parametrize(
    "wrong", [{"amount_paise": 499_99}, {"currency": "USD"}, {"order_id": "order_2"}, {"amount_paise": 0}]
)
def test_another_amount_currency_or_order_does_not_fit(wrong):
    payment = unpaid()
    assert payments.fits(payment, capture(payment))
    assert not payments.fits(payment, capture(payment, **wrong))


def test_what_cannot_be_kept_goes_back_whole_and_the_platform_bears_the_charge():
    books, payment = Books(), unpaid()
    payment = books.take(payments.returned(payment, capture(payment), "too_late", "rfd_1", NOW))
    assert books.open == {"gateway": 500_00 - 11_80, "gateway_charges": 11_80, "refunds_due": -500_00}
    assert payment.status == "open" and payment.refunds[0].paise == 500_00
    assert payments.is_known(payment, "pay_1") and not payments.is_known(payment, "pay_2")
    assert payment.next_due() == NOW


def test_an_order_that_is_not_paid_is_looked_at_ever_more_rarely_and_then_no_more():
    payment, looks = unpaid(), []
    while payment.status == "open":
        looks.append(payment.next_due() - NOW)
        payment = payments.checked(payment)
    assert tuple(looks) == CHECKS and looks[-1] > timedelta(days=3)
    assert payment.next_due() is None


def test_a_hold_that_lapses_without_an_order_is_done_with():
    payment = unpaid(order_id="", ordered_at=None)
    assert payments.lapsed(payment).status == "closed"
    assert payments.lapsed(unpaid()).status == "open"


def test_the_price_stands_once_the_gateway_was_asked():
    with pytest.raises(Conflict) as refused:
        payments.discounted(replace(unpaid(), tries=1), "HALF", 250_00)
    assert refused.value.code == "order_made"


def test_there_is_one_order():
    with pytest.raises(Conflict):
        payments.ordered(unpaid(), "order_2", NOW + HOUR)
