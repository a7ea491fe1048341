"""The stand-in over HTTP: the gateway's API, the checkout for browsers, and control for tests."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import ClientSession, web

from infra.local.razorpay import api
from infra.local.razorpay.books import Books
from infra.local.razorpay.browser import Browser
from infra.local.razorpay.control import Control
from infra.local.razorpay.faults import CALLS
from infra.local.razorpay.keeper import Keeper
from infra.local.razorpay.problems import Problem
from infra.local.razorpay.webhooks import Webhooks

TICK = 0.1
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """One gateway; whatever it answers is kept first."""

    def __init__(self, books: Books, keys: api.Keys, keeper: Keeper | None, webhook_url: str):
        self._books, self._keys, self._keeper, self._webhook_url = books, keys, keeper, webhook_url
        self._busy: set[str] = set()
        self._control = Control(books, keys)
        self._keep()

    def application(self) -> web.Application:
        """Its addresses."""
        app = web.Application(middlewares=[self._kept])
        app.router.add_get("/up", _up)
        app.router.add_route("*", "/v1/{path:.*}", self._answer)
        Browser(self._books, self._keys, self._control).add_to(app)
        self._control.add_to(app)
        app.cleanup_ctx.append(self._working)
        return app

    async def _working(self, app: web.Application) -> AsyncIterator[None]:
        async with ClientSession() as session:
            webhooks = Webhooks(self._books, self._keys, self._webhook_url, session, self._keep)
            self._control.webhooks = webhooks
            tasks = [asyncio.create_task(each) for each in (webhooks.run(), self._tick())]
            yield
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        self._keep()
        if self._keeper:
            self._keeper.close()

    async def _tick(self) -> None:
        while True:
            try:
                self._books.tick()
                self._keep()
            except Exception:
                logging.exception("tick")
            await asyncio.sleep(TICK)

    def _keep(self) -> None:
        if self._keeper:
            self._keeper.keep(self._books.shelves)

    @web.middleware
    async def _kept(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Problem as problem:
            return web.json_response(problem.body, status=problem.status)
        finally:
            self._keep()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        op, is_x, _ = api.operation(call)
        api.check_keys(self._keys, call, is_x)
        fault = self._books.faults.draw(op, *CALLS)
        kind = fault.kind if fault else ""
        if kind == "drop_before":
            return _cut(request)
        async with _alone(self._busy, call.headers.get("x-refund-idempotency")):
            if fault and kind == "delay":
                await asyncio.sleep(fault.seconds)
            status, body = api.answer(self._books, self._keys, call, fault)
        self._keep()
        return _cut(request) if kind == "drop_after" else web.json_response(body, status=status)


@asynccontextmanager
async def _alone(busy: set[str], key: str | None) -> AsyncIterator[None]:
    """One call at a time under a key; another one is told so."""
    if key in busy:
        raise api.in_progress()
    if key:
        busy.add(key)
    try:
        yield
    finally:
        busy.discard(key or "")


async def _read(request: web.Request) -> api.Call:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return api.Call(request.method, request.path, dict(request.query), headers, await request.read())


def _cut(request: web.Request) -> web.Response:
    """The line goes dead without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _up(_: web.Request) -> web.Response:
    return web.Response(text="up")
