"""Every route by everyone: nobody gets in where they do not belong, and nobody who belongs is kept out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import inspect

import app  # noqa: F401  (declares the routes)
from functions.http import Route, Routes
from tests.client import Client

ROUTES = sorted(Routes.declared, key=lambda route: (route.path, route.method))
OWNED = [route for route in ROUTES if route.access.owner in ("party", "mentor")]
CHANGING = [route for route in ROUTES if route.method != "GET" and route.access.by_pages]


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


@pytest.fixture(scope="module")
def cast(anyone, new_learner, new_mentor, new_admin):
    """One browser for each kind of person."""
    return {
        "nobody": anyone(),
        "learner": new_learner().browser,
        "mentor": new_mentor().browser,
        "admin": new_admin().browser,
        "admin without second factor": new_admin(second_factor=False).browser,
    }


@pytest.fixture(scope="module")
def things(new_learner, new_mentor, new_session):
    """What the paths name: other people's session, booking, calendar, mentor, device."""
    mentor, learner = new_mentor(), new_learner()
    session_id = new_session(mentor)
    booked = learner.browser.post(f"/sessions/{session_id}/bookings")
    assert booked.status == 201
    theirs = {"session_id": session_id, "booking_id": booked.data["id"], "feed_token": "none"}
    at = (datetime.now(UTC) + timedelta(days=5)).strftime("%Y-%m-%dT12:00:00Z")
    wish = {"title": "Help with my thesis", "domain": "writing", "description": "Two chapters.", "duration_minutes": 60}
    asked = learner.browser.post("/requests", wish | {"mentor_slug": mentor.mentor.slug, "times": [at]})
    assert asked.status == 201
    theirs["request_id"] = asked.data["id"]
    theirs |= {
        "device_id": "dev_x",
        "offering_id": "off_x",
        "draft_id": "drf_x",
        "payout_id": "po_x",
        "refund_id": "rfd_x",
        "code": "NOSUCHCODE",
        "subscription_id": "psh_x",
        "unsubscribe_token": "none",
        "notification_id": "out_x",
        "user_id": learner.account.id,
        "report_id": "rep_x",
        "material_id": "mat_x",
        "recording_id": "rec_x",
    }
    return theirs | {"slug": mentor.mentor.slug, "mentor_id": mentor.account.id}


def acceptable(kind: type) -> dict[str, object]:
    """The least body that a route can read: what is refused then is refused because of who asks."""
    fields = inspect.type_info(kind).fields  # type: ignore[union-attr]
    return {each.encode_name: least(each.type) for each in fields if each.required}


def least(kind: inspect.Type) -> object:
    """One value of a declared type."""
    match kind:
        case inspect.StructType():
            return acceptable(kind.cls)
        case inspect.IntType():
            return kind.ge or 1
        case inspect.DateTimeType():
            return "2030-01-01T12:00:00Z"
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.VarTupleType() | inspect.ListType():
            return []
        case inspect.BoolType():
            return False
    return "words"


def address(route: Route, things: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda name: things[name.group(1)], route.path)


def expected(route: Route, who: str) -> str | None:
    """The refusal at the door, or None for being let in."""
    access = route.access
    if not access.signed_in:
        return None
    if who == "nobody":
        return "signed_out"
    held = {"learner": {"learner"}, "mentor": {"mentor"}}.get(who, {"learner", "admin"})
    if access.role and access.role not in held:
        return "not_allowed"
    if access.role == "admin" and who == "admin without second factor":
        return "second_factor_needed"
    return None


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_the_door_of_each_route(route, cast, things):
    for who, browser in cast.items():
        body = {} if route.body is not None else None
        fresh = Client(browser.origin, dict(browser.cookies))  # signing out is one of the routes
        reply = fresh.send(route.method, address(route, things), body, key="walk-00000001")
        wanted = expected(route, who)
        assert reply.status != 500, who
        if wanted:
            assert reply.code == wanted, who
        elif route.access.signed_in:
            assert reply.code not in ("signed_out", "not_allowed", "second_factor_needed"), who


@pytest.mark.parametrize("route", OWNED, ids=name)
def test_other_peoples_things_do_not_exist(route, cast, things):
    for who, browser in cast.items():
        if expected(route, who) is None:
            body = acceptable(route.body) if route.body is not None else None
            reply = browser.send(route.method, address(route, things), body)
            assert reply.status == 404, who


@pytest.mark.parametrize("route", CHANGING, ids=name)
def test_what_changes_something_needs_our_header(route, cast, things):
    for browser in (cast["nobody"], cast["learner"]):
        reply = browser.send(route.method, address(route, things), {}, headers={"X-PeerLearn": None})
        assert (reply.status, reply.code) == (403, "csrf")


def test_every_route_of_the_app_is_declared_with_a_rule():
    served = {(method, path) for path, methods in app.app.routes.items() for method in methods}
    assert served == {(route.method, route.path) for route in ROUTES}
