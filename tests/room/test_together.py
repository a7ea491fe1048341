"""Two write notes and code together: what one types the other reads, and nothing is lost on the way."""

import asyncio
from typing import Any

import pytest

from tests.room.conftest import Stage, story
from tests.room.people import NARROW, WIDE, Person, until
from tests.room.test_looks import looks_right

TEXT = """(name) => {
  const lines = document.querySelector(`[data-editor="${name}"]`)?.shadowRoot?.querySelectorAll('.cm-line') ?? []
  return [...lines].map((line) => [...line.childNodes].filter((node) => !node.classList?.contains('cm-their-caret') &&
    !node.classList?.contains('cm-placeholder')).map((node) => node.textContent).join('')).join('\\n')
}"""


async def opens(person: Person, panel: str = "notes") -> None:
    """Open a panel and wait until what is in it can be used."""
    await person.page.evaluate(
        "(name) => document.querySelector('[x-data=room]')._x_dataStack[0].openPanel(name)", panel
    )
    await person.shows(f"[data-panel={panel}][data-ready=ready]", timeout=15)


async def reads(person: Person, name: str) -> str:
    """What an editor shows, without the other's caret."""
    return str(await person.page.evaluate(TEXT, name))


async def has(person: Person, words: str, name: str = "notes", timeout: float = 10) -> None:
    """Wait until an editor has these words."""

    async def there() -> bool:
        return words in await reads(person, name)

    try:
        await until(there, timeout)
    except TimeoutError:
        raise AssertionError(f"{person.role} reads {await reads(person, name)!r}, not {words!r}") from None


async def types(person: Person, words: str, name: str = "notes", **how: Any) -> None:
    """Type at the end of an editor."""
    await person.page.locator(f"[data-editor={name}] .cm-content").focus()
    await person.page.keyboard.press("ControlOrMeta+End")
    await person.page.keyboard.type(words, **how)


async def is_saved(person: Person, panel: str = "notes") -> None:
    """Wait until the server has all of it."""
    await person.shows(f"[data-panel={panel}] [data-saved=saved]", timeout=20)


