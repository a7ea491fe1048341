"""Outgoing messages: added in the commit of what caused them, due until sent."""

from datetime import datetime

from chalicelib.domain.outgoing import Outgoing
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, OneOf, Put, Update


class Outbox:
    """Mails that wait to be sent."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, message_id: str) -> Outgoing | None:
        """The message, sent or not."""
        item = self._tables.read(keys.outgoing(message_id))
        return value_of(Outgoing, item) if item else None

    def adding(self, message: Outgoing) -> Put:
        """Wait to be sent."""
        due = keys.due(message.id, message.next_due(message.created_at))
        return Put(key=keys.outgoing(message.id), item=item_of(message) | {"kind": "outgoing"} | due, when=NEW)

    def trying(self, message: Outgoing, now: datetime) -> Update:
        """Counted before it is handed on, so that a message which kills its sender is parked in the end."""
        return self._moving(message, message.tried(), now)

    def sent(self, message: Outgoing, now: datetime) -> Update:
        """Done: no longer due."""
        return Update(
            key=keys.outgoing(message.id),
            set={"status": "sent", "ttl": _forgotten(now)} | keys.due(message.id, None),
            when={"status": OneOf(("waiting", "parked"))},  # the last try parks it, and may yet succeed
        )

    def _moving(self, old: Outgoing, new: Outgoing, now: datetime) -> Update:
        ttl = _forgotten(now) if new.status == "parked" else None
        return Update(
            key=keys.outgoing(old.id),
            set={"status": new.status, "attempts": new.attempts, "ttl": ttl} | keys.due(new.id, new.next_due(now)),
            when={"status": "waiting", "attempts": old.attempts},
        )


def _forgotten(now: datetime) -> int:
    """Whether it went out or was parked, what it says of a person is kept for 30 days."""
    return int(now.timestamp()) + 30 * 86400
