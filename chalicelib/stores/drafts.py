"""Drafts of the sessions a mentor is about to publish: whatever has been filled in, forgotten after a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Delete, Item, Put

KEPT, MOST = timedelta(days=90), 20


class Draft(NamedTuple):
    """Some of the fields of a session, as they were typed: nothing in it has been checked."""

    id: str
    fields: dict[str, Any]
    saved_at: datetime


class Drafts:
    """Under their mentor; writing one again replaces it whole."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of_mentor(self, mentor_id: str, now: datetime) -> list[Draft]:
        """A mentor's drafts, the one saved last first; what time has taken but the table still holds is left out."""
        page = self._tables.query("core", keys.draft(mentor_id, "").pk, prefix="DRAFT#", limit=2 * MOST)
        alive = [item for item in page.items if item["ttl"] > now.timestamp()]
        return sorted(map(_draft, alive), key=lambda draft: draft.saved_at, reverse=True)

    def saving(self, mentor_id: str, draft: Draft) -> Put:
        """The draft, in place of what it was."""
        item = {
            "kind": "draft",
            "id": draft.id,
            "fields": msgspec.to_builtins(draft.fields),
            "saved_at": msgspec.to_builtins(draft.saved_at),
            "ttl": int((draft.saved_at + KEPT).timestamp()),
        }
        return Put(key=keys.draft(mentor_id, draft.id), item=item)

    def removing(self, mentor_id: str, draft_id: str) -> Delete:
        """No draft any more: published, or thrown away."""
        return Delete(key=keys.draft(mentor_id, draft_id))


def _draft(item: Item) -> Draft:
    fields: Mapping[str, Any] = item["fields"]
    return Draft(item["id"], dict(fields), msgspec.convert(item["saved_at"], datetime))
