"""Mentors over HTTP: from the empty draft to the directory."""

import pyotp
import pytest

from chalicelib.services import accounts, admins
from tests.http.browser import LENA, PASSWORD

WHOLE = {
    "domains": ["programming", "data-science"],
    "skills": ["Python", "SQL"],
    "languages": ["English"],
    "experience_years": 9,
    "phone": "+91 98765 43210",
    "headline": "Python, from the start",
    "bio": "I have been taking Python apart for nine years and like to show how.",
    "intro_video_url": "https://youtu.be/x",
}


@pytest.fixture
def meera(new_browser, mails):
    """A mentor with a proven address and a whole application, handed in."""
    return applied(new_browser(ip="198.51.100.1"), mails, "Meera Nair", "meera@example.com")


@pytest.fixture
def admin(lena, deps, clock):
    """Lena as an admin with two-step sign-in."""
    admins.grant(deps, "lena@example.com", "admin")
    secret = lena.post("/me/totp", {"password": PASSWORD}).data["secret"]
    assert lena.post("/me/totp/confirm", {"code": pyotp.TOTP(secret).at(clock.now)}).status == 200
    return lena


def applied(browser, mails, name, email):
    browser.post("/signup/mentor", LENA | {"name": name, "email": email})
    browser.post("/email/verify", {"token": mails()[-1][2]})
    assert browser.patch("/me/mentor", WHOLE).status == 200
    assert browser.post("/me/mentor/submit").data["mentor"]["status"] == "pending"
    return browser


def approve(admin, mentor):
    reply = admin.post(f"/admin/mentors/{mentor.cookies['signed_in']}/approve")
    assert reply.status == 204, reply.data


def listed(browser, domain="all"):
    return [mentor["slug"] for mentor in browser.get(f"/mentors?domain={domain}").data["items"]]


class TestApplication:
    def test_a_learner_becomes_a_mentor_by_the_same_application(self, lena):
        reply = lena.post("/me/mentor")
        assert (reply.status, reply.data["roles"], reply.data["mentor"]["status"]) == (
            201,
            ["learner", "mentor"],
            "draft",
        )
        assert lena.post("/me/mentor").code == "already_mentor"

    def test_steps_are_resumable(self, browser):
        browser.post("/signup/mentor", LENA)
        for name, value in WHOLE.items():
            assert browser.patch("/me/mentor", {name: value}).status == 200
        held = browser.get("/me").data["mentor"]
        assert {name: held[name] for name in WHOLE} == WHOLE | {"phone": "+919876543210"}

    def test_an_incomplete_one_is_not_taken_and_says_what_is_missing(self, browser):
        browser.post("/signup/mentor", LENA)
        browser.patch("/me/mentor", {"bio": "Too short."})
        reply = browser.post("/me/mentor/submit")
        assert (reply.status, reply.code) == (422, "incomplete")
        assert {"bio", "phone", "domains"} <= set(reply.fields)

    def test_it_is_handed_in_once(self, meera):
        assert meera.post("/me/mentor/submit").code == "already_submitted"

    def test_who_has_none_cannot_edit_or_hand_it_in(self, lena):
        assert (lena.patch("/me/mentor", {"bio": "x"}).code, lena.post("/me/mentor/submit").code) == (
            "no_application",
        ) * 2

    @pytest.mark.parametrize(
        "part", [{"slug": "x"}, {"status": "approved"}, {"domains": "music"}, {"experience_years": "9"}]
    )
    def test_what_is_not_asked_for_is_refused(self, meera, part):
        assert meera.patch("/me/mentor", part).status == 422


