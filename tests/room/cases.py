"""What can befall a call, as actions on two people in it: whatever is built into the room can be told through them.

async with apart(stage, folder, "learner") as (far,):
    await drop(far, 8)  # and now look whether your part has survived
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from tests.bench.room.origin import Origin
from tests.room import networks, people
from tests.room.conftest import Stage
from tests.room.networks import HOST, Island
from tests.room.people import Person, in_call, until

AFTER_S = 15  # the longest that healing may take
NOTICED_S = 8  # until both pages say that the connection is gone
# the browser's own words of a lost network
REJECTED = ("WebSocket connection to", "net::ERR_", "Failed to load resource")
# Several calls at once leave little of the machine to each: small pictures in a small window.
LIGHT = """{
  const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media)
  const video = {width: 160, height: 120, frameRate: 5}
  media.getUserMedia = (wanted) => ask({...wanted, ...(wanted.video && {video: {...wanted.video, ...video}})})
}"""
SMALL = {"width": 480, "height": 400}


@dataclass
class Far:
    """A mentor and a learner in a call, one of them with a network and a browser of their own."""

    origin: Origin
    room: str
    mentor: Person
    learner: Person
    island: Island
    away: str

    @property
    def both(self) -> tuple[Person, Person]:
        """The two, the mentor first."""
        return self.mentor, self.learner

    @property
    def islander(self) -> Person:
        """The one whose network can be played with."""
        return self.mentor if self.away == "mentor" else self.learner

    @property
    def stayer(self) -> Person:
        """The other one."""
        return self.learner if self.away == "mentor" else self.mentor

    def faults(self) -> list[str]:
        """What went wrong on their pages, beside what a browser says of a network that is gone."""
        said = self.mentor.faults + self.learner.faults
        return [fault for fault in said if not any(words in fault for words in REJECTED)]


@asynccontextmanager
async def apart(stage: Stage, folder: Path, *away: str) -> AsyncIterator[list[Far]]:
    """A call for each role named, side by side: that person on an island, all the others together on another."""
    origin = Origin(stage.dist)
    with networks.islands(len(away) + 1) as (mainland, *islands):
        base = f"http://{HOST}:{await origin.start(HOST)}"
        secure = f"--unsafely-treat-insecure-origin-as-secure={base}"
        browsers = [
            await people.launch(stage.playwright, secure, executable=each.browser(folder, people.CHROMIUM))
            for each in (mainland, *islands)
        ]
        options = {"script": LIGHT, "viewport": SMALL} if len(away) > 1 else {}
        try:
            calls = [
                pair(origin, base, f"ses_far_{at}", role, islands[at], (browsers[0], browsers[at + 1]), **options)
                for at, role in enumerate(away)
            ]
            yield await asyncio.gather(*calls)
        finally:
            await asyncio.gather(*(browser.close() for browser in browsers))
            origin.server.close()


async def pair(
    origin: Origin, base: str, room: str, away: str, island: Island, browsers: tuple[Browser, Browser], **options: Any
) -> Far:
    """Two people who already see each other."""
    mentor, learner = [
        await people.enter(browsers[role == away], base, room, role, **options) for role in ("mentor", "learner")
    ]
    await in_call(mentor, learner)
    for person in (mentor, learner):
        await person.sees_new_frames()
    return Far(origin, room, mentor, learner, island, away)


async def healed(*both: Person, timeout: float = AFTER_S) -> float:
    """How long until each is in the call and sees new frames."""
    began = time.monotonic()
    await asyncio.gather(*(person.sees_new_frames(timeout) for person in both))
    await asyncio.gather(*(person.is_in("in-call", timeout) for person in both))
    return time.monotonic() - began


async def drop(far: Far, seconds: float) -> float:
    """Nothing goes through for so long; how long the healing takes once it does again."""
    far.island.cut()
    await asyncio.sleep(seconds)
    far.island.mend()
    return await healed(*far.both)


async def moved(far: Far) -> float:
    """The islander's address changes."""
    far.island.move()
    await asyncio.sleep(0.2)  # what was under way may still arrive
    return await healed(*far.both)


async def socket_dead(far: Far, seconds: float) -> None:
    """The islander's line to the server dies without a word, while the media lives; then it can be had again."""
    far.island.cut_sockets()
    await asyncio.sleep(seconds)
    far.island.mend()


async def reloaded(person: Person, other: Person) -> float:
    """They load the page anew."""
    await person.page.reload(wait_until="commit")
    began = time.monotonic()
    await until(lambda: in_phase(person, "in-call"))
    await healed(person, other)
    return time.monotonic() - began


async def asleep(person: Person, seconds: float) -> None:
    """Their page stands still, as when a phone puts it to sleep (no browser freezes one that is on the screen)."""
    session = await person.context.new_cdp_session(person.page)
    await session.send("Debugger.enable")
    await session.send("Debugger.pause")
    await asyncio.sleep(seconds)
    await session.send("Debugger.resume")
    await session.detach()


async def in_phase(person: Person, phase: str) -> bool:
    """Whether they are in it; no while the page is between two documents."""
    try:
        return await person.phase() == phase
    except Exception:
        return False
