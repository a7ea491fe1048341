"""Payouts: asked for or on Mondays, sent once, followed until they are there or back, and always in the ledger."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import payees as payee_rules
from chalicelib.services import mail, payees, payouts
from chalicelib.services.accounts import people
from tests.fakes import purse
from tests.fakes.paid_mentors import agree, earns, filled, goes_on, new_mentor, registered, sent
from tests.fakes.times import errand, mails, recorded
from tests.refusals import code_of

DAY = timedelta(days=1)


@pytest.fixture
def meera(deps):
    """She can be paid, and ₹1,000 of hers are available."""
    who = new_mentor(deps)
    registered(deps, who)
    filled(deps)
    earns(deps, who, 1_000_00)
    return who


def ask(deps, who, key="key-payout-1"):
    return payouts.ask(deps, who.user_id, key)


def balance(deps, who):
    found = deps.ledger.balance(who.user_id)
    return found.available, found.in_flight


def templates(deps):
    return sorted(template for template, _ in mails(deps))


class TestAsking:
    def test_all_that_is_available_arrives_and_both_books_agree(self, deps, meera, clock):
        asked = ask(deps, meera)
        assert (asked.paise, asked.mode, asked.masked, asked.status) == (1_000_00, "IMPS", "HDFC ••••9012", "asked")
        goes_on(deps, clock)
        arrived = deps.payouts.get(asked.id)
        assert (arrived.status, balance(deps, meera)) == ("processed", (0, 0))
        assert [(each["reference_id"], each["amount"], each["status"]) for each in sent(deps)] == [
            (asked.id, 1_000_00, "processed")
        ]
        assert templates(deps) == ["payout_arrived", "payout_on_its_way"]
        assert deps.payees.get(meera.user_id).in_flight == ""
        agree(deps)

    def test_the_same_key_gives_the_same_payout(self, deps, meera, clock):
        first = ask(deps, meera)
        assert ask(deps, meera).id == first.id
        goes_on(deps, clock)
        assert ask(deps, meera).id == first.id
        assert len(sent(deps)) == 1

    def test_once_a_day_and_one_at_a_time(self, deps, meera, clock):
        ask(deps, meera)
        assert code_of(ask, deps, meera, "key-payout-2") == "payout_under_way"
        goes_on(deps, clock)
        earns(deps, meera, 500_00, "second")
        assert code_of(ask, deps, meera, "key-payout-2") == "asked_today"
        clock.forward(DAY)
        assert ask(deps, meera, "key-payout-2").paise == 500_00

    def test_not_without_a_place_to_be_paid_a_tax_number_or_a_hundred_rupees(self, deps):
        ravi = new_mentor(deps, "Ravi")
        earns(deps, ravi, 99_99)
        assert code_of(ask, deps, ravi) == "no_payee"
        payees.change_details(
            deps, ravi, password="river tall lamp 42", details=payee_rules.upi_details("Ravi R", "ravi@ok")
        )
        assert code_of(ask, deps, ravi) == "no_pan"
        payees.give_pan(deps, ravi, password="river tall lamp 42", pan="abcde1234f")
        assert code_of(ask, deps, ravi) == "too_little"
        earns(deps, ravi, 1, "more")
        assert (ask(deps, ravi).paise, ask(deps, ravi).mode) == (100_00, "UPI")

    def test_a_debt_is_not_paid_out(self, deps, meera):
        earns(deps, meera, -1_500_00, "debt")
        assert code_of(ask, deps, meera) == "too_little"

    def test_changed_details_stop_payouts_for_two_days_and_do_not_touch_one_in_flight(self, deps, meera, clock):
        asked = ask(deps, meera)
        upi = payee_rules.upi_details("Meera Rao", "meera@okaxis")
        changed = payees.change_details(deps, meera, password="river tall lamp 42", details=upi)
        assert changed.masked == "me•••@okaxis" and "payout_details_changed" in templates(deps)
        goes_on(deps, clock)
        assert deps.payouts.get(asked.id).status == "processed"
        [theirs] = sent(deps)
        assert theirs["fund_account_id"] == asked.fund_account_id != changed.fund_account_id
        earns(deps, meera, 500_00, "second")
        clock.forward(DAY)
        assert code_of(ask, deps, meera, "key-payout-2") == "payouts_blocked"
        clock.forward(DAY)
        assert ask(deps, meera, "key-payout-2").mode == "UPI"

    def test_what_was_spent_meanwhile_is_refused_and_another_can_be_asked_for(self, deps, meera, clock):
        asked = ask(deps, meera)
        earns(deps, meera, -1, "a refund came between")
        goes_on(deps, clock)
        assert (deps.payouts.get(asked.id).status, balance(deps, meera), sent(deps)) == ("refused", (999_99, 0), [])
        clock.forward(DAY)
        assert ask(deps, meera, "key-payout-2").paise == 999_99

    def test_more_than_a_way_takes_at_once_goes_in_parts_or_another_way(self, deps):
        ravi = new_mentor(deps, "Ravi")
        registered(deps, ravi, payee_rules.upi_details("Ravi R", "ravi@ok"))
        earns(deps, ravi, 1_50_000_00)
        assert ask(deps, ravi).paise == 1_00_000_00
        sita = new_mentor(deps, "Sita")
        registered(deps, sita)
        earns(deps, sita, 6_00_000_00)
        assert (ask(deps, sita).paise, ask(deps, sita).mode) == (6_00_000_00, "NEFT")


class TestMondays:
    def test_whoever_has_five_hundred_is_paid_at_ten_in_india(self, deps, meera, clock):
        due = deps.payees.get(meera.user_id).due_at
        assert due == datetime(2026, 3, 9, 4, 30, tzinfo=UTC)
        clock.now = due - timedelta(minutes=1)
        payouts.weekly(deps, meera.user_id)
        assert deps.payees.get(meera.user_id).in_flight == ""
        goes_on(deps, clock)
        assert (balance(deps, meera), [each["amount"] for each in sent(deps)]) == ((0, 0), [1_000_00])
        assert deps.payees.get(meera.user_id).due_at == due + 7 * DAY
        agree(deps)

    def test_a_doubled_errand_pays_once(self, deps, meera, clock):
        clock.now = deps.payees.get(meera.user_id).due_at
        for _ in range(3):
            payouts.weekly(deps, meera.user_id)
        goes_on(deps, clock)
        assert len(sent(deps)) == 1

    def test_less_waits_for_another_week(self, deps, meera, clock):
        earns(deps, meera, -500_01, "spent")
        clock.now = deps.payees.get(meera.user_id).due_at
        payouts.weekly(deps, meera.user_id)
        assert deps.payees.get(meera.user_id).in_flight == ""
        assert deps.payees.get(meera.user_id).due_at == clock() + 7 * DAY

    def test_having_asked_today_does_not_stop_it(self, deps, meera, clock):
        clock.now = deps.payees.get(meera.user_id).due_at - timedelta(hours=3)
        ask(deps, meera)
        goes_on(deps, clock)
        earns(deps, meera, 700_00, "second")
        clock.now = max(clock(), deps.payees.get(meera.user_id).due_at)
        goes_on(deps, clock)
        assert [each["amount"] for each in sent(deps)] == [1_000_00, 700_00]


class TestComingBack:
    def test_one_that_fails_is_available_again(self, deps, meera, clock):
        purse.gateway(deps).faults.add("payout_fails")
        asked = ask(deps, meera)
        goes_on(deps, clock)
        failed = deps.payouts.get(asked.id)
        assert (failed.status, balance(deps, meera)) == ("failed", (1_000_00, 0))
        assert "closed" in failed.words
        assert templates(deps) == ["payout_failed", "payout_on_its_way"]
        agree(deps)

    def test_one_reversed_days_later_is_available_again_and_leaves_the_next_alone(self, deps, meera, clock):
        asked = ask(deps, meera)
        goes_on(deps, clock)
        clock.forward(3 * DAY)
        earns(deps, meera, 800_00, "second")
        following = ask(deps, meera, "key-payout-2")
        payouts.begin(deps, following.id)
        gateway_id = deps.payouts.get(asked.id).gateway_id
        purse.gateway(deps).books.payouts.finish(gateway_id, "reversed")
        purse.hear_everything(deps)
        assert deps.payees.get(meera.user_id).in_flight == following.id
        goes_on(deps, clock)
        assert deps.payouts.get(asked.id).status == "reversed"
        assert (deps.payouts.get(following.id).status, balance(deps, meera)) == ("processed", (1_000_00, 0))
        agree(deps)

    def test_a_refusal_gives_the_money_back_and_is_heard_of(self, deps, meera, clock):
        purse.gateway(deps).faults.add("refuse", "create_payout")
        asked = ask(deps, meera)
        goes_on(deps, clock)
        assert (deps.payouts.get(asked.id).status, balance(deps, meera), sent(deps)) == ("failed", (1_000_00, 0), [])
        assert deps.alarms.rung[0][0] == "payout_refused"

    def test_a_refusal_of_what_is_there_already_is_not_believed(self, deps, meera, clock):
        gateway = purse.gateway(deps)
        gateway.faults.add("drop_after", "create_payout")
        asked = ask(deps, meera)
        payouts.begin(deps, asked.id)
        payouts.advance(deps, asked.id)
        assert deps.payouts.get(asked.id).status == "sending"
        gateway.faults.add("refuse", "create_payout")
        goes_on(deps, clock)
        assert (deps.payouts.get(asked.id).status, len(sent(deps))) == ("processed", 1)
        agree(deps)


class TestNotKnowing:
    @pytest.mark.parametrize(
        "kind", ["drop_before", "drop_after", "error5xx", "error5xx_after", "in_progress", "too_many"]
    )
    def test_whatever_the_line_does_it_is_sent_once(self, deps, meera, clock, kind):
        purse.gateway(deps).faults.add(kind, "create_payout", times=3)
        asked = ask(deps, meera)
        goes_on(deps, clock, days=1)
        assert (deps.payouts.get(asked.id).status, len(sent(deps)), balance(deps, meera)) == ("processed", 1, (0, 0))
        agree(deps)

    def test_nobody_sends_while_another_is_at_it(self, deps, meera, clock):
        gateway = purse.gateway(deps)
        gateway.faults.add("drop_before", "create_payout")
        asked = ask(deps, meera)
        payouts.begin(deps, asked.id)
        for _ in range(3):
            payouts.advance(deps, asked.id)
        assert gateway.calls.count("create_payout") == 1
        clock.forward(timedelta(minutes=2))
        payouts.advance(deps, asked.id)
        assert gateway.calls.count("create_payout") == 2

    def test_one_that_waits_for_our_balance_is_asked_after_ever_more_rarely(self, deps, meera, clock):
        gateway = purse.gateway(deps)
        gateway.faults.add("payout_queued", times=10_000)
        asked = ask(deps, meera)
        goes_on(deps, clock, days=20)
        waiting = deps.payouts.get(asked.id)
        assert (waiting.status, balance(deps, meera)) == ("sent", (0, 1_000_00))
        assert gateway.calls.count("payout") < 20 * 5
        gateway.faults.clear()
        gateway.books.release()
        goes_on(deps, clock, days=1)
        assert deps.payouts.get(asked.id).status == "processed"
        agree(deps)

    def test_without_any_webhook_it_is_asked_for(self, deps, meera, clock):
        asked = ask(deps, meera)
        payouts.begin(deps, asked.id)
        purse.work(deps)
        purse.gateway(deps).books.advance()
        purse.gateway(deps).events()  # lost
        goes_on(deps, clock)
        assert deps.payouts.get(asked.id).status == "processed"

    def test_another_amount_at_the_gateway_is_a_persons_matter(self, deps, meera):
        asked = ask(deps, meera)
        payouts.begin(deps, asked.id)
        payouts.advance(deps, asked.id)
        gateway = purse.gateway(deps)
        gateway.books.shelves.move("payout", deps.payouts.get(asked.id).gateway_id, amount=1)
        payouts.advance(deps, asked.id)
        assert deps.payouts.get(asked.id).status == "sent"
        assert [what for what, _ in deps.alarms.rung] == ["payout_mismatch"]

    def test_of_a_payout_that_is_none_of_ours_nothing_follows(self, deps):
        payouts.heard_of(deps, "po_nobody")
        payouts.advance(deps, "po_nobody")
        payouts.begin(deps, "po_nobody")
        assert deps.payout_queue.errands == []


class TestMails:
    def posted(self, deps):
        for each in recorded(deps):
            mail.send(deps, errand(each))
        return {template: letter.text for _, template, letter in deps.mail.sent}

    def test_each_turn_is_told_in_words(self, deps, meera, clock):
        ask(deps, meera)
        goes_on(deps, clock)
        clock.forward(DAY)
        earns(deps, meera, 250_00, "second")
        purse.gateway(deps).faults.add("payout_fails")
        ask(deps, meera, "key-payout-2")
        goes_on(deps, clock)
        upi = payee_rules.upi_details("Meera Rao", "meera@okaxis")
        payees.change_details(deps, meera, password="river tall lamp 42", details=upi)
        told = self.posted(deps)
        assert set(told) == {"payout_on_its_way", "payout_arrived", "payout_failed", "payout_details_changed"}
        assert "₹1,000" in told["payout_arrived"] and "HDFC ••••9012" in told["payout_arrived"]
        assert "account is closed" in told["payout_failed"]
        assert "me•••@okaxis" in told["payout_details_changed"]


class TestSuspended:
    def suspend(self, deps, who, status="suspended"):
        people.change_account(deps, who.user_id, lambda old: replace(old, status=status))

    def test_what_was_asked_for_waits_for_an_admin(self, deps, meera, clock):
        asked = ask(deps, meera)
        self.suspend(deps, meera)
        goes_on(deps, clock)
        assert (deps.payouts.get(asked.id).shown, balance(deps, meera), sent(deps)) == ("held", (1_000_00, 0), [])

    def test_what_has_begun_is_not_sent(self, deps, meera, clock):
        asked = ask(deps, meera)
        payouts.begin(deps, asked.id)
        self.suspend(deps, meera)
        goes_on(deps, clock)
        assert (deps.payouts.get(asked.id).shown, sent(deps)) == ("held", [])
        agree(deps)

    def test_mondays_pass_by(self, deps, meera, clock):
        self.suspend(deps, meera)
        clock.now = deps.payees.get(meera.user_id).due_at
        goes_on(deps, clock)
        assert sent(deps) == []
