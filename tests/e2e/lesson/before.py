"""Before the call: the check of camera, sound and network, and the waiting room."""

from playwright.sync_api import expect

from tests.e2e.lesson.people import shows, until
from tests.room.people import PICTURE

PREVIEW = PICTURE.replace("x-ref=remote", "x-ref=preview")
KNOWN_WAYS = ("direct", "relay")
HEARD = "document.querySelector('progress.meter').value > 0.05"


def the_check_before_joining(lesson):
    lena, meera = lesson.both
    lena.goes(lesson.booking)
    lena.presses("Join")
    meera.goes(lesson.room)
    for person, label in ((lena, "Join now"), (meera, "Go live and join")):
        expect(person.page.locator("[data-join]:enabled")).to_have_text(label)
        _sees_herself(person)
        _hears_herself(person)
        expect(person.page.locator("#check-camera option:checked")).not_to_have_text("None available")
        known = person.page.locator("[data-network]:not([data-word='']):not([data-word=checking])")
        expect(known).not_to_have_text("")
        assert "relay" not in lesson.stack.running or known.get_attribute("data-word") in KNOWN_WAYS
    expect(meera.page.locator("#check-mic option:checked")).not_to_have_text("None available")
    lesson.seen("before-joining")


def the_waiting_room(lesson):
    lena, meera = lesson.both
    learner, mentor = lesson.names
    for person in lesson.both:
        if not person.page.url.endswith(lesson.room):
            person.goes(lesson.room)
    lesson.joins(lena)
    shows(lena, "[data-lobby] h2", f"Waiting for {mentor}")
    meera.presses("Running late?")
    meera.presses("5 minutes")
    shows(meera, "[data-told-late]", f"{learner} knows that you will be about 5 minutes")
    late = f"{mentor} will be about 5 minutes late"
    shows(lena, "[data-lobby] p", late)
    lesson.joins(meera)
    shows(meera, "[data-knock]", f"{learner} is in the waiting room")
    shows(meera, "h2", f"{learner} is in the waiting room")
    shows(lena, "[data-lobby] h2", f"{mentor} will let you in")
    expect(lena.page.locator("[data-lobby]").get_by_text(late)).to_be_hidden()
    assert lena.inbound()["frames"] == 0, "who waits sees nothing yet"
    lesson.seen("waiting-room")
    lesson.lets_in()


def _sees_herself(person):
    until(person, lambda: person.page.evaluate(PREVIEW)["moved"] > 0.1, "sees no picture of herself")


def _hears_herself(person):
    person.presses("Test sound")
    person.sees("You should hear two notes.")
    until(person, lambda: person.page.evaluate(HEARD), "sees no level of her microphone")
    person.presses("Mute")
    person.sees("Your microphone is muted.")
    person.presses("Unmute")
