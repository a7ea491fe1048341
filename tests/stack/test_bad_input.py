"""Bodies nobody should send, to every route that takes one: a precise 4xx each, and never a surprise."""

import json
from typing import get_type_hints

import pytest

from functions.http import MAX_BODY, Routes
from tests.stack.test_walk import address, name, things  # noqa: F401  (the fixture)

UNSIGNED = [route for route in Routes.declared if route.access.by_pages]  # others: test_webhooks, test_deliverability
TAKING = sorted((route for route in UNSIGNED if route.body is not None), key=lambda route: route.path)
KEY = "bad-00000001"
DEEP = b"[" * 20_000 + b"]" * 20_000
CASES = {
    "not JSON": (b"{", 400, "bad_json"),
    "nothing": (b"", 400, "bad_json"),
    "bad UTF-8": (b'{"a": "\xff\xfe"}', 400, "bad_json"),
    "deep": (DEEP, 400, "bad_json"),
    "too large": (b'"' + b"x" * MAX_BODY + b'"', 413, "too_large"),
    "a list": (b"[]", 422, "invalid"),
    "null": (b"null", 422, "invalid"),
    "an unknown field": (b'{"no_such_field": 1}', 422, "invalid"),
}

# A deep list is refused for being a list; what is not UTF-8 reaches us from API Gateway as replacement characters.
ALSO = {case: [(422, "invalid")] for case in ("bad UTF-8", "deep")}


@pytest.fixture(scope="module")
def allowed(new_learner, new_mentor, new_admin, anyone):
    """Who may call a route."""
    people = {"learner": new_learner().browser, "mentor": new_mentor().browser, "admin": new_admin().browser}
    return lambda route: people[route.access.role or "learner"] if route.access.signed_in else anyone()


@pytest.mark.parametrize("route", TAKING, ids=name)
@pytest.mark.parametrize("case", CASES)
def test_a_body_nobody_should_send(route, case, allowed, things):  # noqa: F811
    raw, status, code = CASES[case]
    reply = allowed(route).send(route.method, address(route, things), raw=raw, key=KEY)
    assert (reply.status, reply.code) in ((status, code), *ALSO.get(case, ()))
    assert reply.data["error"]["message"]
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("route", TAKING, ids=name)
@pytest.mark.parametrize(
    "value", [b"NaN", b"Infinity", b"-Infinity", DEEP], ids=["NaN", "Infinity", "-Infinity", "deep"]
)
def test_a_value_that_is_no_json_in_a_field_that_is_asked_for(route, value, allowed, things):  # noqa: F811
    field = route.body.__struct_fields__[0].encode()
    reply = allowed(route).send(route.method, address(route, things), raw=b'{"%s": %s}' % (field, value), key=KEY)
    assert (reply.status, reply.code) in ((400, "bad_json"), (422, "invalid"))
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("route", TAKING, ids=name)
def test_another_content_type(route, allowed, things):  # noqa: F811
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        headers = {"Content-Type": content_type}
        reply = allowed(route).send(route.method, address(route, things), raw=b"{}", key=KEY, headers=headers)
        assert (reply.status, reply.code) == (415, "not_json"), content_type


@pytest.mark.parametrize("route", TAKING, ids=name)
def test_wrong_types_in_each_field(route, allowed, things):  # noqa: F811
    fields = route.body.__struct_fields__
    a_word = "yes" if set(get_type_hints(route.body).values()) == {bool} else True
    for wrong in ({"deeply": {"wrong": []}}, 1.5e300, a_word):
        body = json.dumps(dict.fromkeys(fields, wrong)).encode()
        reply = allowed(route).send(route.method, address(route, things), raw=body, key=KEY)
        assert reply.status == 422
        assert set(reply.data["error"]["fields"]) <= set(fields) | {"body"}


@pytest.mark.parametrize("path", ["/sessions?limit=0", "/sessions?limit=x", "/sessions?limit=101", "/sessions?nope=1"])
def test_a_query_that_is_not_asked_for(anyone, path):
    assert anyone().get(path).status == 422


@pytest.mark.parametrize("cursor", ["x", "%00", "eyJzayI6MX0", "eyJ4IjoieSJ9", "e30", "é"])
def test_a_cursor_that_is_not_ours(anyone, cursor):
    assert anyone().get(f"/sessions?cursor={cursor}").status in (400, 422)


@pytest.mark.parametrize(
    "path", ["/sessions/ses_nope", f"/sessions/{'x' * 300}", "/sessions/%F0%9F%98%80", "/nothing", "/"]
)
def test_what_is_not_there(anyone, path):
    reply = anyone().get(path)
    assert reply.status == 404
    assert reply.data["error"]["message"]


def test_a_method_that_is_not_offered(anyone):
    reply = anyone().send("PUT", "/sessions", {})
    assert reply.status in (404, 405)
    assert reply.data["error"]["message"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_all_days(new_mentor, at):
    body = {"title": "Decorators in an hour", "description": "What they are.", "topics": ["python"]}
    body |= {"domain": "programming", "duration_minutes": 60, "starts_at": at}
    reply = new_mentor().browser.post("/sessions", body)
    assert (reply.status, list(reply.data["error"]["fields"])) == (422, ["starts_at"])


def test_a_keyed_route_needs_its_key(new_mentor):
    reply = new_mentor().browser.send("POST", "/sessions", {}, headers={"Idempotency-Key": None})
    assert (reply.status, reply.code) == (400, "no_key")
