"""The waiting room before the start: the mentor lets in, or the clock does; late notes, muting, and being put out."""

from tests.room.conftest import Stage, story
from tests.room.people import Person, until


async def says(person: Person, selector: str, words: str, timeout: float = 10) -> None:
    """Wait until an element's words hold these."""

    async def ask() -> bool:
        texts = await person.page.locator(selector).all_inner_texts()
        return any(words in text for text in texts)

    await until(ask, timeout)


async def click(person: Person, name: str) -> None:
    """Press the button of this name."""
    await person.page.get_by_role("button", name=name, exact=True).click()


@story
async def test_before_the_start_the_mentor_lets_the_learner_in(stage: Stage) -> None:
    room = stage.room(starts_in=10)
    learner = await stage.enter(room, "learner")
    await learner.join()
    await learner.is_in("lobby")
    await says(learner, "[data-lobby] h2", "Asha Rao will let you in")
    await says(learner, "[data-opens]", "you are let in by yourself in")
    mentor = await stage.enter(room, "mentor")
    await mentor.join()
    await mentor.is_in("waiting")
    await says(mentor, "[data-knock]", "Vikram Shah is in the waiting room")
    assert (await learner.inbound())["frames"] == 0
    await click(mentor, "Let in")
    for person in (mentor, learner):
        await person.is_in("in-call")
        await person.sees_new_frames()
    await mentor.hides("[data-knock]")
    assert mentor.faults + learner.faults == []
    for person in (mentor, learner):
        await person.context.close()


@story
async def test_at_the_start_whoever_waits_is_let_in_by_the_clock(stage: Stage) -> None:
    room = stage.room(starts_in=8 / 60)
    mentor = await stage.enter(room, "mentor")
    learner = await stage.enter(room, "learner")
    await mentor.join()
    await learner.join()
    await learner.is_in("lobby")
    for person in (mentor, learner):
        await person.is_in("in-call", timeout=20)
        await person.context.close()


@story
async def test_one_who_leaves_the_waiting_room_no_longer_knocks(stage: Stage) -> None:
    room = stage.room(starts_in=10)
    mentor = await stage.enter(room, "mentor")
    learner = await stage.enter(room, "learner")
    await mentor.join()
    await mentor.is_in("waiting")
    await learner.join()
    await mentor.shows("[data-knock]")
    await learner.page.locator("[data-leave]").click()
    await learner.is_in("left")
    await mentor.hides("[data-knock]")
    for person in (mentor, learner):
        await person.context.close()


@story
async def test_a_late_note_reaches_the_other(stage: Stage) -> None:
    room = stage.room(starts_in=10)
    mentor = await stage.enter(room, "mentor")
    await mentor.join()
    await mentor.is_in("waiting")
    learner = await stage.enter(room, "learner")
    await learner.is_in("checking")
    await click(learner, "Running late?")
    await click(learner, "10 minutes")
    await says(learner, "[data-told-late]", "Asha Rao knows that you will be about 10 minutes late.")
    await says(mentor, "[data-they-late]", "Vikram Shah will be about 10 minutes late")
    assert mentor.faults + learner.faults == []
    for person in (mentor, learner):
        await person.context.close()


@story
async def test_the_mentor_mutes_and_puts_out_and_lets_back_in(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await mentor.page.locator("[data-people]").click()
        await click(mentor, "Mute them")
        await mentor.shows("[data-their-mute]")
        await learner.page.get_by_text("muted your microphone").wait_for()
        await click(mentor, "Put out of the room")
        await mentor.page.locator(".confirm-remove").click()
        await learner.is_in("refused")
        assert await learner.heading() == "The mentor put you out of the room"
        await mentor.is_in("waiting")
        await learner.page.reload()
        await says(learner, "h1:visible", "The mentor put you out of the room")
        await mentor.page.locator("[data-readmit]").click()
        await mentor.hides("[data-readmit]")
        await learner.page.reload()
        await learner.join()
        await learner.is_in("in-call")
        learner.faults.clear()  # the browser writes of the 403 that it was to be


@story
async def test_hands_and_reactions_are_seen_by_the_other(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.locator("[data-hand]").click()
        await says(mentor, "[data-their-hand]", "Vikram Shah has raised a hand")
        await mentor.page.locator("[data-react]").click()
        await click(mentor, "Clapping")
        await says(learner, "[data-reactions]", "Asha Rao: Clapping")
        await says(mentor, "[data-reactions]", "You: Clapping")
        await learner.page.locator("[data-hand]").click()
        await mentor.hides("[data-their-hand]")
