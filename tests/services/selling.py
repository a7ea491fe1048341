"""Priced lessons bought, held and over, with admins who look after the money, for tests."""

from datetime import timedelta

from chalicelib.domain.identity import Identity
from chalicelib.services import due
from tests.fakes import people, purse
from tests.fakes.times import hold
from tests.fakes.world import NOON

START, END = NOON + timedelta(hours=24), NOON + timedelta(hours=25)
MINUTES = range(15, 75)  # of attendance: from the start to the end


def admin(deps, name="Ada") -> Identity:
    """An admin, signed in."""
    account = people.learner(deps, name, roles=("admin",))
    return Identity(account.id, ("admin",), account.auth_epoch, "dev_1", True)


def paid(deps, who, mentor, lesson, **given):
    """Held and paid for."""
    return purse.bought(deps, hold(deps, who, mentor, lesson, **given))


def attend(deps, booked, mentor=MINUTES, learner=MINUTES):
    """Both were there in these minutes."""
    for side, minutes in (("mentor", mentor), ("learner", learner)):
        for minute in minutes:
            deps.tables.commit([deps.attendances.marking(booked.session.id, side, minute)])


def over(deps, clock, booked, **minutes):
    """Held as booked, and over, its grace too."""
    attend(deps, booked, **minutes)
    clock.now = END + timedelta(minutes=10)
    swept = due.sweep(deps)
    assert swept.failed == {}


def acts(deps) -> list[str]:
    """What admins are written down to have done, the latest first."""
    return [act.what for act in deps.admin_acts.of_month("2026-03", limit=50, cursor=None).items]
