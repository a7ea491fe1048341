"""What we may rely on at Razorpay: our client on the fake's books, and on the stand-in over HTTP."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.gateway import BankAccount, Refused, Unknown
from chalicelib.gateways.razorpay import Razorpay, RazorpayX
from infra.local.razorpay.control import Control
from tests.fakes.razorpay import ACCOUNT, FakeGateway
from tests.fakes.world import SECRETS
from tests.local.simulator import simulator


class Fake:
    """The fake, asked as the stand-in is controlled."""

    def __init__(self):
        self.gateway = FakeGateway(lambda: SECRETS, lambda: datetime.now(UTC))
        self.razorpay, self.razorpayx = self.gateway.razorpay, self.gateway.razorpayx
        self.totals = self.gateway.books.totals
        self._actions = Control(self.gateway.books, self.gateway.keys).actions

    def act(self, action, **given):
        return self._actions[action](**given)


class Real:
    """The client that production has, on the stand-in over HTTP."""

    def __init__(self, simulator):
        self.act, self.totals = simulator.act, simulator.totals
        self.razorpay = Razorpay(lambda: SECRETS, simulator.url)
        self.razorpayx = RazorpayX(lambda: SECRETS, simulator.url, ACCOUNT)


@pytest.fixture(scope="module")
def running():
    """One stand-in for all of them."""
    with simulator() as up:
        yield up


@pytest.fixture(params=["fake", "real"])
def party(request):
    """Razorpay as we see it; a test keeps to names of its own."""
    if request.param == "fake":
        return Fake()
    running = request.getfixturevalue("running")
    running.act("no_faults")
    return Real(running)


@pytest.fixture
def name():
    """Ours for something, and nobody else's."""
    return f"x_{uuid.uuid4().hex[:26]}"


def paid(party, name, paise=50_000):
    """A payment on an order of its own: (order, payment)."""
    order = party.razorpay.create_order(amount_paise=paise, receipt=name)
    party.act("pay", order_id=order.id)
    (capture,) = party.razorpay.captures_of(order.id)
    return order, capture


def payee(party, name, upi="asha@upi"):
    """A fund account."""
    return party.razorpayx.register(name="Asha Rao", email="asha@x.test", reference_id=name, bank=None, upi=upi)


def send(party, name, to, paise=20_000, mode="UPI"):
    """A payout."""
    return party.razorpayx.pay(
        payout_id=name, fund_account_id=to, paise=paise, mode=mode, narration="PeerLearn earnings"
    )


def test_an_order_is_found_by_its_id_and_by_our_receipt(party, name):
    made = party.razorpay.create_order(amount_paise=50_000, receipt=name)
    assert (made.amount_paise, made.currency, made.status, made.receipt) == (50_000, "INR", "created", name)
    assert party.razorpay.order(made.id) == made
    assert party.razorpay.find_order(name) == made
    assert party.razorpay.find_order("nobody-s") is None
    assert party.razorpay.captures_of(made.id) == []


def test_of_two_orders_with_one_receipt_the_first_is_found(party, name):
    first = party.razorpay.create_order(amount_paise=50_000, receipt=name)
    party.razorpay.create_order(amount_paise=50_000, receipt=name)
    assert party.razorpay.find_order(name) == first


@pytest.mark.parametrize(("paise", "receipt", "words"), [(99, "x", "at least INR 1.00"), (100, "x" * 41, "40")])
def test_an_order_against_the_rules_is_refused_in_words(party, paise, receipt, words):
    with pytest.raises(Refused) as refused:
        party.razorpay.create_order(amount_paise=paise, receipt=receipt)
    assert refused.value.code == "BAD_REQUEST_ERROR"
    assert words in refused.value.words


@pytest.mark.parametrize("asked", ["order_0000000000none", "pay_0000000000none", "nonsense"])
def test_what_is_not_there_is_refused(party, asked):
    for ask in (party.razorpay.order, party.razorpay.capture, party.razorpay.gateway_refund, party.razorpay.dispute):
        with pytest.raises(Refused):
            ask(asked)


