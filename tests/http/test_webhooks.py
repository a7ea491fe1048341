"""Impostors at the gateway's webhook: they learn nothing and move nothing, nor do events that come twice or lie."""

import copy
import json

import pytest

from chalicelib import wiring
from chalicelib.services import due
from functions.http import MAX_BODY
from tests.fakes import people, purse
from tests.fakes.times import hold
from tests.http import doors
from tests.http.doors import OLD, PREVIOUS, event, heard, inbox, signed, status, untouched


@pytest.fixture
def deps(clock, monkeypatch):
    made = doors.paying_world(clock, monkeypatch)
    monkeypatch.setattr(wiring, "deps", lambda: made)
    return made


@pytest.fixture
def lesson(deps):
    return doors.a_lesson(deps)


@pytest.fixture
def held(lena, deps, lesson):
    return doors.held_by(lena, deps, lesson)


@pytest.fixture
def captured(deps, held):
    """She has paid, and the page never came back: the event that the gateway has for us, its body and headers."""
    purse.pay(deps, held)
    events = {json.loads(body)["event"]: (body, headers) for body, headers in purse.gateway(deps).events()}
    return events["payment.captured"]


@pytest.fixture
def post(new_browser):
    """Post an event, with these headers and no others."""

    def posted(body, headers):
        return new_browser().send("POST", "/webhooks/razorpay", raw=body, x_peerlearn=None, **named(headers))

    return posted


def named(headers):
    return {name.replace("-", "_"): value for name, value in headers.items()}


