"""What browsers see of the stand-in: the checkout's script and frame, and a developer's look into the books."""

import dataclasses
import hmac
import json
from pathlib import Path
from typing import Any

from aiohttp import web

from infra.local.razorpay.api import Keys
from infra.local.razorpay.books import Books
from infra.local.razorpay.control import Control
from infra.local.razorpay.faults import KINDS
from infra.local.razorpay.problems import Body, Problem, wrong_keys

FILES = Path(__file__).parent / "checkout"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
POLICY += "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
LATEST = 7200
SHOWN = 30
LISTS = {"payments": "payment", "refunds": "refund", "payouts": "payout", "disputes": "dispute"}
OUTCOMES = ("captured", "failed", "late")


class Browser:
    """Under /browser here, and under /dev/razorpay at the front door."""

    def __init__(self, books: Books, keys: Keys, control: Control):
        self._books, self._keys, self._control = books, keys, control

    def add_to(self, app: web.Application) -> None:
        """Its addresses."""
        app.router.add_get("/browser/orders/{id}", self._order)
        app.router.add_post("/browser/orders/{id}/pay", self._pay)
        app.router.add_get("/browser/books", self._shown)
        app.router.add_post("/browser/act/{action}", self._act)
        app.router.add_get("/browser/{file}", self._file)

    async def _file(self, request: web.Request) -> web.Response:
        path = FILES / request.match_info["file"]
        if path.parent != FILES or path.suffix not in TYPES or not path.is_file():
            raise web.HTTPNotFound
        return web.Response(text=path.read_text(), content_type=TYPES[path.suffix], headers=HEADERS)

    async def _order(self, request: web.Request) -> web.Response:
        order = self._known(request.match_info["id"], request.query.get("key", ""))
        return web.json_response({name: order[name] for name in ("id", "amount", "currency", "status")})

    async def _pay(self, request: web.Request) -> web.Response:
        """The payer has chosen how this ends."""
        asked = await request.json()
        order = self._known(request.match_info["id"], str(asked.get("key", "")))
        outcome, payer = asked.get("outcome"), _payer(asked)
        if outcome not in OUTCOMES:
            raise Problem("There is no such outcome.", "outcome")
        if outcome == "late":
            self._books.pay_late(order["id"], min(float(asked.get("seconds", 20)), LATEST), **payer)
            return web.json_response({"late": True})
        payment = self._books.pay(order["id"], outcome, **payer)
        if outcome == "failed":
            return web.json_response({"error": _error(payment)})
        return web.json_response({"paid": self._keys.callback(payment)})

    async def _shown(self, _: web.Request) -> web.Response:
        """The latest of everything."""
        held = {name: self._latest(kind) for name, kind in LISTS.items()}
        held["events"] = [_event(each) for each in self._latest("event")]
        faults = [dataclasses.asdict(each) for each in self._books.faults.on]
        return web.json_response({**held, "totals": self._books.totals(), "faults": faults, "kinds": KINDS})

    def _latest(self, kind: str) -> list[Body]:
        return [*self._books.shelves.every(kind)][: -SHOWN - 1 : -1]

    async def _act(self, request: web.Request) -> web.Response:
        """As tests do it; a page of another site cannot send JSON here."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        return await self._control.act(request)

    def _known(self, order_id: str, key: str) -> Body:
        """The public key alone lets one pay, and see what there is to pay."""
        if not hmac.compare_digest(key.encode(), self._keys.key_id.encode()):
            raise wrong_keys()
        return self._books.shelves.get("order", order_id)


def _payer(asked: Body) -> dict[str, str]:
    return {name: str(asked.get(name) or "")[:100] for name in ("email", "contact")} | {"method": "upi"}


def _error(payment: Body) -> Body:
    fields = {name: payment[f"error_{name}"] for name in ("code", "description", "source", "step", "reason")}
    return fields | {"metadata": {"order_id": payment["order_id"], "payment_id": payment["id"]}}


def _event(event: Body) -> dict[str, Any]:
    fields = {"id": event["id"], "event": event["event"], "status": event["state"]}
    return fields | {"created_at": json.loads(event["body"])["created_at"]}
