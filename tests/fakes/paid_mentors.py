"""Mentors who have earned something and said where to be paid, and what the gateway's books say of their payouts."""

from datetime import timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.domain import ledger, payees
from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.identity import Identity
from chalicelib.domain.ledger import Posting, netted
from chalicelib.domain.payees import Payee
from chalicelib.services import payees as services
from chalicelib.services import settlement
from tests.fakes import purse
from tests.fakes.people import mentor
from tests.fakes.world import Clock

PASSWORD = "river tall lamp 42"
PAN = "ABCDE1234F"


def bank() -> payees.Details:
    """An account at a bank."""
    return payees.bank_details("Meera Rao", "123456789012", "123456789012", "HDFC0001234")


def new_mentor(deps: wiring.Deps, name: str = "Meera") -> Identity:
    """An approved mentor, as their access token names them."""
    account = mentor(deps, name, password_hash=deps.passwords.hash(PASSWORD)).account
    return Identity(account.id, account.roles, account.auth_epoch, "dev_1", second_factor=False)


def registered(deps: wiring.Deps, who: Identity, details: payees.Details | None = None) -> Payee:
    """They have said where to be paid, and given their tax number."""
    services.change_details(deps, who, password=PASSWORD, details=details or bank())
    return services.give_pan(deps, who, password=PASSWORD, pan=PAN)


def earns(deps: wiring.Deps, who: Identity, paise: int, reference: str = "first") -> None:
    """So much becomes available, out of nowhere; less than nothing is a debt."""
    legs = netted([(ledger.WORLD, paise), (ledger.available(who.user_id), -paise)])
    posting = Posting(f"test:{who.user_id}:{reference}", "available", deps.clock(), legs, mentor_id=who.user_id)
    deps.tables.commit([deps.postings.adding(posting)])
    settlement.post(deps, posting.reference)


def filled(deps: wiring.Deps) -> None:
    """The ledger knows of what the gateway's books open with."""
    paise = purse.gateway(deps).books.payouts.balance
    posting = Posting(
        "topped_up:opening", "topped_up", deps.clock(), netted([("bank", -paise), ("payout_balance", paise)])
    )
    deps.tables.commit([deps.postings.adding(posting)])
    settlement.post(deps, posting.reference)


def stream(deps: wiring.Deps) -> None:
    """What the table's stream would set off for payouts just asked for."""
    asked = [
        item["id"] for item in deps.tables.items.values() if item.get("kind") == "payout" and item["status"] == "asked"
    ]
    deps.settlement_queue.put([MoneyErrand("payout", each) for each in asked])


def goes_on(deps: wiring.Deps, clock: Clock, days: float = 0.01) -> None:
    """Queues, sweeps and the gateway get on with it, a minute at a time at first, then faster."""
    stream(deps)
    purse.work(deps)
    end, step = clock() + timedelta(days=days), timedelta(minutes=1)
    while clock() < end:
        clock.forward(step)
        purse.settle(deps, clock, 1)
        step = min(step * 2, timedelta(hours=2))


def sent(deps: wiring.Deps) -> list[dict[str, Any]]:
    """The gateway's own payouts."""
    return [*purse.gateway(deps).books.shelves.every("payout")]


def agree(deps: wiring.Deps) -> None:
    """The ledger adds up, and says of payouts what the gateway's books say."""
    balances, theirs = purse.books(deps).balances, purse.gateway(deps).books.totals()
    under_way = sum(each["amount"] + each["fees"] for each in sent(deps) if each["status"] == "processing")
    assert balances.get("payout_balance", 0) == theirs["payout_balance"] + under_way
    assert balances.get("gateway_charges", 0) == theirs["payout_fees"] - sum(
        each["fees"] for each in sent(deps) if each["status"] == "processing"
    )
