"""Money in a world in memory: paying as a browser does, what the gateway posts to us, and settlement's two queues."""

import json
from datetime import timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.domain.ledger import SYSTEM
from chalicelib.domain.payments import Payment
from chalicelib.services import due, payments, payouts, settlement
from chalicelib.services.audit import Audit, audit
from chalicelib.stores.inbox import Event
from tests.fakes.razorpay import FakeGateway


def gateway(deps: wiring.Deps) -> FakeGateway:
    """The other side."""
    found: FakeGateway = deps.razorpay.gateway  # type: ignore[attr-defined]
    return found


def begin(deps: wiring.Deps, held: Any) -> str:
    """The learner opens the checkout: its order."""
    booking = held.booking
    return payments.begin(deps, learner_id=booking.learner_id, booking_id=booking.id).order_id


def pay(deps: wiring.Deps, held: Any, outcome: str = "captured") -> dict[str, str]:
    """The learner pays, or tries to; the page has not come back yet."""
    return gateway(deps).pay(begin(deps, held), outcome)


def come_back(deps: wiring.Deps, held: Any, paid: dict[str, str]) -> Any:
    """The page brings what the gateway's window handed to it."""
    return payments.returned_from_checkout(
        deps,
        learner_id=held.booking.learner_id,
        booking_id=held.booking.id,
        payment_id=paid["razorpay_payment_id"],
        signature=paid["razorpay_signature"],
    )


def bought(deps: wiring.Deps, held: Any) -> Any:
    """Paid and back."""
    return come_back(deps, held, pay(deps, held))


def deliver(deps: wiring.Deps, body: bytes, headers: dict[str, str]) -> None:
    """One event arrives, as functions/webhooks.py takes it down."""
    assert deps.razorpay.webhook_is_genuine(body, headers["x-razorpay-signature"])
    said = json.loads(body)
    about = {kind: each["entity"] for kind, each in said["payload"].items()}
    event = Event(
        id=headers["x-razorpay-event-id"],
        name=said["event"],
        payment_id=about.get("payment", {}).get("id", ""),
        refund_id=about.get("refund", {}).get("id", ""),
        dispute_id=about.get("dispute", {}).get("id", ""),
        payout_id=about.get("payout", {}).get("reference_id") or "",
    )
    payments.noted(deps, event, said.get("account_id", ""))


def hear_everything(deps: wiring.Deps) -> None:
    """All that the gateway has to say arrives."""
    for body, headers in gateway(deps).events():
        deliver(deps, body, headers)


def work(deps: wiring.Deps) -> None:
    """Both queues are emptied, again and again, until nothing is in them."""
    settling, paying = deps.settlement_queue, deps.payout_queue
    while settling.errands or paying.errands:  # type: ignore[attr-defined]
        while settling.errands:  # type: ignore[attr-defined]
            settlement.settle(deps, settling.errands.pop(0))  # type: ignore[attr-defined]
        while paying.errands:  # type: ignore[attr-defined]
            payouts.advance(deps, paying.errands.pop(0).id)  # type: ignore[attr-defined]


def settle(deps: wiring.Deps, clock: Any, minutes: int = 30) -> None:
    """Time passes; each minute's sweep and what it sets off is done, and the gateway gets on with its own."""
    for _ in range(minutes):
        clock.forward(timedelta(minutes=1))
        gateway(deps).books.advance()
        hear_everything(deps)
        swept = due.sweep(deps)
        assert swept.failed == {}, swept.failed
        work(deps)


def payment_of(deps: wiring.Deps, held: Any) -> Payment:
    """The money of a booking, as it is now."""
    return deps.payments.get(held.booking.id)


def books(deps: wiring.Deps) -> Audit:
    """The ledger, recomputed; it must add up."""
    found = audit(deps)
    assert found.wrong == ()
    return found


def balances(deps: wiring.Deps) -> dict[str, int]:
    """Every account that is not at zero, mentors' without their ids."""
    found: dict[str, int] = {}
    for account, paise in books(deps).balances.items():
        name = account if account in SYSTEM else f"mentor:{account.rpartition(':')[2]}"
        found[name] = found.get(name, 0) + paise
    return {account: paise for account, paise in found.items() if paise}
