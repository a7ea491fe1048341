"""One lesson for all chapters of its story: the mentor at a desk, the learner on a phone, what they do and see."""

import re
import time
from datetime import timedelta

from playwright.sync_api import Error, expect

from infra.paths import LOCAL
from tests.e2e.scenes import Two
from tests.e2e.visitors import visitor
from tests.fakes.times import offer, open_hours
from tests.room.people import NARROW, WIDE
from tests.room.test_captions import RECOGNITION
from tests.room.test_stage import TALK

PATIENCE = 60_000  # two browsers, a call and a whole stack on one small machine
PICTURES = LOCAL / "e2e"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth"


def until(person, holds, complaint):
    """What it gave once it held; whatever is asked for is asked for again until then."""
    end = time.monotonic() + PATIENCE / 1000
    while not (found := holds()):
        if time.monotonic() > end:
            raise AssertionError(f"{person.name} {complaint}")
        person.page.wait_for_timeout(100)
    return found


def shows(person, selector, words):
    """What is there can be seen, and says this; what is hidden may say it already."""
    expect(person.page.locator(selector).filter(visible=True).filter(has_text=words).first).to_be_visible()


class Lesson(Two):
    """A booked hour, its two people at their browsers, and how far they have come in it."""

    def __init__(self, browser, stack, real, learner, mentor):
        open_hours(real, mentor, notice_minutes=0)
        made = [visitor(browser, stack.base_url, "lena", viewport=NARROW, reduced_motion="reduce")]
        made += [visitor(browser, stack.base_url, "meera", viewport=WIDE, reduced_motion="reduce")]
        super().__init__(stack, real, learner, mentor, offer(real, mentor), *made)
        self.both = made
        for person, someone in zip(made, (learner, mentor), strict=True):
            person.is_signed_in_as(someone.account, someone.browser)
            person.page.set_default_timeout(PATIENCE)
        self.lena.context.add_init_script(TALK)
        self.meera.context.add_init_script(RECOGNITION)
        self.booking_id = self.books(DAY)
        self.session_id = real.bookings.find(self.booking_id).session_id
        self.room, self.booking = f"/room/{self.session_id}", f"/bookings/{self.booking_id}"
        self.begins_in(self.booking_id, 12 * MINUTE)
        self.met, self.over, self.broken = False, False, ""
        PICTURES.mkdir(parents=True, exist_ok=True)

    @property
    def names(self):
        """The learner's and the mentor's, as the other reads them."""
        return self.learner.account.name, self.mentor.account.name

    def faults(self):
        """What went wrong on their pages since it was last asked."""
        found = [fault for person in self.both for fault in person.faults]
        for person in self.both:
            person.faults.clear()
        return found

    def seen(self, name, *people):
        """A picture of it; nothing is wider than the screen, and axe finds nothing."""
        for person in people or self.both:
            page = person.page
            page.screenshot(path=PICTURES / f"lesson-{name}-{person.name}.png")
            assert not page.evaluate(OVERFLOWS), f"{name} is wider than the screen of {person.name}"
            if found := person.faults_for_axe():
                page.wait_for_timeout(500)  # what was on its way has come: what is a fault stays one
                found = person.faults_for_axe()
            assert found == [], f"{name} of {person.name}: {found}"

    def meets(self):
        """Both are in the call, from wherever they were before it."""
        if not self.met:
            for person in self.both:
                person.goes(self.room)
                self.joins(person)
            self.lets_in()
        for person in self.both:
            self.is_in_call(person)
        return self.both

    def is_taken_up_again(self):
        """After a chapter that broke off both are back in the call; before and after it pages are opened anew."""
        if self.met and not self.over:
            for person in self.both:
                person.page.reload()
            try:
                self.meets()
            except Error:
                return False
        self.broken = ""
        return True

    def joins(self, person):
        """Presses Join, as soon as that can be done."""
        person.page.locator("[data-join]:enabled").click()

    def lets_in(self):
        """The mentor sees that somebody waits, and lets them in."""
        self.meera.page.locator("[data-knock]").get_by_role("button", name="Let in").click()
        for person in self.both:
            self.is_in_call(person)
        self.met = True

    def is_in_call(self, person):
        """The last of its page's connections is the call's: those that tried the network out are closed by then."""
        person.page.locator("[data-phase=in-call]").wait_for()
        person.page.evaluate("window.links = window.links.filter((each) => each.connectionState !== 'closed')")

    def touches(self, person):
        """Somewhere in the head of the call, where nothing happens: a browser lets a page sound only then."""
        person.page.locator("[data-timer]").click()

    def see_and_hear(self):
        """What each sends reaches the other."""
        self.touches(self.lena)
        for person in self.both:
            person.watches_and_hears()

    def takes(self, person, control):
        """Presses what is in the bar, or in the sheet above it where there is no room."""
        found = person.page.locator(control).filter(visible=True)
        if not found.count():
            person.page.locator("[data-more]").click()
        found.first.click()

    def chooses(self, person, name):
        """Something of the menu under More."""
        person.page.locator("[data-more]").click()
        person.page.locator(".bar-menu").get_by_role("button", name=name, exact=True).click()

    def puts_away(self, person):
        """Closes the sheet if it is open."""
        if person.page.locator("[data-more][aria-expanded=true]").count():
            person.page.keyboard.press("Escape")

    def opens(self, person, panel):
        """A panel beside the call, as soon as it can be used; gives the panel."""
        self.takes(person, f"[data-opens={panel}]")
        opened = person.page.locator(f"[data-panel={panel}]")
        opened.wait_for()
        if panel in ("notes", "board"):
            expect(opened).to_have_attribute("data-ready", "ready")
        return opened

    def shuts(self, *people):
        """The open panel, by its own cross."""
        for person in people or self.both:
            shown = person.page.locator("[data-panel]").filter(visible=True)
            shown.get_by_role("button", name=re.compile("^Close")).first.click()
            expect(shown).to_have_count(0)

    def saves(self, person, control):
        """What a download brings: its name and its bytes."""
        with person.page.expect_download() as coming:
            control.click()
        return coming.value.suggested_filename, coming.value.path().read_bytes()

    def files_are_ready(self, count):
        """So many have been looked at, and can be had."""

        def ready():
            items = self.mentor.browser.get(f"/sessions/{self.session_id}/materials").data["items"]
            return [each["state"] for each in items] == ["ready"] * count

        until(self.meera, ready, f"has not {count} files that were looked at")

    def has_lasted(self, first, last):
        """As if both had been there in these minutes, counted from the opening of the doors."""
        for side in ("mentor", "learner"):
            for minute in range(first, last):
                self.real.tables.update(self.real.attendances.marking(self.session_id, side, minute))
