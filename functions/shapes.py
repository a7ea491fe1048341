"""Shapes that several areas answer with."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain import cards
from chalicelib.domain.sessions import Session

Limit = Annotated[int, msgspec.Meta(ge=1, le=100)]


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
