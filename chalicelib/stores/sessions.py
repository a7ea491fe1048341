"""Sessions: the thing itself, its place in the mentor's list, and its cards in the public ones while it is open."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.domain.accounts import Account
from chalicelib.domain.allowances import Allowance
from chalicelib.domain.errors import NotFound, signed_out
from chalicelib.domain.sessions import DOORS_OPEN, Session
from chalicelib.stores import keys
from chalicelib.stores.allowances import allowance_of
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.stretches import stretch
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Item, Key, Put, Write

LONGEST = timedelta(hours=4)
FORGOTTEN = timedelta(days=30)  # after its time, a hold that came to nothing


class SessionPage(NamedTuple):
    """A page of sessions and the cursor of the next."""

    items: list[Session]
    next: str | None


class Sessions:
    """Every write of a session brings its copies along."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, session_id: str) -> Session | None:
        """The session, as it is now."""
        item = self._tables.read(keys.session(session_id))
        return value_of(Session, item) if item else None

    def get(self, session_id: str) -> Session:
        """The session, or NotFound."""
        session = self.find(session_id)
        if session is None:
            raise NotFound("session")
        return session

    def with_learner(self, session_id: str, user_id: str) -> tuple[Session, Account, Allowance]:
        """The session, with the account of who asks for it and what they may still take, in one request."""
        places = [keys.session(session_id), keys.account(user_id), keys.allowance(user_id)]
        session, account, allowance = self._tables.read_many(places)
        if session is None:
            raise NotFound("session")
        if account is None:
            raise signed_out()
        return value_of(Session, session), value_of(Account, account), allowance_of(user_id, allowance)

    def of_mentor(
        self, mentor_id: str, *, now: datetime, upcoming: bool, limit: int, cursor: str | None
    ) -> SessionPage:
        """A mentor's sessions by time: those not over yet, soonest first, or the others, latest first."""
        start, end = period("SES", now, upcoming)
        page = self._page(f"USR#{mentor_id}", start, end, limit=limit, cursor=cursor, newest_first=not upcoming)
        return SessionPage([session for session in page.items if session.is_past(now) != upcoming], page.next)

    def listed(self, domain: str, now: datetime, limit: int, cursor: str | None) -> SessionPage:
        """Open sessions to come in one domain, or in `all`, soonest first."""
        pk = keys.listed_session(domain, now, "").pk
        return self._page(pk, keys.instant(now), "~", limit=limit, cursor=cursor)

    def adding(self, session: Session) -> list[Write]:
        """A new session in all its places."""
        return [Put(key=keys.session(session.id), item=_item(session), when=NEW), *_copies(session)]

    def saving(self, old: Session, new: Session) -> list[Write]:
        """The session's next state, unless someone else changed it first; its copies follow."""
        new = replace(new, version=old.version + 1)
        moved = Put(key=keys.session(new.id), item=_item(new), when={"status": old.status, "version": old.version})
        left = [Delete(key=key) for key in _places(old) if key not in _places(new)]
        return [moved, *_copies(new), *left]

    def between(self, mentor_id: str, start: datetime, end: datetime) -> list[Session]:
        """A mentor's sessions that begin in a stretch of time, soonest first."""
        low, high = f"SES#{keys.instant(start)}", f"SES#{keys.instant(end)}"
        return [value_of(Session, item) for item in stretch(self._tables, f"USR#{mentor_id}", low, high)]

    def _page(
        self, pk: str, start: str, end: str, *, limit: int, cursor: str | None = None, newest_first: bool = False
    ) -> SessionPage:
        page = self._tables.query(
            "core", pk, start=start, end=end, limit=limit, cursor=cursor, newest_first=newest_first
        )
        return SessionPage([value_of(Session, item) for item in page.items], page.next)


def period(prefix: str, now: datetime, upcoming: bool) -> tuple[str, str]:
    """Sort-key bounds around what is still to come, or has begun: nothing lasts longer than four hours."""
    if upcoming:
        return f"{prefix}#{keys.instant(now - LONGEST)}", f"{prefix}#~"
    return f"{prefix}#", f"{prefix}#{keys.instant(now + DOORS_OPEN)}~"  # one may end before its time


def _item(session: Session) -> Item:
    nothing = session.status == "expired" and session.origin != "published"
    ttl = {"ttl": int((session.starts_at + FORGOTTEN).timestamp())} if nothing else {}
    return item_of(session) | {"kind": "session"} | keys.due(session.id, session.next_due()) | ttl


def _copies(session: Session) -> list[Write]:
    copy = item_of(session) | {"kind": "session_copy"}
    return [Put(key=key, item=copy) for key in _places(session)]


def _places(session: Session) -> list[Key]:
    """Its mentor's list, unless it was a hold that came to nothing; while everyone may book it, the public ones."""
    places = [keys.session_link(session.mentor.id, session.starts_at, session.id)]
    if session.status == "expired" and session.origin != "published":
        return []
    if session.is_listed:
        places += [keys.listed_session(domain, session.starts_at, session.id) for domain in ("all", session.domain)]
        places.append(keys.open_session(session.mentor.id, session.starts_at, session.id))
    return places
