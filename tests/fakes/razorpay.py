"""Razorpay in memory: our own client on the stand-in's books with no line between, so that faults come when told to."""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from razorpay import Client

from chalicelib.domain.gateway import Unknown
from chalicelib.gateways.razorpay import Razorpay, RazorpayX
from chalicelib.gateways.razorpay.line import Line
from chalicelib.gateways.razorpay.sdk import judge
from chalicelib.gateways.secrets import RazorpayKeys, Secrets
from infra.local.razorpay import api
from infra.local.razorpay.books import Books
from infra.local.razorpay.faults import CALLS, Faults
from infra.local.razorpay.problems import Body
from infra.local.razorpay.shelves import Shelves

ACCOUNT = "7878780080316316"


@dataclass
class Death:
    """The `nth` call of an operation from now ends in `fault`, before it has had its effect or after."""

    op: str
    nth: int
    after: bool
    fault: BaseException


class FakeGateway:
    """`razorpay` and `razorpayx` are what use cases get; the rest is for tests.

    `books` are the gateway's own, `faults` go wrong by themselves, `calls` are the operations asked for so far.
    Refunds and payouts wait for `books.advance()` unless `after` says how many seconds of the clock they take.
    """

    def __init__(
        self,
        secrets: Callable[[], Secrets],
        clock: Callable[[], datetime],
        *,
        after: float | None = None,
        seed: int = 0,
    ):
        numbers = count(1)
        shelves = Shelves(now=lambda: clock().timestamp(), new=lambda: f"{next(numbers):014d}")
        self.faults, self._secrets = Faults(seed), secrets
        self.books = Books(shelves, self.faults, after=after, account=ACCOUNT)
        self.lock, self.calls, self._deaths = threading.RLock(), list[str](), list[Death]()
        self._told = 0
        keys = secrets().razorpay
        self.razorpay = FakeRazorpay(secrets, self, self._line(keys.key_id, keys.key_secret))
        self.razorpayx = FakeRazorpayX(secrets, self, self._line(keys.x_key_id, keys.x_key_secret))

    def _line(self, key_id: str, secret: str) -> "FakeLine":
        return FakeLine(Sdk(session=Session(self), auth=(key_id, secret), base_url=""))

    @property
    def keys(self) -> api.Keys:
        """As the gateway has them; events are signed with the current webhook secret."""
        held: RazorpayKeys = self._secrets().razorpay
        return api.Keys(held.key_id, held.key_secret, held.x_key_id, held.x_key_secret, held.webhook_secrets[0])

    def dies(self, op: str, nth: int = 1, *, after: bool = False, fault: BaseException | None = None) -> None:
        """The nth call of `op` (a method of the two gateways; `*` for any) from now is the last of somebody's."""
        self._deaths.append(Death(op, nth, after, fault or Unknown("the line was cut")))

    def pay(self, order_id: str, outcome: str = "captured") -> dict[str, str]:
        """A payer pays (`captured`, `failed`, `left`, `late`): what the checkout would hand to the page."""
        with self.lock:
            return self.keys.callback(self.books.pay(order_id, outcome))

    def events(self) -> list[tuple[bytes, dict[str, str]]]:
        """What has happened since this was last asked, as it would be posted: (body, headers), in order."""
        with self.lock:
            happened = [*self.books.shelves.every("event")]
            new, self._told = happened[self._told :], len(happened)
        return [(each["body"].encode(), self.headers(each)) for each in new]

    def headers(self, event: Body) -> dict[str, str]:
        """Signed, and with the id that every repetition has."""
        signature = api.signed(self.keys.webhook_secret, event["body"].encode())
        return {
            "content-type": "application/json",
            "x-razorpay-signature": signature,
            "x-razorpay-event-id": event["id"],
        }

    def answer(self, call: api.Call) -> tuple[int, Body]:
        """One call, with what is to go wrong on the way; threads take turns."""
        with self.lock:
            op = api.operation(call)[0]
            self.calls.append(op)
            died = self._dying(op)
            if died and not died.after:
                raise died.fault
            fault = self.faults.draw(op, *CALLS)
            if fault and fault.kind == "drop_before":
                raise Unknown("the line was cut before")
            self.books.tick()
            answered = api.answer(self.books, self.keys, call, fault)
            if died:
                raise died.fault
            if fault and fault.kind in ("drop_after", "delay"):
                raise Unknown("the line was cut after")
            return answered

    def _dying(self, op: str) -> Death | None:
        for death in self._deaths:
            if death.op in (op, "*"):
                death.nth -= 1
        due = next((death for death in self._deaths if death.nth < 1 and death.op in (op, "*")), None)
        if due:
            self._deaths.remove(due)
        return due


class FakeRazorpay(Razorpay):
    """Payments, on the books of its `gateway`."""

    def __init__(self, secrets: Callable[[], Secrets], gateway: FakeGateway, line: "FakeLine"):
        super().__init__(secrets, "")
        self.gateway, self._line = gateway, line


class FakeRazorpayX(RazorpayX):
    """Payouts, on the books of its `gateway`."""

    def __init__(self, secrets: Callable[[], Secrets], gateway: FakeGateway, line: "FakeLine"):
        super().__init__(secrets, "", ACCOUNT)
        self.gateway, self._line = gateway, line


class Sdk(Client):
    """Razorpay's own, but it need not look its version up on disk at every call."""

    def _get_version(self) -> str:
        return "in memory"


class FakeLine(Line):
    """A line that is not one."""

    def __init__(self, sdk: Any):
        self._client = sdk


class Session:
    """What the SDK takes for `requests`: it asks the books."""

    def __init__(self, gateway: FakeGateway):
        self._gateway = gateway

    def get(self, url: str, *, auth: tuple[str, str], params: dict[str, Any], **_: Any) -> "Reply":
        return self._ask("GET", url, auth, params, {}, b"")

    def post(self, url: str, *, auth: tuple[str, str], data: str, headers: dict[str, str], **_: Any) -> "Reply":
        return self._ask("POST", url, auth, {}, headers, data.encode())

    def _ask(self, method: str, url: str, auth: Any, params: Any, headers: dict[str, str], content: bytes) -> "Reply":
        query = {name: str(value) for name, value in params.items()}
        named = {name.lower(): value for name, value in headers.items()} | {"authorization": _basic(*auth)}
        call = api.Call(method, urlsplit(url).path, query, named, content)
        return Reply(*self._gateway.answer(call))


class Reply:
    """What the SDK takes for an answer; judged as the real line judges one."""

    def __init__(self, status: int, body: Body):
        text = json.dumps(body)
        judge(status, text.encode())
        self.status_code, self._text = status, text

    def json(self) -> Any:
        return json.loads(self._text)


@cache
def _basic(key_id: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{key_id}:{secret}".encode()).decode()
