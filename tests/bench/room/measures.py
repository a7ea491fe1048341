"""Two measurements of a room, the same on the bare relay and on a real stack."""

import asyncio
import json
import time
from statistics import median

from playwright.async_api import Browser, async_playwright
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.room.guests import Guest
from tests.room import people

SETTLED_S = 0.8
TOOK = """(() => {
  const at = (name) => performance.getEntriesByName(name).at(-1)?.startTime
  return at('room:first-frame') - at('room:join') || 0
})()"""


async def first_frames(mentor: Guest, learner: Guest, room: str, calls: int) -> list[float]:
    """Milliseconds from the learner's press of Join to the first frame of the mentor on the screen, for each call."""
    async with async_playwright() as playwright:
        browser = await people.launch(playwright)
        try:
            return [await one_call(browser, mentor, learner, room) for _ in range(calls)]
        finally:
            await browser.close()


async def one_call(browser: Browser, mentor: Guest, learner: Guest, room: str) -> float:
    """Fresh pages of both; the mentor waits in the room, the learner joins."""
    both = [
        await people.enter(browser, guest.base, room, guest.role, cookies=guest.for_browser())
        for guest in (mentor, learner)
    ]
    host, guest = both
    await host.join()
    await host.is_in("waiting")
    await guest.is_in("checking")
    await guest.page.locator("[data-join]:enabled").wait_for()
    await asyncio.sleep(SETTLED_S)
    await guest.page.locator("[data-join]").click()
    took = await people.until(lambda: guest.page.evaluate(TOOK))
    for person in reversed(both):
        await person.page.locator("[data-leave]").click()
        await person.is_in("left")
        await person.context.close()
    return float(took)


async def round_trips(mentor: Guest, learner: Guest, room: str, times: int) -> list[float]:
    """Milliseconds for 200 bytes to the other side of the room and back."""
    topic = f"room:{room}"
    async with (
        connect(mentor.ticket(), origin=mentor.base) as host,
        connect(learner.ticket(), origin=learner.base) as guest,
    ):
        await come_in(host, mentor, topic)
        way_back = asyncio.ensure_future(heard(host, "peer-joined"))
        there = (await come_in(guest, learner, topic))["peer"]["token"]
        back = (await way_back)["token"]
        echo = asyncio.ensure_future(answering(host, topic, back))
        try:
            return [await one_trip(guest, topic, there) for _ in range(times)]
        finally:
            echo.cancel()


async def come_in(line: ClientConnection, guest: Guest, topic: str) -> dict:
    """Greet, then join with a fresh pass."""
    await line.send(json.dumps({"type": "hello"}))
    await heard(line, "welcome")
    room = topic.removeprefix("room:")
    if guest.role == "mentor":
        guest.post(f"/rooms/{room}/live")
        guest.post(f"/rooms/{room}/admit")  # whatever the hour, nobody waits for a start
    door = guest.post(f"/rooms/{room}/join")
    await line.send(
        json.dumps({"type": "join", "topic": topic, "data": {"pass": door["pass"], "sid": f"bench-{guest.role}"}})
    )
    return await heard(line, "joined")


async def heard(line: ClientConnection, kind: str) -> dict:
    """The next message of a kind."""
    while True:
        message = json.loads(await line.recv())
        if message["type"] == kind:
            return dict(message.get("data") or {})


async def answering(line: ClientConnection, topic: str, token: str) -> None:
    """Sends everything back."""
    while True:
        await heard(line, "signal")
        await line.send(said(topic, token))


async def one_trip(line: ClientConnection, topic: str, token: str) -> float:
    """There and back."""
    began = time.perf_counter()
    await line.send(said(topic, token))
    await heard(line, "signal")
    return (time.perf_counter() - began) * 1000


def said(topic: str, token: str) -> str:
    """A signal of 200 bytes beside its token."""
    return json.dumps(
        {"type": "signal", "topic": topic, "data": {"token": token, "candidates": [{"candidate": "x" * 200}]}}
    )


def summary(values: list[float]) -> str:
    """The middle and, as a spread, the tenth from either end."""
    ordered = sorted(values)
    tenth = len(ordered) // 10
    spread = f"p10 {ordered[tenth]:7.1f}   p90 {ordered[-1 - tenth]:7.1f}"
    return f"median {median(ordered):7.1f} ms   {spread}   n = {len(ordered)}"
