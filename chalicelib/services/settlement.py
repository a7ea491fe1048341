"""Settlement: each event of money is posted in the ledger exactly once, and what the gateway tells of is seen to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.errors import Conflict
from chalicelib.services import chargebacks, payments, payouts
from chalicelib.stores.inbox import Event
from chalicelib.stores.ledger import POSTED

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def settle(deps: "Deps", errand: MoneyErrand) -> None:
    """Do what is to be done about one thing, as it is now: doubled, late or reordered errands end the same."""
    ERRANDS[errand.kind](deps, errand.id)


def post(deps: "Deps", reference: str) -> None:
    """One read and one transaction; a posting that is there already is only marked."""
    found = deps.postings.find(reference)
    if found is None or found[1]:
        return
    posting, mark = found[0], deps.postings.posted(reference, deps.clock())
    try:
        deps.tables.commit([*deps.ledger.posting(posting), mark])
    except Conflict as conflict:
        if conflict.code == POSTED:
            deps.tables.commit([mark])
        elif conflict.code != "changed_meanwhile":
            raise


def hear(deps: "Deps", event_id: str) -> None:
    """What the gateway told us of is asked of it again: nothing in an event but its ids is believed."""
    event = deps.inbox.find(event_id)
    if event is None or event.status == "done":
        return
    _see_to(deps, event)
    deps.tables.commit([deps.inbox.done(event_id, deps.clock())])


def _see_to(deps: "Deps", event: Event) -> None:
    if event.dispute_id:
        chargebacks.heard_of(deps, event.dispute_id)
    elif event.refund_id:
        payments.heard_of_refund(deps, event.refund_id)
    elif event.payout_id:
        payouts.heard_of(deps, event.payout_id)
    elif event.payment_id:
        payments.heard_of(deps, event.payment_id)


ERRANDS: dict[str, Callable[["Deps", str], None]] = {
    "posting": post,
    "inbox": hear,
    "payment": payments.advance,
    "payout": payouts.begin,
    "payee": payouts.weekly,
}
