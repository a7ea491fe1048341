"""The door between a room's waiting room and its call, over HTTP; and what the two wrote to each other in it."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.domain.cards import Side
from chalicelib.services import admissions, room_history
from functions.access import OWN_SESSION, PARTY
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class Late(msgspec.Struct, forbid_unknown_fields=True):
    """By how many minutes one will be late."""

    minutes: Literal[5, 10, 15]


class ChatMessage(msgspec.Struct):
    """One message; `material` is the id of a file of the session that goes with it."""

    id: str
    by: Side
    text: str
    material: str | None
    at: datetime


class ChatHistory(msgspec.Struct):
    """Newest first; the other side has read up to the message of that id."""

    items: list[ChatMessage]
    next: str | None
    seen_by_other_until: str | None


@routes.add("POST", "/rooms/{session_id}/admit", OWN_SESSION, status=204)
def admit_learner(call: Call, session_id: str) -> None:
    """The learner need not wait for the start."""
    admissions.admit(call.deps, user_id=call.user.user_id, session_id=session_id)


@routes.add("POST", "/rooms/{session_id}/mute", OWN_SESSION, status=204)
def mute_learner(call: Call, session_id: str) -> None:
    """The learner's page turns its microphone off; they may turn it on again."""
    admissions.mute(call.deps, user_id=call.user.user_id, session_id=session_id)


@routes.add("POST", "/rooms/{session_id}/remove", OWN_SESSION, status=204)
def remove_learner(call: Call, session_id: str) -> None:
    """The learner is put out of the room and cannot come back until readmitted."""
    admissions.remove(call.deps, user_id=call.user.user_id, session_id=session_id)


@routes.add("POST", "/rooms/{session_id}/readmit", OWN_SESSION, status=204)
def readmit_learner(call: Call, session_id: str) -> None:
    """The learner may come again."""
    admissions.readmit(call.deps, user_id=call.user.user_id, session_id=session_id)


@routes.add("POST", "/rooms/{session_id}/late", PARTY, body=Late, status=204)
def say_late(call: Call, session_id: str) -> None:
    """The other learns that one will be late: in the room, or by a notification."""
    admissions.say_late(call.deps, user_id=call.user.user_id, session_id=session_id, minutes=call.body.minutes)


@routes.add("GET", "/sessions/{session_id}/chat", PARTY, query=PageQuery, answer=ChatHistory)
def list_chat(call: Call, session_id: str) -> ChatHistory:
    """What the two have written to each other in the room."""
    query = call.query
    part = {"limit": query.limit, "cursor": query.cursor}
    found = room_history.read(call.deps, user_id=call.user.user_id, session_id=session_id, **part)
    items = [ChatMessage(said.id, said.by, said.text, said.material_id, said.at) for said in found.items]
    return ChatHistory(items, found.next, found.seen_by_other_until)
