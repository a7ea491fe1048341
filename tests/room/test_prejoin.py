"""Before joining: how one comes, which devices, a sound to hear, and whether the network lets a call through."""

import asyncio
import shutil

import pytest

from tests.room.conftest import Stage, story
from tests.room.people import Person, in_call, until
from tests.room.turn import coturn, free_port, servers

SINK = "document.querySelector('[x-ref={}]').sinkId"
NETWORK = "document.querySelector('[data-network]').dataset.word"
# A headset that is plugged in and out: what the browser tells of it, and the device behind it.
HEADSET = """const media = navigator.mediaDevices
const all = media.enumerateDevices.bind(media), ask = media.getUserMedia.bind(media)
window.headset = false
const one = {deviceId: 'headset', kind: 'audioinput', label: 'Headset', groupId: ''}
media.enumerateDevices = async () => [...(await all()), ...(window.headset ? [one] : [])]
media.getUserMedia = async (wanted) => {
  if (wanted.audio?.deviceId?.exact !== 'headset') return ask(wanted)
  if (!window.headset) throw new DOMException('', 'OverconstrainedError')
  const stream = await ask({...wanted, audio: true})
  const [track] = stream.getAudioTracks()
  const settings = track.getSettings.bind(track)
  track.getSettings = () => ({...settings(), deviceId: 'headset'})
  window.worn = track
  return stream
}
window.plug = (yes) => {
  window.headset = yes
  if (!yes) { window.worn.stop(); window.worn.dispatchEvent(new Event('ended')) }
  media.dispatchEvent(new Event('devicechange'))
}"""


async def label(person: Person) -> str:
    return await person.text("[data-join]")


async def comes(person: Person, way: str) -> None:
    await person.page.locator("label.way", has_text=way).click()


@story
async def test_just_listening_takes_no_device_and_is_remembered(stage: Stage) -> None:
    room = stage.room()
    learner = await stage.enter(room, "learner")
    await until(lambda: is_called(learner, "Join now"))
    await comes(learner, "Just listen")
    await until(lambda: is_called(learner, "Join to listen"))
    mentor = await stage.enter(room, "mentor")
    await in_call(mentor, learner)
    await mentor.shows("[data-their-face]")
    await mentor.shows("[data-their-mute]")
    await learner.sees_new_frames()
    page = await learner.context.new_page()
    await page.goto(f"{stage.base}/room/{stage.room()}")
    later = Person("learner", learner.context, page)
    await until(lambda: is_called(later, "Join to listen"))
    assert not await page.evaluate("window.asked"), "one who only listens is not asked for a device"
    await learner.page.keyboard.press("m")
    await mentor.hides("[data-their-mute]")
    await close(mentor, learner)


@story
async def test_with_the_microphone_only_and_back_to_both(stage: Stage) -> None:
    learner = await stage.enter(stage.room(), "learner")
    await until(lambda: is_called(learner, "Join now"))
    await comes(learner, "Microphone only")
    await until(lambda: is_called(learner, "Join with sound only"))
    assert not await learner.page.locator("#check-camera").is_visible()
    await comes(learner, "Just listen")
    await comes(learner, "Camera and microphone")
    await until(lambda: is_called(learner, "Join now"))
    await until(lambda: learner.page.evaluate("document.querySelector('[x-ref=preview]').srcObject !== null"))
    await close(learner)


@story
async def test_sound_comes_out_of_the_chosen_speaker_in_the_test_and_in_the_call(stage: Stage) -> None:
    room = stage.room()
    learner = await stage.enter(room, "learner")
    await until(lambda: is_called(learner, "Join now"))
    picker = learner.page.locator("#check-speaker")
    options = await picker.locator("option").evaluate_all("all => all.map((each) => each.value).filter(Boolean)")
    await picker.select_option(options[-1])
    await learner.page.locator("[data-tone]").click()
    await until(lambda: learner.page.evaluate(f"{SINK.format('tone')} === '{options[-1]}'"))
    playing = "!document.querySelector('[x-ref=tone]').paused"
    await until(lambda: learner.page.evaluate(playing))
    await until(lambda: learner.page.evaluate("!document.querySelector('[data-tone]').matches('[aria-busy=true]')"))
    mentor = await stage.enter(room, "mentor")
    await in_call(mentor, learner)
    for sounding in ("voice", "sound"):
        assert await learner.page.evaluate(SINK.format(sounding)) == options[-1]
    await close(mentor, learner)


