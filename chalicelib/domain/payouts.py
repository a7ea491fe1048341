"""A payout from its being asked for to the money's arrival, or its coming back: forward only, each step posted once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from chalicelib.domain import ledger
from chalicelib.domain.errors import Conflict
from chalicelib.domain.gateway import GatewayPayout, Mode
from chalicelib.domain.india import in_india
from chalicelib.domain.ledger import Posting, netted
from chalicelib.domain.payees import Payee

LOOK_AGAIN, MOST_PAUSE = timedelta(minutes=2), timedelta(hours=6)
MOST_UPI, MOST_IMPS = 1_00_000_00, 5_00_000_00  # paise that these ways take at once
WORRYING = 8  # so many tries without an answer are a person's matter
WRITTEN_OFF_AFTER = timedelta(days=180)
BACK = ("failed", "rejected", "cancelled", "reversed")  # at the gateway: the money is not with the mentor
Status = Literal["asked", "begun", "sending", "sent", "processed", "failed", "reversed", "refused"]
Shown = Status | Literal["held"]
Why = Literal["weekly", "asked", "retried"]
UNSENT: tuple[Status, ...] = ("asked", "begun")
OPEN: tuple[Status, ...] = ("asked", "begun", "sending", "sent")


@dataclass(frozen=True)
class Payout:
    """asked -> begun (the money is in flight) -> sending (the gateway may know of it) -> sent -> processed, or failed;
    reversed: it came back later. Where it goes is as it was when it was asked for. `fee_paise` is the gateway's charge
    as far as it is posted; `tried_at` when somebody last began to send it."""

    id: str
    mentor_id: str
    paise: int
    fund_account_id: str
    masked: str
    mode: Mode
    why: Why
    asked_at: datetime
    status: Status = "asked"
    held: bool = False
    gateway_id: str = ""
    words: str = ""
    attempts: int = 0
    tried_at: datetime | None = None
    due_at: datetime | None = None
    fee_paise: int = 0
    ended_at: datetime | None = None
    version: int = 1

    @property
    def shown(self) -> Shown:
        """Its state as people see it."""
        return "held" if self.held else self.status

    @property
    def is_open(self) -> bool:
        """The mentor can have no other meanwhile."""
        return self.status in OPEN

    def is_being_sent(self, now: datetime) -> bool:
        """Somebody has just begun to: nobody else may, before they have certainly ended."""
        return self.status == "sending" and self.tried_at is not None and now < self.tried_at + LOOK_AGAIN


class Step(NamedTuple):
    """A payout's next state, and what is posted of it in the same commit."""

    payout: Payout
    posting: Posting | None = None


def asked(payee: Payee, payout_id: str, paise: int, why: Why, now: datetime) -> Payout:
    """All of it, or as much as goes at once, to where the mentor is paid now; later changes do not touch it."""
    if payee.way == "upi":
        paise = min(paise, MOST_UPI)
    bank: Mode = "IMPS" if paise <= MOST_IMPS else "NEFT"
    return Payout(
        id=payout_id,
        mentor_id=payee.mentor_id,
        paise=paise,
        fund_account_id=payee.fund_account_id,
        masked=payee.masked,
        mode=bank if payee.way == "bank" else "UPI",
        why=why,
        asked_at=now,
        due_at=now,
    )


def asked_for(payee: Payee, payout: Payout) -> Payee:
    """The payee while this payout is not over."""
    today = in_india(payout.asked_at)
    return replace(payee, in_flight=payout.id, asked_on=today if payout.why == "asked" else payee.asked_on)


def begun(payout: Payout, now: datetime) -> tuple[Payout, Posting]:
    """The money leaves what is available."""
    legs = [(ledger.available(payout.mentor_id), payout.paise), (ledger.IN_FLIGHT, -payout.paise)]
    return replace(payout, status="begun", due_at=now + LOOK_AGAIN), _posting(payout, "payout", legs, now)


def refused(payout: Payout, now: datetime) -> Payout:
    """There was not enough any more when it was to begin."""
    words = "There was no longer enough available."
    return replace(payout, status="refused", words=words, due_at=None, ended_at=now)


def trying(payout: Payout, now: datetime) -> Payout:
    """Counted before the gateway is asked, so that whoever dies in the midst of it is followed by another."""
    due_at = now + min(LOOK_AGAIN * (1 << min(payout.attempts, 10)), MOST_PAUSE)
    counted = replace(payout, attempts=payout.attempts + 1, due_at=due_at)
    return counted if payout.status == "sent" else replace(counted, status="sending", tried_at=now)


