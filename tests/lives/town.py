"""A few mentors and learners with a clock that is moved, on tables that nothing else writes to."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.domain.accounts import Account
from chalicelib.domain.mentors import Person
from chalicelib.domain.offerings import Offering
from chalicelib.stores.table import Tables
from tests.fakes import people, times
from tests.fakes.outside import outside
from tests.fakes.world import SECRETS

MORNING = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
CORE, LIVE = "core", "live"


class MovedClock:
    """The same moment for everyone; it only goes forward."""

    def __init__(self, now: datetime = MORNING):
        self.now = now
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        """Let time pass."""
        with self._lock:
            self.now += by

    def to(self, at: datetime) -> None:
        """Let time pass until then, if it has not come yet."""
        with self._lock:
            self.now = max(self.now, at)


@dataclass
class Known:
    """What the people of a town have heard of: ids that they may or may not still do something with."""

    sessions: list[str] = field(default_factory=list)
    bookings: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def note(self, made: Any) -> None:
        """Remember the session, booking or request that came of an act."""
        for name, kind in (("session", self.sessions), ("booking", self.bookings)):
            if (found := getattr(made, name, None)) is not None:
                kind.append(found.id)
        kind = {"ses": self.sessions, "req": self.requests}.get(str(getattr(made, "id", ""))[:3])
        if kind is not None:
            kind.append(made.id)


@dataclass
class Town:
    """Its people and what they know."""

    deps: wiring.Deps
    clock: MovedClock
    mentors: list[Person] = field(default_factory=list)
    learners: list[Account] = field(default_factory=list)
    offerings: list[tuple[Person, Offering]] = field(default_factory=list)
    known: Known = field(default_factory=Known)

    @property
    def everyone(self) -> list[str]:
        """Mentors learn too."""
        return [each.account.id for each in self.mentors] + [each.id for each in self.learners]

    def a_time(self, chance: random.Random, hours: int = 72) -> datetime:
        """A quarter-hour among the next ones: few enough that people get in each other's way."""
        start = self.clock().replace(minute=0, second=0, microsecond=0)
        return start + timedelta(minutes=15 * chance.randrange(4 * 3, 4 * hours))


def founded(real: wiring.Deps, tables: Tables, *, mentors: int = 3, learners: int = 6) -> Town:
    """A town on these tables; mails and sockets lead nowhere."""
    clock = MovedClock()
    deps = wiring.assemble(
        config=replace(real.config, payments=True, throttle_factor=1_000_000),
        tables=tables,
        read_secrets=lambda: SECRETS,
        clock=clock,
        open_client=lambda service: None,
        outside=outside(lambda: SECRETS, clock),
    )
    town = Town(deps, clock)
    for number in range(mentors):
        person = people.mentor(deps, f"Mentor{number}")
        times.open_hours(deps, person, buffer_before=15 * (number % 2), buffer_after=15, daily_most=6)
        town.mentors.append(person)
        for length in (30, 60):
            price = 500_00 if length == 60 and number == 0 else 0
            offering = times.offer(deps, person, number=length, duration_minutes=length, price_paise=price)
            town.offerings.append((person, offering))
    town.learners += [people.learner(deps, f"Learner{number}") for number in range(learners)]
    return town


def with_tables(town: Town, tables: Any, wrap: Callable[[wiring.Deps], wiring.Deps] = lambda deps: deps) -> Town:
    """The same town seen through other tables: ones that fail, for instance."""
    deps = town.deps
    made = wiring.assemble(
        config=deps.config,
        tables=tables,
        read_secrets=lambda: SECRETS,
        clock=town.clock,
        open_client=lambda service: None,
        outside=wiring.Outside(**{each.name: getattr(deps, each.name) for each in fields(wiring.Outside)}),
    )
    return replace(town, deps=wrap(made))
