"""The events to be told: each written down with what it tells of as it was at that moment, until it is delivered."""

import json
from collections.abc import Iterator

from infra.local.razorpay.problems import Body
from infra.local.razorpay.shelves import Shelves


class Events:
    """`account_id` is ours at the gateway."""

    def __init__(self, shelves: Shelves, account_id: str):
        self._shelves, self._account_id = shelves, account_id

    def tell(self, name: str, **told: Body) -> None:
        """One event about one thing or two; its body never changes again, so that every retry is signed alike."""
        body = {
            "entity": "event",
            "account_id": self._account_id,
            "event": name,
            "contains": [*told],
            "payload": {kind: {"entity": entity} for kind, entity in told.items()},
            "created_at": int(self._shelves.now()),
        }
        text = json.dumps(body, separators=(",", ":"))
        self._shelves.put("event", {"id": self._shelves.new(), "event": name, "body": text, "state": "due"})

    def due(self) -> Iterator[Body]:
        """Not delivered yet, the oldest first."""
        return (each for each in self._shelves.every("event") if each["state"] == "due")

    def done(self, event_id: str, state: str = "delivered") -> None:
        """Delivered, or given up."""
        self._shelves.move("event", event_id, state=state)
