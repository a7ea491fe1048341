"""Links from mails, passwords and addresses over HTTP."""

from datetime import timedelta

import jwt
import pytest

from tests.http.browser import LENA, PASSWORD

SIGN_IN = {"email": "lena@example.com", "password": PASSWORD}
OTHER = "seven quiet harbours"


def signed_up(browser, mails, email="lena@example.com"):
    """An unproven account, and the token of its link."""
    assert browser.post("/signup/learner", LENA | {"email": email}).status == 201
    return mails()[-1][2]


def reset_token(browser, mails):
    assert browser.post("/auth/reset", {"email": "lena@example.com"}).status == 202
    template, to, token = mails()[-1]
    assert (template, to) == ("reset_password", "Lena@Example.com")
    return token


class TestVerification:
    def test_the_link_works_without_being_signed_in_and_twice(self, browser, new_browser, mails):
        token = signed_up(browser, mails)
        stranger = new_browser()
        for _ in range(2):
            reply = stranger.post("/email/verify", {"token": token})
            assert (reply.status, reply.data) == (200, {"email": "lena@example.com"})
        assert browser.get("/me").data["email_verified"]
        assert "__Host-access" not in stranger.cookies

    def test_a_proven_account_is_no_longer_to_be_forgotten(self, browser, mails, stored):
        browser.post("/signup/mentor", LENA)
        user_id = browser.cookies["signed_in"]
        assert stored(user_id)["ttl"]
        browser.post("/email/verify", {"token": mails()[-1][2]})
        assert "ttl" not in stored(user_id)

    def test_who_proves_an_address_first_has_it(self, browser, new_browser, mails):
        first, second = signed_up(browser, mails), signed_up(new_browser(), mails)
        assert browser.post("/email/verify", {"token": second}).status == 200
        reply = browser.post("/email/verify", {"token": first})
        assert (reply.status, reply.code) == (409, "address_taken")

    def test_the_link_lives_for_three_days(self, browser, mails, clock):
        token = signed_up(browser, mails)
        clock.forward(timedelta(days=3))
        assert browser.post("/email/verify", {"token": token}).code == "link_spent"

    def test_an_address_not_proven_yet_is_just_replaced_and_its_link_is_dead(self, browser, mails):
        first = signed_up(browser, mails, "typo@example.com")
        assert browser.post("/me/email", {"email": "lena@example.com", "password": PASSWORD}).status == 202
        assert browser.get("/me").data["email"] == "lena@example.com"
        template, to, token = mails()[-1]
        assert (template, to) == ("verify_email", "lena@example.com")
        assert browser.post("/email/verify", {"token": first}).status == 410
        assert browser.post("/email/verify", {"token": token}).status == 200

    def test_the_link_is_sent_again_only_while_it_is_needed(self, browser, mails):
        token = signed_up(browser, mails)
        assert browser.post("/email/verify/resend").status == 202
        assert [mail[0] for mail in mails()] == ["verify_email"] * 2
        browser.post("/email/verify", {"token": token})
        assert browser.post("/email/verify/resend").status == 202
        assert len(mails()) == 2


class TestForgedLinks:
    @pytest.mark.parametrize("path", ["/email/verify", "/email/change/confirm", "/auth/reset/confirm"])
    @pytest.mark.parametrize(
        "forgery", ["nonsense", "unsigned", "other_key", "unknown_key", "other_purpose", "expired"]
    )
    def test_none_is_taken(self, lena, deps, clock, path, forgery):
        keys, user_id = deps.secrets().jwt, lena.cookies["signed_in"]
        audience = {"/email/verify": "verify", "/email/change/confirm": "change-email"}.get(path, "reset")
        facts = {"adr": "lena@example.com", "epoch": "1", "side": "old", "nonce": "n"}
        claims = facts | {"sub": user_id, "aud": audience, "exp": clock.now + timedelta(hours=1)}
        token = {
            "nonsense": lambda: "a.b.c",
            "unsigned": lambda: jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"}),
            "other_key": lambda: jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "k1"}),
            "unknown_key": lambda: jwt.encode(claims, keys.keys["k1"], algorithm="HS256", headers={"kid": "k2"}),
            "other_purpose": lambda: deps.tokens.sign("room-pass", user_id, timedelta(hours=1), facts),
            "expired": lambda: deps.tokens.sign(audience, user_id, timedelta(0), facts),
        }[forgery]()
        body = {"token": token} | ({"password": OTHER} if "reset" in path else {})
        reply = lena.post(path, body)
        assert (reply.status, reply.code) == (410, "link_spent")


