"""Who is in a session's room, and what a room pass and a peer token say of their bearers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.cards import Side

OTHER: Mapping[Side, Side] = {"mentor": "learner", "learner": "mentor"}


@dataclass(frozen=True)
class Entry:
    """What a room pass proves: this person is one side of the session that starts then, until its room closes."""

    session_id: str
    user_id: str
    side: Side
    starts_at: datetime
    until: datetime


@dataclass(frozen=True)
class Presence:
    """One side in the room: the connection it is reached on, and its page load's own `sid`."""

    side: Side
    user_id: str
    connection: str
    sid: str


@dataclass(frozen=True)
class Room:
    """A room as one arrival left it; `displaced` is the connection that the arrival took over from."""

    session_id: str
    status: str
    here: Mapping[Side, Presence]
    displaced: str | None = None
    recording: Mapping[str, Any] | None = None

    def beside(self, side: Side) -> Presence | None:
        """The other person, if present."""
        return self.here.get(OTHER[side])

    def on(self, connection: str) -> Presence | None:
        """Who is present on this connection."""
        return next((each for each in self.here.values() if each.connection == connection), None)


@dataclass(frozen=True)
class Address:
    """What a peer token proves: on `sender`, this person may write to `receiver`, until the room closes."""

    sender: str
    receiver: str
    user_id: str
    side: Side
    session_id: str
    sid: str
    until: datetime

    def good_for(self, connection: str, session_id: str, now: datetime) -> bool:
        """Only on the connection it was made for, only about its session, only while the room is open."""
        return self.sender == connection and self.session_id == session_id and now < self.until


def address(sender: Presence, receiver: Presence, entry: Entry) -> Address:
    """The way from one side of a room to the other."""
    return Address(
        sender.connection,
        receiver.connection,
        sender.user_id,
        sender.side,
        entry.session_id,
        sender.sid,
        entry.until,
    )
