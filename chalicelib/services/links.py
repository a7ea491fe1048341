"""The links in mails: where on the site each leads, what it is good for, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import entries
from chalicelib.domain.outgoing import Outgoing, Template

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Link:
    """`facts` are the mail's facts that the token carries: the state at which it is good, so that it works once."""

    page: str
    purpose: Literal["verify", "reset", "change-email"]
    life: timedelta
    facts: tuple[str, ...] = ()


PAGES: Mapping[Template, str] = {
    "already_registered": "/sign-in",
    "password_changed": "/reset",
    "email_changed": "/sign-in",
    "mentor_approved": "/mentor/new-session",
    "mentor_returned": "/settings/mentor",
    "booking_confirmed_learner": "/bookings/{booking_id}",
    "booking_confirmed_mentor": "/bookings/{booking_id}",
    "booking_cancelled_learner": "/bookings/{booking_id}",
    "booking_cancelled_mentor": "/bookings/{booking_id}",
    "reschedule_proposed": "/bookings/{booking_id}",
    "reschedule_declined": "/bookings/{booking_id}",
    "session_moved_learner": "/bookings/{booking_id}",
    "session_moved_mentor": "/bookings/{booking_id}",
    "reminder_day_learner": "/bookings/{booking_id}",
    "reminder_day_mentor": "/bookings/{booking_id}",
    "reminder_soon_learner": "/room/{session_id}",
    "reminder_soon_mentor": "/room/{session_id}",
    "waitlist_offer": "/s/{session_id}",
    "request_made": "/requests/{request_id}",
    "request_countered": "/requests/{request_id}",
    "request_accepted": "/requests/{request_id}",
    "request_declined": "/requests/{request_id}",
    "request_expired": "/requests/{request_id}",
    "hold_from_request": "/bookings/{booking_id}",
    "strike_given": "/bookings/{booking_id}",
    "dispute_opened": "/bookings/{booking_id}",
    "dispute_answered": "/bookings/{booking_id}",
    "dispute_decided_learner": "/bookings/{booking_id}",
    "dispute_decided_mentor": "/bookings/{booking_id}",
    "payment_received": "/bookings/{booking_id}",
    "payment_returned": "/bookings/{booking_id}",
    "refund_on_its_way": "/bookings/{booking_id}",
    "refund_done": "/bookings/{booking_id}",
    "hold_lapsed_unpaid": "/bookings/{booking_id}",
    "payout_on_its_way": "/mentor/earnings",
    "payout_arrived": "/mentor/earnings",
    "payout_failed": "/mentor/payout-details",
    "payout_details_changed": "/reset",
    "earning_frozen": "/bookings/{booking_id}",
    "mail_stopped": "/settings#security",
    "message_received": "/messages/{other_id}",
    "digest": "/notifications",
    "reminder_now_learner": "/room/{session_id}",
    "reminder_now_mentor": "/room/{session_id}",
    "mentor_live": "/room/{session_id}",
    "running_late": "/room/{session_id}",
    "feedback_asked": "/bookings/{booking_id}",
    "feedback_reminder": "/bookings/{booking_id}",
    "marked_absent": "/bookings/{booking_id}",
    "other_absent": "/bookings/{booking_id}",
    "review_received": "/bookings/{booking_id}",
}
LINKS: Mapping[Template, Link] = {
    "verify_email": Link("/verify", "verify", timedelta(days=3)),
    "reset_password": Link("/reset/confirm", "reset", timedelta(minutes=30), ("epoch",)),
    "confirm_new_email": Link("/email/confirm", "change-email", timedelta(hours=24), ("side", "nonce")),
    "confirm_old_email": Link("/email/confirm", "change-email", timedelta(hours=24), ("side", "nonce")),
}


def page_for(message: Outgoing) -> str:
    """Where on the site one can act on what it says."""
    return PAGES[message.template].format_map(message.facts)


def link_for(deps: "Deps", message: Outgoing) -> str:
    """Where the mail leads; its token is signed when it is sent, and stands behind a #, where no server sees it."""
    site = deps.config.site_origin.partition(",")[0]
    link = LINKS.get(message.template)
    if link is None:
        return site + page_for(message)
    claims = {"adr": entries.address_key(message.to)} | {name: message.facts[name] for name in link.facts}
    token = deps.tokens.sign(link.purpose, message.user_id, link.life, claims)
    return f"{site}{link.page}#{token}"
