"""A world in memory for use cases."""

import pytest

from chalicelib.domain.offerings import Offering
from tests.fakes.people import learner, mentor
from tests.fakes.times import offer, open_hours
from tests.fakes.world import Clock, world


@pytest.fixture
def clock():
    """Noon on a Monday, until it is moved."""
    return Clock()


@pytest.fixture
def deps(clock):
    """PeerLearn on fakes."""
    return world(clock)


@pytest.fixture
def lena(deps):
    """A verified learner."""
    return learner(deps)


@pytest.fixture
def meera(deps):
    """An approved mentor."""
    return mentor(deps)


@pytest.fixture
def open_all_day(deps, meera):
    """She is open all day, every day."""
    open_hours(deps, meera)


@pytest.fixture
def lesson(deps, meera) -> Offering:
    """Her offering, to be had all day, twice a day at most and with a quarter-hour around it."""
    open_hours(deps, meera, buffer_before=15, buffer_after=15, daily_most=2)
    return offer(deps, meera)
