"""A mentor and a learner meet, see and hear each other, and part, in a real browser against the bare relay."""

import asyncio

from tests.room.conftest import Stage, story
from tests.room.people import PICTURE, in_call, until


@story
async def test_both_see_each_other_move_and_hear_each_other(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        for person in (mentor, learner):
            await person.sees_new_frames()
            picture = await person.page.evaluate(PICTURE)
            assert picture["light"] > 20, "the picture is black"
            assert picture["moved"] > 0.5, "the picture stands still"

            async def heard(person=person):
                return (await person.inbound())["energy"] > 0

            await until(heard)
            before = await person.inbound()
            await asyncio.sleep(0.5)
            assert (await person.inbound())["audio"] > before["audio"]


@story
async def test_muting_and_hiding_the_camera_is_seen_by_the_other(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.keyboard.press("m")
        await mentor.shows("[data-their-mute]")
        await learner.page.keyboard.press("m")
        await mentor.hides("[data-their-mute]")
        await learner.page.keyboard.press("v")
        await mentor.shows("[data-their-face]")
        await learner.page.keyboard.press("v")
        await mentor.hides("[data-their-face]")
        await mentor.sees_new_frames()


@story
async def test_a_camera_that_is_off_is_really_off(stage: Stage) -> None:
    tracks = "document.querySelector('[x-ref=self]').srcObject?.getVideoTracks()"
    live = f"({tracks}?.some((each) => each.readyState === 'live') ?? false)"
    async with stage.meeting() as (_, learner):
        assert await learner.page.evaluate(live)
        await learner.page.get_by_role("button", name="Stop video").click()
        await until(lambda: learner.page.evaluate(f"!{live}"))


@story
async def test_shortcuts_stay_out_of_lists_and_dialogs(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.opens("Devices")
        await learner.page.locator("#call-mic").focus()
        await learner.page.keyboard.press("m")
        await asyncio.sleep(0.3)
        assert not await mentor.page.locator("[data-their-mute]").first.is_visible()


@story
async def test_switching_the_camera_in_the_call_keeps_the_picture_moving(stage: Stage) -> None:
    # Chromium's second made-up camera gives depth pictures, which no call can carry: the third is an ordinary one.
    async with stage.another_browser("--use-fake-device-for-media-stream=device-count=3") as browser:
        room = stage.room()
        mentor = await stage.enter(room, "mentor", browser=browser)
        learner = await stage.enter(room, "learner", browser=browser)
        await in_call(mentor, learner)
        await learner.opens("Devices")
        options = await learner.page.locator("#call-camera option").evaluate_all("all => all.map((each) => each.value)")
        before = await learner.page.evaluate(
            "document.querySelector('[x-ref=self]').srcObject.getVideoTracks()[0].label"
        )
        await learner.page.locator("#call-camera").select_option([each for each in options if each][-1])
        label = "document.querySelector('[x-ref=self]').srcObject?.getVideoTracks()[0]?.label"
        await until(lambda: learner.page.evaluate(f"({label} ?? {before!r}) !== {before!r}"))
        await mentor.sees_new_frames()
        assert mentor.faults + learner.faults == []


@story
async def test_one_who_leaves_may_come_back_and_the_call_goes_on(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        await learner.page.locator("[data-leave]").click()
        await learner.is_in("left")
        assert await learner.heading() == "You left the call"
        await mentor.is_in("waiting")
        assert await mentor.text("h2:visible") == "Vikram Shah has left"
        await learner.page.locator("[data-rejoin]").click()
        for person in (mentor, learner):
            await person.is_in("in-call")
            await person.sees_new_frames()


@story
async def test_the_mentor_ends_it_for_both_after_being_asked(stage: Stage) -> None:
    async with stage.meeting() as (mentor, learner):
        assert not await learner.page.locator("[data-end]").is_visible()
        await mentor.page.locator("[data-end]").click()
        await mentor.page.get_by_role("button", name="Stay in the call").click()
        assert await mentor.phase() == "in-call"
        await mentor.page.locator("[data-end]").click()
        await mentor.page.get_by_role("button", name="End the session").click()
        await mentor.is_in("ended")
        await learner.is_in("ended")
        assert [await mentor.heading(), await learner.heading()] == ["You ended the session", "The session has ended"]
        assert not await learner.page.locator("[data-rejoin]").is_visible()
        assert await learner.page.get_by_role("link", name="Go to your dashboard").get_attribute("href") == "/dashboard"


@story
async def test_the_newest_tab_has_the_call_and_the_older_can_take_it_back(stage: Stage) -> None:
    room = stage.room()
    mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
    await in_call(mentor, learner)
    second = await stage.enter(room, "learner")
    await second.join()
    await second.is_in("in-call")
    await learner.is_in("left")
    assert await learner.heading() == "You joined from another place"
    await mentor.sees_new_frames()
    await learner.page.locator("[data-rejoin]").click()
    await learner.is_in("in-call")
    await second.is_in("left")
    await mentor.sees_new_frames()
    for person in (mentor, learner, second):
        assert person.faults == []
        await person.context.close()


@story
async def test_the_first_one_waits_and_is_told_for_whom(stage: Stage) -> None:
    learner = await stage.enter(stage.room(status="booked"), "learner")
    await learner.join()
    await learner.is_in("waiting")
    assert await learner.text("h2:visible") == "You’re the first here"
    assert "Asha Rao is not here yet" in await learner.text("[data-waiting]")
    await learner.context.close()
    mentor = await stage.enter(stage.room(status="booked"), "mentor")
    await mentor.page.locator("[data-join]:enabled").wait_for()
    assert await mentor.text("[data-join]") == "Go live and join"
    await mentor.join()
    await mentor.is_in("waiting")
    assert "when Vikram Shah comes" in await mentor.text("[data-waiting]")
    await mentor.context.close()


@story
async def test_too_early_shows_when_and_lets_in_by_itself(stage: Stage) -> None:
    learner = await stage.enter(stage.room(starts_in=15 + 3 / 60, status="booked"), "learner")
    await learner.is_in("early")
    assert await learner.heading() == "The room is not open yet"
    assert not await learner.page.locator("[data-join]").is_visible()
    await learner.is_in("checking", timeout=8)
    await learner.context.close()


@story
async def test_each_refusal_says_what_it_is_and_what_next(stage: Stage) -> None:
    cases = [
        ((403, "not_yours"), "This room is for two other people", "Go to your dashboard"),
        ((404, "not_found"), "There is no such room", "Go to your dashboard"),
        ((503, "unavailable"), "The room could not be opened", "Try again"),
        ((409, "ended"), "The session has ended", "Go to your dashboard"),
    ]
    for refusal, heading, action in cases:
        person = await stage.enter(stage.room(refusal=refusal), "learner")
        await until(lambda person=person: person.phase())
        await until(lambda person=person, heading=heading: says(person, heading))
        await person.page.locator("[data-screen=end]").get_by_text(action, exact=True).wait_for(state="visible")
        assert not await person.page.evaluate("window.asked"), "nobody is asked for a camera who may not come in"
        await person.context.close()
    stranger = await stage.enter(stage.room(), "")
    await until(lambda: says(stranger, "Sign in to enter this room"))
    link = stranger.page.get_by_role("link", name="Sign in")
    assert (await link.get_attribute("href") or "").startswith("/sign-in?next=%2Froom%2Fses_")
    await stranger.context.close()


async def says(person, heading):
    return await person.heading() == heading
