"""Payments: the money of each booking beside it, and the orders it is found by."""

from dataclasses import replace

from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import NotFound
from chalicelib.domain.payments import Payment
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Item, Put, Update, Write


class Payments:
    """One item a booking, changed only as it was read."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str) -> Payment | None:
        """The booking's payment; None for what costs nothing."""
        item = self._tables.read(keys.payment(booking_id))
        return value_of(Payment, item) if item else None

    def get(self, booking_id: str) -> Payment:
        """The booking's payment, or NotFound."""
        payment = self.find(booking_id)
        if payment is None:
            raise NotFound("payment")
        return payment

    def with_booking(self, booking_id: str) -> tuple[Booking | None, Payment | None]:
        """A booking and its money, in one request."""
        booking, payment = self._tables.read_many([keys.booking(booking_id), keys.payment(booking_id)])
        return value_of(Booking, booking) if booking else None, value_of(Payment, payment) if payment else None

    def waiting_of(self, mentor_id: str) -> int:
        """How much of a mentor's pending earnings waits for decisions: of the first 200, far more than ever wait."""
        prefix = keys.waiting_earning(mentor_id, "").sk
        page = self._tables.query("core", keys.account(mentor_id).pk, prefix=prefix, limit=200)
        return sum(item["paise"] for item in page.items)

    def booking_of(self, order_id: str) -> str | None:
        """Which booking an order was made for, as we wrote it down."""
        item = self._tables.read(keys.order(order_id)) if order_id else None
        return item["booking_id"] if item else None

    def begun(self, booking_id: str) -> Payment:
        """One more try to make an order for what may still be paid, counted before the gateway is asked."""
        write = Update(key=keys.payment(booking_id), add={"tries": 1, "version": 1}, when={"status": "open"})
        return value_of(Payment, self._tables.update(write))

    def adding(self, payment: Payment) -> Put:
        """With the hold it belongs to."""
        return Put(key=keys.payment(payment.booking_id), item=_item(payment), when=NEW)

    def saving(self, old: Payment, new: Payment) -> list[Write]:
        """The payment's next state, unless somebody else changed it first."""
        if new == old:
            return []
        item = _item(replace(new, version=old.version + 1))
        saved: list[Write] = [Put(key=keys.payment(old.booking_id), item=item, when={"version": old.version})]
        if new.order_id != old.order_id:
            link = {"booking_id": new.booking_id, "kind": "order"}
            saved.append(Put(key=keys.order(new.order_id), item=link, when=NEW))
        return [*saved, *_waiting(old, new)]


def _waiting(old: Payment, new: Payment) -> list[Write]:
    """Among its mentor's own, while it waits for a decision."""
    if new.waiting_paise == old.waiting_paise:
        return []
    place = keys.waiting_earning(new.mentor_id, new.booking_id)
    return [Put(key=place, item={"paise": new.waiting_paise})] if new.waiting_paise else [Delete(key=place)]


def _item(payment: Payment) -> Item:
    due = keys.due(payment.booking_id, payment.next_due())
    return item_of(payment) | {"kind": "payment", "id": payment.booking_id} | due
