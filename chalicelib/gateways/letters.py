"""Letters from templates: a text whose first line is the subject, and its HTML twin."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.outgoing import Template
from chalicelib.gateways.calendar_files import Invitation

TEMPLATES = Path(__file__).parent / "mail_templates"


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


def at_home(starts_at: str, zone: str) -> str:
    """A stored time as a person reads it, in their own zone, named."""
    there = datetime.fromisoformat(starts_at).astimezone(ZoneInfo(zone))
    return f"{there:%A}, {there.day} {there:%B %Y}, {there:%H:%M} ({zone.replace('_', ' ')} time)"


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
    environment.filters["at_home"] = at_home
    return environment
