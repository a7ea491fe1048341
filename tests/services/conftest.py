"""A world in memory for use cases."""

import pytest

from tests.fakes.people import learner, mentor
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
