"""Devices: each sign-in is a refresh session whose token is replaced at every use."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

LIFE, GRACE = timedelta(days=30), timedelta(seconds=30)
Showing = Literal["current", "just_replaced", "reused"]


@dataclass(frozen=True)
class Device:
    """`epoch` is the account's when this device signed in; once the account's has risen, the device is signed out."""

    id: str
    user_id: str
    epoch: int
    token_hash: str
    created_at: datetime
    last_seen_at: datetime
    user_agent: str = ""
    second_factor: bool = False
    previous_hash: str | None = None
    rotated_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """Thirty days after it was last used."""
        return self.last_seen_at + LIFE

    def shown(self, token_hash: str, now: datetime) -> Showing:
        """What a token is to this device: a replaced one is taken for 30 seconds more (two tabs, a lost answer)."""
        if token_hash == self.token_hash:
            return "current"
        recent = self.rotated_at is not None and now - self.rotated_at <= GRACE
        return "just_replaced" if recent and token_hash == self.previous_hash else "reused"

    def rotated(self, successor_hash: str, user_agent: str, now: datetime) -> "Device":
        """The token is replaced; the one before it is remembered for the grace."""
        return replace(
            self,
            token_hash=successor_hash,
            previous_hash=self.token_hash,
            rotated_at=now,
            last_seen_at=now,
            user_agent=user_agent,
        )
