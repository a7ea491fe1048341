"""Refunds that wait for a second admin: one at a time beside a booking, forgotten after a day."""

from chalicelib.domain.refund_wishes import WAITS, RefundWish
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Delete, Put


class RefundWishes:
    """The newest is the one that counts."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str) -> RefundWish | None:
        """What waits for another admin."""
        item = self._tables.read(keys.refund_wish(booking_id))
        return value_of(RefundWish, item) if item else None

    def saving(self, wish: RefundWish) -> Put:
        """In place of any other."""
        ttl = {"ttl": int((wish.at + WAITS).timestamp())}
        return Put(key=keys.refund_wish(wish.booking_id), item=item_of(wish) | {"kind": "refund_wish"} | ttl)

    def granting(self, wish: RefundWish) -> Delete:
        """Carried out, as it was asked for."""
        same = {"paise": wish.paise, "by": wish.by}
        return Delete(key=keys.refund_wish(wish.booking_id), when=same)