class TestReset:
    def test_signs_every_device_out_and_works_once(self, lena, new_browser, mails):
        token = reset_token(new_browser(), mails)
        stranger = new_browser()
        assert stranger.post("/auth/reset/confirm", {"token": token, "password": OTHER}).status == 204
        assert mails()[-1][:2] == ("password_changed", "Lena@Example.com")
        assert lena.post("/auth/refresh").status == 401
        assert stranger.post("/auth/sign-in", SIGN_IN).status == 401
        assert stranger.post("/auth/sign-in", SIGN_IN | {"password": OTHER}).status == 200
        again = stranger.post("/auth/reset/confirm", {"token": token, "password": "another one of mine"})
        assert (again.status, again.code) == (410, "link_spent")

    def test_lets_in_whom_somebody_elses_guesses_kept_out(self, lena, new_browser, mails):
        token, guesser = reset_token(lena, mails), new_browser(ip="198.51.100.9")
        guesses = [guesser.post("/auth/sign-in", SIGN_IN | {"password": f"guess {n}"}).status for n in range(10)]
        assert guesses == [401] * 10
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 429
        assert lena.post("/auth/reset/confirm", {"token": token, "password": OTHER}).status == 204
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"password": OTHER}).status == 200

    def test_the_link_lives_for_thirty_minutes(self, lena, mails, clock):
        token = reset_token(lena, mails)
        clock.forward(timedelta(minutes=30))
        assert lena.post("/auth/reset/confirm", {"token": token, "password": OTHER}).status == 410

    def test_a_weak_password_does_not_use_the_link_up(self, lena, mails):
        token = reset_token(lena, mails)
        reply = lena.post("/auth/reset/confirm", {"token": token, "password": "lena@example.com"})
        assert (reply.status, set(reply.fields)) == (422, {"password"})
        assert lena.post("/auth/reset/confirm", {"token": token, "password": OTHER}).status == 204

    def test_of_two_links_the_second_is_dead_once_the_first_was_used(self, lena, mails):
        first, second = reset_token(lena, mails), reset_token(lena, mails)
        assert lena.post("/auth/reset/confirm", {"token": first, "password": OTHER}).status == 204
        assert lena.post("/auth/reset/confirm", {"token": second, "password": "another one of mine"}).status == 410

    def test_an_address_nobody_has_proven_gets_no_mail(self, browser, mails):
        signed_up(browser, mails)
        assert browser.post("/auth/reset", {"email": "lena@example.com"}).status == 202
        assert [mail[0] for mail in mails()] == ["verify_email"]


