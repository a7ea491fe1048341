"""Blocking and unblocking somebody."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain import throttles
from chalicelib.domain.blocks import Block
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.stores.correspondents import Correspondent
from chalicelib.stores.writes import EXISTING, Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def block(deps: "Deps", user_id: str, other_id: str) -> None:
    """From this commit on, nothing more comes of the other; twice is as good as once."""
    now = deps.clock()
    deps.tables.commit([*deps.throttles.counting(throttles.blocks(user_id), now), *blocking(deps, user_id, other_id)])


def blocking(deps: "Deps", user_id: str, other_id: str) -> list[Write]:
    """The writes of it, also beside a report."""
    if user_id == other_id:
        raise Conflict("own_account", "You cannot block yourself.")
    known = replace(deps.messages.reachable(other_id), when=EXISTING, lost=NotFound("person"))
    return [known, deps.blocks.adding(Block(user_id, other_id, deps.clock()))]


def unblock(deps: "Deps", user_id: str, other_id: str) -> None:
    """The two are as before; unblocking somebody who is not blocked changes nothing."""
    deps.tables.commit([deps.blocks.removing(user_id, other_id)])


def blocked(deps: "Deps", user_id: str) -> list[Correspondent]:
    """Whom somebody has blocked, the latest first."""
    found = sorted(deps.blocks.of_person(user_id), key=lambda each: each.at, reverse=True)
    people = deps.correspondents.of(user_id, [each.of for each in found])
    return [people[each.of] for each in found]


def forget(deps: "Deps", user_id: str) -> None:
    """Whom somebody who leaves has blocked."""
    for each in deps.blocks.of_person(user_id):
        deps.tables.commit([deps.blocks.removing(user_id, each.of)])
