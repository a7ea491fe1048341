"""Blocking and reporting over HTTP, and what admins do about reports."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain.reports import LONGEST, About, Reason, Report, Status
from chalicelib.services import blocks, reports
from chalicelib.services.reports import Case
from functions.access import ADMIN, SELF, SIGNED_IN
from functions.http import Call, Routes
from functions.messages import CorrespondentView, correspondent_view
from functions.shapes import PageQuery

routes = Routes(__name__)
Words = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class BlockedPeople(msgspec.Struct):
    """Whom one has blocked, the latest first."""

    items: list[CorrespondentView]


class NewReport(msgspec.Struct, forbid_unknown_fields=True):
    """What it is about by its id (a review by its booking's), why, and whether its person is to be blocked too."""

    about: About
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    reason: Reason
    words: Words = ""
    block: bool = False


class OwnReport(msgspec.Struct):
    """What one has told us."""

    id: str
    about: About
    reason: Reason
    at: datetime


class ReportedQuery(PageQuery, forbid_unknown_fields=True):
    """Those that wait, or those seen to."""

    status: Status = "open"


class ReportedRow(msgspec.Struct):
    """A report in the admins' list: what is reported (with its words, if it has some), by whom, whose it is."""

    id: str
    about: About
    thing_id: str
    quote: str
    reason: Reason
    words: str
    at: datetime
    by: CorrespondentView
    of: CorrespondentView
    status: Status
    closing: str
    closed_at: datetime | None


class ReportedPage(msgspec.Struct):
    """The longest waiting first, or the latest closed."""

    items: list[ReportedRow]
    next: str | None


class Closing(msgspec.Struct, forbid_unknown_fields=True):
    """What was done about it."""

    words: Words


@routes.add("GET", "/blocks", SELF, answer=BlockedPeople)
def list_blocked(call: Call) -> BlockedPeople:
    """Whom one has blocked."""
    now = call.deps.clock()
    return BlockedPeople([correspondent_view(each, now) for each in blocks.blocked(call.deps, call.user.user_id)])


@routes.add("POST", "/blocks/{user_id}", SIGNED_IN, status=204)
def block_person(call: Call, user_id: str) -> None:
    """They can neither write to one, nor ask, nor book any more."""
    blocks.block(call.deps, call.user.user_id, user_id)


@routes.add("DELETE", "/blocks/{user_id}", SIGNED_IN, status=204)
def unblock_person(call: Call, user_id: str) -> None:
    """They can again."""
    blocks.unblock(call.deps, call.user.user_id, user_id)


@routes.add("POST", "/reports", SIGNED_IN, body=NewReport, answer=OwnReport, status=201)
def report_something(call: Call) -> OwnReport:
    """Tell us of a person, a session, a message or a review; one report of each a day."""
    new: NewReport = call.body
    made = reports.report(
        call.deps,
        call.user.user_id,
        about=new.about,
        thing_id=new.id,
        reason=new.reason,
        words=new.words,
        block=new.block,
    )
    return OwnReport(made.id, made.subject.about, made.reason, made.at)


@routes.add("GET", "/admin/reports", ADMIN, query=ReportedQuery, answer=ReportedPage)
def list_reports(call: Call) -> ReportedPage:
    """What people have told us of."""
    asked, now = call.query, call.deps.clock()
    items, next_ = reports.listed(call.deps, asked.status, limit=asked.limit, cursor=asked.cursor)
    return ReportedPage([_row(each, now) for each in items], next_)


@routes.add("POST", "/admin/reports/{report_id}/close", ADMIN, body=Closing, status=204)
def close_report(call: Call, report_id: str) -> None:
    """It is seen to."""
    reports.close(call.deps, report_id, by=call.user, words=call.body.words)


def _row(case: Case, now: datetime) -> ReportedRow:
    report: Report = case.report
    return ReportedRow(
        id=report.id,
        about=report.subject.about,
        thing_id=report.subject.id,
        quote=report.subject.quote,
        reason=report.reason,
        words=report.words,
        at=report.at,
        by=correspondent_view(case.by, now),
        of=correspondent_view(case.of, now),
        status=report.status,
        closing=report.closing,
        closed_at=report.closed_at,
    )
