"""A mentor's money by India's months: what each brought, and the lines of its statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from chalicelib.domain.india import INDIA, in_india
from chalicelib.domain.ledger import Balance, Posting, What, owed
from chalicelib.domain.papers import Balances, Entry, PaidOut, Sums
from chalicelib.domain.payouts import Payout

MONTHS = 12
TAKEN_BACK: tuple[What, ...] = ("refund", "chargeback", "written_off")
PAID_OUT: tuple[What, ...] = ("payout", "paid_out", "payout_back")
WORDS: dict[What, str] = {
    "available": "Earning",
    "refund": "Refund to the learner",
    "chargeback": "Taken back by the learner's bank",
    "payout": "Payout",
    "payout_back": "Payout that came back",
    "written_off": "Debt written off",
}
STATES = {"asked": "asked for", "processed": "arrived"}  # any other that counts is on its way


@dataclass(frozen=True)
class Month:
    """What is left of the earnings is `earned` - `refunded` - `paid_out`; tax withheld is not earned."""

    month: str
    earned_paise: int = 0
    refunded_paise: int = 0
    paid_out_paise: int = 0


def first_of(day: date) -> date:
    """The month a day is in."""
    return day.replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def begins_at(first: date) -> datetime:
    """Midnight in India, in UTC."""
    return datetime.combine(first, time(tzinfo=INDIA)).astimezone(UTC)


def last_months(now: datetime, count: int = MONTHS) -> list[date]:
    """The first days of this month and of those before it, the earliest first."""
    this = first_of(in_india(now))
    numbers = range(this.year * 12 + this.month - count, this.year * 12 + this.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def by_month(postings: Iterable[Posting], now: datetime) -> list[Month]:
    """The last twelve, the earliest first, those in which nothing moved too."""
    sums = {first: [0, 0, 0] for first in last_months(now)}
    for posting in postings:
        found = sums.get(first_of(in_india(posting.at)))
        if found:
            change = sum(owed(posting).values())
            column = 1 if posting.what in TAKEN_BACK else 2 if posting.what in PAID_OUT else 0
            found[column] += change if column == 0 else -change
    return [Month(first.strftime("%Y-%m"), *sums[first]) for first in sums]


def before(balance: Balance, postings: Iterable[Posting]) -> Balance:
    """What a mentor had before all of these."""
    for posting in postings:
        change = owed(posting)
        balance = Balance(
            balance.mentor_id,
            pending=balance.pending - change.get("pending", 0),
            available=balance.available - change.get("available", 0),
            in_flight=balance.in_flight - change.get("in_flight", 0),
        )
    return balance


def on_paper(balance: Balance) -> Balances:
    """As statements show it."""
    return Balances(balance.pending, balance.available, balance.in_flight)


def entries(postings: Iterable[Posting]) -> tuple[Entry, ...]:
    """Every movement of what is available."""
    found = ((posting, owed(posting).get("available", 0)) for posting in postings)
    return tuple(_entry(posting, paise) for posting, paise in found if paise)


def paid_out(payouts: Sequence[Payout]) -> tuple[PaidOut, ...]:
    """Those that have not come back."""
    kept = (each for each in payouts if each.is_open or each.status == "processed")
    return tuple(
        PaidOut(
            in_india(each.asked_at),
            _number(each.id),
            each.paise,
            each.masked,
            STATES.get(each.status, "on its way"),
        )
        for each in kept
    )


def _entry(posting: Posting, available: int) -> Entry:
    parts, gross = posting.shares, posting.gross_paise
    sums = Sums(available=available)
    if parts:
        sums = Sums(gross, parts.fee, parts.gst, parts.share, parts.tds, parts.tcs, available)
    reference = _number(posting.booking_id or posting.payout_id)
    return Entry(in_india(posting.at), WORDS.get(posting.what, posting.what), reference, posting.title, sums)


def _number(thing_id: str) -> str:
    return thing_id.partition("_")[2]
