"""Offerings, drafts and topics over HTTP."""

from datetime import timedelta

import pytest

from tests.fakes import people
from tests.http.browser import PASSWORD

OFFERING = {
    "title": "Code review,   line by line",
    "description": " We read what you wrote. ",
    "topics": ["Python", " python", "Reviews"],
    "domain": "programming",
    "duration_minutes": 60,
    "price_paise": 0,
}


@pytest.fixture
def meera(deps, new_browser):
    """An approved mentor, signed in."""
    people.mentor(deps, "Meera", password_hash=deps.passwords.hash(PASSWORD))
    browser = new_browser(ip="198.51.100.9")
    assert browser.post("/auth/sign-in", {"email": "meera@example.com", "password": PASSWORD}).status == 200
    return browser


def create(browser, key="key-00001", **changes):
    return browser.post("/me/offerings", OFFERING | changes, idempotency_key=key)


class TestOfferings:
    def test_one_is_drafted_tidied_and_listed(self, meera):
        reply = create(meera)
        assert reply.status == 201
        assert reply.data == OFFERING | {
            "id": reply.data["id"],
            "title": "Code review, line by line",
            "description": "We read what you wrote.",
            "topics": ["Python", "Reviews"],
            "status": "draft",
            "version": 1,
            "created_at": "2026-03-02T12:00:00Z",
        }
        assert meera.get("/me/offerings").data == {"items": [reply.data], "next": None}

    def test_it_needs_a_key_and_the_same_key_gives_the_same_one(self, meera):
        assert meera.post("/me/offerings", OFFERING).code == "no_key"
        assert create(meera).data == create(meera).data
        assert create(meera, domain="music").code == "key_reused"

    def test_it_goes_from_draft_to_published_to_archived_and_back(self, meera):
        place = f"/me/offerings/{create(meera).data['id']}"
        for act, status in (("publish", "published"), ("archive", "archived"), ("publish", "published")):
            assert meera.post(f"{place}/{act}").data["status"] == status
        assert meera.post(f"{place}/archive").status == 200
        assert meera.put(place, OFFERING | {"version": 5}).code == "archived"

    def test_it_is_changed_on_the_version_that_was_read(self, meera):
        made = create(meera, status="published").data
        place = f"/me/offerings/{made['id']}"
        reply = meera.put(place, OFFERING | {"title": "Another title", "version": 1})
        assert (reply.status, reply.data["title"], reply.data["status"], reply.data["version"]) == (
            200,
            "Another title",
            "published",
            2,
        )
        lost = meera.put(place, OFFERING | {"version": 1})
        assert (lost.status, lost.code) == (409, "offering_changed")

    def test_what_is_wrong_is_named_by_field(self, meera):
        reply = create(meera, title="Short", topics=[], price_paise=500_00, status="published")
        assert (reply.status, set(reply.fields)) == (422, {"title", "topics", "price_paise"})
        assert meera.post("/me/offerings", OFFERING | {"cover": "x"}, idempotency_key="key-00002").status == 422

    def test_an_unfinished_draft_is_kept_but_not_published(self, meera):
        made = create(meera, description="", topics=[], domain="")
        assert made.status == 201
        reply = meera.post(f"/me/offerings/{made.data['id']}/publish")
        assert (reply.status, set(reply.fields)) == (422, {"description", "topics", "domain"})

    def test_a_learner_sells_nothing_and_a_stranger_sees_nothing(self, lena, browser, new_browser):
        assert create(lena).status == 403
        assert new_browser().get("/me/offerings").status == 401

    def test_another_mentors_is_not_there(self, deps, meera, new_browser):
        place = f"/me/offerings/{create(meera).data['id']}"
        people.mentor(deps, "Omar", password_hash=deps.passwords.hash(PASSWORD))
        omar = new_browser(ip="198.51.100.10")
        omar.post("/auth/sign-in", {"email": "omar@example.com", "password": PASSWORD})
        assert [omar.post(f"{place}/{act}").status for act in ("publish", "archive")] == [404, 404]
        assert omar.put(place, OFFERING | {"version": 1}).status == 404
        assert omar.get("/me/offerings").data["items"] == []


class TestDrafts:
    def test_any_part_of_a_session_can_be_kept_and_comes_back_as_it_was(self, meera, clock):
        fields = {
            "title": "Sort",
            "topics": ["Py"],
            "date": "2026-03-0",
            "time": "18:3",
            "duration_minutes": 45,
            "step": 2,
        }
        kept = meera.put("/me/drafts/dra_1", fields)
        assert (kept.status, kept.data["fields"]) == (200, fields)
        clock.forward(timedelta(minutes=1))
        meera.put("/me/drafts/dra_2", {})
        assert meera.get("/me/drafts").data == {
            "items": [{"id": "dra_2", "fields": {}, "saved_at": "2026-03-02T12:01:00Z"}, kept.data],
            "next": None,
        }

    def test_saving_again_replaces_it_and_it_can_be_thrown_away(self, meera):
        meera.put("/me/drafts/dra_1", {"title": "Sorting", "step": 2})
        assert meera.put("/me/drafts/dra_1", {"domain": "music"}).data["fields"] == {"domain": "music"}
        for _ in range(2):
            assert meera.delete("/me/drafts/dra_1").status == 204
        assert meera.get("/me/drafts").data["items"] == []

    @pytest.mark.parametrize(
        "fields",
        [{"description": "x" * 8001}, {"step": 9}, {"price_paise": -1}, {"cover": "x"}, {"topics": ["x"] * 21}],
    )
    def test_there_is_a_limit_to_what_is_kept(self, meera, fields):
        assert meera.put("/me/drafts/dra_1", fields).status == 422

    def test_twenty_are_kept_and_one_more_is_refused(self, meera, clock):
        for n in range(20):
            clock.forward(timedelta(seconds=1))
            assert meera.put(f"/me/drafts/dra_{n}", {"title": f"Session {n}"}).status == 200
        reply = meera.put("/me/drafts/dra_x", {})
        assert (reply.status, reply.code, reply.fields) == (409, "too_many_drafts", {"draft_id": "dra_0"})

    def test_they_are_a_mentors_own(self, meera, lena):
        meera.put("/me/drafts/dra_1", {})
        assert lena.put("/me/drafts/dra_1", {}).status == 403
        assert lena.get("/me/drafts").status == 403


class TestTopics:
    def test_they_come_with_the_number_of_learners_who_named_them(self, lena, meera):
        lena.patch("/me", {"interests": ["Python", "Pottery"]})
        meera.patch("/me", {"interests": ["PYTHON"]})
        [python] = meera.get("/topics?q=py").data["items"]
        assert (python["topic"].lower(), python["learners"]) == ("python", 2)
        assert meera.get("/topics?q=tter").data["items"] == [{"topic": "Pottery", "learners": 1}]
        assert meera.get("/topics").data["items"][0]["learners"] == 2

    def test_an_erased_person_no_longer_counts(self, lena, meera, clock):
        lena.patch("/me", {"interests": ["Python"]})
        assert meera.get("/topics?q=py").data["items"] != []
        assert lena.post("/me/delete", {"password": PASSWORD}).status == 204
        clock.forward(timedelta(seconds=61))
        assert meera.get("/topics?q=py").data == {"items": []}

    def test_a_stranger_is_not_told(self, browser):
        assert browser.get("/topics").status == 401
