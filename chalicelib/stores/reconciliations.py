"""Reports of reconciliation, for admins, the latest first."""

from typing import NamedTuple

from chalicelib.domain.reconciliation import Report
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Put

LIST = "RECONCILIATIONS"


class ReportPage(NamedTuple):
    """A page of reports and the cursor of the next."""

    items: list[Report]
    next: str | None


class Reconciliations:
    """One item a run."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def latest(self, limit: int, cursor: str | None) -> ReportPage:
        """The last runs."""
        page = self._tables.query(
            "core", LIST, start="", end="~", index="gsi1", limit=limit, cursor=cursor, newest_first=True
        )
        return ReportPage([value_of(Report, item) for item in page.items], page.next)

    def adding(self, report: Report) -> Put:
        """One more run; the same one again takes its own place."""
        place = {"g1pk": LIST, "g1sk": f"{keys.instant(report.made_at)}#{report.id}"}
        return Put(key=keys.reconciliation(report.id), item=item_of(report) | {"kind": "reconciliation"} | place)
