"""Who waits for a taken session, in the order of their coming."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.sessions import SessionPage
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import EXISTING, NEW, Delete, Key, Put, Write

KEPT = timedelta(days=400)  # the session may be moved by agreement, twice


@dataclass(frozen=True)
class Waiter:
    """A learner who waits for a session, and since when."""

    session_id: str
    user_id: str
    since: datetime


class Waitlists:
    """The session's own `waiters` counts them, so that nobody is overlooked when it is freed."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, session_id: str, user_id: str) -> Waiter | None:
        """Whether this person waits for this session."""
        item = self._tables.read(keys.waiting_link(user_id, session_id))
        return value_of(Waiter, item) if item else None

    def first(self, session_id: str) -> Waiter | None:
        """Who has waited longest."""
        pk = keys.session(session_id).pk
        rows = self._tables.query("core", pk, prefix="WAIT#", limit=1).items
        return value_of(Waiter, rows[0]) if rows else None

    def of(self, user_id: str) -> list[Waiter]:
        """All that this person waits for; at most 200."""
        rows = self._tables.query("core", f"USR#{user_id}", prefix="WAIT#", limit=200).items
        return [value_of(Waiter, row) for row in rows]

    def waited_for(self, user_id: str, now: datetime, limit: int, cursor: str | None) -> SessionPage:
        """The sessions to come that this person waits for, soonest first within a page."""
        page = self._tables.query("core", f"USR#{user_id}", prefix="WAIT#", limit=limit, cursor=cursor)
        places = [keys.session(value_of(Waiter, item).session_id) for item in page.items]
        found = [value_of(Session, item) for item in (self._tables.read_many(places) if places else []) if item]
        worth = [each for each in found if each.status in ("held", "booked") and now < each.starts_at]
        return SessionPage(sorted(worth, key=lambda each: each.starts_at), page.next)

    def joining(self, waiter: Waiter, session: Session) -> list[Write]:
        """One more, at the end."""
        item = item_of(waiter) | {"ttl": int((session.ends_at + KEPT).timestamp())}
        twice = Conflict("already_waiting", "You are waiting for this session already.")
        return [Put(key=_link(waiter), item=item, when=NEW, lost=twice), Put(key=_place(waiter), item=item)]

    def leaving(self, waiter: Waiter) -> list[Write]:
        """One less: gone, or served."""
        return [Delete(key=_link(waiter), when=EXISTING), Delete(key=_place(waiter))]


def _link(waiter: Waiter) -> Key:
    return keys.waiting_link(waiter.user_id, waiter.session_id)


def _place(waiter: Waiter) -> Key:
    return keys.waiting(waiter.session_id, waiter.since, waiter.user_id)
