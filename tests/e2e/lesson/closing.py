"""Towards the end: a page loaded anew, more time, being put out and let back in, leaving, and the end for both."""

import re

from playwright.sync_api import expect

from tests.e2e.lesson.people import MINUTE, shows

FILMED = "document.querySelector('[x-ref=preview]').srcObject !== null"


def both_load_the_page_anew_and_agree_on_more_time(lesson):
    lena, meera = lesson.meets()
    lesson.begins_in(lesson.booking_id, -50 * MINUTE)  # the hour ends in ten minutes
    lesson.has_lasted(16, 50)
    for person in lesson.both:
        person.page.reload()
        lesson.is_in_call(person)
        shows(person, "[data-note]", "minutes left: the session ends at")
    lesson.see_and_hear()
    lena.presses("Ask for 15 more minutes")
    expect(lena.page.locator("[data-asked]")).to_be_visible()
    shows(meera, "[data-wish]", "asks for 15 more minutes, until")
    lesson.seen("more-time")
    meera.presses("Yes, go on")
    for person in lesson.both:
        shows(person, "[data-note]", "Agreed: the session now ends at")
        shows(person, "[data-timer]", re.compile("2[34]:"))
    lesson.see_and_hear()


def the_mentor_mutes_and_puts_out_and_lets_back_in(lesson):
    lena, meera = lesson.meets()
    learner, mentor = lesson.names
    meera.page.locator("[data-people]").click()
    lesson.seen("people", meera)
    meera.presses("Mute them")
    expect(meera.page.locator("[data-their-mute]")).to_be_visible()
    lena.sees(f"{mentor} muted your microphone.")
    lena.presses("Unmute")
    expect(meera.page.locator("[data-their-mute]")).to_be_hidden()
    meera.presses("Put out of the room")
    meera.page.locator(".confirm-remove").click()
    lena.sees("The mentor put you out of the room")
    shows(meera, "h2", f"You have put {learner} out of the room")
    lesson.seen("put-out")
    lena.presses("Try again")
    expect(lena.page.get_by_role("button", name="Try again")).to_be_visible()
    assert lena.page.evaluate(FILMED) is False, "no camera is on outside"
    meera.page.locator("[data-readmit]").click()
    lesson.joins(lena)  # her page has heard of it by itself
    meera.page.keyboard.press("Escape")
    for person in lesson.both:
        lesson.is_in_call(person)
    lesson.see_and_hear()


def one_leaves_and_comes_back(lesson):
    lena, meera = lesson.meets()
    learner, _ = lesson.names
    lena.page.locator("[data-leave]").click()
    lena.sees("You left the call")
    meera.sees(f"{learner} has left")
    lesson.seen("one-has-left")
    lena.presses("Join again")
    for person in lesson.both:
        lesson.is_in_call(person)
    lesson.see_and_hear()


def the_mentor_ends_it(lesson):
    lena, meera = lesson.meets()
    lesson.has_lasted(16, 50)
    meera.page.locator("[data-end]").click()
    lesson.seen("end-asked", meera)
    meera.presses("End the session")
    meera.sees("You ended the session")
    lena.sees("The session has ended")
    lesson.over = True
    lena.sees("How was it?")
    lesson.seen("ended")
