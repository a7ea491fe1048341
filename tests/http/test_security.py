"""Devices, two-step sign-in, export and deletion over HTTP."""

import json
from datetime import timedelta

import pyotp
import pytest

from chalicelib.stores import keys
from tests.http.browser import LENA, PASSWORD

SIGN_IN = {"email": "lena@example.com", "password": PASSWORD}


def code(secret, clock):
    return pyotp.TOTP(secret).at(clock.now)


@pytest.fixture
def two_step(lena, clock):
    """Lena with two-step sign-in on: her browser, the secret, the recovery codes."""
    secret = lena.post("/me/totp", {"password": PASSWORD}).data["secret"]
    reply = lena.post("/me/totp/confirm", {"code": code(secret, clock)})
    assert reply.status == 200
    clock.forward(timedelta(seconds=30))
    return lena, secret, reply.data["recovery_codes"]


class TestDevices:
    def test_are_listed_and_signed_out_one_by_one(self, lena, new_browser, clock):
        clock.forward(timedelta(minutes=1))
        phone = new_browser()
        phone.post("/auth/sign-in", SIGN_IN, user_agent="Phone")
        items = lena.get("/me/devices").data["items"]
        assert [(d["user_agent"], d["current"]) for d in items] == [("Phone", False), ("Firefox", True)]
        assert set(items[0]) == {"id", "created_at", "last_seen_at", "user_agent", "current"}
        assert lena.delete(f"/me/devices/{items[0]['id']}").status == 204
        assert phone.post("/auth/refresh").status == 401
        assert lena.delete(f"/me/devices/{items[0]['id']}").status == 404

    def test_those_that_a_new_password_signed_out_are_not_listed(self, lena, new_browser):
        new_browser().post("/auth/sign-in", SIGN_IN)
        lena.post("/me/password", {"current": PASSWORD, "new": "seven quiet harbours"})
        assert [d["current"] for d in lena.get("/me/devices").data["items"]] == [True]

    def test_of_others_cannot_be_signed_out(self, lena, new_browser):
        max_ = new_browser()
        max_.post("/signup/learner", LENA | {"email": "max@example.com"})
        theirs = max_.get("/me/devices").data["items"][0]["id"]
        assert lena.delete(f"/me/devices/{theirs}").status == 404
        assert max_.post("/auth/refresh").status == 204


