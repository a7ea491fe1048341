"""Disputes: each beside its booking, and in the admins' list of those open or decided."""

from dataclasses import replace
from typing import Literal, NamedTuple

from chalicelib.domain.disputes import Dispute
from chalicelib.domain.payments import Payment
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Item, Put

Listed = Literal["open", "decided"]


class DisputePage(NamedTuple):
    """A page of disputes and the cursor of the next."""

    items: list[Dispute]
    next: str | None


class Disputes:
    """One a booking, changed only as it was read."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str) -> Dispute | None:
        """The booking's dispute, if there is one."""
        item = self._tables.read(keys.dispute(booking_id))
        return value_of(Dispute, item) if item else None

    def with_payment(self, booking_id: str) -> tuple[Payment | None, Dispute | None]:
        """The money of a booking and the dispute about it, in one request."""
        payment, dispute = self._tables.read_many([keys.payment(booking_id), keys.dispute(booking_id)])
        return value_of(Payment, payment) if payment else None, value_of(Dispute, dispute) if dispute else None

    def listed(self, state: Listed, *, limit: int, cursor: str | None) -> DisputePage:
        """Those that wait, the longest first, or those decided, the latest first.

        The index may lag, so each is read as it is now.
        """
        page = self._tables.query(
            "core", f"DISPUTES#{state}", index="gsi1", limit=limit, cursor=cursor, newest_first=state == "decided"
        )
        places = [keys.dispute(item["id"]) for item in page.items]
        found = [value_of(Dispute, item) for item in self._tables.read_many(places) if item] if places else []
        return DisputePage([each for each in found if _state(each) == state], page.next)

    def adding(self, dispute: Dispute) -> Put:
        """With the freezing of the earning that it is about."""
        return Put(key=keys.dispute(dispute.booking_id), item=_item(dispute), when=NEW)

    def saving(self, old: Dispute | None, new: Dispute) -> Put:
        """The dispute's next state, unless somebody else changed it first."""
        if old is None:
            return self.adding(new)
        item = _item(replace(new, version=old.version + 1))
        return Put(key=keys.dispute(new.booking_id), item=item, when={"version": old.version})


def _state(dispute: Dispute) -> Listed:
    return "decided" if dispute.decision else "open"


def _item(dispute: Dispute) -> Item:
    since = dispute.decision.at if dispute.decision else dispute.opened_at
    place = {"g1pk": f"DISPUTES#{_state(dispute)}", "g1sk": f"{keys.instant(since)}#{dispute.booking_id}"}
    return item_of(dispute) | {"kind": "dispute", "id": dispute.booking_id} | place
