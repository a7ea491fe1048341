"""Captions: asked for, allowed by whoever speaks, and shown to whoever asked; nobody's speech is written unasked."""

from tests.room.conftest import Stage, story
from tests.room.people import Person, until
from tests.room.test_lobby import click, says

# A browser that can write what is said; the tests say it.
RECOGNITION = """window.recognitions = []
window.SpeechRecognition = class {
  constructor() { window.recognitions.push(this) }
  start() { this.started = true }
  stop() { this.started = false; this.onend?.() }
}
window.speak = (text, isFinal) => {
  const result = Object.assign([{transcript: text}], {isFinal})
  window.recognitions.at(-1).onresult({results: [result], resultIndex: 0})
}"""


async def want(person: Person) -> None:
    """Ask for captions."""
    await person.page.locator("[data-more]").click()
    await person.page.locator("[data-captions-button]").click()


@story
async def test_what_one_allows_to_be_written_the_other_reads(stage: Stage) -> None:
    async with stage.meeting(script=RECOGNITION) as (mentor, learner):
        await want(learner)
        await says(learner, "[data-captions-words]", "Asha Rao is being asked to allow captions")
        await mentor.shows("[data-captions-ask]")
        assert await mentor.page.evaluate("window.recognitions.length") == 0
        await click(mentor, "Allow")
        await says(learner, "[data-captions-words]", "Captions appear here when Asha Rao speaks")
        await mentor.page.evaluate("window.speak('A key error', false)")
        await says(learner, "[data-caption-lines]", "A key error")
        await mentor.page.evaluate("window.speak('A key error means <b>no</b> such key.', true)")
        await says(learner, "[data-caption-lines]", "A key error means <b>no</b> such key.")
        await mentor.page.evaluate("window.speak('So let us look.', false)")

        async def two() -> bool:
            return await learner.page.locator("[data-caption-lines] p").count() == 2

        await until(two)
        await want(learner)
        await learner.hides("[data-caption-lines]")

        async def stopped() -> bool:
            return not await mentor.page.evaluate("window.recognitions.at(-1).started")

        await until(stopped)


@story
async def test_whoever_would_rather_not_is_not_written(stage: Stage) -> None:
    async with stage.meeting(script=RECOGNITION) as (mentor, learner):
        await want(learner)
        await click(mentor, "Rather not")
        await says(learner, "[data-captions-words]", "Asha Rao would rather not have captions")
        assert await mentor.page.evaluate("window.recognitions.length") == 0
