"""A mentor and a learner draw on the same board: both at once, each with their own undo, with pointer or keyboard."""

import asyncio
from typing import Any

import pytest

from tests.room.conftest import Stage, story
from tests.room.people import NARROW, WIDE, Person, until
from tests.room.test_looks import looks_right
from tests.room.test_together import is_saved, opens

SHAPES = "[...document.querySelectorAll('[data-shapes] > *')].map((each) => each.dataset.kind)"
PINCH = """() => {
  const surface = document.querySelector('[data-surface]')
  surface.setPointerCapture = () => {}
  const {left, top} = surface.getBoundingClientRect()
  const send = (type, pointerId, x, y) => surface.dispatchEvent(new PointerEvent(type,
    {pointerId, pointerType: 'touch', clientX: left + x, clientY: top + y, bubbles: true, cancelable: true}))
  send('pointerdown', 7, 100, 100); send('pointermove', 7, 105, 105); send('pointerdown', 8, 200, 200)
  for (let i = 0; i < 10; i++) send('pointermove', 8, 200 + i * 15, 200 + i * 15)
  send('pointerup', 7, 105, 105); send('pointerup', 8, 350, 350)
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
}"""


async def shapes(person: Person) -> list[str]:
    """The kinds of all shapes that can be seen."""
    return list(await person.page.evaluate(SHAPES))


async def see(person: Person, *kinds: str, timeout: float = 10) -> None:
    """Wait until exactly these are on the board."""

    async def there() -> bool:
        return await shapes(person) == list(kinds)

    try:
        await until(there, timeout)
    except TimeoutError:
        raise AssertionError(f"{person.role} sees {await shapes(person)}, not {list(kinds)}") from None


async def take(person: Person, tool: str) -> None:
    """Choose a tool."""
    await person.page.locator(f"[data-tool={tool}][aria-pressed]").click()


async def drags(person: Person, *points: tuple[float, float], **how: Any) -> None:
    """Press at the first point of the surface, given in parts of its size, and let go at the last."""
    box = await person.page.locator("[data-surface]").bounding_box()
    assert box
    placed = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    await person.page.mouse.move(*placed[0])
    await person.page.mouse.down()
    for each in placed[1:]:
        await person.page.mouse.move(*each, steps=8)
        await asyncio.sleep(0.05)
    await person.page.mouse.up()


