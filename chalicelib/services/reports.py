"""Reporting something to us, and what admins do about it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain import reports as rules
from chalicelib.domain import throttles
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.domain.reports import About, Reason, Report, Status, Subject
from chalicelib.services import admin_acts, attendance, blocks
from chalicelib.stores.correspondents import Correspondent
from chalicelib.stores.writes import Update, Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Case:
    """A report with who reports and who is reported, as they look now."""

    report: Report
    by: Correspondent
    of: Correspondent


def report(
    deps: "Deps", user_id: str, *, about: About, thing_id: str, reason: Reason, words: str, block: bool
) -> Report:
    """One a day about the same thing; sent again, it is the same. The person can be blocked in the same commit."""
    now, words = deps.clock(), words.strip()
    rules.check(words, reason)
    subject = _subject(deps, user_id, about, thing_id)
    if subject.of == user_id:
        raise Conflict("own_account", "This is your own.")
    new = Report(rules.report_id(user_id, about, thing_id, now), user_id, subject, reason, words, now)
    counted = deps.throttles.counting(throttles.reports(user_id), now)
    also = [*(blocks.blocking(deps, user_id, subject.of) if block else []), *_excuse(deps, user_id, subject)]
    try:
        deps.tables.commit([deps.reports.adding(new), *counted, *also])
    except Conflict:
        return _earlier(deps, new, also)
    return new


def listed(deps: "Deps", status: Status, *, limit: int, cursor: str | None) -> tuple[list[Case], str | None]:
    """A page of reports with their people."""
    page = deps.reports.listed(status, limit=limit, cursor=cursor)
    ids = list(dict.fromkeys(each for report in page.items for each in (report.by, report.subject.of)))
    people = deps.correspondents.of("", ids)
    return [Case(each, people[each.by], people[each.subject.of]) for each in page.items], page.next


def close(deps: "Deps", report_id: str, *, by: Identity, words: str) -> Report:
    """An admin has seen to it, in words that stay with it and in the log."""
    closed = deps.reports.get(report_id).closed(words.strip(), by.user_id, deps.clock())
    log = admin_acts.act(deps, by, "report_closed", report_id, of=closed.subject.of, reason=closed.reason)
    deps.tables.commit([*log, deps.reports.closing(closed)])
    return closed


def _earlier(deps: "Deps", new: Report, also: list[Write]) -> Report:
    """What goes with it, a block above all, is done all the same."""
    if also:
        deps.tables.commit(also)
    earlier = deps.reports.get(new.id)
    if not earlier.is_again(new):
        raise Conflict("already_reported", "You have reported this today already. We are looking into it.")
    return earlier


def _subject(deps: "Deps", user_id: str, about: About, thing_id: str) -> Subject:
    """The thing, if it is there for who reports it, and whose it is."""
    found = _FINDERS[about](deps, user_id, thing_id)
    if found is None:
        raise NotFound(about)
    return found


def _excuse(deps: "Deps", user_id: str, subject: Subject) -> list[Update]:
    """Whoever reports a session while its room is open may go without being absent."""
    if subject.about != "session":
        return []
    return attendance.left_with_report(deps, deps.sessions.get(subject.id), user_id)


def _person(deps: "Deps", user_id: str, thing_id: str) -> Subject | None:
    return Subject("person", thing_id, thing_id) if deps.accounts.find(thing_id) else None


def _session(deps: "Deps", user_id: str, thing_id: str) -> Subject | None:
    session = deps.sessions.find(thing_id)
    if session is None:
        return None
    side = session.side_of(user_id)
    if side == "mentor" and session.learner:
        return Subject("session", thing_id, session.learner.id, session.title)
    if side == "learner" or session.origin == "published":
        return Subject("session", thing_id, session.mentor.id, session.title)
    return None


def _message(deps: "Deps", user_id: str, thing_id: str) -> Subject | None:
    message = deps.messages.find(thing_id)
    return Subject("message", thing_id, message.by, message.text) if message and message.to == user_id else None


def _review(deps: "Deps", user_id: str, thing_id: str) -> Subject | None:
    review = deps.reviews.find(thing_id)
    return Subject("review", thing_id, review.learner_id, review.words.text) if review else None


_FINDERS = {"person": _person, "session": _session, "message": _message, "review": _review}
