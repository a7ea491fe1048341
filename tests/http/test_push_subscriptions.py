"""Push subscriptions over HTTP: a browser's own, at a push service, and nothing else."""

import pytest

from infra.local.push.browser import Browser
from tests.fakes.world import VAPID_PUBLIC

PATH = "/me/push-subscriptions"
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc:def"


def asked(**changes):
    return {"endpoint": ENDPOINT, "keys": Browser(VAPID_PUBLIC).keys, "made_with": VAPID_PUBLIC} | changes


def test_a_browser_is_added_and_taken_back(deps, lena):
    user_id = lena.get("/me").data["id"]
    added = lena.post(PATH, asked())
    assert added.status == 201
    assert [each.endpoint for each in deps.push_subscriptions.of(user_id)] == [ENDPOINT]
    assert lena.post(PATH, asked()).data == added.data
    assert lena.delete(f"{PATH}/{added.data['id']}").status == 204
    assert lena.delete(f"{PATH}/{added.data['id']}").status == 204
    assert deps.push_subscriptions.of(user_id) == []


def test_pages_are_told_the_key_that_browsers_are_to_be_given(browser):
    assert browser.get("/config").data["push_key"] == VAPID_PUBLIC


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"endpoint": "https://169.254.169.254/latest/meta-data"}, "endpoint"),
        ({"endpoint": "http://fcm.googleapis.com/fcm/send/abc"}, "endpoint"),
        ({"endpoint": "https://evil.example/x"}, "endpoint"),
        ({"endpoint": "https://localhost:8000/dev/push/1"}, "endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": Browser(VAPID_PUBLIC).keys["auth"]}}, "p256dh"),
        ({"keys": {"p256dh": Browser(VAPID_PUBLIC).keys["p256dh"], "auth": "AAAA"}}, "auth"),
        ({"keys": {"p256dh": "é", "auth": "%%"}}, "auth"),
        ({"made_with": "another"}, "made_with"),
    ],
)
def test_what_no_browser_would_send_is_refused_where_it_is_wrong(lena, changes, field):
    refused = lena.post(PATH, asked(**changes))
    assert refused.status == 422
    assert field in refused.fields


def test_nobody_is_subscribed_without_signing_in(browser):
    assert (browser.post(PATH, asked()).status, browser.delete(f"{PATH}/psh_1").status) == (401, 401)


def test_another_persons_browser_is_not_taken_from_them(deps, lena, new_browser):
    added = lena.post(PATH, asked()).data["id"]
    other = new_browser()
    form = {"name": "Omar Rahim", "email": "omar@example.com", "password": "quiet copper lantern 42"}
    more = {"birth_date": "1990-01-01", "zone": "Asia/Kolkata", "terms_version": "2026-11-22"}
    assert other.post("/signup/learner", form | more).status == 201
    assert other.delete(f"{PATH}/{added}").status == 204
    assert len(deps.push_subscriptions.of(lena.get("/me").data["id"])) == 1


def test_the_export_of_ones_data_holds_no_secret_of_the_browser(lena):
    given = asked()
    lena.post(PATH, given)
    held = str(lena.get("/me/export").data)
    assert ENDPOINT in held and given["keys"]["auth"] not in held


def test_who_leaves_takes_their_browsers_along(deps, lena):
    lena.post(PATH, asked())
    assert lena.post("/me/delete", {"password": "river tall lamp 42"}).status == 204
    assert not [key for key in deps.tables.items if "PUSH#" in key.pk + key.sk]
