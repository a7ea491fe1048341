"""The ends of money's queues, and the function that bank details pass through."""

import json
import time

import pytest

from chalicelib.domain.errands import MoneyErrand
from chalicelib.services import payees, payouts, settlement
from functions import payout_worker
from functions.payees_worker import register_payee
from functions.payout_worker import LEAST, pay_out, unhurried
from functions.settlement import settle
from tests.events import event

ACCOUNT = "000111222333"


def batch(*bodies):
    """Messages with these bodies, by name m0, m1 and so on."""
    [record] = event("mail")["Records"]
    return {"Records": [record | {"messageId": f"m{number}", "body": body} for number, body in enumerate(bodies)]}


def errand(thing, kind="payment"):
    return json.dumps({"kind": kind, "id": thing})


@pytest.fixture
def asked(deps, monkeypatch):
    """What was settled and paid out, in order; a thing called broken fails."""
    found = []

    def see_to(_, thing):
        if "broken" in str(thing):
            raise ConnectionError(f"about {ACCOUNT}")
        found.append(thing)

    monkeypatch.setattr(settlement, "settle", see_to)
    monkeypatch.setattr(payouts, "advance", see_to)
    return found


@pytest.fixture
def hurried(monkeypatch):
    """The payout worker does not wait for its share of a second to pass."""
    monkeypatch.setattr(payout_worker, "LEAST", 0)


def test_each_errand_is_settled(asked):
    assert settle(batch(errand("bkg_1"), errand("evt_1", "inbox")), None) == {"batchItemFailures": []}
    assert asked == [MoneyErrand("payment", "bkg_1"), MoneyErrand("inbox", "evt_1")]


def test_what_fails_comes_again_alone(asked):
    sent = batch(errand("bkg_1"), errand("broken"), errand("bkg_2"))
    assert settle(sent, None) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert [each.id for each in asked] == ["bkg_1", "bkg_2"]


@pytest.mark.parametrize("worker", [settle, pay_out])
@pytest.mark.parametrize("body", ["", "{}", "[]", '{"kind": "gift", "id": "x"}', '{"kind": "payout", "id": 1}'])
def test_an_errand_nobody_understands_holds_up_no_other(asked, hurried, worker, body):
    assert worker(batch(body, errand("pyt_1", "payout")), None) == {"batchItemFailures": []}
    assert len(asked) == 1


def test_a_payout_moves_on_and_one_that_fails_comes_again(asked, hurried):
    sent = batch(errand("pyt_1", "payout"), errand("broken", "payout"))
    assert pay_out(sent, None) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert asked == ["pyt_1"]


def test_a_payout_takes_its_share_of_the_second(asked):
    began = time.monotonic()
    pay_out(batch(errand("pyt_1", "payout")), None)
    assert time.monotonic() - began >= LEAST


def test_a_slow_step_waits_no_longer_and_a_failed_one_waits_too():
    pauses, times = [], iter([10.0, 12.0, 20.0, 20.1])

    def failing():
        raise ValueError

    assert unhurried(lambda: True, lambda: next(times), pauses.append)
    with pytest.raises(ValueError):
        unhurried(failing, lambda: next(times), pauses.append)
    assert pauses == [0.0, pytest.approx(LEAST - 0.1)]


def test_bank_details_are_neither_logged_nor_said_by_what_goes_wrong(deps, monkeypatch, caplog):
    def register(_, request):
        raise ValueError(request["bank"]["account_number"])

    monkeypatch.setattr(payees, "register", register)
    assert register_payee({"bank": {"account_number": ACCOUNT}}, None) == {"outcome": "unknown"}
    assert [each.message for each in caplog.records] == ["payee not registered"]
    assert ACCOUNT not in json.dumps([vars(each) for each in caplog.records], default=str)


def test_a_fault_in_settlement_quotes_nobody(asked, caplog):
    settle(batch(errand("broken")), None)
    [told] = [each for each in caplog.records if each.message == "settlement failed"]
    assert (told.levelname, told.errand, told.errand_kind) == ("ERROR", "broken", "payment")
    assert ACCOUNT not in json.dumps(vars(told), default=str)
