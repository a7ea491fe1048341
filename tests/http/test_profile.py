"""A person's own profile and picture, and the walls around all of it."""

from datetime import timedelta

import jwt
import pytest

from chalicelib.services import accounts
from tests.http.browser import LENA, PASSWORD


class TestProfile:
    def test_changes_part_by_part(self, lena):
        reply = lena.patch("/me", {"interests": [" Python ", "python", "Sitar"], "zone": "Europe/Berlin"})
        assert (reply.data["interests"], reply.data["zone"]) == (["Python", "Sitar"], "Europe/Berlin")
        assert lena.patch("/me", {"career_goal": "A job"}).data["interests"] == ["Python", "Sitar"]
        assert lena.patch("/me", {}).status == 200

    @pytest.mark.parametrize(
        "part",
        [
            {"roles": ["admin"]},
            {"email": "x@y.zz"},
            {"name": ""},
            {"zone": "X"},
            {"bio": "x" * 5001},
            {"interests": "x"},
        ],
    )
    def test_what_cannot_be_changed_here_is_refused(self, lena, part):
        reply = lena.patch("/me", part)
        assert (reply.status, set(reply.fields)) == (422, set(part))

    def test_a_change_lost_to_a_faster_one_is_made_again_on_top_of_it(self, lena, deps):
        commit, user_id = deps.tables.commit, lena.cookies["signed_in"]

        def overtaken(writes):
            deps.tables.commit = commit
            assert lena.patch("/me", {"bio": "faster"}).status == 200
            commit(writes)

        deps.tables.commit = overtaken
        assert lena.patch("/me", {"career_goal": "slower"}).status == 200
        account = deps.accounts.find(user_id)
        assert (account.bio, account.career_goal) == ("faster", "slower")
        assert deps.accounts.owner_of("lena@example.com") == account


class TestPicture:
    def test_a_form_for_one_picture_in_quarantine(self, lena):
        reply = lena.post("/me/photo", {"content_type": "image/webp", "size": 1000})
        assert reply.data["url"] == "/uploads"
        assert reply.data["fields"]["key"].startswith(f"quarantine/photos/{lena.cookies['signed_in']}/upl_")
        assert reply.data["fields"]["Content-Type"] == "image/webp"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"content_type": "image/svg+xml", "size": 1}, "content_type"),
            ({"content_type": "image/png", "size": 5 * 1024 * 1024 + 1}, "size"),
            ({"content_type": "image/png", "size": 0}, "size"),
            ({"content_type": "image/png"}, "size"),
        ],
    )
    def test_of_the_kinds_and_sizes_we_take(self, lena, given, field):
        assert set(lena.post("/me/photo", given).fields) == {field}

    def test_is_shown_once_accepted_and_replaces_the_one_before(self, lena, deps):
        user_id = lena.cookies["signed_in"]
        accounts.photo_refused(deps, user_id, "This is no picture.")
        assert lena.get("/me").data["photo_problem"] == "This is no picture."
        lena.post("/me/photo", {"content_type": "image/png", "size": 1000})
        assert lena.get("/me").data["photo_problem"] is None
        for n in (1, 2):
            accounts.photo_accepted(deps, user_id, f"photos/{user_id}/upl_{n}")
        me = lena.get("/me").data
        assert (me["photo_url"], me["photo_problem"]) == (f"/media/photos/{user_id}/upl_2-256.jpg", None)
        assert deps.uploads._open_s3().deleted[0] == f"media/photos/{user_id}/upl_1-256.jpg"


class TestWalls:
    def test_without_our_header(self, lena):
        assert lena.post("/auth/sign-out", x_peerlearn=None).code == "csrf"

    @pytest.mark.parametrize("origin", [None, "", "guess"])
    def test_past_the_front_door(self, lena, origin):
        assert lena.get("/me", x_peerlearn_origin=origin).code == "wrong_door"

    @pytest.mark.parametrize(
        ("raw", "status"),
        [
            (b"{", 400),
            (b"\xff\xfe", 400),
            (b'{"name": NaN}', 400),
            (b'{"bio": "x", "interests": ' + b"[" * 60_000, 422),
            (b"[]", 422),
            (b"null", 422),
            (b'{"name": "x", "nme": "y"}', 422),
            (b'"' + b"x" * 70_000 + b'"', 413),
        ],
    )
    def test_with_a_body_that_is_none(self, lena, raw, status):
        assert lena.send("PATCH", "/me", raw=raw).status == status

    @pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
    def test_with_a_body_that_is_not_json(self, browser, kind):
        assert browser.post("/signup/learner", LENA, content_type=kind).status == 415

    @pytest.mark.parametrize(
        "forgery", ["nothing", "nonsense", "unsigned", "other_key", "other_purpose", "expired", "no_kid"]
    )
    def test_with_a_forged_access_token(self, lena, deps, clock, forgery):
        known = jwt.decode(lena.cookies["__Host-access"], options={"verify_signature": False})
        key, head = deps.secrets().jwt.keys["k1"], {"kid": "k1"}
        lena.cookies["__Host-access"] = {
            "nothing": lambda: "",
            "nonsense": lambda: "a.b.c",
            "unsigned": lambda: jwt.encode(known, None, algorithm="none", headers=head),
            "other_key": lambda: jwt.encode(known, "x" * 32, algorithm="HS256", headers=head),
            "other_purpose": lambda: deps.tokens.sign("ticket", known["sub"], timedelta(hours=1), known),
            "expired": lambda: jwt.encode(known | {"exp": clock.now - timedelta(seconds=1)}, key, headers=head),
            "no_kid": lambda: jwt.encode(known, key, algorithm="HS256"),
        }[forgery]()
        assert (lena.get("/me").status, lena.get("/me").code) == (401, "signed_out")

    def test_a_fault_of_ours_is_a_500_without_its_words(self, lena, deps, monkeypatch):
        monkeypatch.setattr(deps.mentors, "person", lambda user_id: 1 / 0)
        reply = lena.get("/me")
        assert (reply.status, reply.code) == (500, "surprise")
        assert "division" not in str(reply.data)

    def test_passwords_of_any_script_are_taken_as_they_are_meant(self, browser, new_browser, mails):
        composed, decomposed = (
            "caf\u00e9 na\u00efve r\u00eave \u092a\u094d\u0930",
            "cafe\u0301 nai\u0308ve re\u0302ve \u092a\u094d\u0930",
        )
        browser.post("/signup/learner", LENA | {"password": composed})
        browser.post("/email/verify", {"token": mails()[-1][2]})
        given = {"email": LENA["email"], "password": decomposed}
        assert new_browser().post("/auth/sign-in", given).status == 200
        assert new_browser().post("/auth/sign-in", given | {"password": PASSWORD}).status == 401


def test_anyone_may_ask_for_domains_terms_and_limits(browser):
    reply = browser.get("/config")
    assert reply.headers["Cache-Control"] == "public, max-age=300"
    assert (len(reply.data["domains"]), reply.data["terms_version"]) == (10, LENA["terms_version"])
