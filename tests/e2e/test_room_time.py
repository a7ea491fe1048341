"""A session's time in its room, on the whole stack: presence, warnings, more time, and who did not come."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.domain.bookings import Meeting
from chalicelib.domain.errors import Conflict
from chalicelib.services import bookings, meetings

SWEPT = 150_000  # what is due is done each minute
COMING = 45_000  # a door, a camera, a socket and a call, on a busy machine


def minutes(n):
    return timedelta(minutes=n)


@pytest.fixture
def booked(real, new_mentor, new_learner, new_session):
    """A mentor, a learner, and their half-hour session that ends so soon, as if it had always been at that time."""

    def made(left):
        mentor, learner = new_mentor(), new_learner()
        session_id = new_session(mentor, minutes(120), duration_minutes=30)
        bookings.book(real, learner_id=learner.account.id, session_id=session_id, key=uuid.uuid4().hex)
        starts_at = datetime.now(UTC).replace(microsecond=0) + left - minutes(30)

        def moved(old):
            assert old.booking
            return Meeting(replace(old.session, starts_at=starts_at), replace(old.booking, starts_at=starts_at))

        meetings.move(real, session_id, moved)
        return mentor, learner, session_id

    return made


@pytest.fixture
def enters(visit):
    """Somebody comes to the room and joins it."""

    def entered(name, who, session_id):
        person = visit(name)
        person.is_signed_in_as(who.account, who.browser)
        person.goes(f"/room/{session_id}")
        person.page.locator("[data-join]:enabled").click(timeout=COMING)
        return person

    return entered


def in_call(*people):
    for person in people:
        person.page.locator("[data-phase=in-call]").wait_for(timeout=COMING)


def notes(person, words):
    expect(person.page.locator("[data-note]")).to_contain_text(words)


def test_warned_asked_agreed_and_present_all_along(real, booked, enters):
    mentor, learner, session_id = booked(minutes(9.9))
    hers, his = enters("mentor", mentor, session_id), enters("learner", learner, session_id)
    in_call(hers, his)
    for person in (hers, his):
        notes(person, "minutes left: the session ends at")
        person.finds_it_accessible()
    before = real.sessions.get(session_id).ends_at
    his.presses("Ask for 15 more minutes")
    expect(hers.page.locator("[data-wish]")).to_contain_text("asks for 15 more minutes, until")
    hers.presses("Yes, go on")
    for person in (hers, his):
        notes(person, "Agreed: the session now ends at")
        expect(person.page.locator("[data-timer]")).to_contain_text("24:")
        person.watches_and_hears()
    session = real.sessions.get(session_id)
    assert (session.ends_at - before, session.extended) == (minutes(15), 1)
    attended = real.attendances.of(session_id)
    assert attended.mentor and attended.learner and attended.shared


def test_a_refusal_and_a_calendar_that_is_full(real, booked, enters):
    mentor, learner, session_id = booked(minutes(5))
    hers, his = enters("mentor", mentor, session_id), enters("learner", learner, session_id)
    in_call(hers, his)
    hers.presses("Ask for 15 more minutes")
    his.presses("No")
    for person in (hers, his):
        notes(person, "Not extended: the session ends at")
    session = real.sessions.get(session_id)
    assert (session.extended, session.extension_asked_by) == (0, None)

    ends = session.ends_at
    next_quarter = {ends.date(): (f"q{ends.hour * 4 + ends.minute // 15:02d}",)}
    lost = Conflict("time_taken", "Taken.")
    real.tables.commit(real.calendars.moving(mentor.account.id, {}, next_quarter, "ses_other", lost))
    his.presses("Ask for 15 more minutes")
    notes(his, "The mentor has something else right after this session")
    assert real.sessions.get(session_id).ends_at == ends


def test_the_mentor_who_waited_in_vain_may_end_it(booked, enters):
    mentor, learner, session_id = booked(minutes(30 - 9))
    person = enters("mentor", mentor, session_id)
    rule = person.page.locator("[data-rule]")
    expect(rule).to_contain_text("it then counts as missed by the learner", timeout=COMING)
    person.page.locator("[data-end]").click()
    expect(person.page.locator("[data-question]")).to_contain_text("has not come yet. You can end the session from")
    person.page.keyboard.press("Escape")
    expect(person.page.locator("[data-waiting]")).to_contain_text("You can leave or end the session now", timeout=SWEPT)
    person.page.locator("[data-end]").click()
    person.presses("End the session")
    person.sees(f"{learner.account.name} did not come")
    person.finds_it_accessible()


def test_a_learner_who_waited_in_vain_is_told_at_the_end(real, booked, enters):
    mentor, learner, session_id = booked(minutes(0.7))
    real.tables.commit(real.sessions.saving(*_came_in_time(real, session_id)))
    person = enters("learner", learner, session_id)
    expect(person.page.locator("h1:visible")).to_have_text(f"{mentor.account.name} did not come", timeout=SWEPT)
    booking = real.sessions.get(session_id).booking_id
    expect(person.page.locator("[data-booking]")).to_have_attribute("href", f"/bookings/{booking}")
    assert real.sessions.get(session_id).status == "no_show_mentor"


def _came_in_time(real, session_id):
    session = real.sessions.get(session_id)
    return session, replace(session, learner_came_at=session.starts_at)
