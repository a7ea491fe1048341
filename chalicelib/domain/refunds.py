"""What goes back to a learner who cannot or will not come, and what the mentor who cancels is charged with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

WHOLE, HALF, NOTHING = 100, 50, 0
LEAST = 1_00  # paise: the gateway pays back no less
TIERS: Sequence[tuple[timedelta, int]] = ((timedelta(hours=24), WHOLE), (timedelta(hours=2), HALF))
Canceller = Literal["learner", "mentor", "platform"]


@dataclass(frozen=True)
class Refund:
    """What is owed back of what was paid, in whole percent and paise; how far it has come, its payment knows."""

    percent: int
    paise: int


def refund_percent(notice: timedelta, cap: int = WHOLE) -> int:
    """All a day ahead, half until two hours before, then nothing; a move that a learner asked for caps it."""
    tier = next((percent for least, percent in TIERS if notice >= least), NOTHING)
    return min(tier, cap)


def refund_due(paid_paise: int, percent: int) -> int:
    """That part of what was paid, half a paisa rounded up."""
    return (paid_paise * percent + 50) // 100


def cash_back(paid_paise: int, percent: int) -> int:
    """That part of the cash that is left; what the gateway cannot move alone, below a rupee, goes with the rest."""
    due = refund_due(paid_paise, percent)
    paise = min(max(due, LEAST), paid_paise) if due else 0
    return paid_paise if paise and paid_paise - paise < LEAST else paise


def refund_for(by: Canceller, price_paise: int, paid_paise: int, notice: timedelta, cap: int = WHOLE) -> Refund | None:
    """What a cancelling owes the learner of the cash that was paid; nothing is owed where nothing had a price."""
    if not price_paise:
        return None
    percent = refund_percent(notice, cap) if by == "learner" else WHOLE
    return Refund(percent, cash_back(paid_paise, percent))


def steps(starts_at: datetime, cap: int = WHOLE) -> list[tuple[datetime, int]]:
    """Until when a learner gets how many percent back, the last line being the start."""
    lines = [(starts_at - least, min(percent, cap)) for least, percent in TIERS]
    return [*lines, (starts_at, NOTHING)]
