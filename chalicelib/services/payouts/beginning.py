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
    """Asked -> begun, or refused if there is not enough; one that has begun is shown to the worker again."""
    payout = again(lambda: _begun(deps, payout_id))
    if payout and payout.status in WITH_THE_WORKER and not payout.held:
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


def _begun(deps: "Deps", payout_id: str) -> Payout | None:
    payout = deps.payouts.find(payout_id)
    if payout is None or payout.status != "asked" or payout.held or frozen(deps, payout):
        return payout
    step = rules.begun(payout, deps.clock())
    assert step.posting is not None
    try:
        moved = deps.ledger.posting(step.posting, needs_available=payout.paise)
        deps.tables.commit([*moved, *deps.payouts.saving(payout, step.payout)])
    except Conflict as conflict:
        if conflict.code != "not_enough":
            raise
        return _refused(deps, payout)
    return step.payout


def _refused(deps: "Deps", payout: Payout) -> Payout:
    new = rules.refused(payout, deps.clock())
    over = deps.payees.freeing(payout.mentor_id, payout.id)
    deps.tables.commit([*deps.payouts.saving(payout, new), over])
    return new
