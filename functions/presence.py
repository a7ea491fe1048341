"""Presence over HTTP: which mentors are there, and a mentor's own word on taking sessions at once."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain.errors import Invalid
from chalicelib.domain.presence import MentorPresence
from chalicelib.services import presence
from functions.access import MENTOR, PUBLIC
from functions.http import Call, Routes

routes = Routes(__name__)
MOST, LONGEST_ID = 50, 80


class PresenceQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Of whom: ids with commas between them."""

    ids: Annotated[str, msgspec.Meta(max_length=MOST * 81, pattern=r"^[A-Za-z0-9_,]*$")]


class PresenceView(msgspec.Struct):
    """`live`: takes sessions at once, and is there. `seen_hours_ago` is rough, and None after two months."""

    id: str
    live: bool
    seen_hours_ago: int | None


class KnownPresences(msgspec.Struct):
    """Of those who are mentors and were ever there."""

    items: list[PresenceView]


class InstantSessions(msgspec.Struct, forbid_unknown_fields=True):
    """Whether one takes sessions at once while one is there."""

    instant: bool


@routes.add("GET", "/presence", PUBLIC, query=PresenceQuery, answer=KnownPresences)
def show_presence(call: Call) -> KnownPresences:
    """Which of these mentors are there."""
    ids = [each for each in call.query.ids.split(",") if each]
    if len(ids) > MOST:
        raise Invalid({"ids": f"At most {MOST}."})
    if any(len(each) > LONGEST_ID for each in ids):
        raise Invalid({"ids": "These are no ids."})
    now = call.deps.clock()
    return KnownPresences([presence_view(each, now) for each in presence.among(call.deps, ids)])


@routes.add("GET", "/me/instant", MENTOR, answer=InstantSessions)
def show_instant_sessions(call: Call) -> InstantSessions:
    """One's own setting."""
    return InstantSessions(presence.takes_instant(call.deps, call.user.user_id))


@routes.add("PUT", "/me/instant", MENTOR, body=InstantSessions, answer=InstantSessions)
def change_instant_sessions(call: Call) -> InstantSessions:
    """An approved mentor takes sessions at once, or no more."""
    presence.take_instant(call.deps, call.user.user_id, instant=call.body.instant)
    return InstantSessions(call.body.instant)


def presence_view(found: MentorPresence, now: datetime) -> PresenceView:
    """As everyone sees it."""
    return PresenceView(found.user_id, found.is_live(now), found.seen_hours_ago(now))