@story
async def test_both_draw_at_once_and_each_undoes_only_what_is_theirs(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(mentor, "board")
        await opens(learner, "board")
        await asyncio.gather(
            drags(mentor, (0.2, 0.2), (0.4, 0.4), (0.6, 0.2)), drags(learner, (0.2, 0.8), (0.4, 0.6), (0.6, 0.8))
        )
        await see(mentor, "pen", "pen")
        await see(learner, "pen", "pen")
        await take(learner, "rect")
        await drags(learner, (0.7, 0.3), (0.9, 0.6))
        await see(mentor, "pen", "pen", "rect")
        await mentor.page.get_by_role("button", name="Undo what you did").click()
        await see(learner, "pen", "rect")
        await learner.page.get_by_role("button", name="Undo what you did").click()
        await see(mentor, "pen")
        await learner.page.locator("[data-surface]").focus()
        await learner.page.keyboard.press("ControlOrMeta+Shift+z")
        await see(mentor, "pen", "rect")


@story
async def test_a_stroke_is_seen_while_it_is_drawn_and_so_is_who_draws_it(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(mentor, "board")
        await opens(learner, "board")
        box = await learner.page.locator("[data-surface]").bounding_box()
        assert box
        await learner.page.mouse.move(box["x"] + 50, box["y"] + 50)
        await learner.page.mouse.down()
        await learner.page.mouse.move(box["x"] + 250, box["y"] + 150, steps=10)
        await see(mentor, "pen")
        pointer = mentor.page.locator("[data-their-pointer]")
        assert await pointer.text_content() == "Vikram Shah"
        await until(lambda: pointer.is_visible())
        await learner.page.mouse.up()
        await mentor.shows("[data-panel=board] [data-line=open]")
        assert await mentor.text("[data-panel=board] [data-line]") == "Vikram Shah is at the whiteboard"


@story
async def test_the_board_can_be_used_by_keyboard_alone(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(learner, "board")
        await opens(mentor, "board")
        keys, surface = mentor.page.keyboard, mentor.page.locator("[data-surface]")
        await until(lambda: surface.evaluate("(it) => it === document.activeElement"))
        await keys.press("r")
        await keys.press("Enter")
        await see(learner, "rect")
        before = await learner.page.locator("[data-kind=rect]").get_attribute("d")
        await keys.press("ArrowRight")
        await keys.press("Shift+ArrowDown")

        async def moved() -> bool:
            return await learner.page.locator("[data-kind=rect]").get_attribute("d") != before

        await until(moved)
        await keys.press("t")
        await keys.press("Enter")
        await mentor.shows("#board-text")
        await keys.type("<b>mv</b>")
        await keys.press("Enter")
        await see(learner, "rect", "text")
        assert await learner.page.locator("[data-kind=text]").text_content() == "<b>mv</b>"
        assert await mentor.page.locator("#board-words").text_content() == "Page 1: 1 rectangle, text “<b>mv</b>”"
        assert not await learner.page.locator("[data-their-mute]").first.is_visible(), "a letter muted the microphone"
        await mentor.page.locator("[data-list]").press("Enter")
        await mentor.page.get_by_role("button", name="Remove: Rectangle, Black").press("Enter")
        await see(learner, "text")
        await mentor.page.get_by_role("button", name="text “<b>mv</b>”", exact=True).press("Enter")
        await keys.press("Delete")
        await see(learner)
        await keys.press("ControlOrMeta+z")
        await see(learner, "text")


@story
async def test_texts_are_written_moved_and_erased_with_the_pointer(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(learner, "board")
        await opens(mentor, "board")
        await take(mentor, "text")
        await drags(mentor, (0.3, 0.3))
        await mentor.shows("#board-text")
        await mentor.page.keyboard.type("Moved by Asha")
        await mentor.page.keyboard.press("Enter")
        await see(learner, "text")
        before = await learner.page.locator("[data-kind=text]").get_attribute("x")
        await take(learner, "select")
        await learner.page.get_by_role("button", name="Show all of the page").click()
        await drags(learner, (0.5, 0.5), (0.6, 0.7))

        async def moved() -> bool:
            return await mentor.page.locator("[data-kind=text]").get_attribute("x") != before

        await until(moved)
        await take(learner, "eraser")
        await learner.page.get_by_role("button", name="Show all of the page").click()
        await drags(learner, (0.4, 0.4), (0.5, 0.5))
        await see(mentor)


@story
async def test_a_text_is_kept_whatever_one_does_next(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(learner, "board")
        await opens(mentor, "board")
        await take(mentor, "text")
        await drags(mentor, (0.2, 0.2))
        await mentor.page.locator("#board-text").fill("First")
        await drags(mentor, (0.7, 0.8))
        await see(learner, "text")
        await mentor.page.locator("#board-text").fill("Second")
        await mentor.page.get_by_role("button", name="Add a page").click()
        await see(learner, "text", "text")


@story
async def test_pages_are_added_turned_cleared_and_removed(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(learner, "board")
        await opens(mentor, "board")
        await drags(mentor, (0.2, 0.2), (0.4, 0.4))
        await mentor.page.get_by_role("button", name="Add a page").click()
        await see(mentor)
        await drags(mentor, (0.2, 0.2), (0.4, 0.2))
        await drags(mentor, (0.2, 0.4), (0.4, 0.4))
        await see(learner, "pen")
        await learner.page.get_by_role("button", name="Next page").click()
        await see(learner, "pen", "pen")
        assert await learner.text("[data-page]") == "Page 2 of 2"
        await learner.page.get_by_role("button", name="Clear this page").click()
        await see(mentor)
        await mentor.page.get_by_role("button", name="Remove this page").click()
        await see(learner, "pen")
        assert await learner.text("[data-page]") == "Page 1 of 1"


@story
async def test_two_fingers_zoom_and_do_not_draw(stage: Stage) -> None:
    async with stage.meeting() as (mentor, _):
        await opens(mentor, "board")
        before = await mentor.page.evaluate(
            "document.querySelector('[data-shapes]').parentNode.getAttribute('transform')"
        )
        await mentor.page.evaluate(PINCH)
        after = await mentor.page.evaluate(
            "document.querySelector('[data-shapes]').parentNode.getAttribute('transform')"
        )
        assert before != after
        await asyncio.sleep(0.2)
        assert await shapes(mentor) == []


@story
async def test_what_was_drawn_is_there_after_a_reload_of_both(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await opens(mentor, "board")
        await drags(mentor, (0.2, 0.2), (0.4, 0.4))
        await is_saved(mentor, "board")
        for person in (mentor, learner):
            await person.page.reload()
        for person in (mentor, learner):
            await person.is_in("in-call")
            await opens(person, "board")
            await see(person, "pen")


@pytest.mark.parametrize("size", [NARROW, {"width": 320, "height": 568}, WIDE], ids=lambda size: str(size["width"]))
@story
async def test_the_board_looks_right(stage: Stage, size: dict[str, int]) -> None:
    async with stage.meeting(viewport=size, reduced_motion="reduce") as (mentor, learner):
        await opens(mentor, "board")
        await opens(learner, "board")
        await drags(mentor, (0.2, 0.3), (0.5, 0.6), (0.8, 0.3))
        await see(learner, "pen")
        await learner.page.mouse.move(size["width"] / 2, size["height"] / 2)
        await is_saved(mentor, "board")
        await looks_right(mentor, "the board")
        await mentor.page.locator("[data-list]").click()
        await looks_right(mentor, "the list of shapes")
        await mentor.page.locator("[data-list]").click()
        await take(mentor, "text")
        await drags(mentor, (0.9, 0.9))
        await looks_right(mentor, "a text being written")
