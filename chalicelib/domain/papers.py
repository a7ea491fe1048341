"""What is written on papers about money: a learner's receipt for one booking, a mentor's statement of one month."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Refunded:
    """Paise that went back, or are on their way (`done` is false), and the day in India on which that was decided."""

    on: date
    paise: int
    why: str
    done: bool = True


@dataclass(frozen=True)
class Receipt:
    """One booking's payment, for the learner. Days are India's, the session's time is shown in `zone`.

    `fee_paise` is the platform's part of what is kept of the price, with `gst_paise` (at `gst_bps`) inside it.
    `reference` is the gateway's number of the payment, empty where a coupon paid for everything.
    """

    number: str
    issued_on: date
    learner: str
    mentor: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    price_paise: int
    paid_paise: int
    paid_on: date
    fee_paise: int
    gst_paise: int
    gst_bps: int
    discount_paise: int = 0
    coupon: str = ""
    reference: str = ""
    refunds: tuple[Refunded, ...] = ()

    @property
    def refunded_paise(self) -> int:
        """All that goes back."""
        return sum(each.paise for each in self.refunds)

    @property
    def total_paise(self) -> int:
        """What the learner has spent in the end."""
        return self.paid_paise - self.refunded_paise


@dataclass(frozen=True)
class Sums:
    """A statement's columns, in paise. `fee` holds `gst`, `tds` and `tcs` are withheld from `share`, and `available` is
    what the balance changes by; what is taken back has the other sign."""

    gross: int = 0
    fee: int = 0
    gst: int = 0
    share: int = 0
    tds: int = 0
    tcs: int = 0
    available: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Column by column."""
        mine, theirs = vars(self), vars(other)
        return Sums(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True)
class Entry:
    """One movement of what a mentor has available; `what` is in words, `title` the session's, if it is about one."""

    on: date
    what: str
    reference: str
    title: str
    sums: Sums


@dataclass(frozen=True)
class Balances:
    """What a mentor is owed, in paise: not yet released, to be paid out, and on its way to the bank."""

    pending: int
    available: int
    in_flight: int = 0


@dataclass(frozen=True)
class PaidOut:
    """A payout of the month: the account is masked, the status is in words."""

    on: date
    reference: str
    paise: int
    account: str
    status: str


@dataclass(frozen=True)
class Statement:
    """A mentor's month, by India's calendar. `month` is its first day; `pan` is masked, or empty if not given yet."""

    mentor: str
    pan: str
    month: date
    issued_on: date
    opening: Balances
    entries: tuple[Entry, ...]
    closing: Balances
    payouts: tuple[PaidOut, ...] = ()

    @property
    def totals(self) -> Sums:
        """Each column's sum."""
        return sum((entry.sums for entry in self.entries), Sums())

    @property
    def adds_up(self) -> bool:
        """The entries lead from the opening to the closing balance."""
        return self.opening.available + self.totals.available == self.closing.available

    @property
    def paid_out_paise(self) -> int:
        """All payouts of the month."""
        return sum(each.paise for each in self.payouts)
