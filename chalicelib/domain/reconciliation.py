"""Comparing our books with the gateway's: every paisa of difference is named."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

What = Literal[
    "capture_unknown",  # paid at the gateway, and no booking of ours asked for it
    "capture_amount",
    "refund_unknown",  # paid back at the gateway by somebody else than us
    "refund_amount",
    "payout_unknown",
    "payout_amount",
    "payout_status",  # the gateway sends what by our books came back
    "payout_balance",  # what is left for payouts
    "not_asked",  # the gateway did not answer
]


@dataclass(frozen=True)
class Difference:
    """What our books say of a thing, and what the gateway's say, in paise."""

    what: What
    id: str
    ours_paise: int = 0
    theirs_paise: int = 0


@dataclass(frozen=True)
class Report:
    """One run: how many things were compared, what had been missed and is being seen to now, what differs; and the
    audit: balances of all accounts (debits positive, the mentors' in one) and what is wrong with them, in words."""

    id: str
    day: date
    made_at: datetime
    since: datetime
    compared: dict[str, int] = field(default_factory=dict)
    mended: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    balances: dict[str, int] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()

    def goes_on_at(self, span: timedelta) -> datetime:
        """Where the next run begins: some days back for what comes late, and nothing that was not asked is left out."""
        asked = all(each.what != "not_asked" for each in self.differences)
        return max(self.since, self.made_at - span) if asked else self.since
