"""A learner's booking of a session."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.sessions import Session

Status = Literal["confirmed", "completed", "no_show"]


@dataclass(frozen=True)
class Booking:
    """One learner's place in one session; money is paise, times are UTC."""

    id: str
    session_id: str
    learner_id: str
    starts_at: datetime
    price_paise: int
    created_at: datetime
    status: Status = "confirmed"

    def follow(self, session: Session) -> "Booking":
        """The booking that goes with its session's new state."""
        if session.status == "completed":
            return replace(self, status="completed")
        return replace(self, status="no_show") if session.status.startswith("no_show") else self
