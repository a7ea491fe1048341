"""Recording by consent of both: asked, agreed to, marked on both pages, stopped by either, and playable afterwards."""

import asyncio
from typing import Any

from tests.room.conftest import Stage, story
from tests.room.people import Person, until
from tests.room.test_lobby import click

# A recording as a player sees it: does it have a picture that is not black, and sound tracks?
PLAYED = """async (url) => {
  const video = Object.assign(document.createElement('video'), {src: url, muted: true})
  await new Promise((done, failed) => {
    video.onloadeddata = done
    video.onerror = () => failed(new Error('not playable'))
  })
  await video.play()
  await new Promise((done) => setTimeout(done, 700))
  const canvas = new OffscreenCanvas(64, 36).getContext('2d')
  canvas.drawImage(video, 0, 0, 64, 36)
  const {data} = canvas.getImageData(0, 0, 64, 36)
  let light = 0
  for (let i = 0; i < data.length; i += 4) light += data[i] + data[i + 1] + data[i + 2]
  return {light: light / (data.length / 4 * 3), width: video.videoWidth, height: video.videoHeight}
}"""


async def record(asker: Person, other: Person) -> None:
    """Asked for and agreed to."""
    await asker.page.locator("[data-record]").click()
    await asker.shows("[data-consent-asked]")
    await other.shows("[data-consent]")
    assert not await other.page.locator("[data-recording]").is_visible()
    await click(other, "Agree")
    for person in (asker, other):
        await person.shows("[data-recording]")


async def finished(stage: Stage, room: str, count: int = 1) -> list[dict[str, Any]]:
    """The session's recordings once so many are whole."""

    async def done() -> Any:
        found = stage.origin.api.things.of(room).recordings
        return [each for each in found if each["state"] == "done"] if len(found) >= count else []

    return list(await until(done, timeout=30))


@story
async def test_what_both_agree_to_is_recorded_and_can_be_played(stage: Stage) -> None:
    room = stage.room()
    async with stage.meeting(room) as (mentor, learner):
        await record(learner, mentor)
        await asyncio.sleep(4)
        await mentor.page.locator("[data-record]").click()  # either stops it
        for person in (mentor, learner):
            await person.hides("[data-recording]")
        [recording] = await finished(stage, room)
        assert (recording["by"], recording["content_type"]) == ("learner", "video/webm")
        assert recording["bytes"] > 50_000
        assert 2 <= recording["seconds"] <= 10
        played = await learner.page.evaluate(PLAYED, f"/lessons/recordings/{recording['id']}")
        assert (played["width"], played["height"]) == (1280, 720)
        assert played["light"] > 10


@story
async def test_whoever_is_asked_can_say_no_and_nothing_is_recorded(stage: Stage) -> None:
    room = stage.room()
    async with stage.meeting(room) as (mentor, learner):
        await mentor.page.locator("[data-record]").click()
        await learner.shows("[data-consent]")
        await click(learner, "No, do not record")
        await mentor.page.get_by_text("the other of you would rather not").first.wait_for()
        await mentor.hides("[data-consent-asked]")
        assert stage.origin.api.things.of(room).recordings == []


@story
async def test_a_reload_goes_on_recording_in_another_file(stage: Stage) -> None:
    room = stage.room()
    async with stage.meeting(room) as (mentor, learner):
        await record(mentor, learner)
        await asyncio.sleep(1)
        await mentor.page.reload()
        await mentor.is_in("in-call")
        await mentor.shows("[data-recording]")
        await asyncio.sleep(3)
        await learner.page.locator("[data-record]").click()
        found = await finished(stage, room, 2)
        assert found[-1]["bytes"] > 20_000
