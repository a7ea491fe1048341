"""The call on the page: layouts, panels, what is under More, shortcuts, and what the page does while the call lasts."""

import asyncio

from tests.room.conftest import Stage, story
from tests.room.people import NARROW, Person, in_call, until

LAYOUT = "document.querySelector('[data-stage]').dataset.layout"
FOCUS = "document.activeElement.dataset.opens ?? document.activeElement.dataset.more ?? document.activeElement.tagName"
# A microphone that never stops talking, once the page was touched: the made-up one only beeps.
TALK = """const media = navigator.mediaDevices, ask = media?.getUserMedia.bind(media)
if (media) media.getUserMedia = async (wanted) => {
  const stream = await ask(wanted)
  if (!wanted.audio) return stream
  const context = new AudioContext(), tone = context.createOscillator(), out = context.createMediaStreamDestination()
  tone.connect(out)
  tone.start()
  addEventListener('pointerdown', () => context.resume())
  return new MediaStream([...out.stream.getAudioTracks(), ...stream.getVideoTracks()])
}"""
# Whatever holds the screen's light, remembered.
LIGHT = """window.lights = []
const light = navigator.wakeLock.request.bind(navigator.wakeLock)
navigator.wakeLock.request = async (kind) => { const one = await light(kind); window.lights.push(one); return one }"""
KEYS = """window.keys = {}
const handle = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession)
navigator.mediaSession.setActionHandler = (name, action) => { window.keys[name] = action; handle(name, action) }"""


async def box(person: Person, tile: str) -> dict[str, float]:
    found = await person.page.locator(f"[data-tile={tile}]").bounding_box()
    assert found
    return dict(found)


async def chooses(person: Person, value: str) -> None:
    await person.opens("Layout")
    await person.page.locator(f"[value={value}]").check()
    await person.page.keyboard.press("Escape")


@story
async def test_the_layout_one_chose_is_there_again_next_time(stage: Stage) -> None:
    room = stage.room()
    mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
    await in_call(mentor, learner)
    theirs, mine = await box(mentor, "theirs"), await box(mentor, "mine")
    assert mine["width"] < theirs["width"] / 3
    await chooses(mentor, "side")
    theirs, mine = await box(mentor, "theirs"), await box(mentor, "mine")
    assert abs(theirs["width"] - mine["width"]) < 2
    assert mine["x"] > theirs["x"]
    await chooses(mentor, "top-left")
    again = await mentor.context.new_page()
    await again.goto(f"{stage.base}/room/{room}")
    await mentor.is_in("in-call")
    mentor.page = again
    await mentor.join()
    await mentor.is_in("in-call")
    assert await again.evaluate(LAYOUT) == "side"
    await chooses(mentor, "spotlight")
    theirs, mine = await box(mentor, "theirs"), await box(mentor, "mine")
    assert mine["x"] - theirs["x"] < 30
    assert mine["y"] - theirs["y"] < 30
    await chooses(mentor, "hidden")
    await mentor.hides("[data-tile=mine]")
    for person in (mentor, learner):
        assert person.faults == []
        await person.context.close()


@story
async def test_a_panel_stands_beside_the_stage_and_gives_the_focus_back(stage: Stage) -> None:
    async with stage.meeting() as (mentor, _):
        before = await box(mentor, "theirs")
        opener = mentor.page.locator("[data-opens=chat]:visible")
        await opener.click()
        await mentor.shows("[data-panel=chat]")
        assert (await box(mentor, "theirs"))["width"] < before["width"]
        inside = "document.activeElement.closest('[data-panel=chat]') !== null"
        await until(lambda: mentor.page.evaluate(inside))
        assert await opener.get_attribute("aria-expanded") == "true"
        await mentor.page.keyboard.press("Escape")
        await mentor.hides("[data-panel=chat]")
        await until(lambda: mentor.page.evaluate(f"({FOCUS}) === 'chat'"))


@story
async def test_on_a_phone_panels_cover_the_stage_and_the_rest_is_under_more(stage: Stage) -> None:
    async with stage.meeting(viewport=NARROW) as (mentor, _):
        assert await mentor.page.locator(".bar > button:visible").count() == 6
        await mentor.page.locator("[data-more]").click()
        await mentor.page.locator(".bar-tools [data-opens=board]").click()
        await until(lambda: mentor.page.evaluate(f"({LAYOUT}) === 'side'"))
        assert (await box(mentor, "theirs"))["height"] < 120
        await mentor.page.keyboard.press("Escape")
        await until(lambda: mentor.page.evaluate("'more' in document.activeElement.dataset"))
        await mentor.page.locator("[data-opens=chat]:visible").click()
        panel = await mentor.page.locator("[data-panel=chat]").bounding_box()
        assert panel and panel["width"] == NARROW["width"]
        assert not await mentor.page.locator("[data-tile=theirs]").evaluate(
            "(each) => each.checkVisibility({visibilityProperty: true})"
        )
        await mentor.sees_new_frames()


