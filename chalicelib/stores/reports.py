"""Reports, and the admins' lists of those open and closed."""

from typing import NamedTuple

from chalicelib.domain.errors import NotFound
from chalicelib.domain.reports import Report, Status
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Item, Put


class ReportPage(NamedTuple):
    """A page of reports and the cursor of the next."""

    items: list[Report]
    next: str | None


class Reports:
    """Each is written once, and closed once."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, report_id: str) -> Report | None:
        """One report."""
        item = self._tables.read(keys.report(report_id))
        return value_of(Report, item) if item else None

    def get(self, report_id: str) -> Report:
        """One report, or NotFound."""
        report = self.find(report_id)
        if report is None:
            raise NotFound("report")
        return report

    def listed(self, status: Status, *, limit: int, cursor: str | None) -> ReportPage:
        """The open ones, the longest waiting first, or the closed ones, the latest first.

        The index may lag, so each is read as it is now.
        """
        page = self._tables.query(
            "core", f"REPORTS#{status}", index="gsi1", limit=limit, cursor=cursor, newest_first=status == "closed"
        )
        places = [keys.report(item["id"]) for item in page.items]
        found = [value_of(Report, item) for item in self._tables.read_many(places) if item] if places else []
        return ReportPage([each for each in found if each.status == status], page.next)

    def adding(self, report: Report) -> Put:
        """A new one."""
        return Put(key=keys.report(report.id), item=_item(report), when=NEW)

    def closing(self, report: Report) -> Put:
        """An admin has seen to it."""
        return Put(key=keys.report(report.id), item=_item(report), when={"status": "open"})


def _item(report: Report) -> Item:
    at = keys.instant(report.closed_at or report.at)
    return item_of(report) | {"kind": "report", "g1pk": f"REPORTS#{report.status}", "g1sk": f"{at}#{report.id}"}
