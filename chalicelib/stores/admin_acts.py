"""The log of what admins did: a partition a month, only ever added to."""

from typing import NamedTuple

from chalicelib.domain.admin_acts import AdminAct
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Put


class ActPage(NamedTuple):
    """A page of acts and the cursor of the next."""

    items: list[AdminAct]
    next: str | None


class AdminActs:
    """There is no write but a new one."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def adding(self, act: AdminAct) -> Put:
        """In the commit of the deed."""
        return Put(key=keys.admin_act(act.at, act.id), item=item_of(act) | {"kind": "admin_act"}, when=NEW)

    def of_month(self, month: str, *, limit: int, cursor: str | None) -> ActPage:
        """What was done in a month ("2026-03"), the latest first."""
        page = self._tables.query("core", f"AUDIT#{month}", limit=limit, cursor=cursor, newest_first=True)
        return ActPage([value_of(AdminAct, item) for item in page.items], page.next)