@story
async def test_something_new_in_a_closed_panel_has_a_dot_until_it_is_opened(stage: Stage) -> None:
    async with stage.meeting() as (mentor, _):
        tell = "(yes) => document.querySelector('[x-data=room]')._x_dataStack[0].badges.plan = yes"
        await mentor.page.evaluate(tell, True)
        await mentor.shows("[data-badge=plan]")
        await mentor.page.locator("[data-opens=plan]").click()
        await mentor.hides("[data-badge=plan]")


@story
async def test_shortcuts_are_listed_and_can_be_switched_off_for_good(stage: Stage) -> None:
    room = stage.room()
    async with stage.meeting(room) as (mentor, learner):
        await learner.page.keyboard.press("?")
        await learner.shows("dialog[open] kbd")
        await learner.page.locator("[data-keys-switch]").uncheck()
        await learner.page.keyboard.press("Escape")
        await learner.page.keyboard.press("m")
        await asyncio.sleep(0.3)
        assert not await mentor.page.locator("[data-their-mute]").is_visible()
        assert await learner.page.locator("[aria-keyshortcuts]").count() == 0
        await learner.page.reload()
        await learner.is_in("in-call")
        await learner.page.keyboard.press("m")
        await asyncio.sleep(0.3)
        assert not await mentor.page.locator("[data-their-mute]").is_visible()
        await learner.opens("Keyboard shortcuts")
        await learner.page.locator("[data-keys-switch]").check()
        await learner.page.keyboard.press("Escape")
        await learner.page.keyboard.press("m")
        await mentor.shows("[data-their-mute]")


@story
async def test_speaking_while_muted_is_noticed(stage: Stage) -> None:
    async with stage.meeting(script=TALK) as (mentor, learner):
        await learner.page.mouse.click(5, 5)
        await learner.page.keyboard.press("m")
        await mentor.shows("[data-their-mute]")
        await learner.shows("[data-talks-muted]", timeout=10)
        silent = await mentor.inbound()
        await learner.page.locator("[data-talks-muted] button").click()
        await mentor.hides("[data-their-mute]")
        await learner.hides("[data-talks-muted]")

        async def heard():
            return (await mentor.inbound())["energy"] > silent["energy"] + 0.001

        await until(heard)


@story
async def test_the_other_floats_over_everything_and_comes_back(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await mentor.opens("Picture in picture")
        floating = "document.pictureInPictureElement?.getAttribute('x-ref') ?? ''"
        await until(lambda: mentor.page.evaluate(f"({floating}) === 'remote'"))
        await learner.page.keyboard.press("s")
        await until(lambda: mentor.page.evaluate(f"({floating}) === 'screen'"))
        await learner.page.keyboard.press("s")
        await until(lambda: mentor.page.evaluate(f"({floating}) === 'remote'"))
        await mentor.opens("Back into the page")
        await until(lambda: mentor.page.evaluate(f"({floating}) === ''"))


@story
async def test_the_page_fills_the_screen_and_lets_go_of_it_when_the_call_is_left(stage: Stage) -> None:
    async with stage.meeting() as (mentor, _):
        await mentor.opens("Full screen")
        await until(lambda: mentor.page.evaluate("document.fullscreenElement !== null"))
        await mentor.page.locator("[data-leave]").click()
        await until(lambda: mentor.page.evaluate("document.fullscreenElement === null"))


@story
async def test_the_screen_stays_lit_and_the_keys_of_a_headset_work(stage: Stage) -> None:
    async with stage.meeting(script=f"{LIGHT}\n{KEYS}") as (mentor, learner):
        await until(lambda: learner.page.evaluate("window.lights.length === 1 && !window.lights[0].released"))
        await learner.page.evaluate("window.lights[0].release()")
        await learner.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await until(lambda: learner.page.evaluate("window.lights.length === 2"))
        await learner.page.evaluate("window.keys.togglemicrophone()")
        await mentor.shows("[data-their-mute]")
        await learner.page.evaluate("window.keys.togglecamera()")
        await mentor.shows("[data-their-face]")
        await learner.page.evaluate("window.keys.hangup()")
        await learner.is_in("left")
        await until(lambda: learner.page.evaluate("window.lights[1].released"))


@story
async def test_the_browsers_cleaning_of_the_sound_can_be_switched_off(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.opens("Devices")
        await learner.page.get_by_label("Reduce background noise").uncheck()
        await learner.page.keyboard.press("Escape")
        sent = "window.links.at(-1).getSenders()[0].track.getSettings().noiseSuppression"
        await until(lambda: learner.page.evaluate(f"{sent} === false"))
        before = await mentor.inbound()

        async def heard():
            return (await mentor.inbound())["energy"] > before["energy"]

        await until(heard)


@story
async def test_no_dialog_of_the_call_lies_over_its_end(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.locator("[data-people]").click()
        await learner.shows("dialog[open]")
        await mentor.page.locator("[data-end]").click()
        await mentor.page.get_by_role("button", name="End the session").click()
        await learner.is_in("ended")
        await until(lambda: learner.page.evaluate("document.activeElement.tagName === 'H1'"))
        assert await learner.page.locator("dialog[open]").count() == 0
