"""What two people share around a session, over HTTP: shapes, refusals, and nothing for anybody else."""

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.services import uploads
from functions.http import ACCESS_COOKIE
from tests.fakes.people import learner
from tests.services import lesson as lessons

PLAN = {
    "agenda": [{"text": "Types", "minutes": 10, "done": False}],
    "goals": [{"text": "Read a traceback", "done": True}],
}


@pytest.fixture
def signed_in(deps, new_browser):
    """A browser of somebody, with an access token that is good now."""

    def made(account, second_factor=False):
        identity = Identity(account.id, account.roles, account.auth_epoch, "dev_1", second_factor)
        return new_browser(cookies={ACCESS_COOKIE: deps.tokens.access(identity)})

    return made


@pytest.fixture
def lesson(deps, clock):
    """A session that is live."""
    return lessons.live(deps, clock)


@pytest.fixture
def pair(lesson, signed_in):
    """A mentor's and a learner's browser, and the session's id."""
    return signed_in(lesson.mentor), signed_in(lesson.learner), lesson.session_id


def test_a_plan_is_written_by_both_and_a_late_one_is_shown_the_newest(pair):
    mentor, learner_, id = pair
    assert learner_.get(f"/sessions/{id}/plan").data == {"agenda": [], "goals": [], "version": 0}
    assert mentor.put(f"/sessions/{id}/plan", {**PLAN, "version": 0}).data == {**PLAN, "version": 1}
    late = learner_.put(f"/sessions/{id}/plan", {"agenda": [], "goals": [], "version": 0})
    assert (late.status, late.code, late.data["current"]) == (409, "plan_changed", {**PLAN, "version": 1})
    wrong = mentor.put(f"/sessions/{id}/plan", {**PLAN, "agenda": [{"text": "a", "minutes": 0}], "version": 1})
    assert (wrong.status, list(wrong.fields)) == (422, ["agenda"])


def test_a_snapshot_is_sent_by_link_and_read_by_link(deps, lesson, pair):
    mentor, learner_, id = pair
    place = mentor.post(f"/sessions/{id}/document", {"bytes": 10}).data
    sent, seconds = place["url"], place["seconds"]
    assert seconds >= 60, "a page asks before it needs it"
    assert sent.startswith(f"/lessons/documents/{lesson.booking_id}/mentor")
    assert learner_.get(f"/sessions/{id}/document").data == {"mentor": None, "learner": None}
    deps.lesson_files.objects[f"documents/{lesson.booking_id}/mentor"] = b"y" * 10
    assert learner_.get(f"/sessions/{id}/document").data["mentor"]
    assert mentor.post(f"/sessions/{id}/document", {"bytes": 3_000_000}).status == 422


def test_a_file_goes_through_quarantine_to_both(deps, pair):
    mentor, learner_, id = pair
    file = {"name": "C:\\notes.pdf", "content_type": "application/x-pdf", "size": 9}
    made = mentor.post(f"/sessions/{id}/materials", file)
    assert made.status == 201 and made.data["url"] == "/uploads"
    assert made.data["fields"]["Content-Type"] == "application/pdf"
    deps.pictures.uploads[made.data["fields"]["key"]] = b"%PDF-1.7\n"
    assert uploads.inspect(deps, made.data["fields"]["key"]) == "accepted"
    [shown] = learner_.get(f"/sessions/{id}/materials").data["items"]
    said = {name: shown[name] for name in ("name", "by", "kind", "state", "size", "reason")}
    assert said == {"name": "notes.pdf", "by": "mentor", "kind": "file", "state": "ready", "size": 9, "reason": None}
    place = f"/sessions/{id}/materials/{made.data['id']}"
    assert "name=notes.pdf" in learner_.get(f"{place}/link").data["url"]
    assert learner_.delete(place).code == "not_yours"
    assert mentor.delete(place).status == 204
    assert learner_.get(f"{place}/link").status == 404


def test_a_file_of_another_kind_is_refused_at_its_field(pair):
    mentor, _, id = pair
    refused = mentor.post(f"/sessions/{id}/materials", {"name": "run.exe", "size": 0})
    assert (refused.status, set(refused.fields)) == (422, {"name", "size"})


def test_a_recording_from_the_first_wish_to_the_link(deps, pair):
    mentor, learner_, id = pair
    assert mentor.post(f"/sessions/{id}/recordings", {"content_type": "video/webm"}).code == "not_agreed"
    asked = mentor.post(f"/rooms/{id}/recording", {"wish": "start"}).data
    assert asked == {"state": "asked", "by": "mentor", "at": "2026-03-02T14:00:00Z"}
    assert learner_.post(f"/rooms/{id}/recording", {"wish": "agree"}).data["state"] == "on"
    begun = mentor.post(f"/sessions/{id}/recordings", {"content_type": "video/webm"})
    assert (begun.status, begun.data["smallest_part"]) == (201, 5 * 1024 * 1024)
    recording = f"/recordings/{begun.data['recording_id']}"
    assert mentor.post(f"{recording}/parts", {"number": 1, "bytes": 100}).data["url"]
    part = deps.lesson_files.arrives("upload-1", 1, 100)
    known = mentor.get(f"{recording}/parts").data
    assert known == {"parts": [{"number": 1, "etag": part.etag, "bytes": 100}], "state": "recording"}
    done = mentor.post(f"{recording}/done", {"parts": [{"number": 1, "etag": part.etag}], "seconds": 42}).data
    assert (done["state"], done["bytes"], done["seconds"]) == ("done", 100, 42)
    listed = learner_.get(f"/sessions/{id}/recordings").data
    assert (listed["items"], listed["recording"]["state"]) == ([done], "on")
    assert learner_.get(f"{recording}/link").data["url"]
    assert "name=session-" in learner_.get(f"{recording}/link?save=true").data["url"]
    assert learner_.post(f"/rooms/{id}/recording", {"wish": "stop"}).data["state"] == "stopped"


