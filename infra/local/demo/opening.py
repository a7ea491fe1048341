"""When the demonstration mentors can be booked, and for what."""

from typing import Any

from chalicelib.domain.accounts import Account
from chalicelib.domain.availability import WEEK, Hours, Range, Ranges
from chalicelib.services import availability, offerings
from chalicelib.services.offerings import Pitch
from chalicelib.wiring import Deps
from infra.local.demo.people import Offered, Someone


def open_up(deps: Deps, someone: Someone, account: Account) -> None:
    """Weekly hours and offerings, unless the mentor has any already."""
    if not someone.hours:
        return
    table = deps.availabilities.timetable(account.id, deps.clock())
    if not table.hours.version:
        availability.save(deps, hours_of(account.id, someone), None)
    if not table.offerings:
        for each in someone.offerings:
            offerings.create(
                deps, mentor_id=account.id, pitch=_pitch(deps, each), status="published", key=deps.new_id("demo")
            )


def hours_of(mentor_id: str, someone: Someone) -> Hours:
    """As they are written down: a week's ranges by day, and the rules."""
    words: dict[str, Any] = dict(someone.hours)
    return Hours(mentor_id, tuple(_ranges(words.pop(day, ())) for day in WEEK), **words)


def _ranges(written: list[str]) -> Ranges:
    return tuple(Range(*map(_minutes, each.split("-"))) for each in written)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _pitch(deps: Deps, offered: Offered) -> Pitch:
    """Where payments are not open, all is free."""
    price = offered.price_paise if deps.config.payments else 0
    return Pitch(offered.title, offered.description, offered.topics, offered.domain, offered.minutes, price)
