"""How a person is shown beside something else: a copy, refreshed when the person changes."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["mentor", "learner"]
NAMELESS = "Former member"


@dataclass(frozen=True)
class MentorCard:
    """What everyone may see of a mentor."""

    id: str
    slug: str
    name: str
    headline: str
    photo_url: str | None = None


@dataclass(frozen=True)
class LearnerCard:
    """What a learner's mentor may see."""

    id: str
    name: str
    photo_url: str | None = None
