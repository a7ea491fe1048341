"""Sending money back to a learner: due, sent, and processed by the gateway, or failed and tried again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Why = Literal[
    "cancelled", "mentor_cancelled", "platform_cancelled", "no_show", "too_late", "wrong_amount", "paid_twice"
]
Reason = Why | Literal["dispute", "admin"]
LOOK_AGAIN, MOST_ROUNDS, MOST_PAUSE = timedelta(minutes=2), 5, timedelta(hours=12)


@dataclass(frozen=True)
class Repayment:
    """So many paise back on one payment. A `round` ends when the gateway has definitely failed: only then does the next
    have a key of its own; whatever is unknown is asked again under the same key. Times are UTC."""

    id: str
    payment_id: str
    paise: int
    why: Reason
    decided_at: datetime
    status: Literal["due", "sent", "processed", "failed"] = "due"
    due_at: datetime | None = None
    gateway_id: str = ""
    round: int = 1
    attempts: int = 0

    @property
    def key(self) -> str:
        """The gateway's idempotency key, and the receipt it is found again by."""
        return f"{self.id}-{self.round}"

    @property
    def is_open(self) -> bool:
        """The gateway has not had the last word."""
        return self.status in ("due", "sent")

    def trying(self, now: datetime) -> "Repayment":
        """Counted before the gateway is asked, so that whoever dies in the midst of it is followed by another."""
        pause = min(LOOK_AGAIN * (1 << min(self.attempts, 10)), MOST_PAUSE)
        return replace(self, attempts=self.attempts + 1, due_at=now + pause)

    def sent(self, gateway_id: str, now: datetime) -> "Repayment":
        """The gateway has taken it on: its webhook says when it is through, and if not, it is asked."""
        if not self.is_open or self.gateway_id == gateway_id:
            return self
        return replace(self, status="sent", gateway_id=gateway_id, due_at=now + LOOK_AGAIN, attempts=1)

    def processed(self) -> "Repayment":
        """The money has left."""
        return replace(self, status="processed", due_at=None)

    def failed(self, now: datetime) -> "Repayment":
        """This round has failed for good: another begins, until it is a person's turn."""
        if not self.is_open:
            return self
        if self.round >= MOST_ROUNDS:
            return replace(self, status="failed", due_at=None)
        again = now + min(timedelta(hours=1) * (1 << (self.round - 1)), MOST_PAUSE)
        return replace(self, status="due", round=self.round + 1, attempts=0, gateway_id="", due_at=again)

    def retried(self, now: datetime) -> "Repayment":
        """An admin has seen to it: once more, as a round of its own."""
        return replace(self, status="due", round=self.round + 1, attempts=0, gateway_id="", due_at=now)