class TestTwoStepSignIn:
    def test_is_off_until_a_code_was_shown(self, lena, new_browser, clock):
        begun = lena.post("/me/totp", {"password": PASSWORD}).data
        assert begun["uri"].startswith("otpauth://totp/PeerLearn:") and begun["qr_svg"].startswith("<svg")
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 200
        assert lena.post("/me/totp/confirm", {"code": "000000"}).code == "wrong_code"
        assert not lena.get("/me").data["totp_enabled"]

    def test_asks_for_a_code_then(self, two_step, new_browser, clock):
        lena, secret, codes = two_step
        assert (lena.get("/me").data["totp_enabled"], lena.get("/me").data["recovery_codes_left"]) == (True, 10)
        phone = new_browser()
        assert phone.post("/auth/sign-in", SIGN_IN).code == "code_needed"
        assert phone.post("/auth/sign-in", SIGN_IN | {"code": "123"}).code == "wrong_code"
        assert phone.post("/auth/sign-in", SIGN_IN | {"code": code(secret, clock)}).status == 200

    def test_a_wrong_password_says_nothing_of_codes(self, two_step, new_browser, clock):
        _, secret, _ = two_step
        reply = new_browser().post("/auth/sign-in", SIGN_IN | {"password": "x", "code": code(secret, clock)})
        assert reply.code == "wrong_credentials"

    def test_a_code_works_once_and_so_does_every_older_one(self, two_step, new_browser, clock):
        _, secret, _ = two_step
        older, now = code(secret, clock), pyotp.TOTP(secret).at(clock.now + timedelta(seconds=30))
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"code": now}).status == 200
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"code": now}).code == "wrong_code"
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"code": older}).code == "wrong_code"

    def test_the_code_that_turned_it_on_is_used_up(self, lena, new_browser, clock):
        secret = lena.post("/me/totp", {"password": PASSWORD}).data["secret"]
        used = {"code": code(secret, clock)}
        lena.post("/me/totp/confirm", used)
        assert new_browser().post("/auth/sign-in", SIGN_IN | used).code == "wrong_code"

    def test_a_code_of_two_minutes_ago_is_too_old(self, two_step, new_browser, clock):
        _, secret, _ = two_step
        old = code(secret, clock)
        clock.forward(timedelta(minutes=2))
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"code": old}).code == "wrong_code"

    def test_a_recovery_code_works_once_however_it_is_typed(self, two_step, new_browser):
        lena, _, codes = two_step
        typed = f" {codes[3].upper().replace('-', ' ')} "
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"code": typed}).status == 200
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"code": codes[3]}).code == "wrong_code"
        assert lena.get("/me").data["recovery_codes_left"] == 9

    def test_signing_in_with_a_code_still_takes_three_requests(self, two_step, new_browser, clock, deps):
        _, secret, _ = two_step
        deps.tables.requests.clear()
        new_browser().post("/auth/sign-in", SIGN_IN | {"code": code(secret, clock)})
        assert deps.tables.requests == ["TransactWriteItems", "GetItem", "TransactWriteItems"]

    def test_cannot_be_begun_twice(self, two_step, clock):
        lena, secret, _ = two_step
        assert lena.post("/me/totp", {"password": PASSWORD}).code == "totp_on"
        assert lena.post("/me/totp/confirm", {"code": code(secret, clock)}).code == "totp_on"

    def test_is_turned_off_by_password_and_code(self, two_step, new_browser, clock):
        lena, secret, _ = two_step
        both = {"password": PASSWORD, "code": code(secret, clock)}
        assert set(lena.post("/me/totp/disable", both | {"password": "x"}).fields) == {"password"}
        assert set(lena.post("/me/totp/disable", both | {"code": "000000"}).fields) == {"code"}
        assert lena.post("/me/totp/disable", both).status == 204
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 200
        assert lena.post("/me/totp/disable", both).code == "totp_off"

    def test_is_not_begun_by_whoever_finds_the_page_open(self, lena):
        assert set(lena.post("/me/totp", {"password": "x"}).fields) == {"password"}
        assert lena.post("/me/totp").status == 415
        assert lena.post("/me/totp/confirm", {"code": "000000"}).code == "wrong_code"

    def test_secrets_are_not_stored_in_the_clear(self, two_step, deps):
        lena, secret, codes = two_step
        held = json.dumps(list(deps.tables.items.values()), default=str)
        for plain in (secret, PASSWORD, *codes, *(c.replace("-", "") for c in codes), lena.cookies["__Host-refresh"]):
            assert plain not in held
            assert plain.split(".")[-1] not in held


