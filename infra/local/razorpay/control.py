"""What only this machine may ask of the stand-in: faults, payers without a browser, and a look into the books."""

import dataclasses
from collections.abc import Callable
from typing import Any

from aiohttp import web

from infra.local.razorpay.api import Keys
from infra.local.razorpay.books import Books
from infra.local.razorpay.problems import Problem
from infra.local.razorpay.webhooks import Webhooks

# What can be asked with POST /control/<name>; the body's fields are its arguments.
Action = Callable[..., Any]


class Control:
    """On the stand-in's own port; the developer's page at the front door can do the same."""

    def __init__(self, books: Books, keys: Keys):
        self._books, self._keys = books, keys
        self.webhooks: Webhooks | None = None
        self.actions: dict[str, Action] = {
            "pay": self._pay,
            "pay_late": books.pay_late,
            "fail": books.payments.fail,
            "authorize": books.payments.authorize,
            "advance": books.advance,
            "release": books.release,
            "finish_payout": books.payouts.finish,
            "cancel_payout": books.payouts.cancel,
            "finish_refund": books.payments.finish_refund,
            "settle": books.banking.settle,
            "top_up": books.payouts.top_up,
            "dispute": books.banking.dispute,
            "decide": books.banking.decide,
            "faults": self._fault,
            "no_faults": books.faults.clear,
            "webhooks": self._switch,
            "replay": self._replay,
        }

    def add_to(self, app: web.Application) -> None:
        """Its addresses."""
        app.router.add_get("/control/books", self._totals)
        app.router.add_get("/control/faults", self._faults)
        app.router.add_get("/control/events", self._events)
        app.router.add_post("/control/{action}", self.act)

    async def act(self, request: web.Request) -> web.Response:
        """One of the actions."""
        action = self.actions.get(request.match_info["action"])
        if action is None:
            raise web.HTTPNotFound
        try:
            done = action(**(await request.json() if request.can_read_body else {}))
        except (TypeError, ValueError) as wrong:
            raise Problem(str(wrong)) from None
        return web.json_response({"done": done})

    def _pay(self, order_id: str, outcome: str = "captured") -> dict[str, str]:
        return self._keys.callback(self._books.pay(order_id, outcome))

    def _fault(self, kind: str, op: str = "*", **options: Any) -> Any:
        return dataclasses.asdict(self._books.faults.add(kind, op, **options))

    def _switch(self, on: bool) -> None:
        """While off, events wait."""
        if self.webhooks:
            self.webhooks.on = on

    def _replay(self, event_id: str) -> None:
        """An event that was delivered, lost or given up is told again."""
        self._books.events.done(event_id, "due")

    async def _totals(self, _: web.Request) -> web.Response:
        return web.json_response(self._books.totals())

    async def _faults(self, _: web.Request) -> web.Response:
        return web.json_response([dataclasses.asdict(each) for each in self._books.faults.on])

    async def _events(self, _: web.Request) -> web.Response:
        return web.json_response([*self._books.shelves.every("event")])