def heard(payout: Payout, found: GatewayPayout, now: datetime) -> Step:
    """What the gateway says of it; old news changes nothing."""
    if payout.status in ("sending", "sent"):
        if found.status == "processed":
            return _arrived(payout, found, now)
        return (
            failed(payout, found, found.failure, now) if found.status in BACK else Step(_taken_on(payout, found, now))
        )
    if payout.status == "processed" and found.status in BACK:
        return _reversed(payout, found, now)
    return Step(payout)


def failed(payout: Payout, found: GatewayPayout | None, words: str, now: datetime) -> Step:
    """The money is available again; what the gateway charged all the same is ours to bear."""
    charge = found.fee_paise if found else 0
    legs = [(ledger.IN_FLIGHT, payout.paise), (ledger.available(payout.mentor_id), -payout.paise)]
    ended = replace(payout, status="failed", words=words, due_at=None, ended_at=now, fee_paise=charge)
    if found:
        ended = replace(ended, status="reversed" if found.status == "reversed" else "failed", gateway_id=found.id)
    return Step(ended, _posting(payout, "payout_back", [*legs, *_charged(charge)], now))


def held(payout: Payout) -> Payout:
    """Stopped before the gateway knows of it."""
    if payout.status not in UNSENT or payout.held:
        raise Conflict("cannot_hold", "Only a payout that has not been sent yet can be held.")
    return replace(payout, held=True, due_at=None)


def released(payout: Payout, now: datetime) -> Payout:
    """It goes on."""
    if not payout.held:
        raise Conflict("not_held", "This payout is not being held.")
    return replace(payout, held=False, due_at=now)


def hurried(payout: Payout, now: datetime) -> Payout:
    """The gateway is asked now, not when the pause is over."""
    if payout.held or not payout.is_open:
        raise Conflict("not_under_way", "This payout is not on its way.")
    return replace(payout, due_at=now)


def must_be_back(payout: Payout) -> None:
    """Only what came back, or never left, can be paid anew."""
    if payout.status not in ("failed", "reversed", "refused"):
        raise Conflict("not_failed", "Only a payout that has failed can be sent again.")


def written_off(mentor_id: str, available_paise: int, last_at: datetime | None, now: datetime) -> Posting:
    """A debt on which nothing has moved for half a year is the platform's loss, once: the posting is named by the last
    movement, however often it is asked for before it stands in the ledger."""
    if available_paise >= 0:
        raise Conflict("no_debt", "This mentor owes nothing.")
    if last_at and now < last_at + WRITTEN_OFF_AFTER:
        raise Conflict("too_early", "A debt can be written off when nothing has moved on it for 180 days.")
    legs = netted([(ledger.WRITE_OFFS, -available_paise), (ledger.available(mentor_id), available_paise)])
    reference = f"written_off:{mentor_id}:{(last_at or now).isoformat()}"
    return Posting(reference, "written_off", now, legs, mentor_id=mentor_id)


def _taken_on(payout: Payout, found: GatewayPayout, now: datetime) -> Payout:
    if payout.status == "sent":
        return payout
    return replace(payout, status="sent", gateway_id=found.id, attempts=0, due_at=now + LOOK_AGAIN)


def _arrived(payout: Payout, found: GatewayPayout, now: datetime) -> Step:
    legs = [(ledger.IN_FLIGHT, payout.paise), (ledger.PAYOUT_BALANCE, -payout.paise), *_charged(found.fee_paise)]
    there = replace(payout, status="processed", gateway_id=found.id, due_at=None, ended_at=now)
    return Step(replace(there, fee_paise=found.fee_paise), _posting(payout, "paid_out", legs, now))


def _reversed(payout: Payout, found: GatewayPayout, now: datetime) -> Step:
    """The bank sent it back, be it days later; the charge becomes what the gateway says it is now."""
    legs = [(ledger.PAYOUT_BALANCE, payout.paise), (ledger.available(payout.mentor_id), -payout.paise)]
    charge = found.fee_paise - payout.fee_paise
    back = replace(payout, status="reversed", words=found.failure, ended_at=now, fee_paise=found.fee_paise)
    return Step(back, _posting(payout, "payout_back", [*legs, *_charged(charge)], now))


def _charged(paise: int) -> list[tuple[str, int]]:
    return [(ledger.GATEWAY_CHARGES, paise), (ledger.PAYOUT_BALANCE, -paise)]


def _posting(payout: Payout, what: ledger.What, legs: list[tuple[str, int]], now: datetime) -> Posting:
    return Posting(
        reference=f"{what}:{payout.id}",
        what=what,
        at=now,
        legs=netted(legs),
        mentor_id=payout.mentor_id,
        payout_id=payout.id,
    )