@story
async def test_a_headset_is_followed_as_it_is_plugged_in_and_out(stage: Stage) -> None:
    async with stage.meeting(script=HEADSET) as (mentor, learner):
        await learner.page.evaluate("window.plug(true)")
        await learner.opens("Devices")
        await learner.page.locator("#call-mic").select_option("headset")
        sent = "window.links.at(-1).getSenders()[0].track"
        await until(lambda: learner.page.evaluate(f"{sent} === window.worn"))
        await learner.page.evaluate("window.plug(false)")
        await until(lambda: learner.page.evaluate(f"{sent} !== window.worn && {sent}?.readyState === 'live'"))
        assert await learner.page.locator("#call-mic option[value=headset]").count() == 0
        await learner.page.evaluate("window.plug(true)")
        await until(lambda: learner.page.evaluate(f"{sent} === window.worn"))
        before = await mentor.inbound()

        async def heard():
            return (await mentor.inbound())["energy"] > before["energy"]

        await until(heard)


@pytest.mark.skipif(shutil.which("turnserver") is None, reason="coturn is not installed")
@story
async def test_the_network_check_goes_through_the_relay(stage: Stage) -> None:
    async with coturn() as port:
        stage.origin.api.ice = servers(port)
        try:
            learner = await stage.enter(stage.room(), "learner")
            await until(lambda: is_called(learner, "Join now"))
            await until(lambda: is_word(learner, "direct"), timeout=15)  # by itself, after a moment
            assert "The relay answers in" in await learner.text("[data-network]")
            await close(learner)
        finally:
            stage.origin.api.ice = []


@pytest.mark.skipif(shutil.which("turnserver") is None, reason="coturn is not installed")
@story
async def test_a_relay_that_refuses_or_is_not_there_is_told_with_what_to_do(stage: Stage) -> None:
    async with coturn() as port:
        for given in (servers(free_port()), servers(port, secret="another")):
            stage.origin.api.ice = given
            try:
                learner = await stage.enter(stage.room(), "learner")
                await until(lambda learner=learner: is_called(learner, "Join now"))
                await learner.page.locator("[data-check-network]").click()
                await until(lambda learner=learner: is_known(learner), timeout=20)
                assert await learner.page.evaluate(NETWORK) in ("blocked", "direct-only")
                assert "mobile" in await learner.text("[data-network]")
                await learner.context.close()
            finally:
                stage.origin.api.ice = []


@story
async def test_joining_does_not_wait_for_the_network_check(stage: Stage) -> None:
    stage.origin.api.ice = servers(free_port())
    try:
        room = stage.room()
        mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
        await until(lambda: is_called(learner, "Join now"))
        await learner.page.locator("[data-check-network]").click()
        await asyncio.sleep(0.2)
        await in_call(mentor, learner)
        await mentor.sees_new_frames()
        over = "window.links.filter((each) => each.connectionState !== 'closed').length === 1"
        await until(lambda: learner.page.evaluate(over), timeout=2)
        await close(mentor, learner)
    finally:
        stage.origin.api.ice = []


async def is_called(person: Person, words: str) -> bool:
    return await label(person) == words


async def is_word(person: Person, word: str) -> bool:
    return bool(await person.page.evaluate(NETWORK) == word)


async def is_known(person: Person) -> bool:
    return await person.page.evaluate(NETWORK) not in ("", "checking")


async def close(*people: Person) -> None:
    for person in people:
        assert person.faults == []
        await person.context.close()
