"""Agenda, goals and files beside the call, and the learner's rating once it is over."""

from tests.room.conftest import Stage, story
from tests.room.people import until
from tests.room.test_lobby import click, says

PLAN = {
    "agenda": [{"text": "Read the traceback", "minutes": 10, "done": False}],
    "goals": [{"text": "Know what a KeyError is", "done": False}],
    "version": 1,
}


@story
async def test_what_one_ticks_off_stands_in_the_plan(stage: Stage) -> None:
    room = stage.room()
    stage.origin.api.things.of(room).plan = dict(PLAN)
    async with stage.meeting(room) as (mentor, _):
        await mentor.page.locator("[data-opens=plan]").first.click()
        await says(mentor, "[data-panel=plan]", "Read the traceback")
        await mentor.page.get_by_label("Know what a KeyError is").check()

        async def ticked() -> bool:
            return bool(stage.origin.api.things.of(room).plan["goals"][0]["done"])

        await until(ticked)


@story
async def test_after_a_session_the_learner_says_how_it_was(stage: Stage) -> None:
    room = stage.room()
    async with stage.meeting(room) as (mentor, learner):
        await mentor.page.locator("[data-end]").click()
        await click(mentor, "End the session")
        await learner.is_in("ended")
        stars = learner.page.locator("[data-screen=end] form")
        await stars.locator('input[name=r-stars][value="5"]').check(force=True)
        await stars.locator("textarea").fill("Now I can read it.")
        await stars.locator("[type=submit]").click()

        async def said() -> bool:
            review = stage.origin.api.things.of(room).review
            return bool(review) and (review["stars"], review["text"]) == (5, "Now I can read it.")

        await until(said)
        assert await mentor.page.locator("[data-screen=end] form").count() == 0
