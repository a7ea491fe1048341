"""Messages that must not be lost: recorded with the change that causes them, due until they are sent."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

FAST_PATH = timedelta(minutes=2)
MOST_ATTEMPTS = 8
Template = Literal[
    "verify_email",
    "already_registered",
    "reset_password",
    "password_changed",
    "confirm_new_email",
    "confirm_old_email",
    "email_changed",
    "mentor_approved",
    "mentor_returned",
    "booking_confirmed_learner",
    "booking_confirmed_mentor",
    "booking_cancelled_learner",
    "booking_cancelled_mentor",
    "reschedule_proposed",
    "reschedule_declined",
    "session_moved_learner",
    "session_moved_mentor",
    "reminder_day_learner",
    "reminder_day_mentor",
    "reminder_soon_learner",
    "reminder_soon_mentor",
    "waitlist_offer",
    "request_made",
    "request_countered",
    "request_accepted",
    "request_declined",
    "request_expired",
    "hold_from_request",
    "strike_given",
]


@dataclass(frozen=True, order=True)
class Errand:
    """One attempt at a message, as it stands in the queue: doubled or delayed, each attempt is made once."""

    id: str
    attempt: int


@dataclass(frozen=True)
class Outgoing:
    """One mail: `facts` is what its template needs; link tokens are signed when it is sent, never stored.

    An empty `to` means the address that the account has when the mail is sent.
    """

    id: str
    user_id: str
    to: str
    template: Template
    created_at: datetime
    facts: dict[str, str] = field(default_factory=dict)
    status: Literal["waiting", "sent", "parked"] = "waiting"
    attempts: int = 0

    def next_due(self, now: datetime) -> datetime | None:
        """The stream sends at once; the sweep looks again after two minutes, then ever more rarely."""
        if self.status != "waiting":
            return None
        return now + FAST_PATH * (1 << min(self.attempts, 6))

    def tried(self) -> "Outgoing":
        """One more attempt: after eight the message is parked for a person to look at."""
        attempts = self.attempts + 1
        return replace(self, attempts=attempts, status="parked" if attempts >= MOST_ATTEMPTS else self.status)
