"""Whether mentors are there: told by their sockets, shown to everyone."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, Unauthenticated
from chalicelib.domain.presence import MentorPresence

if TYPE_CHECKING:
    from chalicelib.stores.connections import Connection
    from chalicelib.wiring import Deps

TOKEN_LIFE = timedelta(hours=2, minutes=10)  # as long as a socket lasts


def token(deps: "Deps", connection: "Connection") -> str | None:
    """By which a mentor's page says that it is still looked at."""
    return deps.tokens.sign("presence", connection.user_id, TOKEN_LIFE) if connection.mentor else None


def still_there(deps: "Deps", shown: str) -> None:
    """One update; nothing is read."""
    claims = deps.tokens.read("presence", shown)
    if claims is None:
        raise Unauthenticated("bad_token", "Please connect anew.")
    deps.tables.update(deps.presences.coming(claims["sub"], deps.clock()))


def leave(deps: "Deps", user_id: str) -> None:
    """A mentor's socket has closed: was it the last, they were seen last now; whoever comes in between is there."""
    now = deps.clock()
    if not deps.connections.of(user_id):
        with suppress(Conflict):
            deps.tables.update(deps.presences.going(user_id, now))


def among(deps: "Deps", user_ids: Sequence[str]) -> list[MentorPresence]:
    """What is known of these people; those who are no mentors are nowhere."""
    return deps.presences.among(list(dict.fromkeys(user_ids)))


def takes_instant(deps: "Deps", user_id: str) -> bool:
    """A mentor's own setting."""
    found = deps.presences.find(user_id)
    return found is not None and found.instant


def take_instant(deps: "Deps", user_id: str, *, instant: bool) -> None:
    """An approved mentor takes sessions at once while they are there, or no more."""
    deps.tables.commit([deps.mentors.approved(user_id), deps.presences.taking_instant(user_id, instant)])
