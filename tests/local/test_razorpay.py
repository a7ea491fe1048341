"""The stand-in for Razorpay over HTTP: its answers to the letter, keys, pages, state over a restart, cut lines."""

import base64
import json
import threading
import time
import urllib.error
import urllib.request

import pytest

from tests.local.simulator import KEYS, simulator


def basic(name, secret):
    """The header of basic authentication."""
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


WRONG_NAMES = ("Al", "x" * 51, "Asha-", "आशा राव", "Asha; Rao")
OURS, OURS_X = basic(KEYS.key_id, KEYS.key_secret), basic(KEYS.x_key_id, KEYS.x_key_secret)


@pytest.fixture(scope="module")
def up():
    """One stand-in for all of them."""
    with simulator() as running:
        yield running


@pytest.fixture(autouse=True)
def well(request):
    """Nothing goes wrong that a test has not asked for."""
    if "up" in request.fixturenames:
        request.getfixturevalue("up").act("no_faults")


def order(up, **fields):
    """POST /v1/orders."""
    return up.ask("POST", "/v1/orders", {"amount": 50_000, "currency": "INR", **fields}, OURS)


def paid(up):
    """The id of a payment."""
    return up.act("pay", order_id=order(up)["id"])["razorpay_payment_id"]


def test_an_order_has_the_documented_form(up):
    made = order(up, receipt="bkg_1", notes={"why": "a test"})
    assert made["id"].startswith("order_")
    assert len(made["id"]) == len("order_") + 14
    assert made | {"id": "", "created_at": 0} == {
        "id": "",
        "entity": "order",
        "amount": 50_000,
        "amount_paid": 0,
        "amount_due": 50_000,
        "currency": "INR",
        "receipt": "bkg_1",
        "offer_id": None,
        "status": "created",
        "attempts": 0,
        "notes": {"why": "a test"},
        "created_at": 0,
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount": 99}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": 100.5}, "amount"),
        ({"amount": "100"}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"receipt": "x" * 41}, "receipt"),
        ({"notes": {str(each): "x" for each in range(16)}}, "notes"),
        ({"notes": {"long": "x" * 257}}, "notes"),
        ({"surprise": 1}, None),
    ],
)
def test_a_wrong_order_is_refused_with_the_documented_body(up, fields, field):
    refused = order(up, **fields)
    assert refused["status"] == 400
    assert refused["error"]["code"] == "BAD_REQUEST_ERROR"
    assert refused["error"].get("field") == field
    assert refused["error"]["reason"] == "input_validation_failed"


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/v1/orders", {}),
        ("/v1/orders", basic(KEYS.key_id, "guessed")),
        ("/v1/orders", {"Authorization": "Basic not base64"}),
        ("/v1/orders", OURS_X),
        ("/v1/payouts?account_number=7878780080316316", OURS),
    ],
)
def test_each_side_takes_its_own_keys_alone(up, path, keys):
    refused = up.ask("GET", path, headers=keys)
    assert (refused["status"], refused["error"]["code"]) == (401, "BAD_REQUEST_ERROR")


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/nothing"), ("PUT", "/v1/orders"), ("POST", "/v1/payments")])
def test_there_is_nothing_at_other_addresses(up, method, path):
    assert "URL was not found" in up.ask(method, path, {}, OURS)["error"]["description"]


def test_what_is_no_json_is_refused(up):
    asked = urllib.request.Request(f"{up.url}/v1/orders", b"{", OURS, method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert json.load(refused.value)["error"]["code"] == "BAD_REQUEST_ERROR"


def test_lists_come_newest_first_ten_at_a_time_a_hundred_at_most(up):
    made = [order(up, receipt="paged")["id"] for _ in range(12)][::-1]
    first = up.ask("GET", "/v1/orders?receipt=paged", headers=OURS)
    assert (first["entity"], first["count"]) == ("collection", 10)
    rest = up.ask("GET", "/v1/orders?receipt=paged&skip=10&count=100", headers=OURS)
    assert [each["id"] for each in first["items"] + rest["items"]] == made
    assert up.ask("GET", "/v1/orders?count=101", headers=OURS)["error"]["field"] == "count"
    assert up.ask("GET", "/v1/orders?to=1", headers=OURS)["items"] == []
    assert up.ask("GET", "/v1/orders?from=soon", headers=OURS)["error"]["field"] == "from"


def test_a_refund_needs_no_key_and_then_is_made_twice(up):
    payment = paid(up)
    for _ in range(2):
        up.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, OURS)
    listed = up.ask("GET", f"/v1/payments/{payment}/refunds", headers=OURS)
    assert [each["amount"] for each in listed["items"]] == [1000, 1000]
    whole = up.ask("POST", f"/v1/payments/{payment}/refund", {}, OURS)
    assert whole["amount"] == 48_000


