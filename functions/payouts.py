"""Payouts over HTTP: one's own, and what admins decide about everybody's."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from chalicelib.domain.india import in_india
from chalicelib.domain.payouts import OPEN, Payout, Shown
from chalicelib.services import payouts
from functions.access import ADMIN, MENTOR
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class PayoutView(msgspec.Struct):
    """`paid_at`: when we heard that it had arrived; `words`: why it did not."""

    id: str
    paise: int
    status: str
    asked_at: datetime
    paid_at: datetime | None
    masked: str
    why: str
    words: str | None


class PayoutPage(msgspec.Struct):
    """A page of payouts."""

    items: list[PayoutView]
    next: str | None


class AdminPayoutView(PayoutView, kw_only=True):
    """With whose it is, and how it goes at the gateway."""

    mentor_id: str
    gateway_id: str | None
    attempts: int
    due_at: datetime | None


class AdminPayoutPage(msgspec.Struct):
    """A page of everybody's, the longest asked for first."""

    items: list[AdminPayoutView]
    next: str | None


class PayoutsQuery(PageQuery, forbid_unknown_fields=True):
    """In which state; what is over is listed by the month (in India) in which it was asked for, this one if none is
    named."""

    status: Shown = "held"
    month: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}$")] | None = None


class WrittenOff(msgspec.Struct):
    """What a mentor need not pay back."""

    paise: int


@routes.add("GET", "/payouts", MENTOR, query=PageQuery, answer=PayoutPage)
def list_payouts(call: Call) -> PayoutPage:
    """One's own, the latest first."""
    page = call.deps.payouts.of_mentor(call.user.user_id, limit=call.query.limit, cursor=call.query.cursor)
    return PayoutPage([PayoutView(**_shown(each)) for each in page.items], page.next)


@routes.add("POST", "/payouts", MENTOR, answer=PayoutView, status=201, keyed=True)
def ask_for_payout(call: Call) -> PayoutView:
    """Ask for all that is available, once a day."""
    return PayoutView(**_shown(payouts.ask(call.deps, call.user.user_id, call.key or "")))


@routes.add("GET", "/admin/payouts", ADMIN, query=PayoutsQuery, answer=AdminPayoutPage)
def list_all_payouts(call: Call) -> AdminPayoutPage:
    """Everybody's in one state."""
    query: PayoutsQuery = call.query
    month = "" if query.status in (*OPEN, "held") else query.month or in_india(call.deps.clock()).strftime("%Y-%m")
    page = call.deps.payouts.with_status(query.status, month, limit=query.limit, cursor=query.cursor)
    return AdminPayoutPage([_for_admins(each) for each in page.items], page.next)


@routes.add("POST", "/admin/payouts/{payout_id}/hold", ADMIN, answer=AdminPayoutView)
def hold_payout(call: Call, payout_id: str) -> AdminPayoutView:
    """Stop it before the gateway knows of it."""
    return _for_admins(payouts.hold(call.deps, payout_id, by=call.user))


@routes.add("POST", "/admin/payouts/{payout_id}/release", ADMIN, answer=AdminPayoutView)
def release_payout(call: Call, payout_id: str) -> AdminPayoutView:
    """Let it go on."""
    return _for_admins(payouts.release(call.deps, payout_id, by=call.user))


@routes.add("POST", "/admin/payouts/{payout_id}/retry", ADMIN, answer=AdminPayoutView)
def retry_payout(call: Call, payout_id: str) -> AdminPayoutView:
    """Look at it now; or, where the money came back, pay it anew as a payout of its own."""
    return _for_admins(payouts.retry(call.deps, payout_id, by=call.user))


@routes.add("POST", "/admin/mentors/{mentor_id}/write-off", ADMIN, answer=WrittenOff)
def write_off_debt(call: Call, mentor_id: str) -> WrittenOff:
    """Give up what a mentor has owed for half a year."""
    return WrittenOff(payouts.write_off(call.deps, mentor_id, by=call.user))


def _for_admins(payout: Payout) -> AdminPayoutView:
    return AdminPayoutView(
        **_shown(payout),
        mentor_id=payout.mentor_id,
        gateway_id=payout.gateway_id or None,
        attempts=payout.attempts,
        due_at=payout.due_at,
    )


def _shown(payout: Payout) -> dict[str, Any]:
    return {
        "id": payout.id,
        "paise": payout.paise,
        "status": payout.shown,
        "asked_at": payout.asked_at,
        "paid_at": payout.ended_at if payout.status == "processed" else None,
        "masked": payout.masked,
        "why": payout.why,
        "words": payout.words or None,
    }
