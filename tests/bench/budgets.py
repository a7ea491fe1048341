"""DynamoDB requests of each operation against its budget (ARCHITECTURE: request budget), counted on the real wiring."""

from datetime import timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.domain.accounts import Account
from chalicelib.domain.availability import Hours
from chalicelib.domain.mentors import Person
from chalicelib.services import availability, bookings, offerings, open_times, sessions
from tests.bench import messaging, money, notifications, rooming
from tests.bench.spent import Spent, spent
from tests.fakes import people, times
from tests.fakes.world import NOON, world


def counted() -> list[Spent]:
    """Each operation once, in a world of its own making."""
    deps = world()
    meera, lena = people.mentor(deps), people.learner(deps)
    offer = sessions.Offer(
        "Decorators in an hour", "What they are.", ("python",), "programming", NOON + timedelta(hours=2), 60
    )
    opened = sessions.publish(deps, mentor_id=meera.account.id, offer=offer, key="budget-0001")
    pitch = offerings.Pitch("An hour of Python", "Whatever you like.", ("python",), "programming", 60)
    offered = offerings.create(deps, mentor_id=meera.account.id, pitch=pitch, status="published", key="budget-0003")
    times.open_hours(deps, meera)
    lists: dict[str, Any] = {"now": NOON, "upcoming": True, "limit": 20, "cursor": None}
    return [
        spent(deps, "open sessions", 1, lambda: deps.sessions.listed("all", NOON, 20, None)),
        spent(deps, "one session", 1, lambda: sessions.seen_by(deps, opened.id, None)),
        spent(deps, "free booking", 2, lambda: _book(deps, lena.id, opened.id)),
        spent(deps, "an open time held", 3, lambda: _hold(deps, meera, lena)),
        spent(deps, "a hold confirmed", 4, lambda: _confirm(deps, lena.id)),
        spent(deps, "my bookings", 1, lambda: deps.bookings.of_learner(lena.id, **lists)),
        spent(deps, "my sessions (mentor)", 1, lambda: deps.sessions.of_mentor(meera.account.id, **lists)),
        spent(deps, "mentor's page, soonest time", 2, lambda: open_times.page(deps, meera.mentor.slug)),
        spent(deps, "open times, 60 days", 2, lambda: _open_times(deps, meera.mentor.slug, offered.id)),
        spent(deps, "open times to move a booking to", 3, lambda: _moving(deps, meera, lena, offered.id)),
        spent(deps, "hours saved", 2, lambda: _save(deps, meera.account.id)),
        spent(deps, "a person's week", 2, lambda: _week(deps, meera.account.id)),
        *notifications.counted(),
        *messaging.counted(),
        *money.counted(),
        *rooming.counted(),
    ]


def _book(deps: wiring.Deps, learner_id: str, session_id: str) -> None:
    bookings.book(deps, learner_id=learner_id, session_id=session_id, key="budget-0002")


def _hold(deps: wiring.Deps, meera: Person, lena: Account) -> None:
    [offered] = deps.offerings.of_mentor(meera.account.id)
    deps.tables.requests.clear()  # type: ignore[attr-defined]
    times.hold(deps, lena, meera, offered)


def _confirm(deps: wiring.Deps, learner_id: str) -> None:
    held = deps.allowances.find(learner_id).hold or ""
    deps.tables.requests.clear()  # type: ignore[attr-defined]
    bookings.confirm_free(deps, learner_id=learner_id, booking_id=held, note="")


def _open_times(deps: wiring.Deps, slug: str, offering_id: str) -> None:
    open_times.between(deps, slug, offering_id, NOON, NOON + timedelta(days=60))


def _moving(deps: wiring.Deps, meera: Person, lena: Account, offering_id: str) -> None:
    [booked, *_] = deps.bookings.between(lena.id, NOON, NOON + timedelta(days=7))
    deps.tables.requests.clear()  # type: ignore[attr-defined]
    stretch = (NOON, NOON + timedelta(days=60))
    own = {"user_id": lena.id, "booking_id": booked.booking.id}
    open_times.between_moving(deps, meera.mentor.slug, offering_id, *stretch, **own)


def _save(deps: wiring.Deps, mentor_id: str) -> None:
    availability.save(deps, Hours(mentor_id, version=1), None)


def _week(deps: wiring.Deps, user_id: str) -> None:
    availability.week(deps, user_id, NOON, NOON + timedelta(days=7))
