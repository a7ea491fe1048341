"""Every page of the site as each kind of person may see it, on a phone and on a laptop: nothing axe finds, no error."""

import json
from datetime import timedelta

import pytest

from infra.paths import INFRA
from tests.fakes.times import offer, open_hours
from tests.room.people import NARROW, WIDE

PAGES = json.loads((INFRA / "site" / "routes.json").read_text())["pages"]
CLOSED = (
    "/dashboard",
    "/bookings",
    "/checkout",
    "/requests",
    "/mentor/",
    "/settings",
    "/room",
    "/admin",
    "/messages",
    "/notifications",
)
PUBLIC = [path for path in PAGES if not path.startswith(CLOSED)]
PUBLIC.remove("/mentor")
OWN = {
    "learner": [
        "/",
        "/dashboard",
        "/bookings/*",
        "/requests",
        "/messages",
        "/notifications",
        "/settings",
        "/settings/notifications",
        "/sign-up/mentor",
        "/mentor",
        "/mentors",
        "/m/*",
        "/s/*",
        "/admin",
        "/room/*",
    ],
    "mentor": [
        "/dashboard",
        "/mentor",
        "/mentor/new-session",
        "/mentor/offerings",
        "/mentor/availability",
        "/mentor/calendar",
        "/mentor/requests",
        "/mentor/earnings",
        "/mentor/payout-details",
        "/bookings/*",
        "/m/*",
        "/settings",
        "/settings/mentor",
        "/s/*",
        "/room/*",
    ],
    "admin": ["/admin", "/admin/money", "/admin/reports", "/admin/parked", "/settings"],
}
SETTLED = """() => !document.querySelector('[aria-busy=true]') && ![...document.querySelectorAll('.skeleton')]
  .some((each) => each.checkVisibility({visibilityProperty: true}))"""


@pytest.fixture(scope="module")
def scene(real, new_learner, new_mentor, new_admin, new_session):
    """A mentor with an open and a booked session, a learner who booked, an application that waits, an admin."""
    mentor, learner, admin = new_mentor(), new_learner(), new_admin()
    new_mentor(status="pending")
    new_session(mentor, timedelta(days=2))
    booked = new_session(mentor, timedelta(hours=20))
    booking = learner.browser.post(f"/sessions/{booked}/bookings").data["id"]
    open_hours(real, mentor)
    offer(real, mentor)
    ids = {"session": booked, "booking": booking, "slug": mentor.mentor.slug}
    return {"mentor": mentor, "learner": learner, "admin": admin, **ids}


def address(path, scene):
    for prefix, of in (("/m/", "slug"), ("/bookings/", "booking")):
        path = path.replace(f"{prefix}*", prefix + scene[of])
    return path.replace("*", scene["session"])


def looks_right(person, path):
    """On a phone and on a laptop: everything has come, nothing sticks out, axe finds nothing."""
    for size in (NARROW, WIDE):
        person.page.set_viewport_size(size)
        person.goes(path)
        person.waits_for(lambda: person.page.evaluate(SETTLED), f"still waits for {path}")
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} at {size}"
        assert person.page.locator("h1").filter(visible=True).count() <= 1
        person.finds_it_accessible()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_stranger_looks_around(path, visit, scene):
    looks_right(visit("stranger"), address(path, scene))


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in OWN.items() for path in paths])
def test_ones_own_pages(who, path, visit, scene):
    person = visit(who)
    person.is_signed_in_as(scene[who].account, scene[who].browser)
    looks_right(person, address(path, scene))


def test_a_page_that_is_not_there(visit):
    person = visit("stranger")
    reply = person.page.goto(f"{person.origin}/no/such/page")
    assert reply.status == 404
    person.finds_it_accessible()
    person.faults.clear()  # the browser's own word for the 404


def test_a_private_page_leads_to_signing_in_and_back(visit, scene):
    person = visit("stranger")
    person.goes("/dashboard")
    person.is_at("/sign-in?next=%2Fdashboard")
