"""Two write notes and code together: what one types the other reads, and nothing is lost on the way."""

import asyncio
from typing import Any

from tests.room.conftest import Stage, story
from tests.room.people import Person, until
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
        await looks_right(mentor, "the notes")