def test_a_stop_before_anybody_asked_is_nothing(pair):
    mentor, _, id = pair
    nothing = mentor.post(f"/rooms/{id}/recording", {"wish": "stop"})
    assert (nothing.status, nothing.data) == (200, {"state": "none", "by": None, "at": None})


def test_a_review_over_http(deps, clock, signed_in, new_browser):
    lesson = lessons.over(deps, clock)
    mentor, learner_ = signed_in(lesson.mentor), signed_in(lesson.learner)
    place = f"/bookings/{lesson.booking_id}/review"
    assert learner_.get(place).data == {"can": True, "why": None, "editable_until": None, "review": None}
    said = learner_.put(place, {"stars": 5, "axes": {"clarity": 4}, "text": "  Clear.  "})
    assert said.data["review"]["axes"] == {
        "clarity": 4,
        "knowledge": None,
        "patience": None,
        "preparation": None,
        "value": None,
    }
    assert (said.data["review"]["text"], said.data["editable_until"]) == ("Clear.", "2026-03-09T15:10:00Z")
    public = new_browser().get("/mentors/meera/reviews").data
    assert (public["rating"], public["count"], [each["by"] for each in public["items"]]) == (4.6, 1, ["Lena"])
    assert "learner_id" not in public["items"][0]
    page = new_browser().get("/mentors/meera").data
    assert (page["rating"], page["reviews"]) == (4.6, 1)
    assert mentor.get(place).data["why"] == "learner_only"
    assert mentor.put(place, {"stars": 1}).code == "learner_only"
    assert learner_.put(place, {"stars": 9}).fields == {"stars": "From 1 to 5 stars."}


def test_reviews_come_by_the_page(deps, new_browser, clock):
    lessons.over(deps, clock)
    assert new_browser().get("/mentors/meera/reviews?limit=1").data["next"] is None
    assert new_browser().get("/mentors/nobody/reviews").status == 404
    assert new_browser().get("/mentors/meera/reviews?limit=0").status == 422


def test_the_private_word_about_a_learner(deps, clock, signed_in):
    lesson = lessons.over(deps, clock)
    mentor, learner_ = signed_in(lesson.mentor), signed_in(lesson.learner)
    admin = signed_in(learner(deps, "Ada", roles=("learner", "admin")), second_factor=True)
    place = f"/bookings/{lesson.booking_id}/learner-rating"
    assert mentor.put(place, {"stars": 2, "text": "Late."}).data["rating"]["stars"] == 2
    assert mentor.get(place).data["rating"]["text"] == "Late."
    assert admin.get(f"/admin{place}").data["rating"]["text"] == "Late."
    assert learner_.get(place).code == "mentor_only"
    assert learner_.put(place, {"stars": 5}).code == "mentor_only"


THEIRS = [
    ("GET", "/sessions/{s}/plan", None),
    ("PUT", "/sessions/{s}/plan", {**PLAN, "version": 0}),
    ("GET", "/sessions/{s}/document", None),
    ("POST", "/sessions/{s}/document", {"bytes": 1}),
    ("GET", "/sessions/{s}/materials", None),
    ("POST", "/sessions/{s}/materials", {"name": "a.pdf", "size": 1}),
    ("GET", "/sessions/{s}/materials/{m}/link", None),
    ("DELETE", "/sessions/{s}/materials/{m}", None),
    ("POST", "/rooms/{s}/recording", {"wish": "agree"}),
    ("POST", "/sessions/{s}/recordings", {"content_type": "video/webm"}),
    ("GET", "/sessions/{s}/recordings", None),
    ("POST", "/recordings/{r}/parts", {"number": 1, "bytes": 1}),
    ("GET", "/recordings/{r}/parts", None),
    ("POST", "/recordings/{r}/done", {"parts": []}),
    ("GET", "/recordings/{r}/link", None),
    ("GET", "/bookings/{b}/review", None),
    ("PUT", "/bookings/{b}/review", {"stars": 1}),
    ("GET", "/bookings/{b}/learner-rating", None),
    ("PUT", "/bookings/{b}/learner-rating", {"stars": 1}),
]


@pytest.mark.parametrize(("method", "path", "body"), THEIRS, ids=lambda each: str(each))
def test_a_third_person_with_every_id_gets_nothing(deps, lesson, pair, signed_in, method, path, body):
    mentor, learner_, id = pair
    made = mentor.post(f"/sessions/{id}/materials", {"name": "a.pdf", "size": 9}).data
    deps.pictures.uploads[made["fields"]["key"]] = b"%PDF-1.7\n"
    uploads.inspect(deps, made["fields"]["key"])
    mentor.post(f"/rooms/{id}/recording", {"wish": "start"})
    learner_.post(f"/rooms/{id}/recording", {"wish": "agree"})
    recording = mentor.post(f"/sessions/{id}/recordings", {"content_type": "video/webm"}).data["recording_id"]
    ids = {"s": id, "m": made["id"], "r": recording, "b": lesson.booking_id}
    before = dict(deps.tables.items)
    sam = signed_in(learner(deps, "Sam"))
    reply = sam.send(method, path.format(**ids), body)
    assert (reply.status, reply.code) == (404, "not_found")
    changed = {key for key in deps.tables.items if deps.tables.items[key] != before.get(key)}
    assert not [key for key in changed if ids["b"] in key.pk or ids["s"] in key.pk]
