"""Every state of the room on phones and on a desktop: axe finds nothing, and nothing overflows."""

from importlib.resources import files

import pytest

from tests.room.conftest import Stage, story
from tests.room.people import NARROW, WIDE, in_call, until

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
FOUND = "axe.run().then((all) => all.violations.map((each) => [each.id, each.nodes.map((node) => node.target[0])]))"
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth"
LANDSCAPE, SMALLEST = {"width": 844, "height": 390}, {"width": 320, "height": 568}
SMALL = """[...document.querySelectorAll('button, a, select')].filter((each) => each.checkVisibility())
  .filter((each) => each.getBoundingClientRect().height < 44 || each.getBoundingClientRect().width < 44)
  .map((each) => each.outerHTML.slice(0, 90))"""


async def looks_right(person, state):
    if not await person.page.evaluate("typeof axe !== 'undefined'"):
        await person.page.evaluate(AXE)
    assert await person.page.evaluate(FOUND) == [], state
    assert not await person.page.evaluate(OVERFLOWS), f"{state} is wider than the screen"
    assert await person.page.evaluate(SMALL) == [], f"{state} has targets too small to touch"


SIZES = pytest.mark.parametrize("size", [NARROW, SMALLEST, LANDSCAPE, WIDE], ids=lambda size: str(size["width"]))


@SIZES
@story
async def test_every_state(stage: Stage, size: dict[str, int]) -> None:
    room, on = stage.room(), {"viewport": size, "reduced_motion": "reduce"}  # axe would catch a dialog half faded in
    early = await stage.enter(stage.room(starts_in=40), "learner", **on)
    await early.is_in("early")
    await looks_right(early, "too early")
    await early.context.close()
    refused = await stage.enter(stage.room(refusal=(403, "not_yours")), "learner", **on)
    await refused.is_in("refused")
    await looks_right(refused, "refused")
    await refused.context.close()

    mentor = await stage.enter(room, "mentor", **on)
    await mentor.page.locator("[data-join]:enabled").wait_for()
    await looks_right(mentor, "the device check")
    await mentor.join()
    await mentor.is_in("waiting")
    await looks_right(mentor, "waiting")
    learner = await stage.enter(room, "learner", **on)
    await in_call(learner)
    await mentor.is_in("in-call")
    await looks_right(mentor, "the call")
    await learner.page.keyboard.press("v")
    await mentor.shows("[data-their-face]")
    await looks_right(mentor, "the call with their camera off")
    await looks_right(learner, "the call with one's own camera off")
    await mentor.opens("Devices")
    await looks_right(mentor, "the devices")
    await mentor.page.keyboard.press("Escape")
    await mentor.page.locator("[data-end]").click()
    await looks_right(mentor, "the question before the end")
    await mentor.page.keyboard.press("Escape")
    await learner.page.locator("[data-leave]").click()
    await learner.is_in("left")
    await looks_right(learner, "having left")
    await mentor.is_in("waiting")
    await looks_right(mentor, "the other having left")
    for person in (mentor, learner):
        assert person.faults == []
        await person.context.close()


@SIZES
@story
async def test_every_state_of_its_time(stage: Stage, size: dict[str, int]) -> None:
    on = {"viewport": size, "reduced_motion": "reduce"}
    learner = await stage.enter(stage.room(starts_in=-12, came={"learner"}, price=50_000), "learner", **on)
    await learner.join()
    await learner.is_in("waiting")
    await looks_right(learner, "waiting for one who has not come")
    await learner.context.close()

    async with stage.meeting(stage.room(starts_in=-29, minutes=30), **on) as (mentor, learner):
        await mentor.shows("[data-note]")
        await looks_right(mentor, "a warning")
        await learner.page.get_by_role("button", name="Ask for 15 more minutes").click()
        await mentor.shows("[data-wish]")
        await looks_right(mentor, "being asked for more time")
        await learner.shows("[data-asked]")
        await looks_right(learner, "having asked for more time")
        await mentor.page.get_by_role("button", name="No", exact=True).click()
        await mentor.hides("[data-wish]")
    async with stage.meeting(stage.room(starts_in=-32, minutes=30, extended=2), **on) as (mentor, learner):
        await mentor.shows("[data-spent]")
        await looks_right(mentor, "overtime")
        await mentor.page.locator("[data-end]").click()
        await mentor.page.get_by_role("button", name="End the session").click()
        await learner.is_in("ended")
        await looks_right(learner, "the end")


@SIZES
@story
async def test_every_layout_and_all_that_opens(stage: Stage, size: dict[str, int]) -> None:
    async with stage.meeting(viewport=size, reduced_motion="reduce") as (mentor, learner):
        await mentor.page.locator("[data-more]").click()
        await looks_right(mentor, "everything else")
        await mentor.page.keyboard.press("Escape")
        await mentor.page.keyboard.press("c")
        await mentor.shows("[data-panel=chat]")
        await looks_right(mentor, "a panel")
        await mentor.page.keyboard.press("Escape")
        await learner.page.keyboard.press("s")
        await mentor.shows("[data-tile=screen]")
        await looks_right(mentor, "their screen")
        await looks_right(learner, "sharing")
        await mentor.page.keyboard.press("s")
        await mentor.shows("[data-swap]")
        await looks_right(mentor, "both screens")
        await mentor.page.keyboard.press("s")
        await learner.page.keyboard.press("s")
        for dialog in ("Layout", "Keyboard shortcuts"):
            await mentor.opens(dialog)
            await looks_right(mentor, dialog)
            await mentor.page.keyboard.press("Escape")
        await mentor.page.evaluate("document.querySelector('[value=side]').click()")
        await looks_right(mentor, "side by side")


@story
async def test_the_focus_follows_the_state(stage: Stage) -> None:
    learner = await stage.enter(stage.room(), "learner")
    await learner.join()
    await learner.is_in("waiting")
    focus = "document.activeElement.tagName + ' ' + document.activeElement.innerText"
    await until(lambda: learner.page.evaluate(f"({focus}) === 'H1 Reading a pandas traceback'"))
    await learner.page.locator("[data-leave]").click()
    await until(lambda: learner.page.evaluate(f"({focus}) === 'H1 You left the call'"))
    assert await learner.page.locator("p[role=status].sr-only").first.inner_text() == "You left the call."
    await learner.context.close()
