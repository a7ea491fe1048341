"""What the payment gateway says: orders, captures, refunds, payouts and settlements; and the two ways it can fail."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

Mode = Literal["IMPS", "NEFT", "RTGS", "UPI"]


class Refused(Exception):
    """A definite no, in the gateway's words: nothing has happened."""

    def __init__(self, code: str, words: str):
        super().__init__(code)
        self.code, self.words = code, words


class Unknown(Exception):
    """No answer, or none that can be read: it may or may not have happened."""


class Order(NamedTuple):
    """What a learner is to pay, as the gateway has it; money is paise."""

    id: str
    receipt: str
    amount_paise: int
    currency: str
    status: Literal["created", "attempted", "paid"]


class Capture(NamedTuple):
    """A payment on an order; `fee_paise` is the gateway's charge with the tax on it, known once it is captured."""

    id: str
    order_id: str
    amount_paise: int
    currency: str
    status: Literal["created", "authorized", "captured", "refunded", "failed"]
    fee_paise: int = 0
    tax_paise: int = 0
    refunded_paise: int = 0
    created_at: datetime | None = None


class GatewayRefund(NamedTuple):
    """Money on its way back; `receipt` is the key under which we asked for it."""

    id: str
    payment_id: str
    paise: int
    status: Literal["pending", "processed", "failed"]
    receipt: str = ""


class GatewayPayout(NamedTuple):
    """Money on its way to a mentor; `failure` is why it did not get there, in the gateway's words."""

    id: str
    reference_id: str
    paise: int
    status: Literal[
        "pending", "queued", "scheduled", "processing", "processed", "reversed", "cancelled", "rejected", "failed"
    ]
    fee_paise: int = 0
    tax_paise: int = 0
    failure: str = ""


class Settlement(NamedTuple):
    """What the gateway has sent to our bank."""

    id: str
    paise: int
    fees_paise: int
    tax_paise: int
    status: str
    created_at: datetime


class Credit(NamedTuple):
    """What has come in on the balance that payouts are made from."""

    id: str
    paise: int
    created_at: datetime


class GatewayDispute(NamedTuple):
    """A learner's bank asks for the money back."""

    id: str
    payment_id: str
    paise: int
    status: Literal["open", "under_review", "won", "lost", "closed"]


@dataclass(frozen=True)
class BankAccount:
    """Where a mentor is paid; it goes to the gateway and nowhere else."""

    holder: str = field(repr=False)
    number: str = field(repr=False)
    ifsc: str = field(repr=False)
