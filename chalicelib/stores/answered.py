"""What each client's Idempotency-Key has led to, written in the same transaction as the thing itself."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.domain.errors import Conflict
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Put

KEPT = timedelta(days=1)


class KeyUsed(Conflict):
    """The key has been used: the first answer is to be given again."""

    def __init__(self) -> None:
        super().__init__("key_used", "This has already been done.")


class Answered:
    """Same key and same input: the first answer; same key and other input: refused."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def marking(self, user_id: str, key: str, asked: Any, made: str, now: datetime) -> Put:
        """Remember that this key made the thing with this id."""
        item = {"asked": _hash(asked), "made": made, "ttl": int((now + KEPT).timestamp())}
        return Put(key=keys.answered(user_id, key), item=item, when=NEW, lost=KeyUsed())

    def made(self, user_id: str, key: str, asked: Any) -> str | None:
        """The id of what this key made before, if it was asked for the same."""
        item = self._tables.read(keys.answered(user_id, key))
        if item is None:
            return None
        if item["asked"] != _hash(asked):
            raise Conflict("key_reused", "This Idempotency-Key was used for something else. Please use a new one.")
        return str(item["made"])


def _hash(asked: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()