class TestASignedOutThief:
    """Their access token lives for a quarter of an hour more, and the password may be known to them."""

    WRITES = (
        ("POST", "/me/totp", {"password": PASSWORD}),
        ("POST", "/me/totp/confirm", {"code": "the right one"}),
        ("POST", "/me/totp/disable", {"password": PASSWORD, "code": "the right one"}),
        ("POST", "/me/password", {"current": PASSWORD, "new": "seven quiet harbours"}),
        ("POST", "/me/email", {"email": "thief@example.com", "password": PASSWORD}),
        ("DELETE", "/me/devices/{hers}", None),
        ("GET", "/me/export", None),
        ("POST", "/me/delete", {"password": PASSWORD}),
    )

    @pytest.fixture
    def thief(self, new_browser):
        """Signed in as Lena, until she signs everyone else out."""
        browser = new_browser()
        assert browser.post("/auth/sign-in", SIGN_IN).status == 200
        return browser

    def attempts(self, thief, lena, secret, clock):
        """What each write is answered with, and whether anything came of it."""
        hers = next(d["id"] for d in lena.get("/me/devices").data["items"] if d["current"])
        for method, path, body in self.WRITES:
            known = code(secret, clock) if body and "code" in body else None
            yield thief.send(method, path.format(hers=hers), {**body, "code": known} if known else body)

    def test_changes_and_takes_nothing_after_a_new_password(self, lena, thief, clock, mails, deps):
        secret = thief.post("/me/totp", {"password": PASSWORD}).data["secret"]
        assert lena.post("/me/password", {"current": PASSWORD, "new": "another one of mine"}).status == 204
        before, sent = deps.accounts.find(lena.cookies["signed_in"]), len(mails())
        replies = list(self.attempts(thief, lena, secret, clock))
        assert [(reply.status, reply.code) for reply in replies] == [(401, "signed_out")] * len(self.WRITES)
        assert (deps.accounts.find(lena.cookies["signed_in"]), len(mails())) == (before, sent)
        assert lena.post("/auth/refresh").status == 204

    def test_turns_no_second_step_on_from_a_device_signed_out_by_itself(self, lena, thief, clock):
        secret = thief.post("/me/totp", {"password": PASSWORD}).data["secret"]
        theirs, hers = (
            next(d["id"] for d in lena.get("/me/devices").data["items"] if d["current"] is current)
            for current in (False, True)
        )
        assert lena.delete(f"/me/devices/{theirs}").status == 204
        assert thief.post("/me/totp/confirm", {"code": code(secret, clock)}).code == "signed_out"
        assert thief.post("/me/totp", {"password": PASSWORD}).code == "signed_out"
        assert thief.delete(f"/me/devices/{hers}").code == "signed_out"
        assert thief.post("/me/delete", {"password": PASSWORD}).code == "signed_out"
        assert not lena.get("/me").data["totp_enabled"]

    def test_is_not_signed_in_again_by_opening_a_link(self, lena, thief, mails):
        lena.post("/me/password", {"current": PASSWORD, "new": "another one of mine"})
        lena.post("/me/email", {"email": "new@example.com", "password": "another one of mine"})
        for token in [mail[2] for mail in mails()[-2:]]:
            assert thief.post("/email/change/confirm", {"token": token}).status == 200
        assert thief.post("/auth/refresh").status == 401


class TestExport:
    def test_holds_everything_and_no_secret(self, two_step):
        lena, _, _ = two_step
        lena.post("/me/mentor")
        reply = lena.get("/me/export")
        assert reply.headers["Content-Disposition"] == 'attachment; filename="peerlearn-2026-03-02.json"'
        assert {item["kind"] for item in reply.data["items"]} == {"account", "mentor", "device"}
        text = json.dumps(reply.data)
        assert "lena@example.com" in text.lower() and "1990-01-01" in text
        assert not any(word in text for word in ("argon2", "hash", "sealed", "recovery"))


class TestDeletion:
    def test_leaves_nothing_of_the_person_and_frees_the_address(self, lena, new_browser, deps, mails):
        user_id = lena.cookies["signed_in"]
        lena.post("/me/mentor")
        assert lena.post("/me/delete", {"password": PASSWORD}).status == 204
        assert not lena.cookies
        assert not [key for key in deps.tables.items if user_id in key.pk and key.table == "core"]
        assert deps.accounts.owner_of("lena@example.com") is None
        again = new_browser()
        again.post("/signup/learner", LENA)
        assert again.post("/email/verify", {"token": mails()[-1][2]}).status == 200

    def test_needs_the_password(self, lena):
        assert set(lena.post("/me/delete", {"password": "x"}).fields) == {"password"}
        assert lena.get("/me").status == 200

    def test_an_access_token_left_over_opens_nothing(self, lena):
        left = dict(lena.cookies)
        lena.post("/me/delete", {"password": PASSWORD})
        lena.cookies = left
        assert (lena.get("/me").status, lena.post("/auth/refresh").status) == (401, 401)
        assert lena.patch("/me", {"bio": "still here"}).status == 401
        assert lena.post("/me/mentor").status == 401

    def test_erases_the_picture(self, lena, deps):
        from chalicelib.services import accounts

        user_id = lena.cookies["signed_in"]
        accounts.photo_accepted(deps, user_id, f"photos/{user_id}/upl_1")
        lena.post("/me/delete", {"password": PASSWORD})
        removed = deps.uploads._open_s3().deleted
        assert removed == [f"media/photos/{user_id}/upl_1-256.jpg", f"media/photos/{user_id}/upl_1-96.jpg"]

    def test_a_key_of_the_account_is_really_gone(self, lena, deps):
        user_id = lena.cookies["signed_in"]
        lena.post("/me/delete", {"password": PASSWORD})
        assert deps.tables.read(keys.account(user_id)) is None
