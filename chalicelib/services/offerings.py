"""What a mentor sells: drafting it, putting it on offer, taking it off again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import offerings as rules
from chalicelib.domain.errors import Conflict
from chalicelib.domain.mentors import DOMAINS
from chalicelib.domain.offerings import Offering
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Pitch:
    """What is said of an offering; money is paise."""

    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    duration_minutes: int
    price_paise: int = 0


def create(deps: "Deps", *, mentor_id: str, pitch: Pitch, status: Literal["draft", "published"], key: str) -> Offering:
    """A new offering, at once on offer or not; the same key again gives the same offering."""
    now, asked = deps.clock(), (pitch, status)
    made = Offering(id=deps.new_id("off"), mentor_id=mentor_id, created_at=now, status=status, **vars(pitch))
    made.checked(domains=DOMAINS, payments=deps.config.payments)
    try:
        room = _room(deps, mentor_id)
        first = deps.answered.marking(mentor_id, key, asked, made.id, now)
        deps.tables.commit([first, deps.offerings.adding(made), *_allowed(deps, made), *room])
    except Conflict:
        earlier = deps.answered.made(mentor_id, key, asked)
        if earlier is None:
            raise
        return deps.offerings.get(mentor_id, earlier)
    return made


def edit(deps: "Deps", *, mentor_id: str, offering_id: str, pitch: Pitch, version: int) -> Offering:
    """The mentor's changes, on the version they saw; sessions booked already keep their words."""
    old = deps.offerings.get(mentor_id, offering_id)
    if old.version != version:
        raise deps.offerings.saving(old, old).refusal()
    return _save(deps, old, old.edit(vars(pitch), domains=DOMAINS, payments=deps.config.payments))


def publish(deps: "Deps", *, mentor_id: str, offering_id: str) -> Offering:
    """A draft, or one archived before, goes on offer; doing so twice changes nothing."""
    old = deps.offerings.get(mentor_id, offering_id)
    new = old.publish(domains=DOMAINS, payments=deps.config.payments)
    if old.status == "archived":
        rules.room_for_one_more(deps.offerings.of_mentor(mentor_id))
    return old if new == old else _save(deps, old, new)


def archive(deps: "Deps", *, mentor_id: str, offering_id: str) -> Offering:
    """Off offer; doing so twice changes nothing."""
    old = deps.offerings.get(mentor_id, offering_id)
    new = old.archive()
    return old if new == old else _save(deps, old, new)


def forget(deps: "Deps", mentor_id: str) -> None:
    """None of a mentor's offerings remains; twice is as good as once."""
    while held := deps.offerings.of_mentor(mentor_id):
        for first in range(0, len(held), 50):
            part = held[first : first + 50]
            deps.tables.commit([deps.offerings.removing(mentor_id, each.id) for each in part])


def _save(deps: "Deps", old: Offering, new: Offering) -> Offering:
    deps.tables.commit([deps.offerings.saving(old, new), *_allowed(deps, new)])
    return deps.offerings.saved(old, new)


def _room(deps: "Deps", mentor_id: str) -> list[Write]:
    oldest = rules.room_for_one_more(deps.offerings.of_mentor(mentor_id))
    return [deps.offerings.removing(mentor_id, oldest.id)] if oldest else []


def _allowed(deps: "Deps", offering: Offering) -> Sequence[Write]:
    """Whoever has proven their address may draft, and take off; what is on offer is an approved mentor's."""
    proven = deps.accounts.verified(offering.mentor_id)
    return [proven, deps.mentors.approved(offering.mentor_id)] if offering.status == "published" else [proven]
