"""A mentor's earnings over HTTP: balances, months, each movement, and the statement of a month."""

import base64
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain.ledger import Posting, owed
from chalicelib.domain.payees import LEAST_ASKED, LEAST_WEEKLY
from functions.access import MENTOR
from functions.http import Call, Routes
from functions.payees import PayeeView, payee_view
from functions.payments import Paper
from functions.shapes import PageQuery

routes = Routes(__name__)
TYPES = {"pdf": "application/pdf", "csv": "text/csv"}
Form = Literal["pdf", "csv"]


class MonthView(msgspec.Struct):
    """One month by India's calendar, such as 2026-03."""

    month: str
    earned_paise: int
    refunded_paise: int
    paid_out_paise: int


class CanAsk(msgspec.Struct):
    """Whether a payout can be asked for now; if not, why: a code, and words."""

    ok: bool
    why: str | None = None
    words: str | None = None


class EarningsView(msgspec.Struct):
    """Not released yet (of which `frozen_paise` waits for a decision), to be paid out, and on its way; the last twelve
    months, the earliest first."""

    pending_paise: int
    frozen_paise: int
    available_paise: int
    in_flight_paise: int
    months: list[MonthView]
    payee: PayeeView | None
    next_payout_on: date | None
    can_ask: CanAsk
    minimum_paise: int
    weekly_minimum_paise: int


class EntryView(msgspec.Struct):
    """By how much one event changed each balance."""

    at: datetime
    what: str
    title: str | None
    booking_id: str | None
    payout_id: str | None
    pending_paise: int
    available_paise: int
    in_flight_paise: int


class EntryPage(msgspec.Struct):
    """A page of movements, the latest first."""

    items: list[EntryView]
    next: str | None


class StatementQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which month, and as what."""

    month: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}$")]
    form: Form = "pdf"


@routes.add("GET", "/earnings", MENTOR, answer=EarningsView)
def show_earnings(call: Call) -> EarningsView:
    """One's own earnings at a glance."""
    from chalicelib.services import earnings

    found = earnings.of(call.deps, call.user.user_id)
    refusal = found.refusal
    return EarningsView(
        pending_paise=found.balance.pending,
        frozen_paise=found.frozen_paise,
        available_paise=found.balance.available,
        in_flight_paise=found.balance.in_flight,
        months=[MonthView(**vars(each)) for each in found.months],
        payee=payee_view(found.payee, call.deps.clock()) if found.payee else None,
        next_payout_on=found.next_payout_on,
        can_ask=CanAsk(False, refusal.code, refusal.message) if refusal else CanAsk(True),
        minimum_paise=LEAST_ASKED,
        weekly_minimum_paise=LEAST_WEEKLY,
    )


@routes.add("GET", "/earnings/entries", MENTOR, query=PageQuery, answer=EntryPage)
def list_entries(call: Call) -> EntryPage:
    """What moved one's own earnings."""
    from chalicelib.services import earnings

    page = earnings.entries(call.deps, call.user.user_id, limit=call.query.limit, cursor=call.query.cursor)
    return EntryPage([_entry(each) for each in page.items], page.next)


@routes.add("GET", "/earnings/statement", MENTOR, query=StatementQuery, answer=Paper)
def show_statement(call: Call) -> Paper:
    """One's own month on paper, or for a spreadsheet."""
    from chalicelib.services import earnings

    query: StatementQuery = call.query
    file, content = earnings.statement(call.deps, call.user.user_id, query.month, query.form)
    return Paper(file, TYPES[query.form], base64.b64encode(content).decode())


def _entry(posting: Posting) -> EntryView:
    change = owed(posting)
    return EntryView(
        at=posting.at,
        what=posting.what,
        title=posting.title or None,
        booking_id=posting.booking_id or None,
        payout_id=posting.payout_id or None,
        pending_paise=change.get("pending", 0),
        available_paise=change.get("available", 0),
        in_flight_paise=change.get("in_flight", 0),
    )
