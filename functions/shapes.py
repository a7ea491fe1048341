"""Shapes that several areas answer with."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec

from chalicelib.domain import cards, reschedules
from chalicelib.domain.errors import Invalid
from chalicelib.domain.sessions import Session

Limit = Annotated[int, msgspec.Meta(ge=1, le=100)]
YEARS = range(2000, 2200)
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class MentorCard(msgspec.Struct):
    """A mentor beside something else."""

    id: str
    slug: str
    name: str
    photo_url: str | None
    headline: str


class SessionCard(msgspec.Struct):
    """A session in a list."""

    id: str
    title: str
    domain: str
    topics: tuple[str, ...]
    starts_at: datetime
    duration_minutes: int
    price_paise: int
    status: str
    mentor: MentorCard


class PageQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Which part of a list."""

    limit: Limit = 20
    cursor: Annotated[str, msgspec.Meta(max_length=500)] | None = None


class OwnQuery(PageQuery, forbid_unknown_fields=True):
    """Which part of one's own list."""

    when: Literal["upcoming", "past"] = "upcoming"

    def part(self) -> dict[str, Any]:
        """As the stores' lists take it."""
        return {"upcoming": self.when == "upcoming", "limit": self.limit, "cursor": self.cursor}


class Learner(msgspec.Struct):
    """Who has booked."""

    id: str
    name: str
    photo_url: str | None


class Proposal(msgspec.Struct):
    """Another time, asked for by one side; unanswered by `lapses_at`, the old one stands."""

    by: Literal["mentor", "learner"]
    starts_at: datetime
    lapses_at: datetime


def utc(at: datetime, name: str = "starts_at") -> datetime:
    """A time somebody sent under a name, in UTC; none that is generations away is meant."""
    if at.year not in YEARS:
        raise Invalid({name: "There is no such time."})
    return at.astimezone(UTC)


def learner_card(card: cards.LearnerCard) -> Learner:
    """As their mentor sees them."""
    return Learner(card.id, card.name, card.photo_url)


def proposal_view(proposal: reschedules.Proposal | None) -> Proposal | None:
    """As both sides see it."""
    return Proposal(proposal.by, proposal.starts_at, proposal.lapses_at) if proposal else None


def mentor_card(card: cards.MentorCard) -> MentorCard:
    """The public card."""
    return MentorCard(card.id, card.slug, card.name, card.photo_url, card.headline)


def session_card(session: Session) -> SessionCard:
    """The public face of a session: not who took it."""
    return SessionCard(
        id=session.id,
        title=session.title,
        domain=session.domain,
        topics=session.topics,
        starts_at=session.starts_at,
        duration_minutes=session.duration_minutes,
        price_paise=session.price_paise,
        status=session.status,
        mentor=mentor_card(session.mentor),
    )
