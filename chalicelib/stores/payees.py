"""Payees: where each mentor is paid, masked, beside their account; due each Monday for the weekly payout."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.payees import Payee
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Put, Update


class Payees:
    """One item a mentor, changed only as it was read."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, mentor_id: str) -> Payee | None:
        """Where a mentor is paid, if they have said so."""
        item = self._tables.read(keys.payee(mentor_id))
        return value_of(Payee, item) if item else None

    def get(self, mentor_id: str) -> Payee:
        """The payee, or NotFound."""
        payee = self.find(mentor_id)
        if payee is None:
            raise NotFound("payee")
        return payee

    def saving(self, old: Payee | None, new: Payee) -> Put:
        """The payee's next state, unless somebody else changed it first; it stays due on Mondays."""
        version = old.version + 1 if old else new.version
        due = keys.due(new.mentor_id, new.due_at)
        item = item_of(replace(new, version=version)) | {"kind": "payee", "id": new.mentor_id} | due
        return Put(key=keys.payee(new.mentor_id), item=item, when={"version": old.version} if old else NEW)

    def blocking(self, payee: Payee, until: datetime) -> Update:
        """No payout begins until then."""
        return Update(
            key=keys.payee(payee.mentor_id),
            set={"blocked_until": keys.instant(until)},
            add={"version": 1},
            when={"version": payee.version},
        )

    def freeing(self, mentor_id: str, payout_id: str) -> Update:
        """Their payout is over: there may be another."""
        key, over = keys.payee(mentor_id), {"in_flight": payout_id}
        return Update(key=key, set={"in_flight": ""}, add={"version": 1}, when=over)

    def removing(self, payee: Payee) -> Delete:
        """Nothing of it remains, if no payout is under way."""
        return Delete(key=keys.payee(payee.mentor_id), when={"version": payee.version, "in_flight": ""})
