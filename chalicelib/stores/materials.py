"""Materials: the files of a booking and their count."""

from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict
from chalicelib.domain.materials import MOST, Material
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Below, Delete, Item, Key, Put, Update, Write

SHOWN = ("waiting", "ready", "refused")
FORGOTTEN = timedelta(days=1)  # why a file was refused can be read for so long


class Materials:
    """Each state is written over the one before; the count goes with what takes a place."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, booking_id: str, material_id: str) -> Material | None:
        """One file, as it is now."""
        return _material(self._tables.read(keys.material(booking_id, material_id)))

    def of(self, booking_id: str) -> list[Material]:
        """All that its two people are shown, in the order they came."""
        prefix = keys.material(booking_id, "").sk
        page = self._tables.query("core", keys.material(booking_id, "").pk, prefix=prefix, limit=100)
        found = [value_of(Material, item) for item in page.items]
        return [each for each in found if each.state in SHOWN]

    def adding(self, material: Material) -> list[Write]:
        """A new one, if there is room for it."""
        full = Conflict("too_many_files", f"At most {MOST} files. Delete one that is not needed any more.")
        count = Update(
            key=keys.materials(material.booking_id), add={"count": 1}, when={"count": Below(MOST)}, lost=full
        )
        return [Put(key=_place(material), item=_item(material), when=NEW), count]

    def taking(self, old: Material, new: Material) -> Update:
        """Inspected: unless it was deleted, or inspected, before."""
        changes = {"state": new.state, "size": new.size, "content_type": new.content_type}
        return Update(key=_place(old), set=changes | _due(new), when={"state": "waiting"})

    def refusing(self, new: Material, now: datetime) -> list[Write]:
        """It takes no place any more, and is soon forgotten."""
        changes = {"state": "refused", "reason": new.reason, "ttl": int((now + FORGOTTEN).timestamp())}
        gone = Update(key=_place(new), set=changes | _due(new), when={"state": "waiting"})
        return [gone, self._fewer(new)]

    def deleting(self, old: Material, new: Material) -> list[Write]:
        """Nobody sees it from now on; its bytes go next, and then all of it."""
        gone = Update(key=_place(old), set={"state": "deleted"} | _due(new), when={"state": old.state})
        return [gone] if old.state == "refused" else [gone, self._fewer(old)]

    def forgetting(self, material: Material) -> Delete:
        """Nothing is left of it."""
        return Delete(key=_place(material))

    def _fewer(self, material: Material) -> Update:
        return Update(key=keys.materials(material.booking_id), add={"count": -1})


def _place(material: Material) -> Key:
    return keys.material(material.booking_id, material.id)


def _item(material: Material) -> Item:
    return item_of(material) | {"kind": "material"} | _due(material)


def _due(material: Material) -> dict[str, str | None]:
    return keys.due(material.id, material.next_due)


def _material(item: Item | None) -> Material | None:
    return value_of(Material, item) if item else None
