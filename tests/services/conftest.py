"""A world in memory for use cases."""

import pytest

from tests.fakes.world import Clock, world


@pytest.fixture
def clock():
    """Noon on a Monday, until it is moved."""
    return Clock()


@pytest.fixture
def deps(clock):
    """PeerLearn on fakes."""
    return world(clock)
