"""Asking for a payout: by the mentor, or each Monday by itself; the money moves when settlement begins it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain import payees
from chalicelib.domain import payouts as rules
from chalicelib.domain.errors import Conflict
from chalicelib.domain.india import in_india
from chalicelib.domain.payees import Payee
from chalicelib.domain.payouts import Payout
from chalicelib.services.accounts import people
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

ASKED = "payout"  # all that is available is all there is to say; the same key gives the same payout


def ask(deps: "Deps", mentor_id: str, key: str) -> Payout:
    """All that is available, to where the mentor is paid now."""
    earlier = deps.answered.made(mentor_id, key, ASKED)
    if earlier:
        return deps.payouts.get(earlier)
    payout_id = deps.new_id("po")

    def attempt() -> Payout:
        account, payee = people.person(deps, mentor_id).account, deps.payees.find(mentor_id)
        available, now = deps.ledger.balance(mentor_id).available, deps.clock()
        refusal = payees.hindrance(payee, available, now)
        if payee is None or refusal:
            raise refusal or Conflict("no_payee", "Please tell us first where to pay you.")
        payout = rules.asked(payee, payout_id, available, "asked", now)
        first = deps.answered.marking(mentor_id, key, ASKED, payout.id, now)
        deps.tables.commit([first, deps.accounts.in_standing(account), *asking(deps, payee, payee, payout)])
        return payout

    try:
        return again(attempt)
    except Conflict:
        made = deps.answered.made(mentor_id, key, ASKED)  # our own first attempt, answered into the void?
        if made is None:
            raise
        return deps.payouts.get(made)


def weekly(deps: "Deps", mentor_id: str) -> None:
    """Monday at ten: whoever has enough is paid; in any case it is their turn again in a week."""
    again(lambda: _weekly(deps, mentor_id))


def asking(deps: "Deps", old: Payee, payee: Payee, payout: Payout) -> list[Write]:
    """The payout, and that there is none beside it."""
    return [deps.payees.saving(old, rules.asked_for(payee, payout)), *deps.payouts.adding(payout)]


def _weekly(deps: "Deps", mentor_id: str) -> None:
    payee, now = deps.payees.find(mentor_id), deps.clock()
    if payee is None or now < payee.due_at:
        return
    moved = replace(payee, due_at=payees.next_weekly(now), weekly_on=in_india(now))
    account, available = deps.accounts.find(mentor_id), deps.ledger.balance(mentor_id).available
    active = account is not None and account.status == "active"
    if not active or not payees.is_paid_weekly(payee, available, now):
        deps.tables.commit([deps.payees.saving(payee, moved)])
        return
    payout = rules.asked(payee, deps.new_id("po"), available, "weekly", now)
    deps.tables.commit(asking(deps, payee, moved, payout))
