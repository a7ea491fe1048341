"""Taking down what the gateway tells us: one write, once for each event, however often it comes."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, Unauthenticated
from chalicelib.stores.inbox import Event

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def noted(deps: "Deps", event: Event, account_id: str) -> None:
    """It is seen to by settlement; one of another account is refused."""
    ours = deps.secrets().razorpay.account_id
    if ours and account_id != ours:
        raise Unauthenticated("other_account", "This event is of another account.")
    try:
        deps.tables.commit([deps.inbox.adding(event, deps.clock())])
    except Conflict:
        return  # it has come before
