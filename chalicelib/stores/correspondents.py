"""The people somebody writes with, as they look now: no copies of them are kept anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.cards import NAMELESS
from chalicelib.domain.presence import MentorPresence
from chalicelib.stores import keys
from chalicelib.stores.accounts import account_of
from chalicelib.stores.presences import presence_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Item


@dataclass(frozen=True)
class Correspondent:
    """`slug` leads to a mentor's page; `blocked` by the one who looks; `gone` has left, or is suspended."""

    id: str
    name: str
    photo_url: str | None = None
    slug: str | None = None
    presence: MentorPresence | None = None
    blocked: bool = False
    gone: bool = False


class Correspondents:
    """Names, pictures, presence and blocks in one request for each 25 people."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of(self, viewer_id: str, ids: Sequence[str]) -> dict[str, Correspondent]:
        """Each of these people as one viewer sees them."""
        places = [
            place
            for each in ids
            for place in (keys.account(each), keys.mentor(each), keys.presence(each), keys.block(viewer_id, each))
        ]
        rows = self._tables.read_many(places) if places else []
        groups = zip(ids, rows[::4], rows[1::4], rows[2::4], rows[3::4], strict=True)
        return {each: _correspondent(each, *items) for each, *items in groups}


def _correspondent(
    user_id: str, account: Item | None, mentor: Item | None, presence: Item | None, block: Item | None
) -> Correspondent:
    found = account_of(account)
    if found is None or found.status != "active":
        name = found.name if found else NAMELESS
        return Correspondent(user_id, name, blocked=block is not None, gone=True)
    listed = mentor is not None and mentor.get("status") == "approved"
    slug = str(mentor["slug"]) if mentor and listed else None
    there = presence_of(user_id, presence) if listed else None
    return Correspondent(user_id, found.name, found.photo_url, slug, there, block is not None)
