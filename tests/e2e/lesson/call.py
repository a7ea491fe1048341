"""In the call: what each sends is seen and heard by the other, and so is what they do about it."""

import json

from playwright.sync_api import expect

from tests.e2e.lesson.people import shows, until
from tests.room.test_screen import SCREEN

MICROPHONE = "window.links.at(-1).getSenders()[0].track?.getSettings().deviceId ?? ''"
LAYOUT = "document.querySelector('[data-stage]').dataset.layout"
COLOUR = "(it) => getComputedStyle(it).backgroundColor"
FLOATS, FILLS = "document.pictureInPictureElement !== null", "document.fullscreenElement !== null"


def picture_and_sound_both_ways(lesson):
    lena, meera = lesson.meets()
    lesson.see_and_hear()
    lesson.seen("call")
    meera.presses("Mute")
    expect(lena.page.locator("[data-their-mute]")).to_be_visible()
    meera.presses("Unmute")
    expect(lena.page.locator("[data-their-mute]")).to_be_hidden()
    lena.presses("Stop video")
    expect(meera.page.locator("[data-their-face]")).to_be_visible()
    off = lena.page.get_by_role("button", name="Start video")
    until(lena, lambda: off.evaluate(COLOUR) == lena.page.locator("[data-leave]").evaluate(COLOUR), "sees no red")
    lesson.seen("no-camera")
    lena.presses("Start video")
    expect(meera.page.locator("[data-their-face]")).to_be_hidden()
    lesson.see_and_hear()


def who_talks_while_muted_is_told(lesson):
    lena, meera = lesson.meets()
    lesson.touches(lena)
    lena.presses("Mute")
    expect(meera.page.locator("[data-their-mute]")).to_be_visible()
    hint = lena.page.locator("[data-talks-muted]")
    hint.wait_for()
    hint.get_by_role("button", name="Unmute").click()
    expect(meera.page.locator("[data-their-mute]")).to_be_hidden()


def another_microphone(lesson):
    lena, meera = lesson.meets()
    lesson.chooses(meera, "Devices")
    before = meera.page.evaluate(MICROPHONE)
    picker = meera.page.locator("#call-mic")
    ids = picker.locator("option").evaluate_all("(all) => all.map((each) => each.value).filter(Boolean)")
    picker.select_option(next(each for each in reversed(ids) if each != before))
    until(meera, lambda: meera.page.evaluate(MICROPHONE) not in ("", before), "sends the same microphone")
    lesson.seen("devices", meera)
    meera.page.keyboard.press("Escape")
    lena.watches_and_hears()


def how_good_the_connection_is_and_sound_only(lesson):
    lena, meera = lesson.meets()
    meera.page.locator("[data-quality-open]").click()
    shows(meera, "[data-round-trip]", "ms")
    lesson.seen("connection", meera)
    name, content = lesson.saves(meera, meera.page.locator("[data-save]"))
    assert name.startswith("call-")
    told = json.loads(content)
    assert (told["session"], told["phase"]) == (lesson.session_id, "in-call")
    assert told["streams"] and told["seconds"]
    assert not any(each.encode() in content for each in lesson.names), "support learns no names"
    meera.page.locator("[data-sound-only]").check()
    meera.page.keyboard.press("Escape")
    shows(lena, "[data-saving]", "chose sound only")
    lesson.seen("sound-only")
    meera.presses("Turn the pictures on")
    expect(lena.page.locator("[data-saving]")).not_to_contain_text("chose sound only")
    lesson.see_and_hear()


def the_safety_code_is_the_same_for_both(lesson):
    codes = []
    for person in lesson.meets():
        person.page.locator("[data-safety-open]").click()
        groups = person.page.locator("[data-safety] li")
        expect(groups).to_have_count(6)
        codes.append(groups.all_inner_texts())
    lesson.seen("safety-code")
    assert codes[0] == codes[1]
    assert all(codes[0])
    for person in lesson.both:
        person.page.keyboard.press("Escape")


def a_screen_is_shared_and_no_longer(lesson):
    lena, meera = lesson.meets()
    lesson.takes(meera, "[data-share]")
    tile = lena.page.locator("[data-tile=screen]")
    tile.wait_for()
    before = lena.page.evaluate(SCREEN)["frames"]
    until(lena, lambda: lena.page.evaluate(SCREEN)["frames"] > before + 2, "sees a screen that stands still")
    expect(meera.page.locator("[data-sharing]")).to_be_visible()
    lesson.seen("shared-screen")
    lena.presses("Actual size")
    lena.presses("Fit")
    meera.page.locator("[data-stop-share]").click()
    tile.wait_for(state="hidden")
    expect(meera.page.locator("[data-sharing]")).to_be_hidden()


def how_the_call_looks(lesson):
    lena, meera = lesson.meets()
    _arranges(lesson, "side")
    widths = [meera.page.locator(f"[data-tile={each}]").bounding_box()["width"] for each in ("theirs", "mine")]
    assert abs(widths[0] - widths[1]) < 2
    lesson.seen("side-by-side", meera)
    _arranges(lesson, "spotlight")
    assert meera.page.evaluate(LAYOUT) == "spotlight"
    _there_and_back(lesson, "Full screen", "Leave full screen", FILLS)
    _there_and_back(lesson, "Picture in picture", "Back into the page", FLOATS)
    lesson.chooses(meera, "Keyboard shortcuts")
    lesson.seen("shortcuts", meera)
    meera.page.keyboard.press("Escape")
    meera.page.keyboard.press("v")
    expect(lena.page.locator("[data-their-face]")).to_be_visible()
    meera.page.keyboard.press("v")
    expect(lena.page.locator("[data-their-face]")).to_be_hidden()


def _arranges(lesson, value):
    page = lesson.meera.page
    lesson.chooses(lesson.meera, "Layout")
    page.locator(f"[value={value}]").check()
    page.keyboard.press("Escape")


def _there_and_back(lesson, there, back, held):
    meera = lesson.meera
    lesson.chooses(meera, there)
    until(meera, lambda: meera.page.evaluate(held), f"has no {there}")
    lesson.chooses(meera, back)
    until(meera, lambda: not meera.page.evaluate(held), f"does not come back from {there}")


def a_hand_and_a_reaction(lesson):
    lena, meera = lesson.meets()
    learner, mentor = lesson.names
    lesson.takes(lena, "[data-hand]")
    shows(meera, "[data-their-hand]", f"{learner} has raised a hand")
    lesson.takes(meera, "[data-react]")
    meera.presses("Clapping")
    shows(lena, "[data-reactions]", f"{mentor}: Clapping")
    lesson.seen("hand-and-sheet")
    lesson.takes(lena, "[data-hand]")
    expect(meera.page.locator("[data-their-hand]")).to_be_hidden()
    lesson.puts_away(lena)
