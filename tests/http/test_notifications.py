"""Notifications and wishes over HTTP."""

from datetime import timedelta

import pytest

from chalicelib.domain.outgoing import Outgoing
from tests.fakes.times import recorded

QUIET = {"from": "22:00", "to": "07:00"}


@pytest.fixture
def told(deps, lena, clock):
    """Three messages that Lena was told of, by their ids."""
    facts, to = {"other": "Meera", "other_id": "usr_m", "words": "Hello"}, recorded(deps)[0].user_id
    for _ in range(3):
        clock.forward(timedelta(minutes=1))
        message = Outgoing(deps.new_id("out"), to, "", "message_received", clock(), facts)
        deps.tables.commit([deps.outbox.adding(message)])
    return [each.id for each in recorded(deps) if each.template == "message_received"]


def test_are_listed_counted_and_read(lena, told):
    page = lena.get("/notifications?limit=2").data
    assert [each["id"] for each in page["items"]] == told[:0:-1]
    assert page["unread"] == 3 and page["items"][0] == {
        "id": told[2],
        "kind": "message_received",
        "group": "messages",
        "title": "A message from Meera",
        "text": "Hello",
        "when": None,
        "link": "/messages/usr_m",
        "at": "2026-03-02T12:03:00Z",
        "read": False,
    }
    rest = lena.get(f"/notifications?limit=2&cursor={page['next']}").data
    assert [each["id"] for each in rest["items"]] == told[:1]
    assert (rest["next"], rest["unread"]) == (None, None)
    assert lena.post(f"/notifications/{told[0]}/read").status == 204
    assert lena.get("/notifications/unread").data == {"unread": 2}
    assert lena.post("/notifications/read", {"until": told[1]}).status == 204
    assert lena.get("/notifications/unread").data == {"unread": 1}


def test_one_that_is_not_ours_is_not_there(lena, told):
    assert lena.post("/notifications/out_01ARZ3NDEKTSV4RRFFQ69G5FAV/read").status == 404


@pytest.mark.parametrize("cursor", ["x", ".", "out_1.x", "eyJzayI6IkFDQ09VTlQifQ", ".eyJzayI6IkFDQ09VTlQifQ"])
def test_a_made_up_cursor_leads_nowhere(lena, told, cursor):
    assert lena.get(f"/notifications?cursor={cursor}").code == "bad_cursor"


@pytest.mark.parametrize("until", ["", "usr_1", "out_", "out_~", 7])
def test_all_is_read_up_to_one_that_can_be(lena, until):
    assert lena.post("/notifications/read", {"until": until}).status == 422


def test_wishes_are_shown_with_what_can_be_chosen_and_kept(lena):
    seen = lena.get("/me/preferences").data
    assert (seen["quiet_hours"], seen["zone"]) == (None, "Asia/Kolkata")
    assert seen["groups"]["account"] == {"mail": "on", "push": "on", "mail_choices": ["on"]}
    assert seen["groups"]["messages"]["mail_choices"] == ["on", "daily", "off"]
    wanted = {"groups": {"messages": {"mail": "daily", "push": "off"}}, "quiet_hours": QUIET, "version": 0}
    kept = lena.put("/me/preferences", wanted)
    assert kept.status == 200 and kept.data == lena.get("/me/preferences").data
    assert kept.data["groups"]["messages"] == {"mail": "daily", "push": "off", "mail_choices": ["on", "daily", "off"]}
    assert kept.data["quiet_hours"] == QUIET
    assert lena.put("/me/preferences", {"groups": {}, "version": 1}).data["quiet_hours"] is None
    assert lena.get("/me/preferences").data["groups"]["messages"]["mail"] == "daily"


def test_a_page_that_was_overtaken_is_shown_the_newest_and_changes_nothing(lena):
    first = {"groups": {}, "quiet_hours": QUIET, "version": 0}
    assert lena.put("/me/preferences", first).data["version"] == 1
    late = lena.put("/me/preferences", {"groups": {"money": {"mail": "off", "push": "on"}}, "version": 0})
    assert (late.status, late.code) == (409, "preferences_changed")
    assert late.data["current"] == lena.get("/me/preferences").data
    assert late.data["current"]["quiet_hours"] == QUIET
    assert lena.put("/me/preferences", first).status == 200  # the same once more, as its answer was lost
    assert lena.get("/me/preferences").data["version"] == 1


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"groups": {"account": {"mail": "off", "push": "on"}}}, {"groups.account.mail"}),
        ({"groups": {"money": {"mail": "daily", "push": "on"}}}, {"groups.money.mail"}),
        ({"groups": {}, "quiet_hours": {"from": "07:00", "to": "07:00"}}, {"quiet_hours.to"}),
        ({"groups": {}, "quiet_hours": {"from": "7:00", "to": "08:00"}}, {"quiet_hours.from"}),
        ({"groups": {}, "quiet_hours": {"from": "24:00", "to": "08:00"}}, {"quiet_hours.from"}),
        ({"groups": {}, "quiet_hours": {"from": "22:00"}}, {"quiet_hours.to"}),
    ],
)
def test_a_wish_that_cannot_be_is_refused_where_it_stands(lena, wanted, fields):
    reply = lena.put("/me/preferences", wanted | {"version": 0})
    assert (reply.status, set(reply.fields)) == (422, fields)


@pytest.mark.parametrize(
    "groups", [{"weather": {"mail": "on", "push": "on"}}, {"money": {"mail": "maybe", "push": "on"}}, {"money": {}}]
)
def test_what_is_no_group_or_no_wish_is_refused(lena, groups):
    assert lena.put("/me/preferences", {"groups": groups, "version": 0}).status == 422


def test_nobody_else_sees_them(browser):
    for path in ("/notifications", "/notifications/unread", "/me/preferences"):
        assert browser.get(path).code == "signed_out"
