"""The session's time in the room: what is left of it, more of it, and what becomes of it if somebody does not come."""

from tests.room.conftest import Stage, story
from tests.room.people import until

NOTE, WISH, ASKED, ASK = "[data-note]", "[data-wish]", "[data-asked]", "Ask for 15 more minutes"


def told(person):
    return person.page.locator("[data-announced]").inner_text()


async def says(person, selector, words):
    """These words come to stand there."""

    async def there():
        shown = person.page.locator(selector).first
        return await shown.is_visible() and words in await shown.inner_text()

    await until(there, timeout=8)


async def button(person, name):
    await person.page.get_by_role("button", name=name, exact=True).click()


def marks(stage, room, role):
    heard = stage.origin.relay.heard
    return [each for each in heard if (each["type"], each.get("topic"), each["role"]) == ("here", f"room:{room}", role)]


@story
async def test_both_agree_and_the_end_moves_for_both(stage: Stage) -> None:
    room = stage.room(starts_in=-20, minutes=30)
    async with stage.meeting(room) as (mentor, learner):
        await button(learner, ASK)
        await says(learner, ASKED, "You asked Asha Rao for 15 more minutes.")
        await says(mentor, WISH, "Vikram Shah asks for 15 more minutes, until")
        assert "asks for 15 more minutes" in await told(mentor)
        await button(mentor, "Yes, go on")
        for person in (mentor, learner):
            await says(person, NOTE, "Agreed: the session now ends at")
            assert (await person.text("[data-timer]")).startswith("24:"), "fifteen minutes were added to what was left"
            await person.hides(WISH)
            assert not await person.page.get_by_role("button", name=ASK).is_visible(), "not before the last quarter"
        joins = [
            each for each in stage.origin.relay.heard if each["type"] == "join" and each.get("topic") == f"room:{room}"
        ]
        assert len(joins) == 4, "each came in anew with a pass that lasts as long as the room now does"
        for person in (mentor, learner):
            assert await person.phase() == "in-call"
            await person.sees_new_frames()


@story
async def test_a_refusal_leaves_the_end_where_it_was_and_is_said_to_both(stage: Stage) -> None:
    async with stage.meeting(stage.room(starts_in=-25, minutes=30)) as (mentor, learner):
        await button(mentor, ASK)
        await says(learner, WISH, "Asha Rao asks for 15 more minutes")
        await button(learner, "No")
        for person in (mentor, learner):
            await says(person, NOTE, "Not extended: the session ends at")
            assert (await person.text("[data-timer]")).startswith("04:")
            await person.hides(WISH)
        await button(mentor, ASK)
        await learner.shows(WISH)
        await button(mentor, "Take it back")
        await learner.hides(WISH)


@story
async def test_what_stands_in_the_way_is_said_in_words(stage: Stage) -> None:
    room = stage.room(starts_in=-25, minutes=30)
    async with stage.meeting(room) as (mentor, learner):
        expected = "409 (Conflict)"  # what the browser itself says of an answer that the page shows in words
        stage.origin.api.meeting(room).busy = "The mentor has something else right after this session."
        await button(learner, ASK)
        await says(learner, NOTE, "The mentor has something else right after this session.")
        assert "The mentor has something else" in await told(learner)
        assert not await mentor.page.locator(WISH).is_visible()
        learner.faults[:] = [fault for fault in learner.faults if expected not in fault]
    async with stage.meeting(stage.room(starts_in=-25, minutes=30, extended=2)) as (mentor, learner):
        await says(learner, "[data-spent]", "extended twice")
        assert not await mentor.page.get_by_role("button", name=ASK).is_visible()


@story
async def test_warnings_come_in_time_without_taking_the_focus(stage: Stage) -> None:
    for left, words in ((10, "10 minutes left"), (5, "5 minutes left"), (1, "1 minute left")):
        room = stage.room(starts_in=left - 30 + 8 / 60, minutes=30)  # the first warning is due in eight seconds
        async with stage.meeting(room) as (mentor, learner):
            focus = await learner.page.evaluate("document.activeElement.outerHTML")
            for person in (mentor, learner):
                await says(person, NOTE, words)
                assert words in await told(person)
            assert await learner.page.evaluate("document.activeElement.outerHTML") == focus


