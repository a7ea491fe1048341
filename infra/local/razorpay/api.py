"""Which call does what: an address, a body and headers to an answer, with or without HTTP around it."""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.local.razorpay.books import Books
from infra.local.razorpay.faults import Fault
from infra.local.razorpay.problems import Body, Problem, internal, nowhere, wrong_keys
from infra.local.razorpay.shelves import page

LISTS = {"orders": ("receipt",), "payments": (), "refunds": ("payment_id",), "settlements": (), "disputes": ()}


@dataclass(frozen=True)
class Keys:
    """What we and the gateway know: a pair for payments, one for payouts, and what events are signed with."""

    key_id: str
    key_secret: str = field(repr=False)
    x_key_id: str
    x_key_secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)

    def callback(self, payment: Body) -> dict[str, str]:
        """What the checkout hands to the page once a payment is made."""
        proof = f"{payment['order_id']}|{payment['id']}"
        return {
            "razorpay_payment_id": payment["id"],
            "razorpay_order_id": payment["order_id"],
            "razorpay_signature": signed(self.key_secret, proof.encode()),
        }


@dataclass(frozen=True)
class Call:
    """A request; header names in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def body(self) -> Body:
        """JSON, or the gateway's refusal."""
        try:
            read = json.loads(self.content or b"{}")
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise Problem("The request body is not valid JSON.")
        return read


Answer = tuple[int, Body]
Operation = Callable[[Books, Call, str], Any]


def _create(kind: str) -> Operation:
    making = {
        "order": lambda books, body: books.payments.create_order(body),
        "contact": lambda books, body: books.payees.create_contact(body),
        "fund_account": lambda books, body: books.payees.create_fund_account(body),
    }
    return lambda books, call, _: making[kind](books, call.body)


def _fetch(kind: str) -> Operation:
    return lambda books, _, entity_id: books.shelves.get(kind, entity_id)


def _list(kind: str) -> Operation:
    return lambda books, call, _: page(books.shelves.every(kind), call.query, LISTS[f"{kind}s"])


def _refund(books: Books, call: Call, payment_id: str) -> Body:
    return books.payments.refund(payment_id, call.body, call.headers.get("x-refund-idempotency"))


def _refunds_of(books: Books, call: Call, payment_id: str) -> Body:
    books.shelves.get("payment", payment_id)
    found = (each for each in books.shelves.every("refund") if each["payment_id"] == payment_id)
    return page(found, call.query)


def _create_payout(books: Books, call: Call, _: str) -> Body:
    return books.payouts.create_payout(call.body, call.headers.get("x-payout-idempotency"))


# Method and address, the operation's name, what it does; ^ marks an address of RazorpayX, which has keys of its own.
ROUTES: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", "/v1/orders", "create_order", _create("order")),
    ("GET", "/v1/orders", "orders", _list("order")),
    ("GET", "/v1/orders/{id}", "order", _fetch("order")),
    ("GET", "/v1/orders/{id}/payments", "captures_of", lambda books, _, name: books.payments.payments_of(name)),
    ("GET", "/v1/payments", "captures", _list("payment")),
    ("GET", "/v1/payments/{id}", "capture", _fetch("payment")),
    ("POST", "/v1/payments/{id}/refund", "refund", _refund),
    ("GET", "/v1/payments/{id}/refunds", "refund_of", _refunds_of),
    ("GET", "/v1/refunds", "refunds", _list("refund")),
    ("GET", "/v1/refunds/{id}", "gateway_refund", _fetch("refund")),
    ("GET", "/v1/settlements", "settlements", _list("settlement")),
    ("GET", "/v1/settlements/{id}", "settlement", _fetch("settlement")),
    ("GET", "/v1/disputes", "disputes", _list("dispute")),
    ("GET", "/v1/disputes/{id}", "dispute", _fetch("dispute")),
    ("POST", "^/v1/contacts", "create_contact", _create("contact")),
    ("GET", "^/v1/contacts/{id}", "contact", _fetch("contact")),
    ("POST", "^/v1/fund_accounts", "create_fund_account", _create("fund_account")),
    ("GET", "^/v1/fund_accounts/{id}", "fund_account", _fetch("fund_account")),
    ("POST", "^/v1/payouts", "create_payout", _create_payout),
    ("GET", "^/v1/payouts", "payouts", lambda books, call, _: books.payouts.listed("payout", call.query)),
    ("GET", "^/v1/payouts/{id}", "payout", _fetch("payout")),
    (
        "GET",
        "^/v1/transactions",
        "transactions",
        lambda books, call, _: books.payouts.listed("transaction", call.query),
    ),
    ("GET", "^/v1/transactions/{id}", "transaction", _fetch("transaction")),
    ("GET", "^/v1/banking_balances", "balance", lambda books, _, __: books.payouts.balances()),
)
PATTERNS = [
    (method, re.compile(path.lstrip("^").replace("{id}", "([^/]+)")), path.startswith("^"), name, doing)
    for method, path, name, doing in ROUTES
]


def operation(call: Call) -> tuple[str, bool, Callable[[Books], Body]]:
    """What a call is called, whether it is RazorpayX's, and what it does."""
    for method, pattern, is_x, name, doing in PATTERNS:
        found = pattern.fullmatch(call.path)
        if found and method == call.method:
            entity_id = found[1] if found.groups() else ""
            return name, is_x, lambda books, doing=doing, entity_id=entity_id: doing(books, call, entity_id)
    raise nowhere()


def answer(books: Books, keys: Keys, call: Call, fault: Fault | None = None) -> Answer:
    """The gateway's answer; a fault that has no part in the line itself is played here."""
    try:
        _, is_x, doing = operation(call)
        check_keys(keys, call, is_x)
        _play(fault)
        answered = doing(books)
        if fault and fault.kind == "error5xx_after":
            raise internal()
        return 200, answered
    except Problem as problem:
        return problem.status, problem.body


def _play(fault: Fault | None) -> None:
    kind = fault.kind if fault else ""
    if kind == "error5xx":
        raise internal()
    if kind == "refuse" and fault:
        raise Problem(fault.words)
    if kind == "too_many":
        raise Problem("Request failed. Please try after sometime.", status=429, reason="NA")
    if kind == "in_progress":
        raise in_progress()


def in_progress() -> Problem:
    """The same key's first call is still at work."""
    words = "Another request with the same idempotency key is still in progress."
    return Problem(words, status=409, reason="NA")


def check_keys(keys: Keys, call: Call, is_x: bool) -> None:
    """Basic authentication with the pair that belongs to the address."""
    known = (keys.x_key_id, keys.x_key_secret) if is_x else (keys.key_id, keys.key_secret)
    given = call.headers.get("authorization", "").removeprefix("Basic ")
    try:
        proof = base64.b64decode(given, validate=True)
    except binascii.Error:
        proof = b""
    if not hmac.compare_digest(proof, ":".join(known).encode()):
        raise wrong_keys()


def signed(secret: str, content: bytes) -> str:
    """HMAC-SHA256, as hexadecimal digits."""
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
