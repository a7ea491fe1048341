"""What a room asks of the API, answered from memory: any session there is, as a test says it is."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bench.room.lesson_things import LessonThings
from tests.bench.room.relay import stamp

NAMES = {"mentor": "Asha Rao", "learner": "Vikram Shah"}


def iso(moment: datetime) -> str:
    """As the API writes times."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Meeting:
    """One session as the API tells of it; times are minutes from when it was made."""

    starts_in: float = -2
    minutes: int = 30
    status: str = "live"
    refusal: tuple[int, str] | None = None
    came: set[str] = field(default_factory=set)
    asked_by: str | None = None
    extended: int = 0
    busy: str | None = None
    price: int = 0
    outcome: str = "completed"
    made: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def starts(self) -> datetime:
        """From then on nobody needs to be admitted."""
        return self.made + timedelta(minutes=self.starts_in)

    def at(self, minutes: float) -> str:
        """A moment so many minutes from the start."""
        return iso(self.starts + timedelta(minutes=minutes))

    @property
    def ends_at(self) -> str:
        """The scheduled end."""
        return self.at(self.minutes)

    def news(self) -> dict[str, Any]:
        """What both sides of the room are told."""
        return {"status": self.status, "ends_at": self.ends_at, "extension_asked_by": self.asked_by}

    def card(self, id: str) -> dict[str, Any]:
        """The session's card."""
        mentor = {
            "id": "usr_m",
            "slug": "asha-rao",
            "name": NAMES["mentor"],
            "photo_url": None,
            "headline": "Data scientist",
        }
        times = {"starts_at": self.at(0), "duration_minutes": self.minutes}
        about = {"title": "Reading a pandas traceback", "domain": "programming", "topics": ["pandas"]}
        return {"id": id, **about, **times, "price_paise": self.price, "status": self.status, "mentor": mentor}


class Api:
    """What a room asks of the API, answered from memory."""

    def __init__(self) -> None:
        self.meetings: dict[str, Meeting] = {}
        self.tickets: dict[str, str] = {}
        self.ice: list[dict[str, Any]] = []
        self.ice_lives = 3600.0
        self.after: dict[str, Callable[[str], None]] = {}
        self.things = LessonThings()
        self.others: list[Callable[[str, str, str, Any], tuple[int, Any] | None]] = [self.things.answer]

    def meeting(self, id: str) -> Meeting:
        """Any room exists, live, until a test says otherwise."""
        return self.meetings.setdefault(id, Meeting())

    def answer(self, method: str, path: str, who: str, body: Any = None) -> tuple[int, Any]:
        """(status, body) of a call."""
        if who not in NAMES:
            return 401, error("signed_out", "Sign in first.")
        if path == "/realtime/ticket":
            self.tickets[ticket := secrets.token_hex(8)] = who
            return 200, {"ticket": ticket}
        for other in self.others:
            if answered := other(method, path, who, body):
                return answered
        _, rooms, id, act = (path.split("/") + ["", "", ""])[:4]
        if rooms == "sessions":
            return 200, {**self.meeting(id).card(id), "viewer": who, "booking_id": f"bkg_{id}"}
        if rooms != "rooms" or act not in ("join", "live", "ice", "end", "extension"):
            return 404, error("not_found", "There is nothing here.")
        if act == "ice":
            return 200, self.ice_servers()
        if act == "extension" and method == "DELETE":
            return self.refuse(id)
        return getattr(self, act)(id, who)

    def join(self, id: str, who: str) -> tuple[int, Any]:
        """The door: a pass, or why not."""
        meeting = self.meeting(id)
        opens = meeting.made + timedelta(minutes=meeting.starts_in - 15)
        if meeting.refusal:
            return meeting.refusal[0], error(meeting.refusal[1], "Refused.")
        if meeting.status not in ("booked", "live"):
            return 409, error("ended", "This session has ended.")
        if datetime.now(UTC) < opens:
            return 409, error("too_early", "The room is not open yet.", {"opens_at": iso(opens)})
        other = "mentor" if who == "learner" else "learner"
        came = {side: meeting.at(-1) if side in meeting.came else None for side in NAMES}
        people = {
            "peer": {"name": NAMES[other], "photo_url": None, "came_at": came[other]},
            "you": {"name": NAMES[who], "came_at": came[who]},
        }
        times = {"server_time": stamp(), "call_from": meeting.at(-5), "ends_at": meeting.ends_at}
        more = {"extended": meeting.extended, "extension_asked_by": meeting.asked_by, "booking_id": f"bkg_{id}"}
        return 200, {"pass": f"pass-{who}", "role": who, "session": meeting.card(id), **people, **times, **more}

    def live(self, id: str, who: str) -> tuple[int, Any]:
        """The mentor opens the room to the learner."""
        self.meeting(id).status = "live"
        return 200, self.meeting(id).card(id)

    def end(self, id: str, who: str) -> tuple[int, Any]:
        """The mentor ends it for both."""
        self.meeting(id).status = self.meeting(id).outcome
        self.tell(id)
        return 200, self.meeting(id).card(id)

    def extension(self, id: str, who: str) -> tuple[int, Any]:
        """Ask, or agree to what the other has asked."""
        meeting = self.meeting(id)
        if meeting.busy:
            return 409, error("time_taken", meeting.busy)
        agreed = meeting.asked_by not in (None, who)
        meeting.asked_by = None if agreed else who
        if agreed:
            meeting.minutes += 15
            meeting.extended += 1
        self.tell(id)
        times = {"ends_at": meeting.ends_at, "extended": meeting.extended, "extension_asked_by": meeting.asked_by}
        return 200, {"state": "extended" if agreed else "asked", **times}

    def refuse(self, id: str) -> tuple[int, Any]:
        """Rather not."""
        self.meeting(id).asked_by = None
        self.tell(id)
        return 204, None

    def tell(self, id: str) -> None:
        """Both sides hear of the session's new state."""
        self.after.get("news", lambda _: None)(id)

    def ice_servers(self) -> dict[str, Any]:
        """TURN servers and when their credentials lapse."""
        return {"ice_servers": self.ice, "expires_at": iso(datetime.now(UTC) + timedelta(seconds=self.ice_lives))}


def error(code: str, message: str, fields: dict[str, str] | None = None) -> dict[str, Any]:
    """The API's shape of an error."""
    return {"error": {"code": code, "message": message, **({"fields": fields} if fields else {})}}
