"""What goes out with a person's next daily mail: one item for each notification, due at its time."""

from datetime import datetime

from chalicelib.domain.outgoing import Outgoing
from chalicelib.stores import keys
from chalicelib.stores.items import item_of
from chalicelib.stores.outbox import message_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import EXISTING, Delete, Put

MOST = 90  # they all leave in one transaction, which takes a hundred writes


class Digests:
    """Copies of notifications, until they are gathered."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of(self, user_id: str) -> list[Outgoing]:
        """All that waits for somebody's next one, in the order of coming; what is beyond the most waits on."""
        page = self._tables.query("core", f"USR#{user_id}", prefix=keys.DIGEST, limit=MOST)
        return [message_of(item) for item in page.items]

    def adding(self, message: Outgoing, at: datetime) -> Put:
        """It goes out with the others then."""
        copied = item_of(message) | {"kind": "digest"} | keys.due(message.id, at)
        return Put(key=keys.digest(message.user_id, message.id), item=copied)

    def taking(self, message: Outgoing) -> Delete:
        """Gathered, by one who gathers and not by two."""
        return Delete(key=keys.digest(message.user_id, message.id), when=EXISTING)
