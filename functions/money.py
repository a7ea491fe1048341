"""What admins see of all the money: the books, how they compare with the gateway's, and what does not move."""

from datetime import date, datetime

import msgspec

from chalicelib.domain.reconciliation import Report
from chalicelib.services import stuck
from functions.access import ADMIN
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class DifferenceView(msgspec.Struct):
    """Where the two books do not agree."""

    what: str
    id: str
    ours_paise: int
    theirs_paise: int


class ReportView(msgspec.Struct):
    """One comparison; balances are in paise, debits positive."""

    id: str
    day: date
    made_at: datetime
    since: datetime
    compared: dict[str, int]
    mended: tuple[str, ...]
    differences: list[DifferenceView]
    balances: dict[str, int]
    wrong: tuple[str, ...]


class ReportPage(msgspec.Struct):
    """The latest comparisons."""

    items: list[ReportView]
    next: str | None


class StuckView(msgspec.Struct):
    """Something of money that has been asked for again and again without moving on."""

    kind: str
    id: str
    since: str
    failures: int


class MoneyView(msgspec.Struct):
    """The last report, and what does not move."""

    report: ReportView | None
    stuck: list[StuckView]


@routes.add("GET", "/admin/reconciliation", ADMIN, query=PageQuery, answer=ReportPage)
def list_reconciliations(call: Call) -> ReportPage:
    """The daily comparisons, the latest first."""
    page = call.deps.reconciliations.latest(call.query.limit, call.query.cursor)
    return ReportPage([_report(each) for each in page.items], page.next)


@routes.add("GET", "/admin/money", ADMIN, answer=MoneyView)
def show_money(call: Call) -> MoneyView:
    """Balances as of the last report, and what waits for a person."""
    latest = call.deps.reconciliations.latest(1, None).items
    waiting = [StuckView(each.kind, each.id, each.due, each.failures) for each in stuck.found(call.deps)]
    return MoneyView(_report(latest[0]) if latest else None, waiting)


def _report(report: Report) -> ReportView:
    found = vars(report) | {"differences": [DifferenceView(**vars(each)) for each in report.differences]}
    return ReportView(**found)
