"""What the two do together beside the picture: write, draw, plan, hand over, caption and record."""

from playwright.sync_api import expect

from tests.e2e.lesson.people import shows, until
from tests.room.test_board import SHAPES
from tests.room.test_together import TEXT

PNG = b"\x89PNG\r\n\x1a\n"
CSV = {"name": "prices.csv", "mimeType": "text/csv", "buffer": b"item,price\ntea,20\n"}
TXT = {"name": "traceback.txt", "mimeType": "text/plain", "buffer": b"KeyError: 'price'"}
LINK = "https://docs.python.org/3/"
NOTES = ("What a KeyError is. ", "And how to read one.")


def the_chat(lesson):
    lena, meera = lesson.meets()
    hers = lesson.opens(lena, "chat")
    _writes(lena, f"I have read {LINK} so far.")
    expect(hers.locator("[data-delivery=sent]")).to_have_count(1)
    expect(meera.page.locator("[data-badge=chat]").filter(visible=True)).to_have_count(1)
    theirs = lesson.opens(meera, "chat")
    expect(theirs.locator("[data-words] a")).to_have_attribute("href", LINK)
    expect(hers.locator("[data-delivery=seen]")).to_have_count(1)
    _writes(meera, "Then let us look at yours.")
    expect(hers.locator("[data-delivery=theirs]")).to_contain_text("Then let us look at yours.")
    expect(theirs.locator("[data-delivery=seen]")).to_have_count(1)
    lesson.seen("chat")
    hers.locator("input[type=file]").set_input_files(TXT)
    file = theirs.get_by_role("button", name=TXT["name"])
    file.wait_for()
    lesson.files_are_ready(1)
    assert lesson.saves(meera, file) == (TXT["name"], TXT["buffer"])
    lesson.shuts()


def notes_and_code(lesson):
    lena, meera = lesson.meets()
    for person in lesson.both:
        lesson.opens(person, "notes")
    _types(meera, "notes", NOTES[0])
    _reads(lena, "notes", NOTES[0])
    _types(lena, "notes", NOTES[1])
    _reads(meera, "notes", "".join(NOTES))
    lesson.seen("notes")
    for person in lesson.both:
        person.page.get_by_role("tab", name="Code").click()
    meera.page.locator("#together-language").select_option("python")
    _types(lena, "code", "prices = 1")
    _reads(meera, "code", "prices = 1")
    _types(meera, "code", " + 2")
    _reads(lena, "code", "prices = 1 + 2")
    expect(lena.page.locator("#together-language")).to_have_value("python")
    _is_saved(lesson, "notes")
    lesson.seen("code")
    _, content = lesson.saves(lena, lena.page.locator("[data-download=code]"))
    assert content == b"prices = 1 + 2"
    lesson.shuts()


def the_whiteboard(lesson):
    lena, meera = lesson.meets()
    for person in lesson.both:
        lesson.opens(person, "board")
    _draws(meera, (0.2, 0.2), (0.4, 0.4), (0.6, 0.2))
    _has_drawn(lena, ["pen"])
    _draws(lena, (0.3, 0.7), (0.7, 0.6))
    _has_drawn(meera, ["pen", "pen"])
    lesson.seen("whiteboard")
    meera.presses("Undo what you did")
    _has_drawn(lena, ["pen"])
    name, content = lesson.saves(meera, meera.button("Download this page as a picture"))
    assert name.endswith(".png")
    assert content.startswith(PNG)
    _is_saved(lesson, "board")
    lesson.shuts()


def the_plan(lesson):
    lena, meera = lesson.meets()
    for person in lesson.both:
        lesson.opens(person, "plan")
    lena.presses("Write a plan")
    lena.page.get_by_label("Agenda, line 1").fill("My traceback")
    lena.page.get_by_label("Goals, line 1").fill("Read one by myself")
    lena.presses("Save plan")
    lena.page.get_by_label("My traceback").check()
    expect(meera.page.get_by_label("My traceback")).to_be_checked()
    meera.page.get_by_label("Read one by myself").check()
    expect(lena.page.get_by_label("Read one by myself")).to_be_checked()
    lesson.seen("plan")
    lesson.shuts()


def files(lesson):
    lena, meera = lesson.meets()
    for person in lesson.both:
        lesson.opens(person, "plan")
    meera.page.locator("[data-panel=plan] input[type=file]").set_input_files(CSV)
    save = lena.page.locator("[data-file]", has_text=CSV["name"]).get_by_role("button", name="Save")
    save.wait_for()
    lesson.seen("files")
    assert lesson.saves(lena, save) == (CSV["name"], CSV["buffer"])
    lesson.is_in_call(lena)
    lesson.shuts()


def captions(lesson):
    lena, meera = lesson.meets()
    learner, mentor = lesson.names
    lesson.chooses(lena, "Captions")
    shows(lena, "[data-captions-words]", f"{mentor} is being asked to allow captions")
    shows(meera, "[data-captions-ask]", f"{learner} would like captions")
    lesson.seen("captions-asked")
    meera.presses("Allow")
    shows(lena, "[data-captions-words]", "Captions appear here when")
    meera.page.evaluate("window.speak('So let us look', false)")
    shows(lena, "[data-caption-lines]", "So let us look")
    lesson.seen("captions")
    lesson.chooses(lena, "Captions")
    until(meera, lambda: not meera.page.evaluate("window.recognitions.at(-1).started"), "is still written down")


def a_recording(lesson):
    lena, meera = lesson.meets()
    learner, mentor = lesson.names
    lesson.takes(meera, "[data-record]")
    shows(meera, "[data-consent-asked]", f"{learner} is being asked")
    shows(lena, "[data-consent]", f"{mentor} would like to record this session")
    expect(lena.page.locator("[data-recording]")).to_be_hidden()
    lesson.seen("recording-asked")
    lena.presses("Agree")
    for person in lesson.both:
        person.page.locator("[data-recording]").wait_for()
    lesson.see_and_hear()
    lesson.seen("recording")
    frames = meera.inbound()["frames"]
    until(meera, lambda: meera.inbound()["frames"] > frames + 60, "sees nothing that could be recorded")
    lesson.takes(lena, "[data-record]")
    for person in lesson.both:
        expect(person.page.locator("[data-recording]")).to_be_hidden()
        person.sees("The recording has ended.")
    lesson.puts_away(lena)
    browser, place = lesson.learner.browser, f"/sessions/{lesson.session_id}/recordings"
    until(meera, lambda: [each["state"] for each in browser.get(place).data["items"]] == ["done"], "recorded nothing")


def _writes(person, words):
    person.page.locator("#chat-text").fill(words)
    person.page.locator("#chat-text").press("Enter")


def _types(person, name, words):
    person.page.locator(f"[data-editor={name}] .cm-content").focus()
    person.page.keyboard.press("ControlOrMeta+End")
    person.page.keyboard.type(words)


def _reads(person, name, words):
    until(person, lambda: person.page.evaluate(TEXT, name) == words, f"does not read “{words}” in the {name}")


def _is_saved(lesson, panel):
    for person in lesson.both:
        person.page.locator(f"[data-panel={panel}] [data-saved=saved]").wait_for()


def _draws(person, *points):
    """Through points given in parts of the paper's size."""
    box = person.page.locator("[data-surface]").bounding_box()
    placed = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    person.page.mouse.move(*placed[0])
    person.page.mouse.down()
    for each in placed[1:]:
        person.page.mouse.move(*each, steps=8)
    person.page.mouse.up()


def _has_drawn(person, kinds):
    until(person, lambda: person.page.evaluate(SHAPES) == kinds, f"does not see {kinds} on the whiteboard")
