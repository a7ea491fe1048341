"""Who is let into a room in memory, and what the mentor does about it: admit, mute, remove; and notes of being late."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.bench.room.relay import SEATS, Line, Relay, Seat, stamp

Answer = tuple[int, Any]
NAMES = {"mentor": "Asha Rao", "learner": "Vikram Shah"}
DONE: Answer = (204, None)


def refusal(status: int, code: str) -> Answer:
    """The API's shape of an error."""
    return status, {"error": {"code": code, "message": "Refused."}}


@dataclass
class Door:
    """One room's door; a test may set any of it."""

    admitted: bool = False
    barred: bool = False
    late: dict[str, int | None] = field(default_factory=lambda: {"mentor": None, "learner": None})
    notified: list[tuple[str, int]] = field(default_factory=list)


class Lobby:
    """`starts_at(topic)` is when admission is no question any more; `hang_up` closes a line from the server's side."""

    def __init__(
        self, relay: Relay, starts_at: Callable[[str], datetime], hang_up: Callable[[Line], None] = lambda line: None
    ) -> None:
        self.relay, self.starts_at, self.hang_up = relay, starts_at, hang_up
        self.doors: dict[str, Door] = {}
        relay.lobby = self

    def door(self, topic: str) -> Door:
        """Any room has one."""
        return self.doors.setdefault(topic, Door())

    def is_open(self, topic: str) -> bool:
        """The learner has been admitted, or the session has begun."""
        return self.door(topic).admitted or datetime.now(UTC) >= self.starts_at(topic)

    def comes(self, line: Line, topic: str, seat: Seat, id: str | None) -> bool:
        """Whether this is seen to here: barred, or told to wait, or the mentor of one who waits."""
        other = self.relay.rooms[topic].get(SEATS[line.role])
        if line.role == "learner":
            if self.door(topic).barred:
                del self.relay.rooms[topic]["learner"]
                line.send("error", topic, {"code": "removed", "message": "Refused."}, id)
                return True
            seat.waits = not self.is_open(topic)
            if seat.waits and other:
                other.line.send("knocking", topic, {"name": NAMES["learner"], "sid": seat.sid})
            if seat.waits:
                self.joined(line, topic, id, admitted=False)
            return seat.waits
        if other is None or not other.waits:
            return False
        if self.is_open(topic):
            other.line.send("admitted", topic)
        self.joined(line, topic, id, knocking=not self.is_open(topic))
        return True

    def joined(self, line: Line, topic: str, id: str | None, **more: bool) -> None:
        """Present, and nobody to talk to yet."""
        data = {"role": line.role, "polite": line.role == "learner", "offer": False, "peer": None}
        line.send("joined", topic, {**data, **self.relay.room_now(topic), **more}, id)

    def answer(self, method: str, path: str, who: str, body: Any) -> Answer | None:
        """(status, body) of a call about admission; None for one about something else."""
        parts = path.strip("/").split("/")
        if len(parts) != 3 or parts[0] != "rooms" or method != "POST":
            return None
        topic, act = f"room:{parts[1]}", parts[2]
        if act == "late":
            return self.late(topic, who, body["minutes"])
        if act in ("join", "ice") and who == "learner" and self.door(topic).barred:
            return refusal(403, "removed")
        if act not in ("admit", "mute", "remove", "readmit"):
            return None
        return getattr(self, act)(topic) if who == "mentor" else refusal(403, "mentor_only")

    def late(self, topic: str, who: str, minutes: int) -> Answer:
        """The other is told in the room, or by a notification."""
        self.door(topic).late[who] = minutes
        if not self.tell(topic, SEATS[who], "late", {"role": who, "minutes": minutes}):
            self.door(topic).notified.append((who, minutes))
        return DONE

    def admit(self, topic: str) -> Answer:
        """Whoever waits joins again."""
        self.door(topic).admitted = True
        seat = self.relay.rooms.get(topic, {}).get("learner")
        if seat and seat.waits:
            seat.line.send("admitted", topic)
        return DONE

    def mute(self, topic: str) -> Answer:
        """The learner's page does it."""
        return DONE if self.tell(topic, "learner", "muted") else refusal(409, "not_here")

    def remove(self, topic: str) -> Answer:
        """Out, and the line with it."""
        self.door(topic).barred = True
        seat = self.relay.rooms.get(topic, {}).get("learner")
        if seat:
            seat.line.send("removed", topic)
            self.relay.leave(seat.line, topic)
            self.hang_up(seat.line)
        return DONE

    def readmit(self, topic: str) -> Answer:
        """May come again, and need not wait."""
        door = self.door(topic)
        door.barred, door.admitted = False, True
        return DONE

    def tell(self, topic: str, role: str, kind: str, data: dict[str, Any] | None = None) -> bool:
        """News for one seat, if it is taken."""
        seat = self.relay.rooms.get(topic, {}).get(role)
        if seat:
            seat.line.send(kind, topic, data)
        return seat is not None


@dataclass
class Said:
    """One message of a chat."""

    id: str
    by: str
    text: str
    material: str | None = None
    at: str = field(default_factory=stamp)


class Chats:
    """What is said in rooms; a test may write into `said`, or set `refuse` to the code that the next ones are told."""

    def __init__(self, relay: Relay, lobby: Lobby) -> None:
        self.relay, self.lobby = relay, lobby
        self.said: dict[str, list[Said]] = {}
        self.seen: dict[tuple[str, str], str] = {}
        self.refuse: str | None = None
        relay.kinds |= {"chat": self.chat, "chat-seen": self.see}

    def chat(self, line: Line, topic: str, data: dict[str, Any], id: str | None) -> None:
        """Kept once, and told to the other."""
        code = self.refuse or ("too_long" if len(data["text"]) > 2000 else None)
        if line.role == "learner" and self.lobby.door(topic).barred:
            code = "removed"
        if code:
            return line.send("error", topic, {"code": code, "message": "Refused."}, id)
        said = self.said.setdefault(topic, [])
        known = next((one for one in said if one.id == data["id"]), None)
        one = known or Said(data["id"], line.role, data["text"], data.get("material_id"))
        if not known:
            said.append(one)
            self.lobby.tell(topic, SEATS[line.role], "chat", vars(one))
        line.send("chat-taken", topic, {"id": one.id, "at": one.at}, id)

    def see(self, line: Line, topic: str, data: dict[str, Any], id: str | None) -> None:
        """Up to where one has read."""
        until = max(data["until"], self.seen.get((topic, line.role), ""))
        self.seen[topic, line.role] = until
        self.lobby.tell(topic, SEATS[line.role], "chat-seen", {"until": until})
        if id:
            line.send("chat-seen-taken", topic, {"until": until}, id)

    def answer(self, method: str, path: str, who: str, body: Any) -> Answer | None:
        """The history, newest first."""
        match method, *path.strip("/").split("/"):
            case "GET", "sessions", id, "chat":
                asked, topic = body or {}, f"room:{id}"
                limit, below = int(asked.get("limit", 20)), asked.get("cursor") or "~"
                older = sorted((one for one in self.said.get(topic, []) if one.id < below), key=lambda one: one.id)
                page = older[::-1][:limit]
                following = page[-1].id if len(older) > limit else None
                seen = self.seen.get((topic, SEATS[who]))
                return 200, {"items": [vars(one) for one in page], "next": following, "seen_by_other_until": seen}
        return None
