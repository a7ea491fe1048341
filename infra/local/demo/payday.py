"""A mentor says where to be paid, and is; and the books are compared with the gateway's for the first time."""

import time
from datetime import timedelta

from chalicelib.domain.identity import Identity
from chalicelib.domain.payees import upi_details
from chalicelib.services import payees, payouts, reconciling
from chalicelib.wiring import Deps
from infra.local.demo.accounts import PASSWORD
from infra.local.demo.outcomes import PAUSE, TRIES, posted
from infra.local.demo.programme import then
from infra.local.demo.till import Act

HOLDER, UPI, PAN = "Ananya Krishnan", "ananya@testbank", "ABCDE1234F"
HOUR = timedelta(hours=1)


def paid_out(deps: Deps, act: Act, mentor: Identity) -> None:
    """All that there is, asked for soon after it could be had; it has arrived."""
    if deps.payees.find(mentor.user_id) or deps.payouts.of_mentor(mentor.user_id, limit=1, cursor=None).items:
        return
    found = deps.ledger.of_mentor(mentor.user_id, limit=1, cursor=None).items
    if not found or found[0].what != "available":
        return
    soon = then(deps, found[0].at + HOUR)
    payees.change_details(soon, mentor, password=PASSWORD, details=upi_details(HOLDER, UPI))
    payees.give_pan(soon, mentor, password=PASSWORD, pan=PAN)
    asked = payouts.ask(soon, mentor.user_id, deps.new_id("demo"))
    _arrives(soon, act, asked.id)
    payouts.weekly(deps, mentor.user_id)  # the Mondays since found too little


def reconciled(deps: Deps) -> None:
    """The first comparison of the day."""
    reconciling.reconcile(deps)
    posted(deps)


def _arrives(deps: Deps, act: Act, payout_id: str) -> None:
    payouts.begin(deps, payout_id)
    for _ in range(TRIES):
        payouts.advance(deps, payout_id)
        payout = deps.payouts.get(payout_id)
        if payout.status == "processed":
            break
        if payout.gateway_id:
            act("finish_payout", payout_id=payout.gateway_id, status="processed")
        else:
            time.sleep(PAUSE)
