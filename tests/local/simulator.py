"""A stand-in for Razorpay served from this process, on a port of its own, and what tests ask of it."""

import asyncio
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from infra.local.place import HOST, free_port
from infra.local.razorpay.api import Keys
from infra.local.razorpay.books import Books
from infra.local.razorpay.keeper import Keeper
from infra.local.razorpay.server import Server
from infra.local.razorpay.shelves import Shelves
from tests.fakes.world import SECRETS

HELD = SECRETS.razorpay
KEYS = Keys(HELD.key_id, HELD.key_secret, HELD.x_key_id, HELD.x_key_secret, HELD.webhook_secrets[0])


@dataclass
class Simulator:
    """`url` is where it answers."""

    url: str

    def act(self, action: str, **given: Any) -> Any:
        """Control of it: what an action of POST /control/<action> says is done."""
        return self.ask("POST", f"/control/{action}", given)["done"]

    def totals(self) -> dict[str, Any]:
        """Its own sums."""
        held: dict[str, Any] = self.ask("GET", "/control/books")
        return held

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """The answer's JSON, whatever its status."""
        content = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        asked = urllib.request.Request(f"{self.url}{path}", content, sent, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            return json.load(refused) | {"status": refused.code}


@contextmanager
def simulator(state: Path | None = None, webhook_url: str = "", after: float | None = None) -> Iterator[Simulator]:
    """One that runs for as long as it is needed."""
    port, started, stop = free_port(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        shelves, keeper = Shelves(), Keeper(state) if state else None
        if keeper:
            keeper.restore(shelves)
        runner = web.AppRunner(Server(Books(shelves, after=after), KEYS, keeper, webhook_url).application())
        await runner.setup()
        await web.TCPSite(runner, HOST, port).start()
        started.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield Simulator(f"http://{HOST}:{port}")
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
