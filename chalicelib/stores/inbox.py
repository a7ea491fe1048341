"""What the gateway has told us of: taken down at once by its event id, and seen to until it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.outgoing import FAST_PATH
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Put, Update

KEPT = timedelta(days=90)  # far longer than the gateway repeats an event


@dataclass(frozen=True)
class Event:
    """Ids and nothing else: whatever they stand for is asked of the gateway."""

    id: str
    name: str
    payment_id: str = ""
    refund_id: str = ""
    dispute_id: str = ""
    payout_id: str = ""
    status: Literal["waiting", "done"] = "waiting"


class Inbox:
    """One put for each event, however often it is delivered."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, event_id: str) -> Event | None:
        """The event, seen to or not."""
        item = self._tables.read(keys.inbox(event_id))
        return value_of(Event, item) if item else None

    def adding(self, event: Event, now: datetime) -> Put:
        """Taken down, unless it has been."""
        item = item_of(event) | {"kind": "inbox"} | keys.due(event.id, now + FAST_PATH)
        return Put(key=keys.inbox(event.id), item=item, when=NEW)

    def done(self, event_id: str, now: datetime) -> Update:
        """Seen to."""
        ttl = int((now + KEPT).timestamp())
        seen = {"status": "done", "ttl": ttl} | keys.due(event_id, None)
        return Update(key=keys.inbox(event_id), set=seen, when={"status": "waiting"})