def test_a_payment_is_captured_with_its_fee_and_the_order_is_paid(party, name):
    order, capture = paid(party, name)
    assert party.razorpay.order(order.id).status == "paid"
    assert party.razorpay.capture(capture.id) == capture
    assert (capture.order_id, capture.amount_paise, capture.currency) == (order.id, 50_000, "INR")
    assert (capture.status, capture.fee_paise, capture.tax_paise, capture.refunded_paise) == ("captured", 1180, 180, 0)
    assert datetime.now(UTC) - capture.created_at < timedelta(minutes=1)


def test_a_paid_order_takes_no_second_payment_unless_an_earlier_one_comes_late(party, name):
    order = party.razorpay.create_order(amount_paise=50_000, receipt=name)
    party.act("pay", order_id=order.id, outcome="failed")
    (failed,) = party.razorpay.captures_of(order.id)
    assert (failed.status, party.razorpay.order(order.id).status) == ("failed", "attempted")
    party.act("pay", order_id=order.id)
    party.act("authorize", payment_id=failed.id)
    captures = party.razorpay.captures_of(order.id)
    assert [each.status for each in captures] == ["captured", "captured"]


def test_only_the_key_s_holder_signs_a_callback_and_an_event(party, name):
    order = party.razorpay.create_order(amount_paise=50_000, receipt=name)
    back = party.act("pay", order_id=order.id)
    payment, signature = back["razorpay_payment_id"], back["razorpay_signature"]
    genuine = party.razorpay.callback_is_genuine
    assert genuine(order.id, payment, signature)
    assert not genuine(f"{order.id}x", payment, signature)
    assert not genuine(order.id, f"{payment}x", signature)
    assert not genuine(order.id, payment, "")
    assert not genuine(order.id, payment, "\N{SNOWMAN}")


def test_a_refund_is_made_once_for_a_key_and_found_by_it(party, name):
    _, capture = paid(party, name)
    first = party.razorpay.refund(capture.id, paise=20_000, key=name)
    again = party.razorpay.refund(capture.id, paise=20_000, key=name)
    assert again == first
    assert (first.payment_id, first.paise, first.status, first.receipt) == (capture.id, 20_000, "pending", name)
    assert party.razorpay.refund_of(capture.id, name) == first
    assert party.razorpay.refund_of(capture.id, "another") is None
    party.act("advance", kind=first.id)
    assert party.razorpay.gateway_refund(first.id).status == "processed"
    assert party.razorpay.capture(capture.id).refunded_paise == 20_000


def test_another_body_under_the_same_key_is_refused(party, name):
    _, capture = paid(party, name)
    party.razorpay.refund(capture.id, paise=20_000, key=name)
    with pytest.raises(Refused, match="BAD_REQUEST_ERROR"):
        party.razorpay.refund(capture.id, paise=10_000, key=name)
    assert party.razorpay.capture(capture.id).refunded_paise == 20_000


def test_refunds_end_at_what_was_captured(party, name):
    _, capture = paid(party, name)
    party.razorpay.refund(capture.id, paise=30_000, key=f"{name}-1")
    with pytest.raises(Refused):
        party.razorpay.refund(capture.id, paise=20_001, key=f"{name}-2")
    party.razorpay.refund(capture.id, paise=20_000, key=f"{name}-3")
    assert party.razorpay.capture(capture.id).status == "refunded"
    with pytest.raises(Refused, match="BAD_REQUEST_ERROR"):
        party.razorpay.refund(capture.id, paise=100, key=f"{name}-4")


@pytest.mark.parametrize(("paise", "key"), [(99, "a-key-that-is-long"), (100, "short"), (100, "not/of these letters")])
def test_a_refund_against_the_rules_is_refused(party, name, paise, key):
    _, capture = paid(party, name)
    with pytest.raises(Refused):
        party.razorpay.refund(capture.id, paise=paise, key=key)


def test_a_payment_that_failed_cannot_be_refunded(party, name):
    order = party.razorpay.create_order(amount_paise=50_000, receipt=name)
    party.act("pay", order_id=order.id, outcome="failed")
    (failed,) = party.razorpay.captures_of(order.id)
    with pytest.raises(Refused):
        party.razorpay.refund(failed.id, paise=100, key=name)


def test_a_refund_that_fails_can_be_asked_for_anew(party, name):
    _, capture = paid(party, name)
    party.act("faults", kind="refund_fails")
    first = party.razorpay.refund(capture.id, paise=50_000, key=f"{name}-1")
    party.act("advance", kind=first.id)
    assert party.razorpay.gateway_refund(first.id).status == "failed"
    assert party.razorpay.capture(capture.id).refunded_paise == 0
    again = party.razorpay.refund(capture.id, paise=50_000, key=f"{name}-2")
    assert again.id != first.id


