"""Messages, blocks, reports and presence over HTTP: who may do what, in which shape, and what each refusal says."""

import pytest

from tests.fakes import people
from tests.http.browser import PASSWORD
from tests.services.writing import in_common

KEYS = [f"01HQZX3J5V4D7K9M2N6P8R0S{each}" for each in ("1A", "1B", "1C", "1D")]


@pytest.fixture
def signed_in(deps, new_browser):
    """Browsers of people who are stored already, with the person."""

    def made(name, make=people.learner, **changes):
        person = make(deps, name, password_hash=deps.passwords.hash(PASSWORD), **changes)
        browser = new_browser(ip="198.51.100.9")
        who = {"email": f"{name.lower()}@example.com", "password": PASSWORD}
        assert browser.post("/auth/sign-in", who).status == 200
        return browser, person

    return made


@pytest.fixture
def ravi(signed_in):
    return signed_in("Ravi")


@pytest.fixture
def meera(signed_in):
    return signed_in("Meera", people.mentor)


@pytest.fixture
def both(deps, ravi, meera):
    """Two browsers, the other's id for each, and what they have in common."""
    about = in_common(deps, ravi[1], meera[1])
    return ravi[0], meera[0], ravi[1].id, meera[1].account.id, about


def write(browser, other_id, text="Hello", key=KEYS[0], **more):
    return browser.post(f"/threads/{other_id}/messages", {"id": key, "text": text, **more})


def test_a_thread_is_opened_by_what_two_have_in_common_then_written_read_and_seen(both):
    ravi, meera, ravi_id, meera_id, about = both
    empty = ravi.get(f"/threads/{meera_id}/messages?about={about}").data
    assert (empty["items"], empty["seen_by_other"], empty["other"]["name"], empty["other"]["slug"]) == (
        [],
        0,
        "Meera",
        "meera",
    )
    assert ravi.get("/threads").data == {"items": [], "unread": 0, "next": None}
    sent = write(ravi, meera_id, "  Hello  ", about=about)
    assert (sent.status, sent.data["text"], sent.data["key"], sent.data["nth"]) == (201, "Hello", KEYS[0], 1)
    assert write(ravi, meera_id, "Hello").data == sent.data
    assert meera.get("/threads/unread").data == {"unread": 1}
    [row] = meera.get("/threads").data["items"]
    assert (row["unread"], row["last"]["by"], row["last"]["text"], row["other"]["id"]) == (1, "other", "Hello", ravi_id)
    assert meera.post(f"/threads/{ravi_id}/seen", {"until": 1}).status == 204
    assert meera.get("/threads/unread").data == {"unread": 0}
    assert ravi.get(f"/threads/{meera_id}/messages").data["seen_by_other"] == 1
    assert meera.put(f"/threads/{ravi_id}/muted", {"muted": True}).status == 204
    assert meera.get("/threads").data["items"][0]["muted"]


def test_without_anything_in_common_there_is_no_conversation(both, signed_in):
    _, _, ravi_id, meera_id, about = both
    eve, _ = signed_in("Eve")
    for other_id in (ravi_id, meera_id, "usr_none"):
        assert write(eve, other_id, about=about).status == 404
        assert eve.get(f"/threads/{other_id}/messages?about={about}").status == 404
        assert eve.get(f"/threads/{other_id}/messages").status == 404
        assert eve.post(f"/threads/{other_id}/seen", {"until": 1}).status == 404
        assert eve.put(f"/threads/{other_id}/muted", {"muted": True}).status == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": KEYS[0], "text": " "}, "text"),
        ({"id": KEYS[0], "text": "x" * 2001}, "text"),
        ({"id": "short", "text": "Hello"}, "id"),
        ({"id": KEYS[0].lower(), "text": "Hello"}, "id"),
        ({"text": "Hello"}, "id"),
    ],
)
def test_each_fault_is_named(both, body, field):
    ravi, _, _, meera_id, about = both
    reply = ravi.post(f"/threads/{meera_id}/messages", body | {"about": about})
    assert (reply.status, list(reply.fields)) == (422, [field])


def test_blocking_says_nothing_to_the_blocked(both):
    ravi, meera, ravi_id, meera_id, about = both
    write(ravi, meera_id, about=about)
    assert meera.post(f"/blocks/{ravi_id}").status == 204
    assert [each["id"] for each in meera.get("/blocks").data["items"]] == [ravi_id]
    assert meera.get(f"/threads/{ravi_id}/messages").data["other"]["blocked"]
    assert not ravi.get(f"/threads/{meera_id}/messages").data["other"]["blocked"]
    refused = write(ravi, meera_id, key=KEYS[1])
    assert (refused.status, refused.code) == (409, "not_possible")
    assert ravi.post("/sessions/ses_none/bookings", idempotency_key="key-00001").status == 404
    assert meera.delete(f"/blocks/{ravi_id}").status == 204
    assert write(ravi, meera_id, key=KEYS[2]).status == 201
    assert (ravi.post("/blocks/usr_none").status, ravi.post(f"/blocks/{ravi_id}").code) == (404, "own_account")


def test_a_report_reaches_the_admins_who_close_it(both, signed_in, deps, new_browser):
    ravi, meera, ravi_id, meera_id, about = both
    message = write(ravi, meera_id, "Buy my coins", about=about).data
    told = {"about": "message", "id": message["id"], "reason": "scam", "words": "Coins again.", "block": True}
    reply = meera.post("/reports", told)
    assert (reply.status, meera.post("/reports", told).data) == (201, reply.data)
    assert meera.get("/blocks").data["items"][0]["id"] == ravi_id
    assert ravi.post("/reports", told).status == 404
    assert meera.post("/reports", told | {"reason": "because"}).status == 422
    assert meera.get("/admin/reports").status == 403
    admin = people.learner(deps, "Ada", roles=("admin",))
    from chalicelib.domain.identity import Identity

    ada = new_browser()
    ada.cookies["__Host-access"] = deps.tokens.access(Identity(admin.id, ("admin",), admin.auth_epoch, "dev_1", True))
    [row] = ada.get("/admin/reports").data["items"]
    assert (row["quote"], row["of"]["name"], row["by"]["name"], row["reason"]) == (
        "Buy my coins",
        "Ravi",
        "Meera",
        "scam",
    )
    path = f"/admin/reports/{row['id']}/close"
    assert ada.post(path, {"words": ""}).status == 422
    assert ada.post(path, {"words": "Ravi was warned."}).status == 204
    assert ada.post(path, {"words": "Ravi was warned."}).code == "closed"
    assert ada.get("/admin/reports").data["items"] == []
    assert ada.get("/admin/reports?status=closed").data["items"][0]["closing"] == "Ravi was warned."


def test_presence_is_public_and_only_mentors_have_one(both, browser):
    ravi, meera, ravi_id, meera_id, _ = both
    assert browser.get(f"/presence?ids={meera_id},{ravi_id}").data == {"items": []}
    assert meera.get("/me/instant").data == {"instant": False}
    assert meera.put("/me/instant", {"instant": True}).data == {"instant": True}
    [found] = browser.get(f"/presence?ids={meera_id},{ravi_id}").data["items"]
    assert found == {"id": meera_id, "live": False, "seen_hours_ago": None}
    assert ravi.put("/me/instant", {"instant": True}).status == 403
    assert browser.get(f"/presence?ids={','.join(['usr_x'] * 51)}").status == 422
    assert browser.get(f"/presence?ids={'0' * 2100}").status == 422
    assert browser.get("/presence?ids=").data == {"items": []}
