"""The kinds of notification: which group each belongs to, by which ways it reaches a person, and what cannot wait."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.outgoing import Outgoing, Template

Group = Literal["bookings", "reminders", "requests", "messages", "money", "account", "reviews"]
Way = Literal["app", "mail", "push"]
EVERY: tuple[Way, ...] = ("app", "mail", "push")
MAIL_ONLY: tuple[Way, ...] = ("mail",)
SOON: tuple[Way, ...] = ("app", "push")  # a mail would come too late, or too often
LOW: tuple[Group, ...] = ("requests", "messages", "reviews")  # what can be gathered into one mail a day
SPARED: tuple[Group, ...] = ("reminders", "money", "account")  # what quiet hours let through
IMMINENT = timedelta(days=1)


@dataclass(frozen=True)
class Notice:
    """One kind; `urgent` names the fact that says by when it must be known."""

    group: Group
    ways: tuple[Way, ...] = EVERY
    urgent: str = ""


_SESSION = Notice("bookings", urgent="starts_at")
_REMINDER = Notice("reminders")
_REQUEST = Notice("requests", urgent="starts_at")
_MONEY = Notice("money")
_SECURITY = Notice("account")
_PROOF = Notice("account", MAIL_ONLY)
NOTICES: Mapping[Template, Notice] = {
    "verify_email": _PROOF,
    "already_registered": _PROOF,
    "reset_password": _PROOF,
    "password_changed": _SECURITY,
    "confirm_new_email": _PROOF,
    "confirm_old_email": _PROOF,
    "email_changed": _SECURITY,
    "mentor_approved": _SECURITY,
    "mentor_returned": _SECURITY,
    "booking_confirmed_learner": _SESSION,
    "booking_confirmed_mentor": _SESSION,
    "booking_cancelled_learner": _SESSION,
    "booking_cancelled_mentor": _SESSION,
    "reschedule_proposed": Notice("bookings", urgent="lapses_at"),
    "reschedule_declined": _SESSION,
    "session_moved_learner": _SESSION,
    "session_moved_mentor": _SESSION,
    "reminder_day_learner": _REMINDER,
    "reminder_day_mentor": _REMINDER,
    "reminder_soon_learner": _REMINDER,
    "reminder_soon_mentor": _REMINDER,
    "waitlist_offer": Notice("bookings", urgent="until"),
    "request_made": _REQUEST,
    "request_countered": _REQUEST,
    "request_accepted": _REQUEST,
    "request_declined": Notice("requests"),
    "request_expired": Notice("requests"),
    "hold_from_request": Notice("bookings", urgent="pay_by"),
    "strike_given": Notice("bookings"),
    "dispute_opened": _MONEY,
    "dispute_answered": _MONEY,
    "dispute_decided_learner": _MONEY,
    "dispute_decided_mentor": _MONEY,
    "payment_received": _MONEY,
    "payment_returned": _MONEY,
    "refund_on_its_way": _MONEY,
    "refund_done": _MONEY,
    "hold_lapsed_unpaid": _MONEY,
    "payout_on_its_way": _MONEY,
    "payout_arrived": _MONEY,
    "payout_failed": _MONEY,
    "payout_details_changed": _MONEY,
    "earning_frozen": _MONEY,
    "message_received": Notice("messages"),
    "mail_stopped": Notice("account", SOON),
    "digest": _PROOF,
    "reminder_now_learner": Notice("reminders", SOON),
    "reminder_now_mentor": Notice("reminders", SOON),
    "mentor_live": Notice("bookings", SOON, urgent="starts_at"),
    "running_late": Notice("bookings", SOON, urgent="starts_at"),
    "feedback_asked": Notice("reviews", SOON),
    "feedback_reminder": Notice("reviews", ("mail", "push")),  # the site has asked already
    "marked_absent": Notice("bookings"),
    "other_absent": Notice("bookings"),
    "review_received": Notice("reviews"),
}


def is_shown(template: Template) -> bool:
    """It stands among the person's notifications on the site, and is not a mail alone."""
    return "app" in NOTICES[template].ways


def addressed(message: Outgoing) -> Outgoing:
    """A new one waits only on the channels that its kind goes by."""
    ways = NOTICES[message.template].ways
    mail = message.mail if "mail" in ways else "skipped"
    return replace(message, mail=mail, push=message.push if "push" in ways else "skipped")


def cannot_wait(message: Outgoing, now: datetime) -> bool:
    """Quiet hours spare reminders, security, money, and what happens within a day."""
    notice = NOTICES[message.template]
    return notice.group in SPARED or is_imminent(message, now)


def is_imminent(message: Outgoing, now: datetime) -> bool:
    """What it is about happens, or lapses, within a day."""
    by = message.facts.get(NOTICES[message.template].urgent)
    return by is not None and datetime.fromisoformat(by) <= now + IMMINENT
