"""Beginning a payout: the money moves from what is available to what is in flight, and the worker is told."""

from typing import TYPE_CHECKING

from chalicelib.domain import payouts as rules
from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.errors import Conflict
from chalicelib.domain.payouts import Payout
from chalicelib.services.again import again

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

WITH_THE_WORKER = ("begun", "sending", "sent")


def begin(deps: "Deps", payout_id: str) -> None:
    """Asked -> begun, or refused if there is not enough; the worker is told, and of one that is due again once more."""
    if again(lambda: _is_for_the_worker(deps, payout_id)):
        deps.payout_queue.put([MoneyErrand("payout", payout_id)])


def heard_of(deps: "Deps", payout_id: str) -> None:
    """The gateway speaks of it: the worker, who alone may ask, looks how it is; what is none of ours is passed over."""
    payout = deps.payouts.find(payout_id)
    if payout and payout.status in (*WITH_THE_WORKER, "processed"):
        deps.payout_queue.put([MoneyErrand("payout", payout_id)])


def frozen(deps: "Deps", payout: Payout) -> bool:
    """The mentor is suspended: the payout waits for an admin."""
    account = deps.accounts.find(payout.mentor_id)
    if account and account.status == "active":
        return False
    deps.tables.commit(deps.payouts.saving(payout, rules.held(payout)))
    return True


def _is_for_the_worker(deps: "Deps", payout_id: str) -> bool:
    payout, now = deps.payouts.find(payout_id), deps.clock()
    if payout is None or payout.held:
        return False
    if payout.status == "asked":
        return not frozen(deps, payout) and _begun(deps, payout)
    return payout.status in WITH_THE_WORKER and payout.due_at is not None and payout.due_at <= now


def _begun(deps: "Deps", payout: Payout) -> bool:
    new, posting = rules.begun(payout, deps.clock())
    try:
        moved = deps.ledger.posting(posting, needs_available=payout.paise)
        deps.tables.commit([*moved, *deps.payouts.saving(payout, new)])
    except Conflict as conflict:
        if conflict.code != "not_enough":
            raise
        _refuse(deps, payout)
        return False
    return True


def _refuse(deps: "Deps", payout: Payout) -> None:
    refused = deps.payouts.saving(payout, rules.refused(payout, deps.clock()))
    deps.tables.commit([*refused, deps.payees.freeing(payout.mentor_id, payout.id)])
