"""The chat beside the call: delivered, seen, kept while there is no line, safe with links, and there after a reload."""

from tests.room.conftest import Stage, story
from tests.room.people import Person, until


async def open_chat(person: Person) -> None:
    """Show the panel."""
    await person.page.evaluate("document.querySelector('[x-data=room]')._x_dataStack[0].openPanel('chat')")
    await person.shows("[data-panel=chat]")


async def write(person: Person, text: str) -> None:
    """Type and press Enter."""
    await person.page.locator("#chat-text").fill(text)
    await person.page.locator("#chat-text").press("Enter")


async def reads(person: Person, *texts: str) -> None:
    """Wait until the messages are exactly these, in order."""

    async def same() -> bool:
        found = await person.page.locator("[data-messages] [data-words]").all_inner_texts()
        return [each.strip() for each in found] == list(texts)

    await until(same)


@story
async def test_what_one_writes_the_other_reads_and_that_is_seen(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await open_chat(learner)
        await write(learner, "Shall we begin with the traceback?")
        await learner.shows("[data-delivery=sent]")
        await open_chat(mentor)
        await reads(mentor, "Shall we begin with the traceback?")
        await learner.shows("[data-delivery=seen]")
        await write(mentor, "Yes: https://example.com/a_(b). <b>Look</b>")
        await reads(learner, "Shall we begin with the traceback?", "Yes: https://example.com/a_(b). <b>Look</b>")
        link = learner.page.locator("[data-messages] a")
        assert await link.get_attribute("href") == "https://example.com/a_(b)"
        assert await link.get_attribute("rel") == "noopener noreferrer nofollow ugc"
        await learner.page.reload()
        await learner.is_in("in-call")
        await open_chat(learner)
        await reads(learner, "Shall we begin with the traceback?", "Yes: https://example.com/a_(b). <b>Look</b>")


@story
async def test_what_is_written_without_a_line_is_sent_when_it_is_back(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await open_chat(mentor)
        await open_chat(learner)
        stage.origin.refusing = True
        for line in [each for each in stage.origin.relay.lines.values() if each.role == "learner"]:
            stage.origin.hang_up(line)
        await learner.page.get_by_text("What you write is sent as soon as it is back.").wait_for()
        await write(learner, "Can you still read me?")
        await learner.shows("[data-delivery=sending]")
        assert (await learner.sees_new_frames()) < 5  # the picture goes on
        stage.origin.refusing = False
        await reads(mentor, "Can you still read me?")
        await learner.shows("[data-delivery=seen]", timeout=20)
        learner.faults[:] = [each for each in learner.faults if "WebSocket" not in each and "503" not in each]


@story
async def test_a_file_is_sent_and_can_be_had(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await open_chat(mentor)
        await open_chat(learner)
        file = {"name": "traceback.txt", "mimeType": "text/plain", "buffer": b"KeyError: 'price'"}
        await learner.page.locator("[data-panel=chat] input[type=file]").set_input_files(file)
        await reads(mentor, "traceback.txt")
        async with mentor.page.expect_download() as waiting:
            await mentor.page.get_by_role("button", name="traceback.txt").click()
        download = await waiting.value
        assert download.suggested_filename == "traceback.txt"


@story
async def test_why_a_file_cannot_be_had_is_said_beside_it(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await open_chat(mentor)
        await open_chat(learner)
        chooser = learner.page.locator("[data-panel=chat] input[type=file]")
        await chooser.set_input_files({"name": "run.exe", "mimeType": "", "buffer": b"MZ"})
        await learner.page.get_by_text("Files of this kind are not taken.").first.wait_for()
        await chooser.set_input_files({"name": "refuse.txt", "mimeType": "text/plain", "buffer": b"x"})
        for person in (learner, mentor):
            await reads(person, "refuse.txt")
            await person.page.get_by_text("This is not what its name says it is.").wait_for()
            assert await person.page.get_by_role("button", name="refuse.txt").is_disabled()


@story
async def test_what_was_read_is_not_new_after_a_reload(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await open_chat(mentor)
        await write(mentor, "Read this")
        await open_chat(learner)
        await mentor.shows("[data-delivery=seen]")
        await learner.page.reload()
        await learner.is_in("in-call")
        await learner.page.locator("[data-messages] [data-words]").first.wait_for(state="attached")
        assert not await learner.page.evaluate("document.querySelector('[x-data=room]')._x_dataStack[0].badges.chat")