def test_a_dispute_is_raised_and_decided(party, name):
    _, capture = paid(party, name)
    raised = party.act("dispute", payment_id=capture.id)
    found = party.razorpay.dispute(raised["id"])
    assert (found.payment_id, found.paise, found.status) == (capture.id, 50_000, "open")
    party.act("decide", dispute_id=found.id, status="lost")
    assert party.razorpay.dispute(found.id).status == "lost"


def test_what_was_made_in_a_time_is_listed_beyond_one_page(party, name):
    start = datetime.now(UTC) - timedelta(seconds=1)
    made = {party.razorpay.create_order(amount_paise=100 + each, receipt=name).id for each in range(101)}
    _, capture = paid(party, f"{name}-p")
    refund = party.razorpay.refund(capture.id, paise=100, key=name)
    party.act("settle")
    end = datetime.now(UTC) + timedelta(seconds=2)
    listed = [order.id for order in party.razorpay.orders_between(start, end)]
    assert made <= set(listed)
    assert len(listed) == len(set(listed))
    assert capture.id in {each.id for each in party.razorpay.captures_between(start, end)}
    assert refund in [*party.razorpay.refunds_between(start, end)]
    settled = [*party.razorpay.settlements_between(start, end)]
    assert settled
    assert settled[0].paise > 0
    assert [*party.razorpay.orders_between(end, end + timedelta(days=1))] == []


def test_a_settlement_pays_out_captures_less_refunds_and_fees(party, name):
    party.act("settle")
    _, capture = paid(party, name)
    party.razorpay.refund(capture.id, paise=10_000, key=name)
    settled = party.act("settle")
    assert (settled["amount"], settled["fees"], settled["tax"]) == (50_000 - 10_000 - 1180, 1180, 180)
    assert party.totals()["balance"] == 0
    assert party.act("settle") is None


@pytest.mark.parametrize(
    ("bank", "upi"),
    [(BankAccount("Asha Rao", "123456789012", "HDFC0000053"), None), (None, "asha.rao@okbank")],
)
def test_a_payee_is_registered(party, name, bank, upi):
    made = party.razorpayx.register(name="Asha Rao", email="a@x.test", reference_id=name, bank=bank, upi=upi)
    assert made.startswith("fa_")


def test_a_long_name_is_no_hindrance(party, name):
    long = f"{'Asha ' * 9}Rao Bahadur-Singh of Somewhere Far Away"
    bank = BankAccount(long, "123456789012", "HDFC0000053")
    assert party.razorpayx.register(name=long, email="a@x.test", reference_id=name, bank=bank, upi=None)


@pytest.mark.parametrize(
    ("bank", "upi", "words"),
    [
        (BankAccount("Asha Rao", "123456789012", "HDFC000"), None, "11 characters"),
        (BankAccount("Asha Rao", "1", "HDFC0000053"), None, "account number"),
        (BankAccount("Asha Rao-", "123456789012", "HDFC0000053"), None, "name"),
        (None, "not an address", "VPA"),
    ],
)
def test_a_payee_s_wrong_details_are_refused_in_words(party, name, bank, upi, words):
    with pytest.raises(Refused) as refused:
        party.razorpayx.register(name="Asha Rao", email="a@x.test", reference_id=name, bank=bank, upi=upi)
    assert words in refused.value.words


def test_a_payout_is_made_once_for_our_id_and_found_by_it(party, name):
    to, before = payee(party, name), party.razorpayx.balance_paise()
    first = send(party, name, to)
    assert send(party, name, to) == first
    assert (first.reference_id, first.paise, first.status) == (name, 20_000, "processing")
    assert party.razorpayx.find_payout(name) == first
    assert party.razorpayx.find_payout("nobody-s") is None
    assert party.razorpayx.balance_paise() == before - 20_000 - first.fee_paise
    party.act("advance", kind=first.id)
    done = party.razorpayx.payout(first.id)
    assert (done.status, done.failure, done.fee_paise, done.tax_paise) == ("processed", "", 236, 36)


