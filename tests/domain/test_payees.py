"""Where mentors are paid: what is taken for an account, and what stands in the way of a payout."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import payees
from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Invalid
from chalicelib.domain.india import INDIA
from chalicelib.domain.payees import Payee

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MEERA = Account("usr_m", "Meera", "meera@example.com", "-", date(1990, 1, 1), "Asia/Kolkata", "1", NOW)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def payee(**changes):
    whole = Payee(
        "usr_m", "bank", "Meera Rao", "HDFC ••••9012", "fa_1", NOW, NOW + timedelta(days=7), pan_sealed="sealed"
    )
    return replace(whole, **changes)


def faults(made, *given):
    with pytest.raises(Invalid) as refused:
        made(*given)
    return set(refused.value.fields)


def code(*given, **named):
    found = payees.hindrance(*given, **named)
    return found.code if found else None


class TestDetails:
    def test_an_account_is_tidied_and_masked(self):
        found = payees.bank_details("  Meera  Rao ", "1234 5678-9012", "123456789012", "hdfc 0001234")
        assert (found.bank.holder, found.bank.number, found.bank.ifsc) == ("Meera Rao", "123456789012", "HDFC0001234")
        assert (found.way, found.masked) == ("bank", "HDFC ••••9012")
        assert "1234" not in repr(found)

    @pytest.mark.parametrize(
        ("given", "wrong"),
        [
            (("Me", "123456789012", "123456789012", "HDFC0001234"), "holder"),
            (("मीरा राव", "123456789012", "123456789012", "HDFC0001234"), "holder"),
            (("Meera Rao", "12345678", "12345678", "HDFC0001234"), "account_number"),
            (("Meera Rao", "1234567890123456789", "1234567890123456789", "HDFC0001234"), "account_number"),
            (("Meera Rao", "12345678901x", "12345678901x", "HDFC0001234"), "account_number"),
            (("Meera Rao", "१२३४५६७८९०", "१२३४५६७८९०", "HDFC0001234"), "account_number"),
            (("Meera Rao", "123456789012", "123456789021", "HDFC0001234"), "account_number_again"),
            (("Meera Rao", "123456789012", "123456789012", "HDFC1001234"), "ifsc"),
            (("Meera Rao", "123456789012", "123456789012", "HDF00001234"), "ifsc"),
            (("Meera Rao", "123456789012", "123456789012", "HDFC000123"), "ifsc"),
        ],
    )
    def test_each_fault_is_named_by_its_field(self, given, wrong):
        assert faults(payees.bank_details, *given) == {wrong}

    def test_all_faults_at_once(self):
        assert faults(payees.bank_details, "", "", "1", "") == {
            *("holder", "account_number", "account_number_again", "ifsc")
        }

    def test_a_upi_id_is_in_small_letters_and_masked(self):
        found = payees.upi_details("Meera Rao", " Meera.Rao-1@OkHDFC ")
        assert (found.way, found.upi, found.masked) == ("upi", "meera.rao-1@okhdfc", "me•••@okhdfc")

    @pytest.mark.parametrize(
        "address", ["", "meera", "m@ok", "meera@1bank", "meera@ok.com", "me era@", "a" * 257 + "@ok"]
    )
    def test_what_is_no_upi_id_is_refused(self, address):
        assert faults(payees.upi_details, "Meera Rao", address) == {"address"}

    def test_a_tax_number_is_tidied_and_shows_its_end_alone(self):
        assert payees.pan_number(" abcde 1234-f") == "ABCDE1234F"
        assert payees.masked_pan("ABCDE1234F") == "••••••234F"
        assert [faults(payees.pan_number, each) for each in ("", "ABCDE12345", "ABCD1234FG", "ABCDE1234FF")] == [
            {"pan"}
        ] * 4

    @given(st.text(alphabet="0123456789", min_size=9, max_size=18))
    def test_what_is_stored_tells_four_digits_and_no_more(self, number):
        masked = payees.bank_details("Meera Rao", number, number, "HDFC0001234").masked
        assert sum(sign.isdigit() for sign in masked) == 4 and masked.endswith(number[-4:])


class TestHindrances:
    def test_nothing_stands_in_the_way(self):
        assert code(payee(), 100_00, NOW) is None

    def test_each_in_its_turn(self):
        assert code(None, 100_00, NOW) == "no_payee"
        assert code(payee(blocked_until=NOW + timedelta(seconds=1)), 100_00, NOW) == "payouts_blocked"
        assert code(payee(blocked_until=NOW), 100_00, NOW) is None
        assert code(payee(pan_sealed=""), 100_00, NOW) == "no_pan"
        assert code(payee(in_flight="po_1"), 100_00, NOW) == "payout_under_way"
        assert code(payee(asked_on=NOW.date()), 100_00, NOW) == "asked_today"
        assert code(payee(asked_on=NOW.date()), 100_00, NOW, once_a_day=False) is None
        assert code(payee(), 99_99, NOW) == "too_little"
        assert code(payee(), -1, NOW) == "too_little"

    def test_a_day_ends_at_midnight_in_india(self):
        evening, late = datetime(2026, 3, 2, 18, 29, tzinfo=UTC), datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
        asked = payee(asked_on=payees.in_india(evening))
        assert (code(asked, 100_00, evening), code(asked, 100_00, late)) == ("asked_today", None)

    def test_mondays_want_five_hundred(self):
        assert payees.is_paid_weekly(payee(asked_on=NOW.date()), 500_00, NOW)
        assert not payees.is_paid_weekly(payee(), 499_99, NOW)
        assert not payees.is_paid_weekly(payee(in_flight="po_1"), 500_00, NOW)

    def test_the_first_details_stop_nothing_and_changed_ones_everything_for_two_days(self):
        details = payees.upi_details("Meera Rao", "meera@ok")
        first = payees.registered(None, MEERA, details, "fa_1", NOW)
        assert first.blocked_until is None
        later = NOW + timedelta(days=1)
        second = payees.registered(replace(first, in_flight="po_1", pan_sealed="s"), MEERA, details, "fa_2", later)
        assert (second.fund_account_id, second.blocked_until) == ("fa_2", later + timedelta(hours=48))
        assert (second.in_flight, second.pan_sealed, second.due_at) == ("po_1", "s", first.due_at)


@given(MOMENTS)
def test_the_next_monday_at_ten_in_india_is_at_most_a_week_away(moment):
    at = payees.next_weekly(moment)
    there = at.astimezone(INDIA)
    assert timedelta() < at - moment <= timedelta(days=7)
    assert (there.weekday(), there.hour, there.minute, there.second) == (0, 10, 0, 0)
    assert payees.next_weekly(at) == at + timedelta(days=7)
