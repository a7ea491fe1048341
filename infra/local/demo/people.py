"""The demonstration people as they are written down in `people/`, one file each."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from infra.local.demo.look import Look, look

FOLDER = Path(__file__).parent / "people"
MAIL = "demo.peerlearn.test"  # .test reaches nobody, anywhere
MARK = "Demo profile: an invented person, here to show what PeerLearn looks like."
FORTNIGHT = 14


@dataclass(frozen=True)
class Time:
    """A day of the repeating fortnight (0: its first Monday) and a wall-clock time; with `ended`, it is past."""

    day: int
    at: str
    learner: str | None = None
    ended: Literal["completed", "no_show_learner"] | None = None


@dataclass(frozen=True)
class Offered:
    """What a mentor teaches, and when; without times, at any open one. The price is in rupees."""

    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    minutes: int
    times: tuple[Time, ...] = ()
    price: int = 0

    @property
    def price_paise(self) -> int:
        """As the product counts."""
        return self.price * 100


@dataclass(frozen=True)
class Someone:
    """One invented person; `mentor` holds the application's parts, `hours` a week's ranges by day, and its rules."""

    slug: str
    name: str
    born: date
    zone: str
    portrait: Look
    interests: Sequence[str] = ()
    career_goal: str = ""
    bio: str = ""
    admin: bool = False
    approved: bool = True
    mentor: Mapping[str, Any] = field(default_factory=dict)
    sessions: tuple[Offered, ...] = ()
    hours: Mapping[str, Any] = field(default_factory=dict)
    offerings: tuple[Offered, ...] = ()

    @property
    def email(self) -> str:
        """The first name at a domain that says what it is."""
        return f"{self.slug.partition('-')[0]}@{MAIL}"


@cache
def everyone() -> Mapping[str, Someone]:
    """All of them, by slug."""
    return {path.stem: _someone(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.iterdir())}


def _someone(slug: str, words: dict[str, Any]) -> Someone:
    mentor = words.pop("mentor", {})
    approved = mentor.pop("approved", True)
    if mentor:
        mentor["bio"] = _marked(mentor["bio"])
    words |= {"portrait": look(words["portrait"]), "bio": _marked(words.get("bio", ""))}
    sessions, offerings = (tuple(map(_offered, words.pop(kind, ()))) for kind in ("sessions", "offerings"))
    return Someone(slug=slug, mentor=mentor, approved=approved, sessions=sessions, offerings=offerings, **words)


def _marked(bio: str) -> str:
    return f"{bio.strip()}\n\n{MARK}".strip()


def _offered(words: dict[str, Any]) -> Offered:
    times = tuple(Time(**each) for each in words.get("times", ()))
    return Offered(
        **{**words, "description": words["description"].strip(), "topics": tuple(words["topics"]), "times": times}
    )


def when(wanted: Time, zone: str, now: datetime) -> datetime:
    """The one occurrence, in UTC, within the fourteen days after today, or for what has ended, before it."""
    there = ZoneInfo(zone)
    today = now.astimezone(there).date()
    ahead = (wanted.day - (today.toordinal() - 1)) % FORTNIGHT
    days = ahead - FORTNIGHT if wanted.ended else ahead or FORTNIGHT
    at = datetime.combine(today + timedelta(days=days), time.fromisoformat(wanted.at), there)
    return at.astimezone(UTC)
