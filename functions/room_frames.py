"""What pages in a room say: come, be there, signal, write, read, leave."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from chalicelib.domain.chats import LONGEST
from chalicelib.services import attendance, realtime, room_chat, signaling
from chalicelib.services.room_chat import Written
from functions.frames import Frame, Pass, Word, data_of, topic_of
from functions.logs import logger

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Id = Annotated[str, msgspec.Meta(max_length=26)]
Answer = dict[str, Any] | None


class Join(msgspec.Struct):
    """`sid` is random for each page load."""

    shown: Pass = msgspec.field(name="pass")
    sid: Word


class Here(msgspec.Struct):
    """Once a minute, from everyone in a room."""

    shown: Pass = msgspec.field(name="pass")


class Chat(msgspec.Struct):
    """`id` is a ULID that the page makes, so that a message sent again is the same; the rest is for the rules."""

    shown: Pass = msgspec.field(name="pass")
    id: Id
    text: Annotated[str, msgspec.Meta(max_length=8 * LONGEST)]
    material_id: Word | None = None


class Seen(msgspec.Struct):
    """Read up to this message."""

    shown: Pass = msgspec.field(name="pass")
    until: Id


class Leave(msgspec.Struct):
    """Which entry is over: one frame may overtake another, and who has come again by then stays."""

    sid: Word | None = None


def _join(deps: "Deps", connection_id: str, frame: Frame) -> None:
    asked = data_of(frame, Join, "To join, a pass and a sid are needed.")
    signaling.join(deps, connection_id, _room(frame), asked.shown, asked.sid, frame.id)
    logger.info("joined", extra={"connection": connection_id, "session": _room(frame)})


def _here(deps: "Deps", connection_id: str, frame: Frame) -> None:
    said = data_of(frame, Here, "To be counted as here, a pass is needed.")
    attendance.mark(deps, connection_id, _room(frame), said.shown)


def _signal(deps: "Deps", connection_id: str, frame: Frame) -> None:
    signaling.relay(deps, connection_id, _room(frame), frame.data)


def _chat(deps: "Deps", connection_id: str, frame: Frame) -> Answer:
    sent = data_of(frame, Chat, "To write, a pass, an id and a text are needed.")
    written = Written(sent.id, sent.text, sent.material_id)
    said = room_chat.say(deps, connection_id, _room(frame), sent.shown, written)
    return {"type": "chat-taken", "topic": frame.topic, "data": {"id": said.id, "at": said.at}}


def _seen(deps: "Deps", connection_id: str, frame: Frame) -> Answer:
    seen = data_of(frame, Seen, "To have read, a pass and a message's id are needed.")
    room_chat.see(deps, connection_id, _room(frame), seen.shown, seen.until)
    told = {"type": "chat-seen-taken", "topic": frame.topic, "data": {"until": seen.until}}
    return told if frame.id else None


def _leave(deps: "Deps", connection_id: str, frame: Frame) -> None:
    left = data_of(frame, Leave, "To leave, nothing but a sid can be said.")
    realtime.depart(deps, _room(frame), connection_id, sid=left.sid)


def _room(frame: Frame) -> str:
    return topic_of(frame, "room", "This message needs a room as its topic.")


HANDLERS: Mapping[str, Callable[["Deps", str, Frame], Answer]] = {
    "join": _join,
    "here": _here,
    "signal": _signal,
    "chat": _chat,
    "chat-seen": _seen,
    "leave": _leave,
}
