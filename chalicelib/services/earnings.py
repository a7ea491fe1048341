"""What a mentor has earned: balances, months, each movement, and the statement of a month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import payees, statements
from chalicelib.domain.errors import DomainError, Invalid, Unavailable
from chalicelib.domain.india import in_india
from chalicelib.domain.ledger import Balance, Posting
from chalicelib.domain.papers import Statement
from chalicelib.domain.payees import Payee
from chalicelib.domain.statements import Month
from chalicelib.services.accounts import people
from chalicelib.stores.ledger import PostingPage

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

FIRST_YEAR, LOOKS = 2024, 3
MARGIN = timedelta(days=1)  # of whatever is posted in this very second nothing is left out
Form = Literal["pdf", "csv"]


@dataclass(frozen=True)
class Earnings:
    """`frozen_paise` is what is pending and waits for a decision; `refusal` is why no payout can be asked for."""

    balance: Balance
    frozen_paise: int
    months: list[Month]
    payee: Payee | None
    refusal: DomainError | None
    next_payout_on: date | None


def of(deps: "Deps", mentor_id: str) -> Earnings:
    """All of a mentor's money at a glance."""
    now, payee, balance = deps.clock(), deps.payees.find(mentor_id), deps.ledger.balance(mentor_id)
    since = statements.begins_at(statements.last_months(now)[0])
    postings = deps.ledger.of_mentor_between(mentor_id, since, now + MARGIN)
    months = statements.by_month(postings, now)
    refusal = payees.hindrance(payee, balance.available, now)
    frozen = deps.payments.waiting_of(mentor_id)
    return Earnings(balance, frozen, months, payee, refusal, in_india(payee.due_at) if payee else None)


def entries(deps: "Deps", mentor_id: str, *, limit: int, cursor: str | None) -> PostingPage:
    """Every movement, the latest first."""
    return deps.ledger.of_mentor(mentor_id, limit=limit, cursor=cursor)


def statement(deps: "Deps", mentor_id: str, month: str, form: Form) -> tuple[str, bytes]:
    """A month's file and its name."""
    made = _statement(deps, mentor_id, _first(month, in_india(deps.clock())))
    paper = deps.papers.statement_pdf(made) if form == "pdf" else deps.papers.statement_csv(made)
    return f"peerlearn-statement-{month}.{form}", paper


def _statement(deps: "Deps", mentor_id: str, first: date) -> Statement:
    """The balances of then are today's less what has moved since."""
    start, end = statements.begins_at(first), statements.begins_at(statements.next_month(first))
    account, payee = people.person(deps, mentor_id).account, deps.payees.find(mentor_id)
    balance, since = _standing_still(deps, mentor_id, start)
    within, later = [each for each in since if each.at < end], [each for each in since if each.at >= end]
    closing = statements.before(balance, later)
    return Statement(
        mentor=account.name,
        pan=payee.pan_masked if payee else "",
        month=first,
        issued_on=in_india(deps.clock()),
        opening=statements.on_paper(statements.before(closing, within)),
        entries=statements.entries(within),
        closing=statements.on_paper(closing),
        payouts=statements.paid_out(deps.payouts.asked_between(mentor_id, start, end)),
    )


def _standing_still(deps: "Deps", mentor_id: str, start: datetime) -> tuple[Balance, list[Posting]]:
    """What there is, and all that has led to it since: read again if something moved in between."""
    for _ in range(LOOKS):
        balance = deps.ledger.balance(mentor_id)
        since = deps.ledger.of_mentor_between(mentor_id, start, deps.clock() + MARGIN)
        if deps.ledger.balance(mentor_id) == balance:
            return balance, since
    raise Unavailable()


def _first(month: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        first = date.max
    if first.year < FIRST_YEAR or first > today:
        raise Invalid({"month": "There is no statement of this month."})
    return first
