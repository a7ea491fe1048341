"""Offerings: they lie beside the mentor's hours and claims, so that one query shows all that a booking needs."""

from dataclasses import replace

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.offerings import MOST_KEPT, Offering
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Check, Delete, Item, Key, Put


class Offerings:
    """Every change is made on the version that was seen."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, mentor_id: str, offering_id: str) -> Offering | None:
        """A mentor's offering, as it is now."""
        item = self._tables.read(keys.offering(mentor_id, offering_id))
        return offering_of(item) if item else None

    def get(self, mentor_id: str, offering_id: str) -> Offering:
        """The offering, or NotFound."""
        offering = self.find(mentor_id, offering_id)
        if offering is None:
            raise NotFound("offering")
        return offering

    def of_mentor(self, mentor_id: str) -> list[Offering]:
        """All of a mentor's, archived ones too, the newest first."""
        page = self._tables.query(
            "core", keys.offering(mentor_id, "").pk, prefix="OFFERING#", limit=2 * MOST_KEPT, newest_first=True
        )
        return [offering_of(item) for item in page.items]

    def adding(self, offering: Offering) -> Put:
        """A new offering."""
        return Put(key=_key(offering), item=_item(offering), when=NEW)

    def saving(self, old: Offering, new: Offering) -> Put:
        """The offering's next state, unless it was changed elsewhere first."""
        changed = Conflict("offering_changed", "This offering was changed in the meantime. Please look again.")
        new = self.saved(old, new)
        return Put(key=_key(new), item=_item(new), when={"version": old.version}, lost=changed)

    def saved(self, old: Offering, new: Offering) -> Offering:
        """The next state, as `saving` stores it."""
        return replace(new, version=old.version + 1)

    def unchanged(self, offering: Offering) -> Check:
        """What is written beside this was decided on the offering as it was read: price, length and words."""
        changed = Conflict("not_offered", "The mentor has just changed this offering. Please look again.")
        return Check(key=_key(offering), when={"version": offering.version, "status": offering.status}, lost=changed)

    def removing(self, mentor_id: str, offering_id: str) -> Delete:
        """Nothing of it remains; sessions keep their copies of its words."""
        return Delete(key=keys.offering(mentor_id, offering_id))


def offering_of(item: Item) -> Offering:
    """The offering that an item holds."""
    return value_of(Offering, item)


def _key(offering: Offering) -> Key:
    return keys.offering(offering.mentor_id, offering.id)


def _item(offering: Offering) -> Item:
    return item_of(offering) | {"kind": "offering"}