@story
async def test_the_overtime_says_how_long_one_may_go_on_and_then_the_room_closes_by_itself(stage: Stage) -> None:
    room = stage.room(starts_in=-30 + 6 / 60, minutes=30)
    async with stage.meeting(room) as (mentor, learner):
        for person in (mentor, learner):
            await says(person, NOTE, "The time is up. You have up to 10 more minutes")
            assert "over · closes" in await person.text("[data-timer]")
    room = stage.room(starts_in=-40 + 6 / 60, minutes=30)
    async with stage.meeting(room) as (mentor, learner):
        stage.origin.api.meeting(room).status = "completed"  # and the news of it is lost
        for person in (mentor, learner):
            await person.is_in("ended", timeout=12)
            assert await person.heading() == "The session has ended"
            person.faults[:] = [fault for fault in person.faults if "409 (Conflict)" not in fault]


@story
async def test_an_extension_agreed_on_another_device_is_made_up_for_when_the_line_is_back(stage: Stage) -> None:
    room = stage.room(starts_in=-25, minutes=30)
    async with stage.meeting(room) as (_, learner):
        stage.origin.cut("learner")
        meeting = stage.origin.api.meeting(room)
        meeting.minutes, meeting.extended = 45, 1
        await says(learner, NOTE, "Agreed: the session now ends at")
        await says(learner, "[data-timer]", "19:")


@story
async def test_presence_is_marked_when_let_in_and_in_the_waiting_room(stage: Stage) -> None:
    room = stage.room(status="booked")
    learner = await stage.enter(room, "learner")
    await learner.join()
    await learner.is_in("waiting")

    async def marked():
        return marks(stage, room, "learner")

    [mark] = await until(marked)
    assert mark["data"] == {"pass": "pass-learner"}
    await learner.page.locator("[data-leave]").click()
    await learner.is_in("left")
    assert len(marks(stage, room, "learner")) == 1
    await learner.context.close()


@story
async def test_one_who_waits_alone_reads_what_becomes_of_it(stage: Stage) -> None:
    learner = await stage.enter(stage.room(starts_in=-3, status="booked"), "learner")
    await learner.join()
    await says(learner, "[data-rule]", "you can leave: the session then counts as missed by the mentor")
    assert await learner.text("h2:visible") == "You’re the first here"
    await learner.context.close()
    mentor = await stage.enter(stage.room(starts_in=-3), "mentor")
    await mentor.join()
    await says(mentor, "[data-rule]", "it then counts as missed by the learner")
    await mentor.page.locator("[data-end]").click()
    await says(mentor, "[data-question]", "Vikram Shah has not come yet. You can end the session from")
    assert await mentor.page.get_by_role("button", name="End the session").is_disabled()
    await mentor.context.close()


@story
async def test_the_tenth_minute_passes_before_ones_eyes(stage: Stage) -> None:
    room = stage.room(starts_in=-10 + 5 / 60, came={"learner"}, price=50_000)
    learner = await stage.enter(room, "learner")
    await learner.join()
    await learner.is_in("waiting")
    await says(learner, "h2:visible", "Asha Rao has not come")
    assert "missed by the mentor, not by you. You get all your money back." in await learner.text("[data-waiting]")
    await learner.context.close()


@story
async def test_the_mentor_ends_what_the_learner_missed_and_both_find_it_so(stage: Stage) -> None:
    room = stage.room(starts_in=-11, came={"mentor"}, outcome="no_show_learner")
    mentor = await stage.enter(room, "mentor")
    await mentor.join()
    await mentor.is_in("waiting")
    await mentor.page.locator("[data-end]").click()
    await says(mentor, "[data-question]", "counts as missed by them")
    await button(mentor, "End the session")
    await mentor.is_in("ended")
    await says(mentor, "h1:visible", "Vikram Shah did not come")
    booking = mentor.page.get_by_role("link", name="Go to the booking")
    assert await booking.get_attribute("href") == f"/bookings/bkg_{room}"
    assert await mentor.page.get_by_role("link", name="Go to your dashboard").get_attribute("href") == "/mentor"
    assert mentor.faults == []
    learner = await stage.enter(room, "learner")  # long after
    await says(learner, "h1:visible", "You missed this session")
    assert await learner.page.get_by_role("link", name="Go to your dashboard").get_attribute("href") == "/dashboard"
    for person in (mentor, learner):
        await person.context.close()


@story
async def test_times_are_said_in_ones_own_zone_by_name(stage: Stage) -> None:
    room = stage.room(starts_in=-20, minutes=30)
    learner = await stage.enter(room, "learner", timezone_id="America/New_York")
    await learner.join()
    await learner.is_in("waiting")
    assert "New York time" in await learner.text("[data-timer]")
    await learner.context.close()
