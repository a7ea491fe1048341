"""What admins do about money: written down with the deed, never changed."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class AdminAct:
    """Who did what, about what (its id), when (UTC), with ids and numbers only beside it."""

    id: str
    at: datetime
    by: str
    what: str
    about: str
    facts: dict[str, str] = field(default_factory=dict)
