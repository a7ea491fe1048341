"""Signing up, in and out over HTTP."""

import pytest

from chalicelib.services.accounts import devices
from tests.http.browser import LENA, PASSWORD

SIGN_IN = {"email": "lena@example.com", "password": PASSWORD}


def refresh_token(browser):
    return browser.cookies["__Host-refresh"]


def test_a_learner_is_signed_in_at_once_and_unproven(browser):
    reply = browser.post("/signup/learner", LENA)
    assert reply.status == 201
    assert reply.data["email"] == "Lena@Example.com"
    assert (reply.data["email_verified"], reply.data["roles"], reply.data["mentor"]) == (False, ["learner"], None)
    assert browser.get("/me").data == reply.data


def test_a_mentor_begins_with_an_empty_draft(browser):
    reply = browser.post("/signup/mentor", LENA)
    assert reply.data["roles"] == ["learner", "mentor"]
    assert (reply.data["mentor"]["status"], reply.data["mentor"]["domains"]) == ("draft", [])
    assert browser.get("/me").data == reply.data


def test_cookies_cannot_be_read_by_scripts_but_for_the_hint(browser):
    lines = {line.partition("=")[0]: line for line in browser.post("/signup/learner", LENA).cookies}
    assert set(lines) == {"__Host-access", "__Host-refresh", "signed_in"}
    for name, line in lines.items():
        assert "; Path=/; " in line and "; Secure" in line and "; SameSite=Strict" in line and "Domain" not in line
        assert ("; HttpOnly" in line) == (name != "signed_in")
    assert "Max-Age=900;" in lines["__Host-access"] and "Max-Age=2592000;" in lines["__Host-refresh"]


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "lena"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "qwertyuiop"}, "password"),
        ({"password": "LenaRoy1990"}, "password"),
        ({"birth_date": "2009-01-01"}, "birth_date"),
        ({"birth_date": "yesterday"}, "birth_date"),
        ({"zone": "Mars"}, "zone"),
        ({"terms_version": "1999-01"}, "terms_version"),
        ({"role": "admin"}, "role"),
        ({"name": None}, "name"),
        ({"name": "x" * 301}, "name"),
    ],
)
def test_each_fault_of_a_sign_up_is_named(browser, deps, part, field):
    reply = browser.post("/signup/learner", LENA | part)
    assert (reply.status, set(reply.fields)) == (422, {field})
    assert not deps.tables.items


def test_an_unproven_address_cannot_be_signed_in_with(browser, new_browser):
    browser.post("/signup/learner", LENA)
    reply = new_browser().post("/auth/sign-in", SIGN_IN)
    assert (reply.status, reply.code) == (401, "wrong_credentials")
    assert "open the link in our mail" in reply.data["error"]["message"]


def test_signing_in_and_out(lena, new_browser):
    phone = new_browser()
    reply = phone.post("/auth/sign-in", SIGN_IN | {"email": " LENA@example.com "})
    assert reply.status == 200
    assert reply.data == phone.get("/me").data == lena.get("/me").data
    assert phone.post("/auth/sign-out").status == 204
    assert not phone.cookies
    assert phone.get("/me").code == "signed_out"
    assert lena.post("/auth/refresh").status == 204


def test_a_signed_out_refresh_token_is_worth_nothing(lena):
    stolen = dict(lena.cookies)
    lena.post("/auth/sign-out")
    lena.cookies = stolen
    assert lena.post("/auth/refresh").code == "signed_out"


def test_a_suspended_person_can_neither_sign_in_nor_refresh_nor_go_on(lena, deps, new_browser):
    account = deps.accounts.owner_of("lena@example.com")
    deps.tables.commit(deps.accounts.changing(account, type(account)(**vars(account) | {"status": "suspended"})))
    assert (new_browser().post("/auth/sign-in", SIGN_IN).status, lena.get("/me").status) == (403, 403)
    assert new_browser().post("/auth/sign-in", SIGN_IN | {"password": "not this one"}).code == "wrong_credentials"
    assert lena.post("/auth/refresh").status == 401


class TestRefresh:
    def test_gives_new_tokens_each_time(self, lena, clock):
        before = dict(lena.cookies)
        clock.now = clock.now.replace(hour=13)
        assert lena.get("/me").status == 401
        assert lena.post("/auth/refresh").status == 204
        assert lena.get("/me").status == 200
        assert lena.cookies["__Host-refresh"] != before["__Host-refresh"]

    def test_two_tabs_and_a_lost_answer_get_the_same_successor(self, lena, clock):
        old = refresh_token(lena)
        lena.post("/auth/refresh")
        successor = refresh_token(lena)
        clock.now = clock.now.replace(second=30)
        lena.cookies["__Host-refresh"] = old
        assert lena.post("/auth/refresh").status == 204
        assert refresh_token(lena) == successor

    def test_a_token_used_again_after_the_grace_signs_its_device_out(self, lena, new_browser, clock):
        other = new_browser()
        other.post("/auth/sign-in", SIGN_IN)
        old = refresh_token(lena)
        lena.post("/auth/refresh")
        clock.now = clock.now.replace(second=31)
        thief = new_browser(cookies={"__Host-refresh": old})
        assert thief.post("/auth/refresh").status == 401
        assert lena.post("/auth/refresh").status == 401
        assert other.post("/auth/refresh").status == 204

    def test_a_device_not_seen_for_thirty_days_is_signed_out_by_its_cookie(self, browser):
        line = next(line for line in browser.post("/signup/learner", LENA).cookies if "refresh" in line)
        assert f"Max-Age={30 * 86400};" in line

    @pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "..", "a.b.c.d", "usr_1.dev_1." + "x" * 400])
    def test_what_is_no_token_is_refused(self, lena, token):
        lena.cookies["__Host-refresh"] = token
        assert lena.post("/auth/refresh").code == "signed_out"
        assert not lena.cookies

    def test_another_persons_device_is_not_ones_own(self, lena, new_browser):
        max_ = new_browser(ip="198.51.100.9")
        max_.post("/signup/learner", LENA | {"email": "max@example.com"})
        mine, theirs = refresh_token(lena).split("."), refresh_token(max_).split(".")
        lena.cookies["__Host-refresh"] = ".".join((theirs[0], mine[1], mine[2]))
        assert lena.post("/auth/refresh").status == 401

    def test_of_two_at_the_same_moment_both_get_the_same_successor(self, lena, deps):
        """The second reads before the first has written, and loses the condition."""
        token = refresh_token(lena)
        answers, rotate = [], deps.devices.rotate

        def overtaken(old, new):
            deps.devices.rotate = rotate
            answers.append(devices.refresh(deps, cookie=token, user_agent="other tab"))
            rotate(old, new)

        deps.devices.rotate = overtaken
        answers.append(devices.refresh(deps, cookie=token, user_agent="this tab"))
        assert answers[0].refresh == answers[1].refresh != token

    def test_a_device_signed_out_at_the_same_moment_stays_so(self, lena, deps):
        token, rotate = refresh_token(lena), deps.devices.rotate

        def overtaken(old, new):
            devices.sign_out(deps, cookie=token)
            rotate(old, new)

        deps.devices.rotate = overtaken
        assert lena.post("/auth/refresh").status == 401
        assert deps.devices.of(token.split(".")[0]) == []