class TestAnEventThatIsNotSigned:
    @pytest.mark.parametrize(
        "signature", ["", "0" * 64, "é", "sha256=" + "0" * 64, None], ids=["empty", "forged", "odd", "long", "missing"]
    )
    def test_is_refused(self, deps, post, captured, signature):
        body, headers = captured
        reply = untouched(deps, lambda: post(body, headers | {"x-razorpay-signature": signature}))
        assert (reply.status, reply.code) == (401, "bad_signature")

    def test_is_refused_with_the_signature_of_another(self, deps, post, captured):
        body, headers = captured
        for other in (body + b" ", body[:-1], body[: len(body) // 2], b"", body.replace(b"50000", b"00001", 1)):
            assert other != body
            assert untouched(deps, lambda sent=other: post(sent, headers)).code == "bad_signature"

    @pytest.mark.parametrize("secret", [OLD, "", "key-secret", "x-key-secret", "origin-secret"])
    def test_is_refused_whatever_else_it_is_signed_with(self, deps, post, captured, secret):
        body, _ = captured
        assert untouched(deps, lambda: post(body, signed(body, secret))).code == "bad_signature"

    @pytest.mark.parametrize(
        "body", [b"{", b"[]", b"null", b"{}", b'{"event": 1}', b'{"event": "x", "payload": {}}', b"[" * 20_000, b""]
    )
    def test_tells_nobody_what_an_event_looks_like(self, deps, post, body):
        replies = [
            untouched(deps, lambda sent=headers: post(body, sent))
            for headers in ({}, signed(body, OLD), {"content-type": "text/plain"}, {"x-razorpay-event-id": "?"})
        ]
        assert {(reply.status, reply.code, str(reply.data)) for reply in replies} == {
            (401, "bad_signature", str(replies[0].data))
        }

    def test_is_not_even_looked_at_if_it_is_too_large(self, deps, post):
        for body in (b" " * (MAX_BODY + 1), event(payment={"id": "pay_1", "notes": "x" * MAX_BODY})):
            reply = untouched(deps, lambda sent=body: post(sent, signed(sent)))
            assert (reply.status, reply.code) == (413, "too_large")

    def test_does_not_come_past_the_sites_own_address(self, deps, post, captured):
        body, headers = captured
        reply = untouched(deps, lambda: post(body, headers | {"x-peerlearn-origin": None}))
        assert (reply.status, reply.code) == (403, "wrong_door")


class TestASignedEvent:
    def test_of_just_the_largest_size_is_taken_down(self, deps, post):
        empty = event(payment={"id": "pay_1", "notes": ""})
        body = event(payment={"id": "pay_1", "notes": "x" * (MAX_BODY - len(empty))})
        assert len(body) == MAX_BODY
        assert post(body, signed(body)).status == 200

    @pytest.mark.parametrize("event_id", ["", None, "evt 1", "evt#1", "x" * 65, "é"])
    def test_needs_an_id_that_is_one(self, deps, post, captured, event_id):
        body, headers = captured
        reply = untouched(deps, lambda: post(body, headers | {"x-razorpay-event-id": event_id}))
        assert (reply.status, reply.code) == (400, "bad_event")

    @pytest.mark.parametrize("kind", ["payment", "refund", "dispute"])
    @pytest.mark.parametrize("odd", ["pay#1", "../pay_1", "p" * 65])
    def test_is_about_what_has_an_id_that_is_one(self, deps, post, kind, odd):
        body = event(**{kind: {"id": odd}})
        assert untouched(deps, lambda: post(body, signed(body))).code == "bad_event"

    @pytest.mark.parametrize("body", [b"", b"{", b"payment=1", b'{"event": "\xff"}', b"[" * 20_000])
    def test_is_json(self, deps, post, body):
        reply = untouched(deps, lambda: post(body, signed(body)))
        assert (reply.status, reply.code) in ((400, "bad_json"), (422, "invalid"))

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            (b"[]", "body"),
            (b"{}", "event"),
            (b'{"event": "x"}', "payload"),
            (b'{"event": 1, "payload": {}}', "event"),
            (b'{"event": "x", "payload": []}', "payload"),
            (b'{"event": "x", "payload": {}, "account_id": 7}', "account_id"),
            (b'{"event": "x", "payload": {"payment": {"entity": {"id": 5}}}}', "payload.payment.entity.id"),
            (b'{"event": "x", "payload": {"payment": {"entity": {}}}}', "payload.payment.entity.id"),
            (b'{"event": "x", "payload": {"refund": {}}}', "payload.refund.entity"),
        ],
    )
    def test_of_another_shape_is_told_what_is_wrong(self, deps, post, body, field):
        reply = untouched(deps, lambda: post(body, signed(body)))
        assert (reply.status, reply.code, list(reply.fields)) == (422, "invalid", [field])

    def test_of_another_account_is_refused(self, deps, post, captured):
        for account_id in ("", "acc_Another0000001"):
            body = json.dumps(json.loads(captured[0]) | {"account_id": account_id}).encode()
            reply = untouched(deps, lambda sent=body: post(sent, signed(sent)))
            assert (reply.status, reply.code) == (401, "other_account")

    def test_with_the_secret_before_is_believed(self, deps, post, captured, held):
        body, _ = captured
        assert post(body, signed(body, PREVIOUS)).status == 200
        heard(deps)
        assert status(deps, held) == "confirmed"

    def test_is_one_write_and_no_look(self, deps, post, captured):
        deps.tables.requests.clear()
        asked = [*purse.gateway(deps).calls]
        assert post(*captured).status == 200
        assert deps.tables.requests == ["TransactWriteItems"]
        assert purse.gateway(deps).calls == asked

    def test_that_comes_again_is_one(self, deps, post, captured, held, clock):
        assert [post(*captured).status for _ in range(3)] == [200] * 3
        assert len(inbox(deps)) == 1
        heard(deps)
        seen = copy.deepcopy(inbox(deps))
        assert post(*captured).status == 200
        assert inbox(deps) == seen
        heard(deps)
        purse.settle(deps, clock, 5)
        assert status(deps, held) == "confirmed"
        assert purse.balances(deps)["mentor:pending"] == -425_00

    def test_that_comes_under_other_ids_moves_nothing_twice(self, deps, post, captured, held, clock):
        body, headers = captured
        for number in range(5):
            assert post(body, headers | {"x-razorpay-event-id": f"again{number}"}).status == 200
        heard(deps)
        purse.settle(deps, clock, 5)
        assert purse.balances(deps)["mentor:pending"] == -425_00
        assert deps.payments.get(held.booking.id).refunds == ()

    @pytest.mark.parametrize("reference", ["Invoice 12/3", "", None, "po_of_nobody"])
    def test_about_what_was_paid_out_by_hand_is_heard_and_about_nothing(self, deps, post, reference):
        body = event(payout={"id": "pout_1", "reference_id": reference})
        assert post(body, signed(body)).status == 200
        heard(deps)
        assert deps.payout_queue.errands == []
        assert [item["status"] for item in inbox(deps)] == ["done"]

    def test_of_a_kind_we_do_not_know_is_heard(self, deps, post):
        body = event(settlement={"id": "setl_1"}, virtual_account={"x": []})
        assert post(body, signed(body)).status == 200
        heard(deps)
        assert [item["status"] for item in inbox(deps)] == ["done"]