def test_another_payout_under_the_same_key_is_refused(party, name):
    to = payee(party, name)
    send(party, name, to)
    with pytest.raises(Refused):
        send(party, name, to, paise=30_000)


@pytest.mark.parametrize(("paise", "mode"), [(99, "UPI"), (20_000, "IMPS"), (2_00_000_00, "UPI")])
def test_a_payout_against_the_rules_is_refused(party, name, paise, mode):
    with pytest.raises(Refused):
        send(party, name, payee(party, name), paise, mode)


def test_a_payout_that_fails_costs_nothing_and_one_reversed_costs_its_fee(party, name):
    to, before = payee(party, name), party.razorpayx.balance_paise()
    party.act("faults", kind="payout_fails")
    failed = send(party, f"{name}-1", to)
    party.act("advance", kind=failed.id)
    failed = party.razorpayx.payout(failed.id)
    assert (failed.status, failed.fee_paise) == ("failed", 0)
    assert failed.failure
    assert party.razorpayx.balance_paise() == before
    sent = send(party, f"{name}-2", to)
    party.act("advance", kind=sent.id)
    party.act("finish_payout", payout_id=sent.id, status="reversed")
    back = party.razorpayx.payout(sent.id)
    assert (back.status, back.fee_paise) == ("reversed", 236)
    assert party.razorpayx.balance_paise() == before - 236


def test_a_payout_without_the_money_for_it_waits_until_there_is_some(party, name):
    to, rich = payee(party, name, "rich@upi"), party.razorpayx.balance_paise()
    bank = BankAccount("Asha Rao", "123456789012", "HDFC0000053")
    big = party.razorpayx.register(name="Asha Rao", email="a@x.test", reference_id=name, bank=bank, upi=None)
    send(party, f"{name}-1", big, rich - 5000, "NEFT")
    waiting = send(party, f"{name}-2", to, 20_000)
    assert (waiting.status, waiting.fee_paise) == ("queued", 0)
    party.act("top_up", paise=10_00_000_00)
    assert party.razorpayx.payout(waiting.id).status == "processing"


def test_payouts_and_top_ups_of_a_time_are_listed_but_not_what_came_back(party, name):
    start = datetime.now(UTC) - timedelta(seconds=1)
    sent = send(party, name, payee(party, name))
    party.act("finish_payout", payout_id=sent.id, status="reversed")
    party.act("top_up", paise=777_00)
    end = datetime.now(UTC) + timedelta(seconds=2)
    assert sent.id in {each.id for each in party.razorpayx.payouts_between(start, end)}
    assert [each.paise for each in party.razorpayx.credits_between(start, end)].count(777_00) == 1
    assert 20_000 not in [each.paise for each in party.razorpayx.credits_between(start, end)]


@pytest.mark.parametrize("kind", ["error5xx", "drop_before", "in_progress", "too_many"])
def test_what_did_not_happen_may_have_and_is_asked_again(party, name, kind):
    _, capture = paid(party, name)
    party.act("faults", kind=kind, op="refund")
    with pytest.raises(Unknown):
        party.razorpay.refund(capture.id, paise=20_000, key=name)
    assert party.razorpay.capture(capture.id).refunded_paise == 0
    assert party.razorpay.refund(capture.id, paise=20_000, key=name).paise == 20_000


@pytest.mark.parametrize("kind", ["error5xx_after", "drop_after"])
def test_what_did_happen_may_not_have_and_asked_again_is_the_same(party, name, kind):
    to = payee(party, name)
    party.act("faults", kind=kind, op="create_payout")
    with pytest.raises(Unknown):
        send(party, name, to)
    found = party.razorpayx.find_payout(name)
    assert send(party, name, to) == found


def test_a_refusal_on_call_has_no_effect(party, name):
    party.act("faults", kind="refuse", op="create_order", words="not today")
    with pytest.raises(Refused) as refused:
        party.razorpay.create_order(amount_paise=50_000, receipt=name)
    assert refused.value.words == "not today"
    assert party.razorpay.find_order(name) is None


def test_the_books_balance(party, name):
    paid(party, name)
    totals = party.totals()
    gone = sum(totals[each] for each in ("fees", "refunded", "refunds_pending", "disputed", "settled"))
    assert totals["balance"] == totals["captured"] - gone
    assert totals["payout_balance"] == totals["topped_up"] - totals["paid_out"] - totals["payout_fees"]
