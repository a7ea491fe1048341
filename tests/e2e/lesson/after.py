"""After the call: stars, and what the two have made is there for both."""

from playwright.sync_api import expect

from tests.e2e.lesson.people import until
from tests.e2e.lesson.together import CSV, LINK, NOTES, PNG, TXT

PRAISE = "She had me read it aloud, and then I saw it."
PLAYS = "(it) => it.videoWidth > 0 && it.currentTime > 0"


def the_learner_rates_it(lesson):
    lena, meera = lesson.both
    lena.page.locator("input[name=r-stars][value='5']").check(force=True)
    lena.page.locator("input[name=r-clarity][value='4']").check(force=True)
    lena.page.get_by_label("In your own words").fill(PRAISE)
    lesson.seen("rating", lena)
    lena.presses("Send review")
    lena.sees("Thank you. Your review is on the mentor’s page.")
    lesson.seen("rated", lena)
    meera.goes(lesson.times())
    meera.sees(PRAISE)
    meera.sees("1 review")
    lesson.seen("mentors-page", meera)


def the_mentor_hears_of_it(lesson):
    meera = lesson.meera
    learner = lesson.names[0]
    meera.goes("/mentor")
    bell = meera.page.get_by_role("button", name="Notifications")
    expect(meera.page.locator("header .bell-count")).to_be_visible()
    bell.click()
    panel = meera.page.get_by_role("region", name="Notifications", exact=True)
    line = panel.get_by_role("link", name=f"{learner} has reviewed your session")
    line.wait_for()
    lesson.seen("bell", meera)
    line.click()
    meera.sees(PRAISE)


def what_was_made_is_there_for_both(lesson):
    for person in lesson.both:
        person.goes(lesson.booking)
        person.presses("Play")
        video = person.page.locator("[data-recording] video")
        until(person, lambda v=video: v.evaluate(PLAYS), "cannot play the recording")
        _, notes = lesson.saves(person, person.button("Save the notes"))
        assert "".join(NOTES) in notes.decode()
        assert "prices = 1 + 2" in notes.decode()
        assert lesson.saves(person, person.button("Save the whiteboard"))[1].startswith(PNG)
        person.presses("Chat of the session")
        person.sees(LINK)
        for file in (CSV, TXT):
            row = person.page.locator("[data-file]", has_text=file["name"])
            assert lesson.saves(person, row.get_by_role("button", name="Save"))[1] == file["buffer"]
        expect(person.page.get_by_label("Read one by myself")).to_be_checked()
    lesson.seen("afterwards")


def another_is_booked(lesson):
    lena = lesson.lena
    lena.presses("Book again")
    lena.button("Book this time").wait_for()
    lesson.seen("book-again", lena)
