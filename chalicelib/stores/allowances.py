"""What each learner may still take, changed only as it was read."""

from dataclasses import replace

from chalicelib.domain.allowances import Allowance
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Item, Put


class Allowances:
    """One item a learner, in the transaction of whatever it counts."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str) -> Allowance:
        """As it is now; untouched if there is none."""
        return allowance_of(user_id, self._tables.read(keys.allowance(user_id)))

    def saving(self, old: Allowance, new: Allowance) -> list[Put]:
        """The next state, unless somebody else changed it first."""
        if new == old:
            return []
        item = item_of(replace(new, version=old.version + 1)) | {"kind": "allowance"}
        when = {"version": old.version} if old.version else NEW
        return [Put(key=keys.allowance(old.id), item=item, when=when)]

    def forgetting(self, user_id: str) -> Delete:
        """Nothing is counted any more: the learner has left."""
        return Delete(key=keys.allowance(user_id))


def allowance_of(user_id: str, item: Item | None) -> Allowance:
    """The stored one, or an untouched one."""
    return value_of(Allowance, item) if item else Allowance(user_id)
