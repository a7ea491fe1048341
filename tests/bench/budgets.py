"""DynamoDB requests of each operation against its budget (ARCHITECTURE: request budget), counted on the real wiring."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.services import bookings, open_times, sessions
from tests.fakes import people
from tests.fakes.world import NOON, world


@dataclass(frozen=True)
class Spent:
    """What one operation asked of DynamoDB, and what it may ask."""

    what: str
    requests: list[str]
    budget: int


def counted() -> list[Spent]:
    """Each operation once, in a world of its own making."""
    deps = world()
    meera, lena = people.mentor(deps), people.learner(deps)
    offer = sessions.Offer(
        "Decorators in an hour", "What they are.", ("python",), "programming", NOON + timedelta(hours=2), 60
    )
    opened = sessions.publish(deps, mentor_id=meera.account.id, offer=offer, key="budget-0001")
    lists: dict[str, Any] = {"now": NOON, "upcoming": True, "limit": 20, "cursor": None}
    return [
        _spent(deps, "open sessions", 1, lambda: deps.sessions.listed("all", NOON, 20, None)),
        _spent(deps, "one session", 1, lambda: sessions.seen_by(deps, opened.id, None)),
        _spent(deps, "free booking", 2, lambda: _book(deps, lena.id, opened.id)),
        _spent(deps, "my bookings", 1, lambda: deps.bookings.of_learner(lena.id, **lists)),
        _spent(deps, "my sessions (mentor)", 1, lambda: deps.sessions.of_mentor(meera.account.id, **lists)),
        _spent(deps, "mentor's page with sessions", 2, lambda: open_times.page(deps, meera.mentor.slug)),
    ]


def _book(deps: wiring.Deps, learner_id: str, session_id: str) -> None:
    bookings.book(deps, learner_id=learner_id, session_id=session_id, key="budget-0002")


def _spent(deps: wiring.Deps, what: str, budget: int, act: Callable[[], object]) -> Spent:
    deps.tables.requests.clear()  # type: ignore[attr-defined]
    act()
    return Spent(what, list(deps.tables.requests), budget)  # type: ignore[attr-defined]