class TestApproval:
    def test_lists_the_mentor_under_all_and_each_domain(self, meera, admin, new_browser, mails):
        assert listed(new_browser()) == []
        approve(admin, meera)
        assert mails()[-1][:2] == ("mentor_approved", "meera@example.com")
        assert listed(new_browser()) == ["meera-nair"]
        assert listed(new_browser(), "data-science") == ["meera-nair"] and listed(new_browser(), "music") == []
        page = new_browser().get("/mentors/meera-nair").data
        assert (page["bio"], page["sessions"]) == (WHOLE["bio"], [])
        assert not {"phone", "email", "birth_date"} & set(page)
        assert meera.get("/me").data["mentor"]["slug"] == "meera-nair"

    def test_the_second_of_a_name_gets_a_number(self, meera, admin, new_browser, mails):
        second = applied(new_browser(ip="198.51.100.2"), mails, "Meera  NAIR", "m2@example.com")
        approve(admin, meera)
        approve(admin, second)
        assert second.get("/me").data["mentor"]["slug"] == "meera-nair-2"

    def test_waits_for_the_address_to_be_proven(self, admin, new_browser):
        hasty = new_browser(ip="198.51.100.2")
        hasty.post("/signup/mentor", LENA | {"email": "hasty@example.com"})
        hasty.patch("/me/mentor", WHOLE)
        assert hasty.post("/me/mentor/submit").status == 200
        assert admin.post(f"/admin/mentors/{hasty.cookies['signed_in']}/approve").code == "email_unverified"

    def test_or_sending_back_with_a_reason_to_be_handed_in_again(self, meera, admin, mails):
        mentor_id = meera.cookies["signed_in"]
        assert set(admin.post(f"/admin/mentors/{mentor_id}/return", {"reason": " "}).fields) == {"reason"}
        assert admin.post(f"/admin/mentors/{mentor_id}/return", {"reason": "A photo, please."}).status == 204
        assert mails()[-1][:2] == ("mentor_returned", "meera@example.com")
        held = meera.get("/me").data["mentor"]
        assert (held["status"], held["reason"]) == ("returned", "A photo, please.")
        assert meera.post("/me/mentor/submit").data["mentor"]["status"] == "pending"

    def test_happens_once(self, meera, admin):
        approve(admin, meera)
        assert admin.post(f"/admin/mentors/{meera.cookies['signed_in']}/approve").code == "not_pending"
        assert admin.post("/admin/mentors/usr_nobody/approve").status == 404

    def test_the_longest_waiting_come_first_in_pages(self, admin, new_browser, mails, clock):
        for n in range(3):
            clock.now = clock.now.replace(minute=n)
            applied(new_browser(ip=f"198.51.100.{n}"), mails, f"Mentor {'ABC'[n]}", f"m{n}@example.com")
        first = admin.get("/admin/mentors?limit=2").data
        assert [item["name"] for item in first["items"]] == ["Mentor A", "Mentor B"]
        rest = admin.get(f"/admin/mentors?limit=2&cursor={first['next']}").data
        assert [(item["name"], item["mentor"]["phone"]) for item in rest["items"]] == [("Mentor C", "+919876543210")]
        assert admin.get("/admin/mentors?status=approved").data["items"] == []


class TestAdminsOnly:
    def test_without_the_role(self, meera, lena):
        mentor_id = meera.cookies["signed_in"]
        assert lena.get("/admin/mentors").code == "not_allowed"
        assert meera.post(f"/admin/mentors/{mentor_id}/approve").code == "not_allowed"

    def test_without_two_step_sign_in(self, lena, deps):
        admins.grant(deps, "lena@example.com", "admin")
        lena.post("/auth/refresh")
        assert lena.get("/admin/mentors").code == "second_factor_needed"

    def test_admins_may_not_turn_it_off(self, admin):
        assert admin.post("/me/totp/disable", {"password": PASSWORD, "code": "000000"}).code == "admins_need_it"

    def test_nobody_decides_on_their_own_application(self, admin, deps):
        admin.post("/me/mentor")
        own = f"/admin/mentors/{admin.cookies['signed_in']}"
        assert (admin.post(f"{own}/approve").status, admin.post(f"{own}/approve").code) == (403, "own_application")
        assert admin.post(f"{own}/return", {"reason": "Say more."}).code == "own_application"
        assert deps.mentors.find(admin.cookies["signed_in"]).status == "draft"

    def test_a_role_taken_away_is_gone_at_the_next_act(self, admin, meera, deps):
        admins.revoke(deps, "lena@example.com", "admin")
        reply = admin.post(f"/admin/mentors/{meera.cookies['signed_in']}/approve")
        assert (reply.status, reply.code) == (401, "signed_out")
        assert deps.mentors.find(meera.cookies["signed_in"]).status == "pending"


class TestPublicProfile:
    def test_follows_every_change_at_once(self, meera, admin, new_browser, deps):
        approve(admin, meera)
        meera.patch("/me", {"name": "Meera N."})
        meera.patch("/me/mentor", {"headline": "SQL as well", "domains": ["music"]})
        accounts.photo_accepted(deps, meera.cookies["signed_in"], "photos/x/upl_1")
        anyone = new_browser()
        assert [mentor["headline"] for mentor in anyone.get("/mentors").data["items"]] == ["SQL as well"]
        assert listed(anyone, "programming") == [] and listed(anyone, "music") == ["meera-nair"]
        page = anyone.get("/mentors/meera-nair").data
        assert (page["name"], page["photo_url"]) == ("Meera N.", "/media/photos/x/upl_1-256.jpg")

    def test_stays_complete(self, meera, admin):
        approve(admin, meera)
        assert set(meera.patch("/me/mentor", {"bio": ""}).fields) == {"bio"}

    def test_goes_with_its_person(self, meera, admin, new_browser):
        approve(admin, meera)
        assert meera.post("/me/delete", {"password": PASSWORD}).status == 204
        assert listed(new_browser()) == []
        assert new_browser().get("/mentors/meera-nair").status == 404

    def test_takes_two_requests_with_its_sessions(self, meera, admin, new_browser, deps):
        approve(admin, meera)
        deps.tables.requests.clear()
        new_browser().get("/mentors/meera-nair")
        assert deps.tables.requests == ["GetItem", "Query"]

    def test_an_unknown_domain_or_cursor_is_said(self, browser):
        assert set(browser.get("/mentors?domain=cooking").fields) == {"domain"}
        assert browser.get("/mentors?cursor=x").code == "bad_cursor"
        assert set(browser.get("/mentors?limit=0").fields) == {"limit"}
