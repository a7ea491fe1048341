"""The ledger's postings: what each event of money moves between accounts, always summing to zero.

Debits are positive: what we hold and what it cost us. Credits are negative: what we owe and what we have earned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from chalicelib.domain.shares import Shares

WORLD, GATEWAY, BANK, PAYOUT_BALANCE = "world", "gateway", "bank", "payout_balance"
GATEWAY_CHARGES, FEES, TAX_PAYABLE, COUPONS = "gateway_charges", "fees", "tax_payable", "coupons"
REFUNDS_DUE, CHARGEBACKS, WRITE_OFFS, IN_FLIGHT = "refunds_due", "chargebacks", "write_offs", "in_flight"
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)  # before anything was posted
SYSTEM = (
    *(WORLD, GATEWAY, BANK, PAYOUT_BALANCE, GATEWAY_CHARGES, FEES, TAX_PAYABLE, COUPONS),
    *(REFUNDS_DUE, CHARGEBACKS, WRITE_OFFS, IN_FLIGHT),
)
What = Literal[
    "captured",  # paid and kept: the mentor's share is pending
    "returned",  # paid, but too late or wrongly: all of it goes back
    "refund",  # part of what was kept goes back
    "refunded",  # ... and has left
    "available",  # the share can be paid out
    "payout",  # on its way to the mentor
    "paid_out",  # there
    "payout_back",  # it came back
    "chargeback",  # the bank took it back
    "settled",  # from the gateway to our bank
    "topped_up",  # from our bank to the payout balance
    "written_off",
]


@dataclass(frozen=True)
class Leg:
    """So many paise into (positive) or out of (negative) an account."""

    account: str
    paise: int


@dataclass(frozen=True)
class Posting:
    """One event of money, exactly once under its reference. `mentor_id` says whose earnings it touches, if any's;
    `kept` is the price it is about, `shares` how that splits: for statements."""

    reference: str
    what: What
    at: datetime
    legs: tuple[Leg, ...]
    mentor_id: str = ""
    booking_id: str = ""
    payout_id: str = ""
    title: str = ""
    gross_paise: int = 0
    shares: Shares | None = None

    def of(self, account: str) -> int:
        """What it moves on one account."""
        return sum(leg.paise for leg in self.legs if leg.account == account)


def pending(mentor_id: str) -> str:
    """A mentor's earnings that may still be disputed."""
    return f"mentor:{mentor_id}:pending"


def available(mentor_id: str) -> str:
    """A mentor's earnings that can be paid out."""
    return f"mentor:{mentor_id}:available"


def netted(movements: Iterable[tuple[str, int]]) -> tuple[Leg, ...]:
    """One leg an account, none that moves nothing; what does not sum to zero is a fault of ours, nobody's input."""
    sums: Counter[str] = Counter()
    for account, paise in movements:
        sums[account] += paise
    if sum(sums.values()):
        raise ValueError("A posting's legs must sum to zero.")
    return tuple(Leg(account, paise) for account, paise in sorted(sums.items()) if paise)


@dataclass(frozen=True)
class Balance:
    """What a mentor has with us, in paise; `available` is below zero where more went back than was left."""

    mentor_id: str
    pending: int = 0
    available: int = 0
    in_flight: int = 0


def owed(posting: Posting) -> Mapping[str, int]:
    """How a posting changes its mentor's balance: a credit to their account is more for them."""
    found = {
        "pending": -posting.of(pending(posting.mentor_id)),
        "available": -posting.of(available(posting.mentor_id)),
        "in_flight": -posting.of(IN_FLIGHT),
    }
    return {name: paise for name, paise in found.items() if paise} if posting.mentor_id else {}
