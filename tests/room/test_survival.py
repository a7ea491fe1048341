"""The call outlives a lost socket and a reload of either side."""

import asyncio

import pytest

from tests.bench.room.origin import Origin
from tests.room import people
from tests.room.cases import asleep, healed
from tests.room.conftest import Stage, story
from tests.room.people import in_call, until

REJECTED = "WebSocket connection to"  # what the browser itself says of a socket that is refused; no fault of the page


@story
async def test_media_goes_on_without_the_socket_and_news_resume_with_it(stage: Stage) -> None:
    room = stage.room()
    mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
    await in_call(mentor, learner)
    stage.origin.refusing = True
    try:
        assert stage.origin.cut("learner")
        await learner.page.get_by_text("The line to PeerLearn is being restored").wait_for(
            state="visible", timeout=5000
        )
        assert await learner.phase() == "in-call"
        for person in (mentor, learner):
            assert await person.sees_new_frames() < 2
        await learner.page.keyboard.press("m")  # said while nobody can hear it
    finally:
        stage.origin.refusing = False
    await mentor.shows("[data-their-mute]", timeout=8)
    await learner.page.get_by_text("The line to PeerLearn is being restored").wait_for(state="hidden", timeout=5000)
    assert [len(await person.page.evaluate("window.links")) for person in (mentor, learner)] == [1, 1], (
        "same connection"
    )
    assert [fault for fault in mentor.faults + learner.faults if REJECTED not in fault] == []
    await mentor.context.close()
    await learner.context.close()


@story
async def test_both_sockets_cut_at_once_and_the_call_does_not_notice(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        stage.origin.cut("mentor")
        stage.origin.cut("learner")
        await asyncio.sleep(1.5)
        for person in (mentor, learner):
            assert await person.phase() == "in-call"
            assert await person.sees_new_frames() < 2
        await mentor.page.keyboard.press("v")
        await learner.shows("[data-their-face]")


@pytest.mark.parametrize("role", ["mentor", "learner"])
@story
async def test_a_reload_goes_straight_back_into_the_call(stage: Stage, role: str) -> None:
    async with stage.meeting() as people:
        gone = next(person for person in people if person.role == role)
        stays = next(person for person in people if person.role != role)
        await stays.sees_new_frames()
        loop = asyncio.get_running_loop()
        await gone.page.reload(wait_until="commit")
        began = loop.time()
        await until(lambda: is_in(gone, "in-call"))
        await gone.sees_new_frames()
        await stays.sees_new_frames()
        took = loop.time() - began
        print(f"{role} reloaded: both see each other again after {took:.2f} s")
        assert took < 10, "healed by a restart at best, not by noticing the new page"
        assert await stays.phase() == "in-call"


@story
async def test_both_reload_at_once(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await asyncio.gather(mentor.page.reload(), learner.page.reload())
        for person in (mentor, learner):
            await until(lambda person=person: is_in(person, "in-call"))
            await person.sees_new_frames()


@story
async def test_what_was_switched_off_is_still_off_after_a_reload(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("m")
        await learner.page.keyboard.press("v")
        await mentor.shows("[data-their-face]")
        await learner.page.reload()
        await until(lambda: is_in(learner, "in-call"))
        await mentor.is_in("in-call")
        await mentor.shows("[data-their-face]")
        await mentor.shows("[data-their-mute]")


@story
async def test_joining_at_the_very_same_moment_connects_every_time(stage: Stage) -> None:
    for _ in range(6):
        room = stage.room()
        mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
        for person in (mentor, learner):
            await person.is_in("checking")
            await person.page.locator("[data-join]:enabled").wait_for()
        await asyncio.gather(*(person.page.locator("[data-join]").click() for person in (mentor, learner)))
        for person in (mentor, learner):
            await person.is_in("in-call")
            await person.sees_new_frames()
        for person in (mentor, learner):
            assert person.faults == []
            await person.context.close()


@story
async def test_a_page_that_was_put_to_sleep_and_lost_its_socket_meanwhile_is_back_when_it_wakes(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.evaluate("window.beats = 0, setInterval(() => window.beats++, 100)")
        sleeping = asyncio.ensure_future(asleep(learner, 6))
        await asyncio.sleep(1)
        stage.origin.cut("learner")
        await mentor.page.keyboard.press("m")  # said to one who sleeps
        await sleeping
        began = (loop := asyncio.get_running_loop()).time()
        assert await learner.page.evaluate("window.beats") < 30, "it slept"
        await learner.shows("[data-their-mute]", timeout=8)
        await healed(mentor, learner)
        print(f"after 6 s of sleep: all is as it was {loop.time() - began:.1f} s after waking")


async def closed_by_the_gateway(stage: Stage, limit: str) -> None:
    """Every two seconds, whether for its age or for having been idle."""
    origin = Origin(stage.dist)
    base = f"http://127.0.0.1:{await origin.start()}"
    async with people.meeting(stage.browser, base, "ses_long") as (mentor, learner):
        setattr(origin, limit, 2.0)
        for role in ("mentor", "learner"):
            origin.cut(role)  # what comes now is closed in time
        seen = set()
        for _ in range(14):
            await asyncio.sleep(0.5)
            seen |= set(origin.relay.lines)
            assert [await person.phase() for person in (mentor, learner)] == ["in-call"] * 2
        assert len(seen) >= 5, "the gateway closed some"
        await learner.page.keyboard.press("m")
        await mentor.shows("[data-their-mute]")
        await healed(mentor, learner)
        assert [len(await person.page.evaluate("window.links")) for person in (mentor, learner)] == [1, 1]
    origin.server.close()


@story
async def test_sockets_that_the_gateway_closes_come_back_and_the_call_does_not_notice(stage: Stage) -> None:
    await asyncio.gather(*(closed_by_the_gateway(stage, limit) for limit in ("longest", "idle")))


async def is_in(person, phase):
    try:
        return await person.phase() == phase
    except Exception:  # the page is between two documents
        return False