def test_while_a_refund_is_being_made_its_key_is_taken(up):
    payment, keyed = paid(up), OURS | {"X-Refund-Idempotency": "one-key-for-both"}
    up.act("faults", kind="delay", op="refund", seconds=0.5)
    answers = []
    asking = threading.Thread(
        target=lambda: answers.append(up.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, keyed))
    )
    asking.start()
    time.sleep(0.15)
    meanwhile = up.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, keyed)
    asking.join()
    assert meanwhile["status"] == 409
    assert "in progress" in meanwhile["error"]["description"]
    assert up.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, keyed) == answers[0]
    other = up.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 2000}, keyed)
    assert (other["status"], other["error"]["code"]) == (409, "BAD_REQUEST_ERROR")


def payee(up, **details):
    """The id of a fund account."""
    contact = up.ask("POST", "/v1/contacts", {"name": "Asha Rao", "type": "vendor"}, OURS_X)["id"]
    asked = {"contact_id": contact, "account_type": "vpa", "vpa": {"address": "asha@upi"}, **details}
    return up.ask("POST", "/v1/fund_accounts", asked, OURS_X)


def payout(up, key="key-of-a-payout", **fields):
    """POST /v1/payouts."""
    asked = {
        "account_number": "7878780080316316",
        "fund_account_id": payee(up)["id"],
        "amount": 20_000,
        "currency": "INR",
        "mode": "UPI",
        "purpose": "payout",
        **fields,
    }
    return up.ask("POST", "/v1/payouts", asked, OURS_X | ({"X-Payout-Idempotency": key} if key else {}))


@pytest.mark.parametrize("key", ["", "abc", "x" * 37, "no/slash"])
def test_a_payout_without_a_proper_key_is_refused(up, key):
    assert payout(up, key)["error"]["field"] == "X-Payout-Idempotency"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"account_number": "1"}, "account_number"),
        ({"amount": 50}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"mode": "NEFT"}, "mode"),
        ({"mode": None}, "mode"),
        ({"purpose": None}, "purpose"),
        ({"narration": "with: punctuation"}, "narration"),
        ({"narration": "x" * 31}, "narration"),
        ({"reference_id": "x" * 41}, "reference_id"),
        ({"amount": 90_000_00, "mode": "UPI"}, None),
    ],
)
def test_a_wrong_payout_is_refused_and_leaves_its_key_free(up, fields, field):
    key = f"key {abs(hash(str(fields))) % 10**9}"
    if field:
        assert payout(up, key, **fields)["error"]["field"] == field
    assert payout(up, key)["status"] == "processing"


def test_without_leave_to_queue_a_payout_beyond_the_balance_is_refused(up):
    details = {"name": "Asha", "ifsc": "HDFC0000053", "account_number": "123456789"}
    bank = payee(up, account_type="bank_account", bank_account=details, vpa=None)
    balance = up.totals()["payout_balance"]
    asked = {"fund_account_id": bank["id"], "mode": "NEFT", "amount": balance}
    assert "enough balance" in payout(up, "too much", **asked)["error"]["description"]
    waiting = payout(up, "much", **asked, queue_if_low_balance=True)
    assert (waiting["status"], waiting["status_details"]["reason"]) == ("queued", "low_balance")
    assert up.act("cancel_payout", payout_id=waiting["id"])["status"] == "cancelled"


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"account_type": "card"}, "account type"),
        ({"contact_id": "cont_00000000000000"}, "does not exist"),
        ({"vpa": {"address": "nobody"}}, "VPA"),
        ({"vpa": "nobody"}, "object"),
    ],
)
def test_a_wrong_fund_account_is_refused(up, details, words):
    assert words in payee(up, **details)["error"]["description"]


def test_a_contact_has_a_proper_name_and_a_known_type(up):
    for asked in ({"type": "vendor"}, {"name": "Asha", "type": "friend"}, *({"name": name} for name in WRONG_NAMES)):
        assert up.ask("POST", "/v1/contacts", asked, OURS_X)["status"] == 400


def test_the_account_s_transactions_add_up_to_its_balance(up):
    payout(up, "one of the entries")
    asked = "/v1/transactions?account_number=7878780080316316&count=100"
    entries = up.ask("GET", asked, headers=OURS_X)["items"]
    (account,) = up.ask("GET", "/v1/banking_balances", headers=OURS_X)["items"]
    assert entries[0]["balance"] == account["available_amount"] == sum(e["credit"] - e["debit"] for e in entries)
    assert entries[-1]["source"]["entity"] == "bank_transfer"
    assert entries[-1]["credit"] == 10_00_000_00


