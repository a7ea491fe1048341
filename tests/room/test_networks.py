"""Outages and a change of address, between two browsers in network namespaces of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.bench.room.origin import Origin
from tests.room import networks, people
from tests.room.conftest import Stage, story
from tests.room.networks import HOST, Island
from tests.room.people import Person, in_call

WHY_NOT = networks.unavailable()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "-")
AFTER_S = 15  # the longest that healing may take once the network is back


@asynccontextmanager
async def apart(stage: Stage, folder: Path) -> AsyncIterator[tuple[Person, Person, Island, Island]]:
    """Mentor and learner in a call, each on an island."""
    origin = Origin(stage.dist)
    with networks.islands() as (a, b):
        base = f"http://{HOST}:{await origin.start(HOST)}"
        secure = f"--unsafely-treat-insecure-origin-as-secure={base}"
        browsers = [
            await people.launch(stage.playwright, secure, executable=each.browser(folder, people.CHROMIUM))
            for each in (a, b)
        ]
        mentor = await people.enter(browsers[0], base, "ses_far", "mentor")
        learner = await people.enter(browsers[1], base, "ses_far", "learner")
        try:
            await in_call(mentor, learner)
            for person in (mentor, learner):
                await person.sees_new_frames()
            yield mentor, learner, a, b
        finally:
            for browser in browsers:
                await browser.close()
            origin.server.close()


async def both_see_again(*both: Person) -> float:
    """How long until the slower one sees new frames."""
    return max(await asyncio.gather(*(person.sees_new_frames(timeout=AFTER_S) for person in both)))


@pytest.mark.parametrize(("seconds", "whose"), [(8, "mentor"), (8, "learner"), (25, "learner")])
@story
async def test_an_outage_heals_by_itself(stage: Stage, tmp_path: Path, seconds: int, whose: str) -> None:
    async with apart(stage, tmp_path) as (mentor, learner, a, b):
        island = a if whose == "mentor" else b
        island.cut()
        await mentor.is_in("reconnecting", timeout=8)
        await learner.is_in("reconnecting", timeout=8)
        await asyncio.sleep(max(0, seconds - 4))
        island.mend()
        took = await both_see_again(mentor, learner)
        print(f"{seconds} s outage of the {whose}: both see each other {took:.1f} s after the network is back")
        await mentor.is_in("in-call")
        await learner.is_in("in-call")
        await learner.page.keyboard.press("m")  # and the socket carries news again
        await mentor.shows("[data-their-mute]", timeout=20)


@story
async def test_a_change_of_address_heals_by_itself(stage: Stage, tmp_path: Path) -> None:
    async with apart(stage, tmp_path) as (mentor, learner, _, b):
        b.move("10.99.0.13")
        took = await both_see_again(mentor, learner)
        print(f"change of address: both see each other after {took:.1f} s")
        await mentor.is_in("in-call")
        await learner.is_in("in-call")
