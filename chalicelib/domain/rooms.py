"""Who is in a session's room, and what a room pass and a peer token say of their bearers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, Forbidden, Unauthenticated

OTHER: Mapping[Side, Side] = {"mentor": "learner", "learner": "mentor"}
MOST_LATE_NOTES = 6  # of one side about one session


@dataclass(frozen=True)
class Entry:
    """What a room pass proves: this person is one side of the session that starts then, until its room closes.

    `booking_id` is of the learner who has it then, whoever's pass it is: a session may change hands.
    """

    session_id: str
    user_id: str
    side: Side
    starts_at: datetime
    until: datetime
    booking_id: str = ""
    learner_name: str = ""

    def begun(self, now: datetime) -> bool:
        """From then on nobody waits to be let in."""
        return now >= self.starts_at


@dataclass(frozen=True)
class Presence:
    """One side in the room: the connection it is reached on, and its page load's own `sid`.

    Who `waits` came before they were let in, and has not come again since.
    """

    side: Side
    user_id: str
    connection: str
    sid: str
    waits: bool = False


@dataclass(frozen=True)
class Room:
    """A room as one arrival left it; `displaced` is the connection that the arrival took over from.

    `admitted` and `barred` are the bookings whose learner the mentor has let in before the start, or has put out;
    `called_off` those that came to nothing while the doors were open: passes of either side say which they are of.
    `late` has by how many minutes each side has said that it will be, `late_notes` how often; `said` counts the chat.
    """

    session_id: str
    status: str
    here: Mapping[Side, Presence]
    displaced: str | None = None
    closed: bool = False
    admitted: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    called_off: frozenset[str] = frozenset()
    late: Mapping[Side, int] = field(default_factory=dict)
    late_notes: Mapping[Side, int] = field(default_factory=dict)
    said: int = 0
    recording: Mapping[str, Any] | None = None

    def beside(self, side: Side) -> Presence | None:
        """The other person, if present."""
        return self.here.get(OTHER[side])

    def is_open_to_learner(self, entry: Entry, now: datetime) -> bool:
        """The learner of this pass's booking need not wait: it has begun, or the mentor has let them in."""
        return entry.begun(now) or entry.booking_id in self.admitted

    def bars(self, side: Side, booking_id: str | None) -> bool:
        """The mentor has put this learner out."""
        return side == "learner" and booking_id in self.barred

    def must_be_open_to(self, entry: Entry) -> None:
        """Nobody comes in any more, or not this learner, or not by this pass: the booking it is of was called off."""
        if self.bars(entry.side, entry.booking_id):
            raise removed()
        if self.closed:
            raise ended()
        if entry.booking_id in self.called_off:
            raise expired()

    def must_have_in(self, entry: Entry, now: datetime) -> None:
        """Only who is in the call may speak in it."""
        self.must_be_open_to(entry)
        if entry.side == "learner" and not self.is_open_to_learner(entry, now):
            raise Forbidden("not_admitted", "The mentor has not let you in yet.")

    def others(self, connection: str) -> list[Presence]:
        """Everyone in the call but who is on this connection; whoever waits hears nothing of it."""
        return [each for each in self.here.values() if each.connection != connection and not each.waits]

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


def removed() -> Forbidden:
    """What somebody is told whom the mentor has put out."""
    return Forbidden("removed", "The mentor has removed you from this session.")


def expired() -> Unauthenticated:
    """What is said to whoever shows a pass that is not good, or not any more."""
    return Unauthenticated("pass_expired", "This pass is no longer good. Please ask for a new one.")


def ended() -> Conflict:
    """What is said at a closed door."""
    return Conflict("ended", "This session has ended.")