class TestNewPassword:
    def test_signs_the_other_devices_out(self, lena, new_browser, mails):
        other = new_browser()
        other.post("/auth/sign-in", SIGN_IN)
        assert lena.post("/me/password", {"current": PASSWORD, "new": OTHER}).status == 204
        assert (lena.post("/auth/refresh").status, other.post("/auth/refresh").status) == (204, 401)
        assert mails()[-1][0] == "password_changed"
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"password": OTHER}).status == 200

    def test_needs_the_old_one_and_must_be_a_good_one(self, lena):
        assert set(lena.post("/me/password", {"current": "not this", "new": OTHER}).fields) == {"current"}
        assert set(lena.post("/me/password", {"current": PASSWORD, "new": "1234567890"}).fields) == {"new"}
        assert lena.post("/auth/refresh").status == 204

    def test_guessing_the_old_one_is_throttled(self, lena):
        tries = [lena.post("/me/password", {"current": f"guess {n}", "new": OTHER}).status for n in range(11)]
        assert tries == [422] * 10 + [429]

    def test_a_device_signed_out_meanwhile_cannot(self, lena, new_browser):
        other = new_browser()
        other.post("/auth/sign-in", SIGN_IN)
        for device in lena.get("/me/devices").data["items"]:
            if not device["current"]:
                lena.delete(f"/me/devices/{device['id']}")
        assert other.post("/me/password", {"current": PASSWORD, "new": OTHER}).code == "signed_out"


class TestNewAddress:
    @staticmethod
    def links(mails):
        return {template: token for template, _, token in mails()[-2:]}

    def asked(self, lena, mails):
        assert lena.post("/me/email", {"email": "new@example.com", "password": PASSWORD}).status == 202
        assert sorted(mail[:2] for mail in mails()[-2:]) == [
            ("confirm_new_email", "new@example.com"),
            ("confirm_old_email", "Lena@Example.com"),
        ]
        return self.links(mails)

    def confirm(self, browser, token):
        return browser.post("/email/change/confirm", {"token": token})

    def test_takes_both_sides_and_keeps_the_confirming_device_signed_in(self, lena, new_browser, mails):
        other = new_browser()
        other.post("/auth/sign-in", SIGN_IN)
        links = self.asked(lena, mails)
        assert lena.get("/me").data["pending_email"] == "new@example.com"
        assert self.confirm(new_browser(), links["confirm_new_email"]).data == {"state": "waiting_for_old"}
        assert self.confirm(lena, links["confirm_old_email"]).data == {"state": "changed"}
        assert mails()[-1][:2] == ("email_changed", "Lena@Example.com")
        assert (lena.post("/auth/refresh").status, other.post("/auth/refresh").status) == (204, 401)
        me = lena.get("/me").data
        assert (me["email"], me["pending_email"]) == ("new@example.com", None)
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 401
        assert new_browser().post("/auth/sign-in", SIGN_IN | {"email": "new@example.com"}).status == 200

    def test_the_old_side_alone_changes_nothing(self, lena, mails):
        links = self.asked(lena, mails)
        assert self.confirm(lena, links["confirm_old_email"]).data == {"state": "waiting_for_new"}
        assert lena.get("/me").data["email"] == "Lena@Example.com"

    def test_the_old_address_is_free_again(self, lena, new_browser, mails):
        links = self.asked(lena, mails)
        for token in links.values():
            self.confirm(lena, token)
        token = signed_up(new_browser(), mails)
        assert lena.post("/email/verify", {"token": token}).status == 200

    def test_an_address_proven_by_someone_else_meanwhile_is_taken(self, lena, new_browser, mails):
        links = self.asked(lena, mails)
        token = signed_up(new_browser(), mails, "new@example.com")
        assert lena.post("/email/verify", {"token": token}).status == 200
        self.confirm(lena, links["confirm_new_email"])
        assert self.confirm(lena, links["confirm_old_email"]).code == "address_taken"
        assert lena.get("/me").data["email"] == "Lena@Example.com"

    def test_needs_the_password_and_a_proper_address(self, lena):
        assert set(lena.post("/me/email", {"email": "new@example.com", "password": "x"}).fields) == {"password"}
        assert set(lena.post("/me/email", {"email": "new", "password": PASSWORD}).fields) == {"email"}

    def test_a_new_password_ends_a_waiting_change(self, lena, mails):
        links = self.asked(lena, mails)
        lena.post("/me/password", {"current": PASSWORD, "new": OTHER})
        assert self.confirm(lena, links["confirm_new_email"]).code == "link_spent"
