"""Mentors' strikes, changed only as they were read; who is flagged stands in the admins' list."""

from dataclasses import replace

from chalicelib.domain.standings import Standing
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Put


class Standings:
    """One item a mentor, from the first strike on."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str) -> Standing:
        """As it is now; spotless if there is none."""
        item = self._tables.read(keys.standing(user_id))
        return value_of(Standing, item) if item else Standing(user_id)

    def saving(self, old: Standing, new: Standing) -> list[Put]:
        """The next state, unless somebody else changed it first."""
        if new == old:
            return []
        flag = {}
        if new.flagged_at:
            flag = {"g1pk": "MENTORS#flagged", "g1sk": f"{keys.instant(new.flagged_at)}#{new.id}"}
        item = item_of(replace(new, version=old.version + 1)) | {"kind": "standing"} | flag
        when = {"version": old.version} if old.version else NEW
        return [Put(key=keys.standing(old.id), item=item, when=when)]

    def forgetting(self, user_id: str) -> Delete:
        """No record any more: the mentor has left."""
        return Delete(key=keys.standing(user_id))
