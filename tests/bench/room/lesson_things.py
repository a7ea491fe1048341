"""Plan, documents, materials, recordings and reviews of any session, in memory; what S3 would hold is at /lessons."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import quote

from tests.bench.room.relay import stamp

Answer = tuple[int, Any]
OTHER = {"mentor": "learner", "learner": "mentor"}
NOTHING = (404, {"error": {"code": "not_found", "message": "There is nothing here."}})


@dataclass
class Things:
    """What one session has; a test may set any of it beforehand."""

    plan: dict[str, Any] = field(default_factory=lambda: {"agenda": [], "goals": [], "version": 0})
    materials: list[dict[str, Any]] = field(default_factory=list)
    recording: dict[str, Any] | None = None
    recordings: list[dict[str, Any]] = field(default_factory=list)
    review: dict[str, Any] | None = None
    learner_rating: dict[str, Any] | None = None


class LessonThings:
    """The routes of the contract's lesson things; `tell(session, type, data)` is heard by both pages of its room."""

    def __init__(self, tell: Callable[[str, str, dict[str, Any]], None] = lambda *_: None) -> None:
        self.tell = tell
        self.sessions: dict[str, Things] = {}
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.made = 0

    def of(self, session: str) -> Things:
        """Any session has things, empty until something is put there."""
        return self.sessions.setdefault(session, Things())

    def answer(self, method: str, path: str, who: str, body: Any) -> Answer | None:
        """(status, body) of a call about these things; None for one about something else."""
        parts = path.strip("/").split("/")
        match method, *parts:
            case _, "sessions", id, "plan":
                return self.plan(id, who, body if method == "PUT" else None)
            case _, "sessions", id, "document":
                return self.document(id, who, method)
            case _, "sessions", id, "materials", *rest:
                return self.materials(id, who, method, rest, body)
            case "POST", "rooms", id, "recording":
                return self.recording(id, who, body["wish"])
            case _, "sessions", id, "recordings":
                return self.recordings(id, who, body if method == "POST" else None)
            case _, "recordings", id, *rest:
                return self.one_recording(id, method, rest, body)
            case _, "bookings", id, "review" | "learner-rating" as what:
                return self.rating(id.removeprefix("bkg_"), what, body if method == "PUT" else None)
        return None

    def plan(self, id: str, who: str, new: dict[str, Any] | None) -> Answer:
        """The agenda and the goals; whoever has not seen the newest is shown it."""
        things = self.of(id)
        if new and new["version"] != things.plan["version"]:
            words = {"code": "plan_changed", "message": "The plan was changed in the meantime."}
            return 409, {"error": words, "current": things.plan}
        if new:
            things.plan = {**new, "version": new["version"] + 1}
            self.tell(id, "things", {"what": "plan", "by": who})
        return 200, things.plan

    def document(self, id: str, who: str, method: str) -> Answer:
        """Each side writes its own and reads both."""
        places = {side: f"/lessons/documents/{id}/{side}" for side in OTHER}
        if method == "POST":
            return 200, {"url": places[who], "seconds": 600}
        return 200, {side: place if place in self.objects else None for side, place in places.items()}

    def materials(self, id: str, who: str, method: str, rest: list[str], body: Any) -> Answer:
        """Files: a form to post one, the list, a link, deletion."""
        things = self.of(id)
        if not rest and method == "GET":
            return 200, {"items": things.materials}
        if not rest and body.get("kind") == "board" and not body["name"].endswith(".png"):
            fields = {"name": "Files of this kind are not taken."}
            return 422, {"error": {"code": "invalid", "message": "Please look again.", "fields": fields}}
        if not rest:
            return 201, self.form(id, who, body)
        found = next((each for each in things.materials if each["id"] == rest[0]), None)
        if found is None:
            return NOTHING
        if method == "DELETE":
            things.materials.remove(found)
            self.tell(id, "things", {"what": "materials", "by": who})
            return 204, None
        return 200, {"url": f"/lessons/materials/{id}/{found['id']}?name={quote(found['name'])}", "expires_at": stamp()}

    def form(self, id: str, who: str, body: dict[str, Any]) -> dict[str, Any]:
        """A material that waits for its file, and where to post that."""
        self.made += 1
        new = {"id": f"mat_{self.made}", "by": who, "state": "waiting", "reason": None, "at": stamp()}
        kept = {name: body[name] for name in ("name", "content_type", "size")}
        self.of(id).materials.append({**new, **kept, "kind": body.get("kind", "file")})
        fields = {"key": f"materials/{id}/{new['id']}", "Content-Type": body["content_type"]}
        return {"id": new["id"], "url": "/lessons", "fields": fields}

    def recording(self, id: str, who: str, wish: str) -> Answer:
        """Both have to agree; either stops it."""
        things = self.of(id)
        asked = bool(things.recording and things.recording["state"] == "asked")
        if wish in ("start", "agree") and asked and things.recording and things.recording["by"] != who:
            state = "on"
        else:
            state = {"start": "asked", "agree": "asked", "decline": "declined", "stop": "stopped"}[wish]
        things.recording = {"state": state, "by": who, "at": stamp()}
        self.tell(id, "recording", things.recording)
        return 200, things.recording

    def recordings(self, id: str, who: str, new: dict[str, Any] | None) -> Answer:
        """The list; a new one once both have agreed."""
        things = self.of(id)
        if new is None:
            return 200, {"items": things.recordings, "recording": things.recording}
        if not things.recording or things.recording["state"] != "on":
            return 409, {"error": {"code": "not_agreed", "message": "Both have to agree to a recording."}}
        self.made += 1
        made = {"id": f"rec_{id}_{self.made}", "state": "recording", "by": who, "begun_at": stamp(), "bytes": 0}
        things.recordings.append({**made, "content_type": new["content_type"], "seconds": None, "until": stamp()})
        return 201, {"recording_id": made["id"], "smallest_part": 5 * 1024 * 1024}

    def one_recording(self, id: str, method: str, rest: list[str], body: Any) -> Answer:
        """Parts of it, its end, its link."""
        all_ = (each for things in self.sessions.values() for each in things.recordings)
        found = next((each for each in all_ if each["id"] == id), None)
        place = f"/lessons/recordings/{id}"
        if found is None:
            return NOTHING
        known = sorted(int(key.rpartition("/")[2]) for key in self.objects if key.startswith(f"{place}/"))
        sizes = {number: len(self.objects[f"{place}/{number}"][0]) for number in known}
        if rest == ["parts"] and method == "POST":
            return 200, {"url": f"{place}/{body['number']}", "expires_at": stamp()}
        if rest == ["parts"]:
            parts = [{"number": number, "etag": f'"{number}"', "bytes": size} for number, size in sizes.items()]
            return 200, {"parts": parts, "state": found["state"]}
        if rest == ["done"]:
            whole = b"".join(self.objects[f"{place}/{number}"][0] for number in known)
            self.objects[place] = (whole, found["content_type"])
            found |= {"state": "done", "bytes": len(whole), "seconds": body.get("seconds")}
            return 200, found
        return 200, {"url": place, "expires_at": stamp()}

    def rating(self, id: str, what: str, new: dict[str, Any] | None) -> Answer:
        """The learner's public review, or the mentor's private word."""
        things = self.of(id)
        if what == "learner-rating":
            things.learner_rating = {**new, "at": stamp()} if new else things.learner_rating
            return 200, {"can": True, "why": None, "rating": things.learner_rating}
        things.review = {**new, "at": stamp(), "edited_at": None} if new else things.review
        return 200, {"can": True, "why": None, "editable_until": None, "review": things.review}

    def store(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes, dict[str, str]]:
        """S3's part: (status, body, headers) of a PUT, a form's POST or a GET at /lessons."""
        if method == "PUT":
            self.objects[path] = (body, headers.get("content-type", ""))
            return 200, b"", {"ETag": f'"{path.rpartition("/")[2]}"'}
        if method == "POST":
            self.posted(headers["content-type"], body)
            return 204, b"", {}
        if path not in self.objects:
            return 404, b"", {}
        content, kind = self.objects[path]
        return 200, content, {"Content-Type": kind or "application/octet-stream"}

    def posted(self, content_type: str, body: bytes) -> None:
        """A form's file: inspected at once; a test makes it refused by the word `refuse` in its name."""
        form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
        fields = {part.get_param("name", header="content-disposition"): part for part in form.walk()}
        key, file = (fields[name].get_payload(decode=True) for name in ("key", "file"))
        assert isinstance(key, bytes) and isinstance(file, bytes)
        _, session, id = key.decode().split("/")
        found = next(each for each in self.of(session).materials if each["id"] == id)
        refused = "refuse" in found["name"] or found["kind"] == "board" and not file.startswith(b"\x89PNG")
        words = "This is not what its name says it is." if refused else None
        found |= {"state": "refused" if refused else "ready", "reason": words, "size": len(file)}
        if not refused:
            self.objects[f"/lessons/{key.decode()}"] = (file, found["content_type"])
        self.tell(session, "things", {"what": "materials", "by": found["by"]})
