"""Letters from templates: a text whose first line is the subject, and its HTML twin."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.outgoing import Template
from chalicelib.domain.rupees import rupees
from chalicelib.gateways.calendar_files import Invitation

TEMPLATES = Path(__file__).parent / "mail_templates"
MAILS_ABOUT = {
    "bookings": "bookings",
    "reminders": "sessions that are about to begin",
    "requests": "requests",
    "messages": "messages",
    "money": "payments and payouts",
    "reviews": "ratings and reviews",
    "digest": "your day",
}


@dataclass(frozen=True)
class Letter:
    """A mail as it goes out: every one has a plain text twin, some an invitation for the reader's calendar."""

    subject: str
    text: str
    html: str
    invitation: Invitation | None = None


def write(template: Template, facts: Mapping[str, str]) -> Letter:
    """A fact that a template needs and does not get is an error; markup in a fact is shown, never obeyed."""
    text = _environment().get_template(f"{template}.txt").render(facts)
    subject, _, body = text.partition("\n")
    subject = " ".join(subject.split())
    html = _environment().get_template(f"{template}.html").render(facts, subject=subject)
    return Letter(subject, body.strip() + "\n", html)


def at_home(moment: str, zone: str) -> str:
    """A stored time as a person reads it, on their own clock, named."""
    there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return f"{_day(there)}, {_clock(there)} {_half(there)} {_named(there, zone)}"


def span(starts_at: str, minutes: str, zone: str) -> str:
    """From when until when, as the site says it: "7:00 – 8:00 pm IST", and whose clock that is."""
    start = datetime.fromisoformat(starts_at)
    begin, end = (at.astimezone(ZoneInfo(zone)) for at in (start, start + timedelta(minutes=int(minutes))))
    half = "" if (begin.date(), _half(begin)) == (end.date(), _half(end)) else f" {_half(begin)}"
    return f"{_day(begin)}, {_clock(begin)}{half} – {_clock(end)} {_half(end)} {_named(begin, zone)}"


def duration(minutes: str) -> str:
    """As the site says it."""
    hours, rest = divmod(int(minutes), 60)
    if rest:
        return f"{hours} h {rest} min" if hours else f"{rest} min"
    return "1 hour" if hours == 1 else f"{hours} hours"


def apart(moment: str, zone: str, other_zone: str) -> bool:
    """The clocks of the two zones show different times at that moment."""
    at = datetime.fromisoformat(moment)
    return at.astimezone(ZoneInfo(zone)).utcoffset() != at.astimezone(ZoneInfo(other_zone)).utcoffset()


def _day(there: datetime) -> str:
    return f"{there:%A}, {there.day} {there:%B %Y}"


def _clock(there: datetime) -> str:
    return f"{there.hour % 12 or 12}:{there:%M}"


def _half(there: datetime) -> str:
    return "am" if there.hour < 12 else "pm"


def _named(there: datetime, zone: str) -> str:
    """Many zones have no letters of their own, but a number."""
    letters, place = there.tzname() or "", zone.replace("_", " ")
    if letters == place:
        return place
    return f"{letters} ({place})" if letters.isalpha() else f"{place} time"


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only who writes letters needs it

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(at_home=at_home, span=span, duration=duration, apart=apart)
    environment.filters.update(read=json.loads)
    environment.filters.update(in_words=MAILS_ABOUT.__getitem__)
    environment.filters.update(rupees=lambda paise: rupees(int(paise)), rupees_off=lambda paise: rupees(-int(paise)))
    return environment
