"""Payouts: each found by its id, in its mentor's list, and by admins by its state."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.errors import NotFound
from chalicelib.domain.india import INDIA
from chalicelib.domain.payouts import Payout, Shown
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Item, Put, Write


class PayoutPage(NamedTuple):
    """A page of payouts and the cursor of the next."""

    items: list[Payout]
    next: str | None


class Payouts:
    """One versioned item a payout, and a link in its mentor's list."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, payout_id: str) -> Payout | None:
        """The payout as it is now."""
        item = self._tables.read(keys.payout(payout_id))
        return value_of(Payout, item) if item else None

    def get(self, payout_id: str) -> Payout:
        """The payout, or NotFound."""
        payout = self.find(payout_id)
        if payout is None:
            raise NotFound("payout")
        return payout

    def of_mentor(self, mentor_id: str, *, limit: int, cursor: str | None) -> PayoutPage:
        """A mentor's payouts, the latest first."""
        pk = keys.payee(mentor_id).pk
        page = self._tables.query("core", pk, prefix="PAYOUT#", limit=limit, cursor=cursor, newest_first=True)
        return PayoutPage(self._all([item["payout_id"] for item in page.items]), page.next)

    def asked_between(self, mentor_id: str, start: datetime, end: datetime) -> list[Payout]:
        """A mentor's payouts that were asked for in a period, the earliest first."""
        first, last = (keys.payout_link(mentor_id, at, "") for at in (start, end))
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = self._tables.query("core", first.pk, start=first.sk, end=last.sk, cursor=cursor)
            found += [item["payout_id"] for item in page.items]
            cursor = page.next
            if cursor is None:
                return self._all(found)

    def with_status(self, status: Shown, month: str, *, limit: int, cursor: str | None) -> PayoutPage:
        """Those in one state, the longest asked for first; what is over is listed by the month (in India) of its being
        asked for. The index may lag, so each is read as it is now."""
        page = self._tables.query("core", _list(status, month), index="gsi1", limit=limit, cursor=cursor)
        found = self._all([item["id"] for item in page.items])
        return PayoutPage([each for each in found if each.shown == status], page.next)

    def adding(self, payout: Payout) -> list[Write]:
        """Asked for, and in its mentor's list."""
        link = keys.payout_link(payout.mentor_id, payout.asked_at, payout.id)
        return [
            Put(key=keys.payout(payout.id), item=_item(payout), when=NEW),
            Put(key=link, item={"kind": "payout_link", "payout_id": payout.id}, when=NEW),
        ]

    def saving(self, old: Payout, new: Payout) -> list[Write]:
        """The payout's next state, unless somebody else changed it first."""
        if new == old:
            return []
        return [Put(key=keys.payout(old.id), item=_item(self.saved(old, new)), when={"version": old.version})]

    def saved(self, old: Payout, new: Payout) -> Payout:
        """The next state, as `saving` stores it."""
        return replace(new, version=old.version + 1)

    def _all(self, ids: list[str]) -> list[Payout]:
        rows = self._tables.read_many([keys.payout(each) for each in ids]) if ids else []
        return [value_of(Payout, row) for row in rows if row]


def _list(status: str, month: str) -> str:
    return f"PAYOUTS#{status}#{month}" if month else f"PAYOUTS#{status}"


def _item(payout: Payout) -> Item:
    month = "" if payout.is_open else payout.asked_at.astimezone(INDIA).strftime("%Y-%m")
    return item_of(payout) | {
        "kind": "payout",
        "g1pk": _list(payout.shown, month),
        "g1sk": f"{keys.instant(payout.asked_at)}#{payout.id}",
        **keys.due(payout.id, payout.due_at),
    }
