"""Where mentors are paid: for the password, kept masked, and stopped when an account changes hands."""

import json

import pytest

from chalicelib.domain import payees as rules
from chalicelib.domain.gateway import BankAccount, Unknown
from chalicelib.domain.identity import Identity
from chalicelib.services import payees, payouts
from chalicelib.services.accounts import addresses, belongings, passwords
from chalicelib.stores import keys
from tests.fakes import purse
from tests.fakes.paid_mentors import PAN, PASSWORD, bank, earns, goes_on, new_mentor, registered
from tests.fakes.times import mails
from tests.refusals import code_of, refusal


@pytest.fixture
def meera(deps):
    """With a device that is signed in."""
    who = new_mentor(deps)
    deps.tables.items[keys.device(who.user_id, who.device)] = {"epoch": who.epoch, "id": who.device}
    return who


def change(deps, who, details=None, password=PASSWORD):
    return payees.change_details(deps, who, password=password, details=details or bank())


def stored(deps):
    return json.dumps(list(deps.tables.items.values()), default=str)


class TestDetails:
    def test_they_are_with_the_gateway_and_only_masked_with_us(self, deps, meera):
        made = change(deps, meera)
        theirs = purse.gateway(deps).books.shelves.get("fund_account", made.fund_account_id)
        assert theirs["bank_account"]["account_number"] == "123456789012"
        contact = purse.gateway(deps).books.shelves.get("contact", theirs["contact_id"])
        assert (contact["reference_id"], contact["email"]) == (meera.user_id, "meera@example.com")
        assert "123456789012" not in stored(deps) and "HDFC0001234" not in stored(deps)

    def test_the_first_ones_count_at_once_and_nobody_need_be_warned(self, deps, meera):
        assert change(deps, meera).blocked_until is None
        assert mails(deps) == []

    def test_another_password_changes_nothing(self, deps, meera):
        assert code_of(change, deps, meera, password="not this one") == "wrong_password"
        assert deps.payees.find(meera.user_id) is None
        assert purse.gateway(deps).calls == []

    def test_what_the_gateway_does_not_take_is_said_beside_the_field(self, deps, meera):
        purse.gateway(deps).faults.add("refuse", "create_fund_account", words="Invalid IFSC Code")
        refused = refusal(change, deps, meera)
        assert (refused.code, set(refused.fields)) == ("payee_refused", {"account_number"})
        purse.gateway(deps).faults.add("refuse", "create_contact")
        assert set(refusal(change, deps, meera, rules.upi_details("Meera Rao", "meera@ok")).fields) == {"address"}

    def test_without_an_answer_it_can_be_tried_again(self, deps, meera):
        purse.gateway(deps).faults.add("drop_after", "create_fund_account")
        assert code_of(change, deps, meera) == "unavailable"
        assert change(deps, meera).way == "bank"


class TestTaxNumber:
    def test_it_is_kept_sealed_and_shown_by_its_end(self, deps, meera):
        change(deps, meera)
        made = payees.give_pan(deps, meera, password=PASSWORD, pan="abcde 1234f")
        assert (made.pan_masked, deps.sealing.opened(made.pan_sealed)) == ("••••••234F", PAN)
        assert PAN not in stored(deps)

    def test_it_needs_the_password_a_proper_number_and_somewhere_to_be_paid(self, deps, meera):
        assert code_of(payees.give_pan, deps, meera, password=PASSWORD, pan=PAN) == "no_payee"
        change(deps, meera)
        assert code_of(payees.give_pan, deps, meera, password="not this one", pan=PAN) == "wrong_password"
        assert set(refusal(payees.give_pan, deps, meera, password=PASSWORD, pan="ABCDE").fields) == {"pan"}

    def test_it_is_not_in_what_is_handed_out(self, deps, meera):
        registered(deps, meera)
        [payee] = [item for item in belongings.export(deps, meera)["items"] if item.get("kind") == "payee"]
        assert "pan_sealed" not in payee and payee["masked"] == "HDFC ••••9012"


