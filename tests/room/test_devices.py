"""Cameras and microphones that are refused or missing: what is said, and that one can join all the same."""

import asyncio

from tests.room.conftest import Stage, story
from tests.room.people import in_call, until

WORDS = """[...document.querySelectorAll('[data-screen=check] [role=alert]')]
  .filter((each) => each.checkVisibility()).map((each) => each.innerText.trim())"""

# The camera's verdict comes a while after the microphone's.
SLOW = """const query = navigator.permissions.query.bind(navigator.permissions)
navigator.permissions.query = async (asked) => {
  const answer = await query(asked)
  if (asked.name === 'camera') await new Promise((done) => setTimeout(done, 1200))
  return answer
}"""


def words(person):
    return person.page.evaluate(WORDS)


@story
async def test_denied_says_where_to_allow_it_and_still_lets_one_in(stage: Stage) -> None:
    async with stage.another_browser(fake_ui=False) as browser:
        room = stage.room()
        learner = await stage.enter(room, "learner", browser=browser, grants=[])
        await until(lambda: both_words(learner))
        assert all("not allowed" in each for each in await words(learner))
        assert await learner.text("[data-join]") == "Join without camera or microphone"
        mentor = await stage.enter(room, "mentor")
        await in_call(mentor, learner)
        await learner.sees_new_frames()
        await mentor.shows("[data-their-face]")
        await mentor.shows("[data-their-mute]")
        assert mentor.faults + learner.faults == []
        await mentor.context.close()


@story
async def test_allowing_it_afterwards_needs_one_press(stage: Stage) -> None:
    async with stage.another_browser(fake_ui=False) as browser:
        learner = await stage.enter(stage.room(), "learner", browser=browser, grants=[])
        await until(lambda: words(learner))
        await learner.context.grant_permissions(["camera", "microphone"], origin=stage.base)
        await learner.page.get_by_role("button", name="Ask again").click()
        await until(lambda: says(learner, "Join now"))
        assert await words(learner) == []


@story
async def test_only_the_microphone_is_allowed_joins_with_sound_only(stage: Stage) -> None:
    async with stage.another_browser(fake_ui=False) as browser:
        room = stage.room()
        learner = await stage.enter(room, "learner", browser=browser, grants=["microphone"])
        await until(lambda: says(learner, "Join with sound only"))
        [help_] = await until(lambda: words(learner))
        assert "camera" in help_
        mentor = await stage.enter(room, "mentor")
        await in_call(mentor, learner)
        await mentor.shows("[data-their-face]")

        async def heard():
            return (await mentor.inbound())["energy"] > 0

        await until(heard)
        await mentor.context.close()


@story
async def test_join_says_nothing_of_the_devices_while_one_is_still_asked_for(stage: Stage) -> None:
    async with stage.another_browser(fake_ui=False) as browser:
        learner = await stage.enter(stage.room(), "learner", browser=browser, grants=["microphone"], script=SLOW)
        await until(lambda: says(learner, "Getting your devices ready…"))
        assert await learner.page.locator("[data-join]").is_disabled()
        for _ in range(20):
            label, help_ = await learner.text("[data-join]"), await words(learner)
            assert label == "Getting your devices ready…" or help_, label
            await asyncio.sleep(0.1)
        assert await learner.text("[data-join]") == "Join with sound only"


@story
async def test_a_machine_without_devices_is_told_so(stage: Stage) -> None:
    async with stage.another_browser("--use-fake-device-for-media-stream=device-count=0") as browser:
        learner = await stage.enter(stage.room(), "learner", browser=browser)
        await until(lambda: words(learner))
        assert any("No camera was found" in each for each in await words(learner))


@story
async def test_the_level_meter_moves_and_rests_when_muted(stage: Stage) -> None:
    learner = await stage.enter(stage.room(), "learner")
    await until(lambda: says(learner, "Join now"))
    level = "document.querySelector('[data-screen=check] progress').value"
    await learner.page.mouse.click(5, 5)  # a browser may hold back the sound until a first touch
    await until(lambda: learner.page.evaluate(f"{level} > 0.2"))
    await learner.page.keyboard.press("m")
    await until(lambda: learner.page.evaluate(f"{level} === 0"))
    assert await learner.text("[data-join]") == "Join now", "muted is a choice, not a missing microphone"
    await learner.context.close()


@story
async def test_camera_off_before_joining_is_off_in_the_call_and_can_be_switched_on(stage: Stage) -> None:
    room = stage.room()
    mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
    await until(lambda: says(learner, "Join now"))
    await learner.page.keyboard.press("v")
    await until(lambda: says(learner, "Join with sound only"))
    await in_call(mentor, learner)
    await mentor.shows("[data-their-face]")
    await learner.page.keyboard.press("v")
    await mentor.hides("[data-their-face]")
    await mentor.sees_new_frames()
    for person in (mentor, learner):
        assert person.faults == []
        await person.context.close()


# A machine whose camera or microphone another program takes, and gives back.
BUSY = """const media = navigator.mediaDevices, ask = media.getUserMedia.bind(media)
media.getUserMedia = async (wanted) => {
  if (window.busy) throw new DOMException('', 'NotReadableError')
  return ask(wanted)
}"""


@story
async def test_what_cannot_be_switched_on_amid_the_call_is_explained_where_it_can_be_mended(stage: Stage) -> None:
    async with stage.meeting(script=BUSY) as (mentor, learner):
        await learner.page.keyboard.press("v")
        await mentor.shows("[data-their-face]")
        await learner.page.evaluate("window.busy = true")
        await learner.page.keyboard.press("v")
        await learner.shows("dialog[open] [role=alert]")
        assert "using your camera" in await learner.text("dialog[open] [role=alert]")
        await learner.page.evaluate("window.busy = false")
        await learner.page.locator("dialog[open]").get_by_role("button", name="Ask again").click()
        await learner.hides("dialog[open] [role=alert]")
        await mentor.hides("[data-their-face]")
        await mentor.sees_new_frames()


@story
async def test_a_microphone_that_goes_amid_the_call_is_told_of_to_both(stage: Stage) -> None:
    async with stage.meeting(script=BUSY) as (mentor, learner):
        await learner.page.evaluate("window.busy = true")
        await learner.page.evaluate("window.links.at(-1).getSenders()[0].track.dispatchEvent(new Event('ended'))")
        told = learner.page.get_by_text("Another app is using your microphone").filter(visible=True)
        await told.first.wait_for()
        await mentor.shows("[data-their-mute]")
        await learner.page.evaluate("window.busy = false")
        await learner.page.keyboard.press("m")
        await mentor.hides("[data-their-mute]")


async def both_words(person):
    return len(await words(person)) == 2


async def says(person, label):
    return await person.text("[data-join]") == label
