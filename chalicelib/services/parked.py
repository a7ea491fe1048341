"""What could not be sent in eight tries, and its way back once the fault is mended."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.services import admin_acts
from chalicelib.stores.outbox import ParkedPage

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def listed(deps: "Deps", *, limit: int, cursor: str | None) -> ParkedPage:
    """What waits for an admin, the longest first."""
    return deps.outbox.parked(limit, cursor)


def resend(deps: "Deps", user_id: str, notification_id: str, *, by: Identity) -> None:
    """Eight more tries; the stream sets it on its way at once."""
    message = deps.outbox.find(user_id, notification_id)
    if message is None:
        raise NotFound("notification")
    if not message.is_parked:
        raise Conflict("not_parked", "This has been sent, or is being tried again already.")
    log = admin_acts.act(deps, by, "notification_resent", notification_id, user=user_id)
    deps.tables.commit([deps.outbox.resending(message, deps.clock()), *log])
