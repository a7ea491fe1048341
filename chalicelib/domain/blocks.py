"""Blocking: who is blocked can neither write to the other, nor ask, nor book, and is not told why."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Conflict


@dataclass(frozen=True)
class Block:
    """One person wants nothing more of another."""

    by: str
    of: str
    at: datetime


def not_possible() -> Conflict:
    """What somebody blocked is told; the same as where the other has left."""
    return Conflict("not_possible", "This is not possible with this person at present.")


def blocked_by_you() -> Conflict:
    """What somebody is told who has blocked the other."""
    return Conflict("blocked_by_you", "You have blocked this person. Unblock them first.")
