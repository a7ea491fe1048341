"""A shared screen: seen by the other at its own size, from both sides at once, over by the browser's own bar too."""

import asyncio
from typing import Any

from tests.room.conftest import Stage, story
from tests.room.people import Person, until

# What the line for a screen has brought: frames, and the size of the picture.
SCREEN = """async () => {
  const link = window.links.at(-1)
  const line = link.getTransceivers().filter((each) => each.receiver.track.kind === 'video')[1]
  for (const stat of (await line.receiver.getStats()).values())
    if (stat.type === 'inbound-rtp') return {frames: stat.framesDecoded ?? 0, width: stat.frameWidth ?? 0}
  return {frames: 0, width: 0}
}"""
SHOT = "document.querySelector('[x-ref=screen]')"
TILE = "[data-tile=screen]"
STAGE = "document.querySelector('[data-stage]').dataset.layout"
WIDTHS = f"[{SHOT}.videoWidth, {SHOT}.getBoundingClientRect().width, {SHOT}.parentElement.clientWidth]"
HEARS = "document.querySelector('[x-ref=sound]').srcObject?.getAudioTracks().length ?? 0"
OWN_BAR = """() => {
  const track = document.querySelector('[x-ref=mine]').srcObject.getVideoTracks()[0]
  track.stop()
  track.dispatchEvent(new Event('ended'))
}"""


async def whose(person: Person) -> str:
    return str(await person.page.locator(TILE).get_attribute("data-whose"))


async def sees_screen(person: Person) -> dict[str, Any]:
    async def arrives() -> Any:
        now = await person.page.evaluate(SCREEN)
        return now if now["frames"] > before["frames"] + 2 and now["width"] else None

    before = await person.page.evaluate(SCREEN)
    return dict(await until(arrives))


@story
async def test_a_shared_screen_is_large_at_the_other_and_has_its_own_size(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.get_by_role("button", name="Share screen").click()
        await mentor.shows(TILE)
        seen = await sees_screen(mentor)
        sent = await learner.page.evaluate(
            "document.querySelector('[x-ref=mine]').srcObject.getVideoTracks()[0].getSettings().width"
        )
        assert seen["width"] > 640
        assert seen["width"] <= sent
        assert await mentor.page.evaluate(STAGE) == "screen"
        said = mentor.page.locator("p[role=status].sr-only").first
        assert await said.inner_text() == "Vikram Shah is sharing a screen."
        await mentor.sees_new_frames()  # the face beside it goes on
        await learner.shows("[data-sharing]")
        assert not await learner.page.locator(TILE).is_visible(), "one's own screen would be seen in itself without end"
        await learner.page.locator("[data-stop-share]").click()
        await mentor.hides(TILE)
        await learner.hides("[data-sharing]")
        assert await mentor.page.evaluate(STAGE) == "spotlight"


@story
async def test_a_screen_can_be_seen_pixel_by_pixel_and_moved_about(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("s")
        await mentor.shows(TILE)
        await sees_screen(mentor)
        await mentor.page.get_by_role("button", name="Actual size").click()
        real, drawn, space = await mentor.page.evaluate(WIDTHS)
        assert drawn == real
        await mentor.page.set_viewport_size({"width": 390, "height": 844})
        real, drawn, space = await mentor.page.evaluate(WIDTHS)
        assert drawn > space
        scroller = mentor.page.locator(".tile-scroll")
        await scroller.focus()
        await mentor.page.keyboard.press("ArrowRight")
        await until(lambda: scroller.evaluate("(each) => each.scrollLeft > 0"))
        await mentor.page.get_by_role("button", name="Fit").click()
        _, drawn, space = await mentor.page.evaluate(WIDTHS)
        assert drawn <= space


@story
async def test_both_may_share_and_either_screen_can_be_had(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("s")
        await mentor.shows(TILE)
        await mentor.page.keyboard.press("s")
        await learner.shows(TILE)
        await sees_screen(mentor)
        await sees_screen(learner)
        assert [await whose(mentor), await whose(learner)] == ["mine", "theirs"]
        await mentor.page.get_by_role("button", name="See the screen of Vikram Shah").click()
        assert await whose(mentor) == "theirs"
        await mentor.page.get_by_role("button", name="See your screen").click()
        assert await whose(mentor) == "mine"
        await learner.page.keyboard.press("s")
        await mentor.hides(TILE)
        assert await whose(learner) == "theirs"


@story
async def test_the_browsers_own_bar_stops_it_for_both(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("s")
        await mentor.shows(TILE)
        await learner.page.evaluate(OWN_BAR)
        await mentor.hides(TILE)
        await learner.hides("[data-sharing]")
        await learner.page.keyboard.press("s")
        await mentor.shows(TILE)


@story
async def test_the_sound_of_what_is_shared_is_heard_beside_the_voice(stage: Stage) -> None:
    # The synthetic screen has no sound: a tone of the page's own stands in for it.
    script = """const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getDisplayMedia = async (wanted) => {
      window.wanted = wanted
      const stream = await ask({...wanted, audio: false})
      const context = new AudioContext(), tone = context.createOscillator()
      const out = context.createMediaStreamDestination()
      tone.connect(out)
      tone.start()
      stream.addTrack(out.stream.getAudioTracks()[0])
      return stream
    }"""
    energy = """async () => {
      const link = window.links.at(-1)
      const line = link.getTransceivers().filter((each) => each.receiver.track.kind === 'audio')[1]
      for (const stat of (await line.receiver.getStats()).values())
        if (stat.type === 'inbound-rtp') return stat.totalAudioEnergy ?? 0
      return 0
    }"""
    async with stage.meeting(script=script) as (mentor, learner):
        await learner.page.get_by_role("button", name="Share screen").click()
        await mentor.shows(TILE)
        await until(lambda: mentor.page.evaluate(f"({energy})().then((heard) => heard > 0.01)"))
        assert await mentor.page.evaluate(HEARS) == 1
        assert (await learner.page.evaluate("window.wanted.systemAudio")) == "include"
        await learner.page.keyboard.press("s")
        await until(lambda: mentor.page.evaluate(f"({HEARS}) === 0"))


@story
async def test_a_change_of_mind_says_nothing_and_a_fault_is_told(stage: Stage) -> None:
    script = """navigator.mediaDevices.getDisplayMedia = () =>
      Promise.reject(new DOMException(window.why ?? 'Permission denied', 'NotAllowedError'))"""
    async with stage.meeting(script=script) as (mentor, learner):
        await learner.page.keyboard.press("s")
        await asyncio.sleep(0.3)
        assert not await learner.page.locator("[data-sharing]").is_visible()
        assert await learner.page.locator(".toast").count() == 0


@story
async def test_leaving_ends_the_sharing(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("s")
        await mentor.shows(TILE)
        await learner.page.evaluate("window.shot = document.querySelector('[x-ref=mine]').srcObject.getTracks()[0]")
        await learner.page.locator("[data-leave]").click()
        await learner.is_in("left")
        assert await learner.page.evaluate("window.shot.readyState") == "ended"
        await mentor.hides(TILE)
        await learner.page.locator("[data-rejoin]").click()
        await mentor.is_in("in-call")
        assert not await mentor.page.locator(TILE).is_visible()


@story
async def test_a_screen_survives_the_reload_of_the_one_who_looks(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("s")
        await mentor.shows(TILE)
        await mentor.page.reload()
        await mentor.is_in("in-call")
        await mentor.shows(TILE, timeout=10)
        await sees_screen(mentor)
