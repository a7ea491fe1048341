"""What two people share around a session: a plan, files, a recording, and in the end a review."""

from datetime import UTC, datetime, timedelta
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from infra.paths import LOCAL
from tests.e2e.scenes import two
from tests.room.people import NARROW

__all__ = ["two"]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PICTURES = LOCAL / "e2e"
PDF = {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 what we need"}
WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff")
# What a page saves: notes of one line, and a red rectangle on the board.
WRITTEN = bytes.fromhex(
    "504c44310000008d010807000401056e6f746573195265616420746865206c617374206c696e652066697273742e07010562"
    "6f61726401280007190269640177016128000719046b696e6401770472656374280007190470616765017705666972737428"
    "00071903696e6b01770372656428000719057769647468017d042800071903626f7801770b302030203230302031303000"
)


def shows(person, name):
    """What it looks like, on a desk and on a phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page, size = person.page, person.page.viewport_size
    page.screenshot(path=PICTURES / f"lesson-{name}-wide.png", full_page=True)
    page.set_viewport_size(NARROW)
    page.screenshot(path=PICTURES / f"lesson-{name}-narrow.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than a phone"
    page.set_viewport_size(size)


def held(two, shared=30):
    """A booking whose session took place, with so many minutes shared."""
    booking_id = two.books(DAY)
    two.begins_in(booking_id, -70 * MINUTE)
    session_id = two.real.bookings.find(booking_id).session_id
    for side in ("mentor", "learner"):
        for minute in range(20, 20 + shared):
            two.real.tables.update(two.real.attendances.marking(session_id, side, minute))
    ended = datetime.now(UTC).replace(microsecond=0)
    two.changed(booking_id, {"status": "completed", "ended_at": ended}, {"status": "completed"})
    return booking_id


def test_a_plan_is_written_by_one_seen_by_the_other_and_ticked(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    meera.goes(f"/bookings/{booking_id}")
    meera.sees("Nothing is planned yet")
    lena.goes(f"/bookings/{booking_id}")
    lena.presses("Write a plan")
    lena.page.get_by_label("Agenda, line 1").fill("My traceback")
    lena.page.get_by_label("Minutes for line 1").fill("0")
    lena.presses("Add to the agenda")
    expect(lena.page.get_by_label("Agenda, line 2")).to_be_focused()
    lena.page.keyboard.type("Types")
    lena.page.get_by_label("Goals, line 1").fill("Read one by myself")
    shows(lena, "plan-form")
    lena.presses("Save plan")
    lena.sees("Minutes are whole numbers")
    lena.finds_it_accessible()
    lena.page.get_by_label("Minutes for line 1").fill("20")
    lena.presses("Save plan")
    lena.sees("20 min planned of 1 h")
    meera.sees("Read one by myself")  # by the socket: nobody reloads
    meera.page.get_by_label("Types").check()
    expect(lena.page.get_by_label("Types")).to_be_checked()
    lena.finds_it_accessible()
    shows(lena, "plan")


def test_of_two_who_write_at_once_one_is_told_and_nothing_is_lost(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    for person in (lena, meera):
        person.goes(f"/bookings/{booking_id}")
        person.presses("Write a plan")
    lena.page.get_by_label("Goals, line 1").fill("Hers")
    meera.page.get_by_label("Goals, line 1").fill("Mine")
    lena.presses("Save plan")
    lena.sees("Hers")
    meera.presses("Save plan")
    meera.sees("The other side has changed the plan in the meantime")
    assert meera.page.get_by_label("Goals, line 1").input_value() == "Mine"
    meera.presses("Save plan")
    lena.sees("Mine")


def test_who_gives_up_writing_sees_what_the_other_wrote_meanwhile(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    for person in (lena, meera):
        person.goes(f"/bookings/{booking_id}")
        person.presses("Write a plan")
    lena.page.get_by_label("Goals, line 1").fill("Hers")
    lena.presses("Save plan")
    lena.sees("Saved. Both of you see this plan.")
    meera.page.locator("form", has_text="Save plan").get_by_role("button", name="Cancel").click()
    meera.sees("Hers")


def test_a_file_is_sent_looked_at_and_saved_by_the_other(two):
    lena, meera = two.lena, two.meera
    booking_id = two.books(2 * DAY)
    meera.goes(f"/bookings/{booking_id}")
    meera.button("Cancel this booking").wait_for()
    lena.goes(f"/bookings/{booking_id}")
    chooser = lena.page.locator("input[type=file]")
    chooser.set_input_files([PDF, {**PDF, "name": "run.exe"}, {**PDF, "name": "photo.png"}])
    lena.sees("Files of this kind are not taken.")
    lena.sees("This file is not what its name says it is.")
    row = meera.page.locator("[data-file]", has_text="notes.pdf")
    save = row.get_by_role("button", name="Save")
    save.wait_for()
    shows(lena, "files")
    lena.finds_it_accessible()
    with meera.page.expect_download() as saving:
        save.click()
    assert saving.value.suggested_filename == "notes.pdf"
    assert saving.value.path().read_bytes() == PDF["buffer"]
    expect(row.get_by_role("button", name="Delete notes.pdf")).to_be_hidden()
    lena.presses("Delete notes.pdf")
    lena.presses("Delete for both")
    expect(row).to_have_count(0)


def test_a_review_is_given_by_keys_shown_to_everyone_and_changed(two):
    lena, meera = two.lena, two.meera
    booking_id = held(two)
    lena.goes(f"/bookings/{booking_id}")
    lena.sees("How was it?")
    lena.presses("Send review")
    lena.sees("Please choose from one to five stars.")
    lena.page.get_by_role("radio", name="1 star: poor").first.focus()
    for _ in range(4):
        lena.page.keyboard.press("ArrowRight")
    lena.sees("Excellent")
    lena.page.get_by_role("group", name="Knowledge").get_by_role("radio", name="4 stars").check(force=True)
    lena.page.get_by_label("In your own words").fill("She made it clear, and then had me do it.")
    shows(lena, "rating-form")
    lena.finds_it_accessible()
    lena.presses("Send review")
    lena.sees("Thank you. Your review is on the mentor’s page.")
    lena.finds_it_accessible()
    shows(lena, "rating-shown")

    anyone = two.times()
    meera.goes(anyone)
    meera.sees("She made it clear, and then had me do it.")
    meera.sees("1 review")
    meera.sees("4.6")
    meera.finds_it_accessible()
    shows(meera, "reviews")
    meera.goes(f"/bookings/{booking_id}")
    meera.sees("She made it clear")
    meera.page.get_by_role("radio", name="3 stars: good").check(force=True)
    meera.page.get_by_label("What should you remember?").fill("Likes to try first.")
    meera.presses("Save note")
    meera.sees("Likes to try first.")
    meera.finds_it_accessible()
    shows(meera, "mentor-after")

    lena.presses("Change it")
    lena.page.get_by_role("group", name="Overall").get_by_role("radio", name="4 stars").check(force=True)
    lena.presses("Send review")
    lena.goes(anyone)
    lena.sees("4.4")
    lena.goes("/mentors")
    card = lena.page.locator("article", has_text=two.mentor.account.name)
    expect(lena.page.locator("article").first).to_be_visible()
    while not card.count() and lena.button("Show more").is_visible():
        shown = lena.page.locator("article").count()
        lena.presses("Show more")
        expect(lena.page.locator("article").nth(shown)).to_be_visible()
    expect(card).to_contain_text("1 review")
    lena.goes(f"/bookings/{booking_id}")
    lena.presses("Book again")
    lena.button("Book this time").wait_for()


def test_what_was_written_and_drawn_can_be_had_afterwards(two):
    lena = two.lena
    booking_id = held(two)
    session_id = two.real.bookings.find(booking_id).session_id
    place = two.mentor.browser.post(f"/sessions/{session_id}/document", {"bytes": len(WRITTEN)}).data["url"]
    urlopen(Request(two.stack.base_url + place, WRITTEN, method="PUT")).close()
    lena.goes(f"/bookings/{booking_id}")
    with lena.page.expect_download() as saving:
        lena.presses("Save the notes")
    assert "Read the last line first." in saving.value.path().read_text()
    with lena.page.expect_download() as saving:
        lena.presses("Save the whiteboard")
    assert saving.value.suggested_filename.endswith("-board-1.png")
    assert saving.value.path().read_bytes().startswith(b"\x89PNG")
    lena.finds_it_accessible()
    shows(lena, "after")


def test_too_short_a_session_is_not_reviewed_and_that_is_said(two):
    lena = two.lena
    lena.goes(f"/bookings/{held(two, shared=5)}")
    lena.sees("A session can be reviewed that both of you were in for ten minutes.")


@pytest.fixture
def recorded(two):
    """A session that is live, with a recording that both have agreed to and one has sent."""
    booking_id = two.books(DAY)
    two.begins_in(booking_id, -10 * MINUTE)
    session_id = two.real.bookings.find(booking_id).session_id
    hers, his = two.mentor.browser, two.learner.browser
    assert hers.post(f"/rooms/{session_id}/live").status == 200
    for browser in (hers, his):
        assert browser.post(f"/rooms/{session_id}/join").status == 200
    assert hers.post(f"/rooms/{session_id}/recording", {"wish": "start"}).data["state"] == "asked"
    assert his.post(f"/rooms/{session_id}/recording", {"wish": "agree"}).data["state"] == "on"
    recording = hers.post(f"/sessions/{session_id}/recordings", {"content_type": "video/webm"}).data["recording_id"]
    link = hers.post(f"/recordings/{recording}/parts", {"number": 1, "bytes": len(WEBM)}).data["url"]
    with urlopen(Request(two.stack.base_url + link, WEBM, method="PUT")) as answer:
        part = {"number": 1, "etag": answer.headers["ETag"]}
    done = hers.post(f"/recordings/{recording}/done", {"parts": [part], "seconds": 95})
    assert (done.status, done.data["bytes"]) == (200, len(WEBM))
    return booking_id


def test_a_recording_is_there_for_both_to_play_and_to_save(two, recorded):
    lena = two.lena
    lena.goes(f"/bookings/{recorded}")
    lena.sees("Recordings")
    lena.sees("kept until")
    lena.finds_it_accessible()
    shows(lena, "recordings")
    with lena.page.expect_download() as saving:
        lena.page.locator("[data-recording]").get_by_role("button", name="Save").click()
    assert saving.value.suggested_filename.endswith(".webm")
    assert saving.value.path().read_bytes() == WEBM
    with lena.page.expect_response(lambda answer: "/lessons/recordings/" in answer.url) as played:
        lena.presses("Play")
    assert played.value.status in (200, 206)
    lena.faults[:] = [fault for fault in lena.faults if "media" not in fault.lower()]
    lena.presses("Chat of the session")
    lena.sees("Nothing was written in the room.")