def test_a_cut_line_gives_no_answer_whatever_has_happened(up):
    for kind, made in (("drop_before", 0), ("drop_after", 1)):
        up.act("faults", kind=kind, op="create_order")
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            order(up, receipt=kind)
        assert up.ask("GET", f"/v1/orders?receipt={kind}", headers=OURS)["count"] == made


def test_faults_come_as_often_as_asked_for(up):
    up.act("faults", kind="error5xx", op="create_*", times=2)
    assert [order(up).get("status") for _ in range(3)] == [500, 500, "created"]
    up.act("faults", kind="refuse", op="create_order", probability=0.5)
    statuses = {order(up)["status"] for _ in range(60)}
    assert statuses == {400, "created"}
    assert up.ask("POST", "/control/faults", {"kind": "earthquake"})["status"] == 400


def test_the_checkout_is_for_who_knows_the_public_key(up):
    made = order(up)["id"]
    seen = up.ask("GET", f"/browser/orders/{made}?key={KEYS.key_id}")
    assert (seen["amount"], seen["status"]) == (50_000, "created")
    assert up.ask("GET", f"/browser/orders/{made}?key=another")["status"] == 401
    failed = up.ask("POST", f"/browser/orders/{made}/pay", {"key": KEYS.key_id, "outcome": "failed"})
    assert failed["error"]["metadata"]["order_id"] == made
    done = up.ask("POST", f"/browser/orders/{made}/pay", {"key": KEYS.key_id, "outcome": "captured"})
    assert done["paid"].keys() == {"razorpay_payment_id", "razorpay_order_id", "razorpay_signature"}
    assert up.ask("POST", f"/browser/orders/{made}/pay", {"key": KEYS.key_id, "outcome": "captured"})["status"] == 400


def test_late_money_comes_after_its_time_or_when_told(up):
    for seconds, told in ((0, False), (600, True)):
        made = order(up)["id"]
        late = {"key": KEYS.key_id, "outcome": "late", "seconds": seconds}
        assert up.ask("POST", f"/browser/orders/{made}/pay", late) == {"late": True}
        if told:
            assert up.ask("GET", f"/v1/orders/{made}", headers=OURS)["status"] == "attempted"
            up.act("advance", kind="pay_")
        give_up = time.monotonic() + 5
        while up.ask("GET", f"/v1/orders/{made}", headers=OURS)["status"] != "paid":
            assert time.monotonic() < give_up
            time.sleep(0.02)


def test_only_the_checkout_s_own_files_are_served(up):
    with urllib.request.urlopen(f"{up.url}/browser/checkout.js") as answer:
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    for path in ("..%2Fserver.py", "nothing.js", "server.py"):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{up.url}/browser/{path}")


def test_the_books_are_as_they_were_after_a_restart(tmp_path):
    state = tmp_path / "razorpay" / "books.sqlite"
    with simulator(state) as first:
        payment = paid(first)
        keyed = OURS | {"X-Refund-Idempotency": "kept-over-a-restart"}
        refund = first.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, keyed)
        sent = payout(first)
        before = first.totals()
    with simulator(state) as second:
        assert second.totals() == before
        assert second.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, keyed) == refund
        assert second.act("advance") == 2
        assert second.ask("GET", f"/v1/payouts/{sent['id']}", headers=OURS_X)["status"] == "processed"
        assert second.totals()["topped_up"] == 10_00_000_00


def test_refunds_and_payouts_go_on_by_themselves(tmp_path):
    with simulator(after=0.2) as up:
        payment = paid(up)
        refund = up.ask("POST", f"/v1/payments/{payment}/refund", {"amount": 1000}, OURS)
        up.act("faults", kind="payout_reversed")
        sent = payout(up)
        wanted = {f"/v1/refunds/{refund['id']}": (OURS, "processed"), f"/v1/payouts/{sent['id']}": (OURS_X, "reversed")}
        give_up = time.monotonic() + 5
        for path, (keys, status) in wanted.items():
            while up.ask("GET", path, headers=keys)["status"] != status:
                assert time.monotonic() < give_up
                time.sleep(0.05)
        events = [each["event"] for each in up.ask("GET", "/control/events")]
        assert [each for each in events if each.startswith("payout")] == [
            "payout.initiated",
            "payout.processed",
            "payout.updated",
            "payout.reversed",
        ]
