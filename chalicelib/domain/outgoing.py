"""Messages that must not be lost: recorded with the change that causes them, due until they are sent."""

from collections.abc import Mapping
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
    "dispute_opened",
    "dispute_answered",
    "dispute_decided_learner",
    "dispute_decided_mentor",
    "payment_received",
    "payment_returned",
    "refund_on_its_way",
    "refund_done",
    "hold_lapsed_unpaid",
    "payout_on_its_way",
    "payout_arrived",
    "payout_failed",
    "payout_details_changed",
    "earning_frozen",
]
# What the mails about money need besides whom they are for; amounts are paise, times ISO. Wherever a session is named,
# `starts_at` with `minutes` and `other` may be added; to a payment received `price_paise`, `coupon` with
# `discount_paise`, `paid_at` and `receipt`.
_SESSION = ("title", "other", "starts_at", "minutes", "booking_id")
_PAYOUT = ("paise", "masked")
MONEY_FACTS: Mapping[Template, tuple[str, ...]] = {
    "payment_received": ("title", "paise", "booking_id"),
    "payment_returned": ("title", "paise", "why", "booking_id"),  # why: too_late, wrong_amount or paid_twice
    "refund_on_its_way": ("title", "paise", "booking_id"),
    "refund_done": ("title", "paise", "booking_id"),
    "hold_lapsed_unpaid": (*_SESSION, "by"),  # by: time or mentor; to both sides
    "payout_on_its_way": _PAYOUT,
    "payout_arrived": _PAYOUT,
    "payout_failed": (*_PAYOUT, "reason"),
    "payout_details_changed": ("masked", "until"),
    "dispute_opened": (*_SESSION, "reason", "answer_by"),
    "dispute_answered": (*_SESSION, "words"),
    "dispute_decided_learner": (*_SESSION, "percent", "paise", "words"),
    "dispute_decided_mentor": (*_SESSION, "percent", "words"),
    "earning_frozen": ("title", "paise", "why", "booking_id"),  # why: dispute, chargeback or left_early
}


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
