"""Outages, a dead line, bad lines and a change of address, between browsers in network namespaces of their own."""

import asyncio
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.room import networks
from tests.room.cases import AFTER_S, NOTICED_S, Far, apart, drop, healed, moved, socket_dead
from tests.room.conftest import Stage, story
from tests.room.people import Person, until

WHY_NOT = networks.unavailable()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "-")


async def side_by_side(cases: dict[str, Coroutine[Any, Any, str]]) -> None:
    """All of them at once; each says how it went, and a failure has its name."""
    ended = await asyncio.gather(*cases.values(), return_exceptions=True)
    for name, said in zip(cases, ended, strict=True):
        print(f"\n{name}: {said!r}" if isinstance(said, BaseException) else f"\n{name}: {said}", end="")
    failed = {name: said for name, said in zip(cases, ended, strict=True) if isinstance(said, BaseException)}
    assert not failed


async def outage(far: Far, seconds: float) -> str:
    """Both notice, both heal, and the news of what was done meanwhile arrive."""
    dropping = asyncio.ensure_future(drop(far, seconds))
    if seconds > NOTICED_S:
        await asyncio.gather(*(person.is_in("reconnecting", NOTICED_S) for person in far.both))
    elif seconds > 5:
        await asyncio.sleep(seconds - 2)
        assert [await person.phase() for person in far.both] == ["reconnecting"] * 2
    await far.learner.page.keyboard.press("m")
    took = await dropping
    began = time.monotonic()
    await far.mentor.shows("[data-their-mute]", timeout=10)
    assert far.faults() == []
    news = time.monotonic() - began
    return f"both see each other {took:.1f} s after the network is back, news arrive {news:.1f} s later"


@story
async def test_outages_heal_by_themselves_and_news_of_them_arrive(stage: Stage, tmp_path: Path) -> None:
    async with apart(stage, tmp_path, "mentor", "mentor", "learner", "learner") as (short, mentors, learners, long):
        await side_by_side(
            {
                "3 s": outage(short, 3),
                "8 s of the mentor": outage(mentors, 8),
                "8 s of the learner": outage(learners, 8),
                "25 s": outage(long, 25),
            }
        )


async def address_changes(far: Far) -> str:
    """As a phone does on the way out of the house."""
    took = await moved(far)
    return f"both see each other after {took:.1f} s"


async def line_dies(far: Far) -> str:
    """Only the line to the server, in silence: whoever says something finds out, and it is said once it is back."""
    await asyncio.sleep(10)  # a line that was heard just now is not doubted
    dying = asyncio.ensure_future(socket_dead(far, 6))
    await asyncio.sleep(0.3)
    await far.learner.page.keyboard.press("m")
    await far.learner.page.get_by_text("The line to PeerLearn is being restored").wait_for(timeout=6000)
    assert [await person.phase() for person in far.both] == ["in-call"] * 2
    await dying
    began = time.monotonic()
    await far.mentor.shows("[data-their-mute]", timeout=AFTER_S)
    took = time.monotonic() - began
    await healed(*far.both)
    assert [len(await person.page.evaluate("window.links")) for person in far.both] == [1, 1], "the same connection"
    return f"what was said meanwhile arrives {took:.1f} s after the line can be had again"


async def packets_get_lost(far: Far) -> str:
    """Both are told; less and less is sent, in the end the sound alone; and all of it comes back with the line."""
    began = time.monotonic()
    far.island.lose(25)
    await asyncio.gather(*(until(lambda person=person: says_weak(person), timeout=AFTER_S) for person in far.both))
    told = time.monotonic() - began
    await asyncio.gather(*(person.shows("[data-their-face]", timeout=40) for person in far.both))
    silent = time.monotonic() - began
    for person in far.both:
        assert "video is paused" in await person.text("[data-saving]")
    heard = (await far.stayer.inbound())["audio"]
    await asyncio.sleep(1)
    assert (await far.stayer.inbound())["audio"] > heard, "the sound goes on"
    far.island.mend()
    began = time.monotonic()
    await asyncio.gather(*(person.hides("[data-their-face]", timeout=40) for person in far.both))
    back = time.monotonic() - began
    await healed(*far.both)
    return f"told after {told:.1f} s, sound alone after {silent:.1f} s, pictures {back:.1f} s after it is good again"


async def says_weak(person: Person) -> bool:
    """Whether the badge owns up to it."""
    return await person.text("[data-quality]") in ("Weak", "Fair")


@story
async def test_bad_lines_and_changed_networks(stage: Stage, tmp_path: Path) -> None:
    async with apart(stage, tmp_path, "learner", "learner", "mentor") as (moving, dead, lossy):
        await side_by_side(
            {
                "change of address": address_changes(moving),
                "a dead line to the server": line_dies(dead),
                "lost packets": packets_get_lost(lossy),
            }
        )