class TestChangedAccounts:
    def stopped(self, deps, who):
        return rules.is_blocked(deps.payees.get(who.user_id), deps.clock())

    def test_a_new_password_stops_payouts_for_two_days(self, deps, meera, clock):
        registered(deps, meera)
        earns(deps, meera, 500_00)
        passwords.change(deps, meera, current=PASSWORD, new="another tall lamp 77")
        assert self.stopped(deps, meera)
        assert code_of(payouts.ask, deps, meera.user_id, "key-payout-1") == "payouts_blocked"
        clock.forward(rules.BLOCKED)
        assert payouts.ask(deps, meera.user_id, "key-payout-1").paise == 500_00

    def test_so_does_one_by_a_link(self, deps, meera):
        registered(deps, meera)
        epoch = str(deps.accounts.find(meera.user_id).auth_epoch)
        token = deps.tokens.sign("reset", meera.user_id, rules.BLOCKED, {"epoch": epoch})
        passwords.reset(deps, token=token, password="another tall lamp 77", ip="203.0.113.7")
        assert self.stopped(deps, meera)

    def test_a_new_address_does_when_both_sides_have_confirmed(self, deps, meera):
        registered(deps, meera)
        addresses.ask_change(deps, meera, email="new@example.com", password=PASSWORD, ip="203.0.113.7")
        nonce = deps.accounts.find(meera.user_id).email_change.nonce
        for side in ("old", "new"):
            assert not self.stopped(deps, meera)
            claims = {"side": side, "nonce": nonce}
            token = deps.tokens.sign("change-email", meera.user_id, rules.BLOCKED, claims)
            addresses.confirm_change(deps, token=token, caller=None, ip="203.0.113.7")
        assert self.stopped(deps, meera)

    def test_whoever_is_not_paid_changes_their_password_as_before(self, deps, meera):
        passwords.change(deps, meera, current=PASSWORD, new="another tall lamp 77")
        assert deps.payees.find(meera.user_id) is None

    def test_the_first_details_wait_too_if_the_password_is_as_new(self, deps, meera, clock):
        new = "another tall lamp 77"
        passwords.change(deps, meera, current=PASSWORD, new=new)
        account = deps.accounts.find(meera.user_id)
        me = Identity(account.id, account.roles, account.auth_epoch, meera.device, meera.second_factor)
        clock.forward(rules.BLOCKED / 2)
        payees.change_details(deps, me, password=new, details=rules.upi_details("Meera R", "meera@okbank"))
        assert self.stopped(deps, meera)
        clock.forward(rules.BLOCKED / 2)
        assert not self.stopped(deps, meera)


class TestLeaving:
    def test_not_while_there_is_money_between_us(self, deps, meera, clock):
        registered(deps, meera)
        earns(deps, meera, 500_00)
        assert code_of(belongings.delete, deps, meera, PASSWORD) == "has_balance"
        payouts.ask(deps, meera.user_id, "key-payout-1")
        goes_on(deps, clock)
        belongings.delete(deps, meera, PASSWORD)
        assert deps.payees.find(meera.user_id) is None
        assert len(deps.payouts.of_mentor(meera.user_id, limit=5, cursor=None).items) == 1

    def test_nor_with_a_debt(self, deps, meera):
        earns(deps, meera, -1)
        assert code_of(belongings.delete, deps, meera, PASSWORD) == "has_balance"


class TestRegistrar:
    ASKED = {
        "name": "Meera Rao",
        "email": "meera@example.com",
        "reference_id": "usr_1",
        "bank": {"holder": "Meera Rao", "number": "123456789012", "ifsc": "HDFC0001234"},
        "upi": None,
    }

    def test_it_answers_with_the_gateways_id(self, deps):
        answer = payees.register(deps, self.ASKED)
        assert answer["outcome"] == "done"
        assert purse.gateway(deps).books.shelves.get("fund_account", answer["fund_account_id"])

    def test_with_its_refusal(self, deps):
        purse.gateway(deps).faults.add("refuse", "create_contact", words="No such bank.")
        answer = payees.register(deps, self.ASKED)
        assert (answer["outcome"], answer["words"]) == ("refused", "No such bank.")

    def test_or_that_nothing_is_known(self, deps):
        purse.gateway(deps).dies("create_contact", fault=Unknown("cut"))
        assert payees.register(deps, self.ASKED) == {"outcome": "unknown"}

    def test_details_are_not_shown_by_accident(self):
        assert "1234" not in repr(BankAccount("Meera Rao", "123456789012", "HDFC0001234"))
