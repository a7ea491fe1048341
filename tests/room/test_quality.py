"""What the room says of its connection, what it saves in a file for support, sound only, and the safety code."""

import asyncio
import ipaddress
import json
import re

import pytest

from tests.room.cases import healed, reloaded
from tests.room.conftest import Stage, story
from tests.room.people import WIDE, Person, until
from tests.room.test_looks import looks_right

CODE = "[...document.querySelectorAll('[data-safety] li')].map((each) => each.textContent).join(' ')"
ADDRESS = re.compile(r"(?<![\d./])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])|(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]+|[\w-]+\.local\b")


async def says(person: Person, selector: str, *words: str) -> str:
    """Wait until one of these is said."""

    async def ask() -> str:
        text = await person.text(selector)
        return text if text in words else ""

    return str(await until(ask))


@story
async def test_the_badge_has_a_word_and_the_dialog_the_figures(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await says(mentor, "[data-quality]", "Excellent", "Good")
        await mentor.page.locator("[data-quality-open]").click()
        assert await says(mentor, "[data-route]", "Direct")
        assert re.fullmatch(r"\d+ ms", await mentor.text("[data-round-trip]"))
        table = await mentor.text("dialog[open] table")
        assert re.search(r"Speed\s+[\d.]+ [kM]bit/s\s+[\d.]+ [kM]bit/s", table), table
        assert re.search(r"Picture\s+\d+×\d+, \d+ fps\s+\d+×\d+, \d+ fps", table), table


@story
async def test_the_file_for_support_has_figures_and_nobody_in_it(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await mentor.page.locator("[data-quality-open]").click()
        await asyncio.sleep(3)
        async with mentor.page.expect_download() as coming:
            await mentor.page.locator("[data-save]").click()
        file = await coming.value
        assert re.fullmatch(r"call-[\dT-]+\.json", file.suggested_filename)
        text = (await file.path()).read_text()
        found = json.loads(text)
        assert len(found["seconds"]) >= 2 and found["seconds"][-1]["in"]["rate"] > 0
        assert {each["candidateType"] for each in found["candidates"]} <= {"host", "srflx", "prflx", "relay"}
        assert any(each["what"] == "state" for each in found["events"])
        spoken = text.replace(found["browser"]["userAgent"], "")
        for secret in ("Asha", "Vikram", "pass-", "usr_", "ticket"):
            assert secret not in spoken
        assert [each for each in ADDRESS.findall(spoken) if address(each)] == []


def address(text: str) -> bool:
    """Whether it is one, or a host's made-up name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return text.endswith(".local")
    return True


@story
async def test_sound_only_by_choice_stops_both_pictures_and_survives_a_reload(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.locator("[data-quality-open]").click()
        await learner.page.locator("[data-sound-only]").check()
        await learner.page.keyboard.press("Escape")
        await mentor.shows("[data-their-face]")
        await learner.shows("[data-their-face]")
        assert await mentor.text("[data-saving]") == "Vikram Shah chose sound only: your video is not sent."
        assert "neither picture is sent" in await learner.text("[data-saving]")
        await asyncio.sleep(1)
        before = [await person.inbound() for person in (mentor, learner)]
        await asyncio.sleep(1)
        after = [await person.inbound() for person in (mentor, learner)]
        assert [now["frames"] for now in after] == [was["frames"] for was in before]
        assert all(now["audio"] > was["audio"] for was, now in zip(before, after, strict=True))
        await learner.page.reload()
        await learner.is_in("in-call")
        await mentor.shows("[data-their-face]")
        await learner.page.locator("[data-back]").click()
        await mentor.hides("[data-their-face]")
        await healed(mentor, learner)


@story
async def test_both_see_the_same_safety_code_and_another_one_with_another_connection(stage: Stage) -> None:
    codes = []
    async with stage.meeting() as (mentor, learner):
        for _ in range(2):
            shown = []
            for person in (mentor, learner):
                await person.shows("[data-safety-open]")
                shown.append(await until(lambda person=person: person.page.evaluate(CODE)))
            assert shown[0] == shown[1]
            assert re.fullmatch(r"(\d{5} ){5}\d{5}", shown[0])
            codes.append(shown[0])
            if len(codes) == 1:
                await reloaded(learner, mentor)
                await until(lambda: changed(mentor, codes[0]))
        assert codes[0] != codes[1]
        await mentor.page.locator("[data-safety-open]").click()
        await mentor.shows("[data-renewed]")


async def changed(person: Person, before: str) -> bool:
    """Whether they see another code than before."""
    return (await person.page.evaluate(CODE)) not in ("", before)


@pytest.mark.parametrize("size", [{"width": 320, "height": 568}, WIDE], ids=lambda size: str(size["width"]))
@story
async def test_its_dialogs_look_right(stage: Stage, size: dict[str, int]) -> None:
    async with stage.meeting(viewport=size, reduced_motion="reduce") as (mentor, learner):
        await asyncio.sleep(2.5)
        await mentor.page.locator("[data-quality-open]").click()
        await looks_right(mentor, "the connection's figures")
        await mentor.page.locator("[data-sound-only]").check()
        await mentor.page.keyboard.press("Escape")
        await mentor.shows("[data-saving]")
        await looks_right(mentor, "sound only")
        await looks_right(learner, "sound only by the other's choice")
        await learner.page.locator("[data-safety-open]").click()
        await looks_right(learner, "the safety code")
