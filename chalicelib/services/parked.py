"""What could not be sent in eight tries, and its way back once the fault is mended."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.domain.outgoing import Outgoing
from chalicelib.services import admin_acts
from chalicelib.stores.correspondents import Correspondent

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Parked:
    """A notification that waits for an admin, and whom it is for."""

    message: Outgoing
    person: Correspondent


def listed(deps: "Deps", *, limit: int, cursor: str | None) -> tuple[list[Parked], str | None]:
    """What waits for an admin, the longest first, and the cursor of the rest."""
    page = deps.outbox.parked(limit, cursor)
    people = deps.correspondents.of("", list(dict.fromkeys(each.user_id for each in page.items)))
    return [Parked(each, people[each.user_id]) for each in page.items], page.next


def resend(deps: "Deps", user_id: str, notification_id: str, *, by: Identity) -> None:
    """Eight more tries; the stream sets it on its way at once."""
    message = deps.outbox.find(user_id, notification_id)
    if message is None:
        raise NotFound("notification")
    if not message.is_parked:
        raise Conflict("not_parked", "This has been sent, or is being tried again already.")
    log = admin_acts.act(deps, by, "notification_resent", notification_id, user=user_id)
    deps.tables.commit([deps.outbox.resending(message, deps.clock()), *log])