@story
async def test_what_both_type_at_once_is_in_both(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(mentor)
        await opens(learner)
        await asyncio.gather(types(mentor, "From Asha. ", delay=15), types(learner, "From Vikram. ", delay=15))
        for person in (mentor, learner):

            async def whole(person: Person = person) -> bool:
                text = await reads(person, "notes")
                return sorted(text) == sorted("From Asha. From Vikram. ")

            await until(whole)
        assert await reads(mentor, "notes") == await reads(learner, "notes")
        assert await mentor.text("[data-panel=notes] [data-line]") == "Vikram Shah is in the notes"
        name = mentor.page.locator("[data-editor=notes] .cm-their-name")
        assert await name.text_content() == "Vikram Shah"
        await is_saved(mentor)


@story
async def test_code_has_a_language_for_both_and_is_downloaded_as_such(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        for person in (mentor, learner):
            await opens(person)
            await person.page.get_by_role("tab", name="Code").click()
        await mentor.page.locator("#together-language").select_option("python")
        await types(mentor, "def m():", "code")
        await mentor.shows("[data-editor=code] .cm-line span")
        await types(mentor, "\nreturn 'mv'", "code")
        await has(learner, "    return 'mv'", "code")
        assert await learner.page.locator("#together-language").input_value() == "python"
        kept = learner.page.locator("[data-editor=code] .cm-line span").first
        plain = await learner.page.locator("[data-editor=code] .cm-content").evaluate(
            "(it) => getComputedStyle(it).color"
        )
        assert await kept.evaluate("(it) => getComputedStyle(it).color") != plain, "nothing is coloured"
        async with learner.page.expect_download() as coming:
            await learner.page.locator("[data-download=code]").click()
        file = await coming.value
        assert file.suggested_filename == "reading-a-pandas-traceback-code.py"
        assert (await file.path()).read_text() == "def m():\n    return 'mv'"
        assert not await learner.page.locator("[data-their-mute]").first.is_visible(), "a letter muted the microphone"
        await mentor.page.keyboard.press("Escape")
        await mentor.page.keyboard.press("Tab")
        assert await mentor.page.evaluate("document.activeElement.matches('[data-editor=code]')") is False


@story
async def test_each_undoes_only_what_they_typed(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(mentor)
        await opens(learner)
        await types(mentor, "mentor ")
        await has(learner, "mentor")
        await types(learner, "learner ")
        await has(mentor, "learner")
        await mentor.page.locator("[data-editor=notes] .cm-content").focus()
        await mentor.page.keyboard.press("ControlOrMeta+z")
        await has(learner, "learner ")

        async def alone() -> bool:
            return await reads(learner, "notes") == await reads(mentor, "notes") == "learner "

        await until(alone)


@story
async def test_what_is_typed_is_only_text(stage: Stage) -> None:
    words = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    async with stage.meeting() as (mentor, learner):
        await opens(mentor)
        await opens(learner)
        await types(mentor, words)
        await has(learner, words)
        lines = learner.page.locator("[data-editor=notes] .cm-line")
        assert (
            await lines.evaluate_all("(all) => all.flatMap((line) => [...line.querySelectorAll('script, img[src]')])")
            == []
        )


@story
async def test_one_who_reloads_or_leaves_and_comes_back_has_all_of_it(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(mentor)
        await opens(learner)
        await types(learner, "before. ")
        await has(mentor, "before. ")
        await learner.page.reload()
        await types(mentor, "meanwhile. ")
        await learner.is_in("in-call")
        await opens(learner)
        await has(learner, "before. meanwhile. ")
        await learner.page.locator("[data-leave]").click()
        await mentor.is_in("waiting")
        await types(mentor, "alone. ")
        await mentor.shows("[data-panel=notes] [data-line=none]")
        await learner.page.locator("[data-rejoin]").click()
        await learner.is_in("in-call")
        await opens(learner)
        await has(learner, "before. meanwhile. alone. ")
        await types(learner, "together.")
        await has(mentor, "alone. together.")


@story
async def test_without_a_connection_between_them_what_they_save_is_merged(stage: Stage) -> None:
    room = stage.room()
    mentor = await stage.enter(room, "mentor", query="?relay=1")  # and there is no relay
    learner = await stage.enter(room, "learner", query="?relay=1")
    for person in (mentor, learner):
        await person.join()
    for person in (mentor, learner):
        await person.is_in("connecting")
        await opens(person)
    await types(mentor, "M ")
    await types(learner, "L ")
    await has(mentor, "L ", timeout=40)
    await has(learner, "M ", timeout=40)
    assert "once you are connected" in await learner.text("[data-panel=notes] [data-line]")
    for person in (mentor, learner):
        assert person.faults == []
        await person.context.close()


@story
async def test_what_the_network_did_not_take_is_kept_over_a_reload_and_saved_later(stage: Stage) -> None:
    room = stage.room()
    mentor = await stage.enter(room, "mentor")
    await mentor.join()
    await mentor.is_in("waiting")
    await opens(mentor)
    await mentor.shows("[data-panel=notes] [data-saved=saved]")
    await mentor.page.route("**/lessons/**", lambda route: route.abort())
    await types(mentor, "not to be lost")
    await mentor.shows("[data-panel=notes] [data-saved=unsaved]")
    await asyncio.sleep(6)  # one try has failed
    assert await mentor.text("[data-panel=notes] [data-saved]") == "Not saved yet"
    await mentor.page.reload()
    await mentor.page.unroute("**/lessons/**")
    await mentor.is_in("waiting")
    place = f"/lessons/documents/{room}/mentor"

    async def saved() -> bool:
        return b"not to be lost" in stage.origin.api.things.objects.get(place, (b"", ""))[0]

    await until(saved, 20)
    await opens(mentor)
    await has(mentor, "not to be lost")
    await mentor.context.close()


@story
async def test_a_hostile_page_cannot_break_the_other(stage: Stage) -> None:
    script = """const {prototype} = RTCPeerConnection, open = prototype.createDataChannel
    prototype.createDataChannel = function (...all) { return (window.line = open.apply(this, all)) }"""
    async with stage.meeting(script=script) as (mentor, learner):
        await opens(mentor)
        await opens(learner)
        await types(mentor, "mine")
        await has(learner, "mine")
        await learner.page.evaluate(
            """async () => {
              const send = (kind, bytes) => window.line.send(new Uint8Array([kind, ...bytes]))
              window.line.send('words')
              window.line.send(new Uint8Array(0))
              send(4, new TextEncoder().encode('{"at":"notes","caret":{"anchor":{"tname":"x"},"head":{"item":7}}}'))
              await new Promise((done) => setTimeout(done, 200))
              for (let i = 0; i < 400; i++) send(0x83, new Uint8Array(16000))
              for (let i = 0; i < 9; i++) send(3, crypto.getRandomValues(new Uint8Array(500)).fill(5, 0, 9))
            }"""
        )
        await mentor.shows("[data-panel=notes] [data-line=muted]")
        await types(mentor, " and stays mine")
        await has(mentor, "mine and stays mine")
        await is_saved(mentor)
        await mentor.sees_new_frames()


@pytest.mark.parametrize("size", [NARROW, {"width": 320, "height": 568}, WIDE], ids=lambda size: str(size["width"]))
@story
async def test_notes_and_code_look_right(stage: Stage, size: dict[str, int]) -> None:
    async with stage.meeting(viewport=size, reduced_motion="reduce") as (mentor, learner):
        await opens(mentor)
        await opens(learner)
        await types(learner, "Here I am")
        await has(mentor, "Here I am")
        await looks_right(mentor, "the notes")
        await mentor.page.get_by_role("tab", name="Code").click()
        await mentor.page.locator("#together-language").select_option("javascript")
        await types(mentor, "const a = 'b' // c", "code")
        await is_saved(mentor)
        await looks_right(mentor, "the code")
