"""What becomes of money that was kept: given back, frozen, released; and it always adds up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import earnings
from chalicelib.domain.errors import Conflict
from chalicelib.domain.refunds import cash_back
from tests.domain.paying import HOUR, NOW, Books, paid

amounts = st.integers(50_00, 50_000_00)


@given(amounts, st.integers(0, 100), st.lists(st.integers(1, 50_000_00), max_size=5), st.booleans(), st.data())
def test_any_partial_refunds_end_at_exactly_zero(price, coupon, parts, late, data):
    books = Books()
    payment = paid(books, price, price * coupon // 100)
    if late:
        released = earnings.release(replace(payment, releases_at=NOW), NOW)
        payment = books.take(released)
    for number, part in enumerate([*parts, price]):
        back = sum(each.paise for each in payment.refunds)
        payment = books.take(earnings.give_back(payment, part, "admin", f"rfd_{number}", NOW))
        assert sum(each.paise for each in payment.refunds) == min(back + part, payment.payable_paise)
    for refund in payment.refunds:
        payment = books.take(earnings.refunded(payment, refund, NOW))
    if payment.payable_paise:
        charge = books.open.pop("gateway_charges")
        assert books.open.pop("gateway") == -charge  # the platform bears it
        assert payment.kept_paise == 0
        assert set(books.open) <= {"gateway", "gateway_charges"}


@given(amounts, st.integers(0, 100), st.sampled_from((0, 50, 100)))
def test_half_back_of_the_cash_is_half_back_of_the_coupon(price, coupon, percent):
    books, discount = Books(), price * coupon // 100
    payment = paid(books, price, discount)
    payment = books.take(earnings.reverse(payment, percent, "cancelled", "rfd_1", NOW))
    cash = sum(each.paise for each in payment.refunds)
    assert cash == cash_back(payment.payable_paise, percent)
    if cash in (payment.payable_paise * percent // 100, (payment.payable_paise * percent + 99) // 100):
        assert abs(payment.reversed_paise - price * percent / 100) <= 0.5  # else it was too little to move alone
    assert sum(books.balances.values()) == 0


def test_what_is_kept_after_half_back_is_shared_in_the_same_way():
    books = Books()
    books.take(earnings.reverse(paid(books), 50, "cancelled", "rfd_1", NOW))
    assert books.open["mentor:usr_m:pending"] == -212_50
    assert books.open["fees"] + books.open["tax_payable"] == -37_50
    assert books.open["refunds_due"] == -250_00


def test_an_earning_is_available_once_its_time_has_come_and_taxes_are_withheld_from_it():
    books = Books()
    payment = replace(paid(books), releases_at=NOW + 72 * HOUR)
    assert earnings.release(payment, NOW + 71 * HOUR).payment == payment
    payment = books.take(earnings.release(payment, NOW + 72 * HOUR))
    assert payment.earning == "available" and payment.next_due() is None
    assert books.open["mentor:usr_m:available"] == -(425_00 - 50)
    assert books.open["tax_payable"] == -(11_44 + 50)
    assert earnings.release(payment, NOW + 73 * HOUR).postings == ()


def test_a_refund_after_the_release_takes_from_what_is_available_and_from_the_tax_office():
    books = Books()
    payment = books.take(earnings.release(replace(paid(books), releases_at=NOW), NOW))
    books.take(earnings.give_back(payment, 500_00, "admin", "rfd_1", NOW))
    assert "mentor:usr_m:available" not in books.open and "tax_payable" not in books.open


def test_a_frozen_earning_waits():
    payment = earnings.freeze(replace(paid(Books()), releases_at=NOW))
    assert earnings.release(payment, NOW + HOUR).postings == ()
    assert payment.next_due() is None
    assert earnings.thaw(payment, NOW).next_due() == NOW


def test_nothing_goes_back_while_the_bank_looks_into_it():
    payment = earnings.disputed_by_bank(replace(paid(Books()), releases_at=NOW))
    assert payment.next_due() is None
    with pytest.raises(Conflict) as refused:
        earnings.give_back(payment, 1_00, "admin", "rfd_1", NOW)
    assert refused.value.code == "bank_dispute"


def test_a_dispute_that_the_bank_loses_changes_nothing():
    payment = earnings.disputed_by_bank(paid(Books()))
    over = earnings.chargeback_over(payment, "disp_1", 500_00, won=True, mentors_fault=True, now=NOW)
    assert over.postings == () and over.payment.chargeback == "won"


def test_nothing_is_released_while_the_bank_looks_into_it():
    payment = earnings.disputed_by_bank(replace(paid(Books()), releases_at=NOW))
    assert earnings.release(payment, NOW + HOUR).postings == ()
    won = earnings.chargeback_over(payment, "disp_1", 500_00, won=True, mentors_fault=False, now=NOW).payment
    assert earnings.release(won, NOW + HOUR).payment.earning == "available"


@given(amounts, st.integers(0, 99), st.sampled_from([50, 100]), st.booleans())
def test_a_booking_that_ends_while_the_bank_looks_into_it_is_refunded_by_either(price, coupon, percent, won):
    books = Books()
    asked = earnings.disputed_by_bank(paid(books, price, price * coupon // 100))
    payment = books.take(earnings.reverse(asked, percent, "no_show", "rfd_1", NOW))
    [owed] = payment.refunds
    assert payment.next_due() is None  # nothing is sent meanwhile
    taken = payment.payable_paise
    over = earnings.chargeback_over(payment, "disp_1", taken, won=won, mentors_fault=False, now=NOW)
    payment = books.take(over)
    if won:
        assert payment.next_due() == NOW
        payment = books.take(earnings.refunded(payment, owed, NOW))
    assert payment.refunds[0].status == "processed" and payment.next_due() is None
    assert books.balances["refunds_due"] == 0
    assert books.balances["chargebacks"] == (0 if won else taken - owed.paise)


def test_what_could_not_be_sent_back_has_gone_back_once_the_bank_takes_it():
    books = Books()
    payment = books.take(earnings.reverse(paid(books), 100, "mentor_cancelled", "rfd_1", NOW))
    [refund] = payment.refunds
    payment = earnings.with_refund(payment, replace(refund, round=5).failed(NOW))
    assert payment.refunds[0].status == "failed"
    payment = books.take(earnings.chargeback_over(payment, "disp_1", 500_00, won=False, mentors_fault=False, now=NOW))
    assert payment.refunds[0].status == "processed"
    assert set(books.open) == {"gateway", "gateway_charges"}  # nothing is owed twice, nor sent again by an admin


@given(amounts, st.integers(0, 99), st.integers(0, 100))
def test_what_the_mentor_owes_back_after_the_bank_took_it_makes_the_platform_whole(price, coupon, back):
    books = Books()
    payment = paid(books, price, price * coupon // 100)
    payment = books.take(earnings.reverse(payment, back, "cancelled", "rfd_1", NOW))
    for refund in payment.refunds:
        payment = books.take(earnings.refunded(payment, refund, NOW))
    taken = payment.refundable_paise
    asked = earnings.disputed_by_bank(payment)
    over = earnings.chargeback_over(asked, "disp_1", taken, won=False, mentors_fault=False, now=NOW)
    payment = books.take(over)
    assert books.balances["chargebacks"] == taken
    assert books.take(earnings.give_back(payment, 1_00, "admin", "rfd_2", NOW)) == payment
    books.take(earnings.reverse(payment, 100, "mentor_cancelled", "rfd_3", NOW))
    assert set(books.open) == {"gateway", "gateway_charges"}  # the charges stay ours


@given(amounts, st.integers(0, 99), st.integers(0, 100), st.booleans())
def test_what_the_bank_takes_is_the_platforms_loss_or_the_mentors_if_it_was_their_fault(price, coupon, back, fault):
    books = Books()
    payment = paid(books, price, price * coupon // 100)
    payment = books.take(earnings.reverse(payment, back, "cancelled", "rfd_1", NOW))
    before = books.balances["mentor:usr_m:pending"]
    asked = earnings.disputed_by_bank(payment)
    over = earnings.chargeback_over(asked, "disp_1", asked.payable_paise, won=False, mentors_fault=fault, now=NOW)
    payment = books.take(over)
    assert sum(books.balances.values()) == 0
    mentor = books.balances["mentor:usr_m:pending"]
    assert mentor == 0 if fault else mentor == before
    assert payment.refundable_paise == 0
