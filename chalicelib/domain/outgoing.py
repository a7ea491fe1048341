"""Notifications, which must not be lost: recorded with the change that causes them, due while a channel waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

FAST_PATH = timedelta(minutes=2)
MOST_ATTEMPTS = 8
Channel = Literal["mail", "push"]
CHANNELS: tuple[Channel, ...] = ("mail", "push")
State = Literal["waiting", "sent", "skipped", "digest", "parked"]  # digest: it goes out with the day's others
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
    "message_received",
    "mail_stopped",
    "digest",
    "reminder_now_learner",
    "reminder_now_mentor",
    "mentor_live",
    "running_late",
    "feedback_asked",
    "feedback_reminder",
    "marked_absent",
    "other_absent",
    "review_received",
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
    """One attempt of one channel, as it stands in the queue: doubled or delayed, each attempt is made once."""

    channel: Channel
    user_id: str
    id: str
    attempt: int


@dataclass(frozen=True)
class Outgoing:
    """One notification to one person: `facts` is what its words need; link tokens are signed when it is sent, never
    stored.

    An empty `to` means the address that the account has when the mail is sent. A channel's `…_due` is when it is looked
    at next if nobody has heard of it before, its `…_fault` what the last try of a parked one failed of ("" if its
    sender was killed).
    """

    id: str
    user_id: str
    to: str
    template: Template
    created_at: datetime
    facts: dict[str, str] = field(default_factory=dict)
    mail: State = "waiting"
    mail_attempts: int = 0
    mail_due: datetime | None = None
    mail_fault: str = ""
    push: State = "waiting"
    push_attempts: int = 0
    push_due: datetime | None = None
    push_fault: str = ""
    read_at: datetime | None = None

    def state(self, channel: Channel) -> State:
        """How far one channel has come."""
        return self.mail if channel == "mail" else self.push

    def attempts(self, channel: Channel) -> int:
        """How often one channel was tried."""
        return self.mail_attempts if channel == "mail" else self.push_attempts

    @property
    def is_parked(self) -> bool:
        """A channel waits for a person to look at it."""
        return "parked" in (self.mail, self.push)

    def due_of(self, channel: Channel) -> datetime | None:
        """When a channel that waits is looked at next: the stream sends at once, the sweep two minutes later."""
        if self.state(channel) != "waiting":
            return None
        known = self.mail_due if channel == "mail" else self.push_due
        return known or self.created_at + FAST_PATH

    def next_due(self) -> datetime | None:
        """When the sweep is to look: as long as any channel waits."""
        return min((at for channel in CHANNELS if (at := self.due_of(channel))), default=None)

    def errands(self, due: datetime | None = None) -> tuple[Errand, ...]:
        """The next attempt of each channel that waits, or only of those that were due by some time."""
        return tuple(
            Errand(channel, self.user_id, self.id, self.attempts(channel))
            for channel in CHANNELS
            if (at := self.due_of(channel)) and (due is None or at <= due)
        )

    def tried(self, channel: Channel, now: datetime) -> "Outgoing":
        """One more attempt: after eight the channel is parked for a person to look at."""
        attempts = self.attempts(channel) + 1
        later = now + FAST_PATH * (1 << min(attempts, 6))
        return self._with(channel, "parked" if attempts >= MOST_ATTEMPTS else "waiting", attempts, later)

    def put_off(self, channel: Channel, until: datetime) -> "Outgoing":
        """Not now: looked at again then, and the attempt that has begun is not counted."""
        return self._with(channel, "waiting", self.attempts(channel) - 1, until)

    def done(self, channel: Channel, state: State) -> "Outgoing":
        """Nothing more is to be sent this way."""
        return self._with(channel, state, self.attempts(channel), None)

    def failed_of(self, channel: Channel, fault: str) -> "Outgoing":
        """What a channel gave up for."""
        return replace(self, mail_fault=fault) if channel == "mail" else replace(self, push_fault=fault)

    def resent(self, now: datetime) -> "Outgoing":
        """What was parked waits anew, as if never tried."""
        new = self
        for channel in CHANNELS:
            if self.state(channel) == "parked":
                new = new.failed_of(channel, "")._with(channel, "waiting", 0, now + FAST_PATH)
        return new

    def _with(self, channel: Channel, state: State, attempts: int, due: datetime | None) -> "Outgoing":
        if channel == "mail":
            return replace(self, mail=state, mail_attempts=attempts, mail_due=due)
        return replace(self, push=state, push_attempts=attempts, push_due=due)
