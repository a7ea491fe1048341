"""The words of a notification on the site, on a phone's lock screen and in the daily mail: short, plain, no markup."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.rupees import rupees


@dataclass(frozen=True)
class Pattern:
    """`when` names the fact that holds the time it is about: shown by the reader's own clock."""

    title: str
    text: str = ""
    when: str = ""


@dataclass(frozen=True)
class Words:
    """What a person reads; `when` is the time it is about, if there is one."""

    title: str
    text: str
    when: datetime | None = None


def _p(title: str, text: str = "", when: str = "starts_at") -> Pattern:
    return Pattern(title, text, when)


PATTERNS: Mapping[Template, Pattern] = {
    "password_changed": _p("Your password was changed", "If this was not you, set a new one now.", ""),
    "email_changed": _p("Your e-mail address was changed", "Sign in with the new one from now on.", ""),
    "mentor_approved": _p("You are a mentor now", "People can find and book you.", ""),
    "mentor_returned": _p("Your application needs a change", "See what to add, and send it again.", ""),
    "booking_confirmed_learner": _p("Booked: {title}", "With {other}"),
    "booking_confirmed_mentor": _p("{other} has booked you", "{title}"),
    "booking_cancelled_learner": _p("Cancelled: {title}", "{who} cancelled it"),
    "booking_cancelled_mentor": _p("Cancelled: {title}", "{who} cancelled it"),
    "reschedule_proposed": _p("{other} asks for another time", "{title}", "proposed_at"),
    "reschedule_declined": _p("The old time stands", "{other} declined to move {title}"),
    "session_moved_learner": _p("Moved: {title}", "With {other}"),
    "session_moved_mentor": _p("Moved: {title}", "With {other}"),
    "reminder_day_learner": _p("In a day: {title}", "With {other}"),
    "reminder_day_mentor": _p("In a day: {title}", "With {other}"),
    "reminder_soon_learner": _p("In half an hour: {title}", "With {other}"),
    "reminder_soon_mentor": _p("In half an hour: {title}", "With {other}"),
    "reminder_now_learner": _p("In 5 minutes: {title}", "{other} expects you"),
    "reminder_now_mentor": _p("In 5 minutes: {title}", "{other} expects you"),
    "running_late": _p("{other} will be {late} minutes late", "{title}"),
    "mentor_live": _p("{other} is waiting for you", "{title}: the room is open", ""),
    "feedback_asked": _p("How was it?", "Rate {title} with {other}", ""),
    "feedback_reminder": _p("How was {title}?", "Your rating helps {other} and other learners", ""),
    "marked_absent": _p("You were not there: {title}", "If that is wrong, say so within three days", ""),
    "other_absent": _p("{other} did not come", "{title}", ""),
    "waitlist_offer": _p("A place is free: {title}", "It is kept for you for a quarter of an hour", "until"),
    "request_made": _p("{other} asks you for a session", "{title}"),
    "request_countered": _p("{other} proposes something else", "{title}"),
    "request_accepted": _p("{other} has accepted", "{title}"),
    "request_declined": _p("{other} has declined", "{title}", ""),
    "request_expired": _p("A request has expired", "{title}, with {other}", ""),
    "hold_from_request": _p("{other} has accepted: please pay", "{title}", "pay_by"),
    "strike_given": _p("You were given a strike", "{title}, with {other}"),
    "dispute_opened": _p("{other} says something went wrong", "{title}: please answer", "answer_by"),
    "dispute_answered": _p("{other} has answered", "About {title}; we decide within five days", ""),
    "dispute_decided_learner": _p("We have decided about {title}", "You get back {percent} %", ""),
    "dispute_decided_mentor": _p("We have decided about {title}", "{other} gets back {percent} %", ""),
    "payment_received": _p("Paid: {amount}", "{title}: your receipt is there", ""),
    "payment_returned": _p("{amount} goes back to you", "{title}", ""),
    "refund_on_its_way": _p("{amount} is on its way back", "{title}", ""),
    "refund_done": _p("{amount} has been returned", "{title}; your bank may need a few days", ""),
    "hold_lapsed_unpaid": _p("Not booked: {title}", "It was not paid in time"),
    "payout_on_its_way": _p("{amount} is on its way to you", "To {masked}", ""),
    "payout_arrived": _p("{amount} has arrived", "In {masked}", ""),
    "payout_failed": _p("{amount} could not be paid out", "{reason}", ""),
    "payout_details_changed": _p("Your payout details were changed", "If this was not you, act now", ""),
    "earning_frozen": _p("{amount} waits for a decision", "{title}", ""),
    "mail_stopped": _p("Our mails do not reach you", "We have stopped writing to your address: see what to do", ""),
    "message_received": _p("A message from {other}", "{words}", ""),
    "review_received": _p("{other} has reviewed your session", "{stars} of 5 stars for {title}", ""),
}


class _Known(dict[str, str]):
    """A fact that an old notification lacks leaves a gap, and takes no list down."""

    def __missing__(self, name: str) -> str:
        return ""


def words(message: Outgoing, zone: str | None = None) -> Words:
    """With a zone the time stands in the text; a page shows it by its own clock."""
    pattern, facts = PATTERNS[message.template], _Known(message.facts)
    facts |= {"amount": rupees(int(facts["paise"] or 0)), "who": _who(message)}
    when = datetime.fromisoformat(facts[pattern.when]) if pattern.when and facts[pattern.when] else None
    title, text = (" ".join(each.format_map(facts).split()) for each in (pattern.title, pattern.text))
    if when and zone:
        text = " · ".join(part for part in (text, at_home(when, zone)) if part)
    return Words(title, text, when)


def at_home(when: datetime, zone: str) -> str:
    """Mon 2 March, 7:30 pm, by a clock that its reader knows."""
    there = when.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%B}, {there.hour % 12 or 12}:{there:%M} {'am' if there.hour < 12 else 'pm'}"


def digest_lines(messages: Iterable[tuple[Outgoing, str]], zone: str) -> str:
    """Notifications and their links, as one fact of the mail that gathers them."""
    lines = [(words(message, zone), link) for message, link in messages]
    return json.dumps([{"title": each.title, "text": each.text, "link": link} for each, link in lines])


def _who(message: Outgoing) -> str:
    by, to = message.facts.get("by"), message.template.rpartition("_")[2]
    if by == to:
        return "You"
    return "PeerLearn" if by == "platform" else message.facts.get("other", "")
