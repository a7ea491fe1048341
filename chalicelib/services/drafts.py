"""Sessions that a mentor has begun to describe: kept while they type, offered again when they come back."""

from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import Conflict
from chalicelib.domain.identity import Identity
from chalicelib.stores.drafts import MOST, Draft

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def listed(deps: "Deps", mentor_id: str) -> list[Draft]:
    """A mentor's drafts, the one saved last first."""
    return deps.drafts.of_mentor(mentor_id, deps.clock())


def save(deps: "Deps", user: Identity, draft_id: str, fields: dict[str, Any]) -> Draft:
    """What has been filled in so far, in place of what was kept before; there is room for some, not for any number."""
    held = listed(deps, user.user_id)
    if len(held) >= MOST and draft_id not in {each.id for each in held}:
        oldest = held[-1].fields.get("title") or "one without a title"
        raise Conflict(
            "too_many_drafts",
            f"You have {MOST} unfinished sessions. Publish one or throw one away first; the oldest is: {oldest}.",
            {"draft_id": held[-1].id},
        )
    draft = Draft(draft_id, fields, deps.clock())
    deps.tables.commit([deps.drafts.saving(user.user_id, draft), deps.accounts.signed_in(user)])
    return draft


def discard(deps: "Deps", mentor_id: str, draft_id: str) -> None:
    """Thrown away; twice is as good as once."""
    deps.tables.commit([deps.drafts.removing(mentor_id, draft_id)])


def forget(deps: "Deps", mentor_id: str) -> None:
    """None of a mentor's drafts remains."""
    held = listed(deps, mentor_id)
    if held:
        deps.tables.commit([deps.drafts.removing(mentor_id, each.id) for each in held])