class TestWhatAnEventSays:
    """Only its ids are read: what they stand for is asked of the gateway."""

    def test_of_a_failed_payment_confirms_nothing(self, deps, post, held):
        paid = purse.pay(deps, held, "failed")
        lie = {"id": paid["razorpay_payment_id"], "status": "captured", "captured": True, "amount": 500_00}
        body = event(payment=lie | {"order_id": deps.payments.get(held.booking.id).order_id})
        assert post(body, signed(body)).status == 200
        heard(deps)
        assert status(deps, held) == "held"
        assert deps.payments.get(held.booking.id).status == "open"

    def test_of_another_order_is_not_believed(self, deps, post, held, lesson):
        theirs = hold(deps, people.learner(deps, "Eve"), *lesson, hours=48, key="key-eve-00001")
        paid = purse.pay(deps, theirs)
        mine = purse.begin(deps, held)
        lie = {"id": paid["razorpay_payment_id"], "order_id": mine, "notes": {"booking_id": held.booking.id}}
        body = event(payment=lie, order={"id": mine})
        assert post(body, signed(body)).status == 200
        heard(deps)
        assert (status(deps, held), status(deps, theirs)) == ("held", "confirmed")

    def test_of_an_order_that_is_none_of_ours_is_passed_over(self, deps, post, held):
        purse.begin(deps, held)
        other = purse.gateway(deps).books.payments.create_order({"amount": 500_00, "currency": "INR", "receipt": "x"})
        paid = purse.gateway(deps).pay(other["id"])
        body = event(payment={"id": paid["razorpay_payment_id"]})
        assert post(body, signed(body)).status == 200
        heard(deps)
        assert status(deps, held) == "held"
        assert [item["status"] for item in inbox(deps)] == ["done"]

    @pytest.mark.parametrize("wrong", [{"amount": 1_00}, {"amount": 500_01}, {"currency": "USD"}])
    def test_another_amount_or_currency_confirms_nothing_goes_back_and_rings(self, deps, post, captured, held, wrong):
        payment_id = json.loads(captured[0])["payload"]["payment"]["entity"]["id"]
        purse.gateway(deps).books.shelves.move("payment", payment_id, **wrong)
        assert post(*captured).status == 200
        heard(deps)
        payment = deps.payments.get(held.booking.id)
        assert (status(deps, held), payment.status) == ("held", "open")
        [refund] = payment.refunds
        assert (refund.payment_id, refund.paise, refund.why) == (
            payment_id,
            wrong.get("amount", 500_00),
            "wrong_amount",
        )
        rung = {"booking": held.booking.id, "payment": payment_id}
        assert deps.alarms.rung == [("wrong_amount", rung)]
        assert due.sweep(deps).failed == {}
