"""Tells our site what has happened: signed, at least once, in any order, again and again until it is heard."""

import asyncio
import logging
from collections.abc import Callable

from aiohttp import ClientError, ClientSession, ClientTimeout

from infra.local.razorpay.api import Keys, signed
from infra.local.razorpay.books import Books
from infra.local.razorpay.faults import EVENTS, Fault
from infra.local.razorpay.problems import Body

GLANCE = 0.05
PATIENCE = 15.0  # Razorpay waits for 5 seconds, but for no busy laptop to start its first Lambda
FIRST_WAIT, LONGEST_WAIT = 0.25, 60.0
AT_ONCE = 2  # each may start a Lambda of its own on this machine
GIVE_UP = 24 * 3600


class Webhooks:
    """`kept` is called when an event has been heard, so that a restart does not repeat it."""

    def __init__(self, books: Books, keys: Keys, url: str, session: ClientSession, kept: Callable[[], None]):
        self._books, self._keys, self._url, self._session, self._kept = books, keys, url, session, kept
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(AT_ONCE)
        self.on = bool(url)

    async def run(self) -> None:
        """Look for events for ever."""
        while True:
            for event in self._books.events.due() if self.on else ():
                if event["id"] not in self._sending:
                    self._sending[event["id"]] = asyncio.create_task(self._tell(event))
            await asyncio.sleep(GLANCE)

    async def _tell(self, event: Body) -> None:
        try:
            fault = self._books.faults.draw(event["event"], *EVENTS)
            if fault and fault.kind == "lose_webhook":
                return self._done(event, "lost")
            await asyncio.sleep(_hindrance(fault))
            state = await self._until_heard(event)
            if fault and fault.kind == "duplicate_webhook":
                await self.post(event)
            self._done(event, state)
        except Exception:
            logging.exception("webhook %s", event["event"])
        finally:
            del self._sending[event["id"]]

    async def _until_heard(self, event: Body) -> str:
        wait, waited = FIRST_WAIT, 0.0
        while not await self.post(event):
            if waited > GIVE_UP:
                return "given up"
            await asyncio.sleep(wait)
            wait, waited = min(wait * 2, LONGEST_WAIT), waited + wait
        return "delivered"

    async def post(self, event: Body) -> bool:
        """Once; is the answer a 2xx in time?"""
        content = event["body"].encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Razorpay-Webhook/v1",
            "X-Razorpay-Signature": signed(self._keys.webhook_secret, content),
            "x-razorpay-event-id": event["id"],
        }
        try:
            async with (
                self._free,
                self._session.post(
                    self._url, data=content, headers=headers, timeout=ClientTimeout(total=PATIENCE)
                ) as answer,
            ):
                heard, why = 200 <= answer.status < 300, f"answered {answer.status}"
        except (ClientError, TimeoutError, OSError) as fault:
            heard, why = False, type(fault).__name__
        if not heard:
            logging.warning("%s %s was not heard: %s", event["event"], event["id"], why)
        return heard

    def _done(self, event: Body, state: str) -> None:
        self._books.events.done(event["id"], state)
        self._kept()


def _hindrance(fault: Fault | None) -> float:
    """Whatever happens meanwhile overtakes it."""
    if fault and fault.kind in ("reorder_webhooks", "delay_webhook"):
        return fault.seconds
    return 0.0
