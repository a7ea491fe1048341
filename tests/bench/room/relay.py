"""A bare relay: the room's socket protocol in memory, as the baseline that the real one is held against."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

SEATS = {"mentor": "learner", "learner": "mentor"}


def stamp() -> str:
    """Now, as the API writes times."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(eq=False)
class Line:
    """One open socket."""

    role: str
    send_text: Callable[[str], None]
    id: str = field(default_factory=lambda: secrets.token_hex(6))

    def send(
        self, kind: str, topic: str | None = None, data: dict[str, Any] | None = None, id: str | None = None
    ) -> None:
        """One envelope, without the parts it does not need."""
        parts = {"type": kind, "topic": topic, "id": id, "data": data}
        self.send_text(json.dumps({name: part for name, part in parts.items() if part is not None}))


@dataclass
class Seat:
    """Who sits on one side of a room."""

    line: Line
    sid: str
    waits: bool = False


class Relay:
    """Rooms of two seats, and messages between them."""

    def __init__(self, status: Callable[[str], str] = lambda room: "live") -> None:
        self.rooms: dict[str, dict[str, Seat]] = {}
        self.lines: dict[str, Line] = {}
        self.status = status
        self.recording: Callable[[str], dict[str, Any] | None] = lambda room: None
        self.kinds: dict[str, Callable[[Line, str, dict[str, Any], str | None], None]] = {}
        self.lobby: Any = None
        self.heard: list[dict[str, Any]] = []

    def opened(self, line: Line) -> None:
        """A socket came."""
        self.lines[line.id] = line

    def closed(self, line: Line) -> None:
        """A socket went; the other side is not told, for the call may well go on; but a mentor hears who waits."""
        self.lines.pop(line.id, None)
        for topic, seats in self.rooms.items():
            for role in [role for role, seat in seats.items() if seat.line is line]:
                waited = seats.pop(role)
                if waited.waits and (peer := seats.get(SEATS[role])):
                    peer.line.send("knock-ended", topic, {"role": role, "sid": waited.sid})

    def take(self, line: Line, text: str) -> None:
        """One message from a browser."""
        message = json.loads(text)
        self.heard.append({"role": line.role, **message})
        kind, topic, data = message["type"], message.get("topic", ""), message.get("data", {})
        if kind == "signal":
            self.signal(line, topic, data)
        elif kind == "join":
            self.join(line, topic, data, message.get("id"))
        elif kind == "leave":
            self.leave(line, topic)
        elif kind == "ping":
            line.send("pong", data={"server_time": stamp()})
        elif kind == "hello":
            line.send("welcome", f"user:{line.role}", {"connection_id": line.id, "server_time": stamp()})
        elif kind in self.kinds:
            self.kinds[kind](line, topic, data, message.get("id"))

    def join(self, line: Line, topic: str, data: dict[str, Any], id: str | None) -> None:
        """The newcomer makes the first offer; an older page of the same person is told that it was replaced."""
        seats = self.rooms.setdefault(topic, {})
        before = seats.get(line.role)
        seats[line.role] = Seat(line, data["sid"])
        if before and before.line is not line:
            before.line.send("replaced", topic)
        if self.lobby and self.lobby.comes(line, topic, seats[line.role], id):
            return
        peer = seats.get(SEATS[line.role])
        joined = {"role": line.role, "polite": line.role == "learner", "offer": peer is not None, "peer": None}
        if peer:
            joined["peer"] = {
                "sid": peer.sid,
                "role": SEATS[line.role],
                "token": self.token(line, peer.line, data["sid"]),
            }
            news = {"sid": data["sid"], "role": line.role, "token": self.token(peer.line, line, peer.sid)}
            peer.line.send("peer-joined", topic, news)
        line.send("joined", topic, {**joined, **self.room_now(topic)}, id)

    def room_now(self, topic: str) -> dict[str, Any]:
        """What whoever joins is told of the room itself."""
        door = self.lobby.door(topic) if self.lobby else None
        late = door.late if door else {"mentor": None, "learner": None}
        facts = {"admitted": True, "knocking": False, "removed": bool(door and door.barred), "late": late}
        return facts | {"status": self.status(topic), "recording": self.recording(topic), "server_time": stamp()}

    @staticmethod
    def token(sender: Line, to: Line, sid: str) -> str:
        """Who may reach whom; the real one is signed."""
        return f"{sender.id}.{to.id}.{sid}"

    def signal(self, line: Line, topic: str, data: dict[str, Any]) -> None:
        """Pass it on, stamped, if the token is this line's and its target is still there."""
        sender, to, sid = data.pop("token").split(".")
        target = self.lines.get(to)
        if sender != line.id or not target:
            return line.send("peer-gone", topic)
        target.send("signal", topic, {**data, "from": {"role": line.role, "sid": sid}, "at": stamp()})

    def leave(self, line: Line, topic: str) -> None:
        """A farewell counts only from the page that holds the seat."""
        seats = self.rooms.get(topic, {})
        if (seat := seats.get(line.role)) and seat.line is line:
            del seats[line.role]
            if peer := seats.get(SEATS[line.role]):
                gone = "knock-ended" if seat.waits else "peer-left"
                peer.line.send(gone, topic, {"role": line.role, "sid": seat.sid})

    def tell(self, topic: str, kind: str, data: dict[str, Any]) -> None:
        """News for both seats."""
        for seat in list(self.rooms.get(topic, {}).values()):
            seat.line.send(kind, topic, data)
