"""One private stack for the whole test session: the packaged release on the emulator, behind the front proxy."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from chalicelib import wiring
from infra.local.stack import Stack, running_stack

settings.register_profile("calm", deadline=None)  # what is slow on a busy machine is not wrong
settings.load_profile("calm")


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Started at the first test that needs it; tests keep apart by people of their own."""
    with running_stack() as running:
        yield running


@pytest.fixture(scope="session")
def real(stack: Stack) -> Iterator[wiring.Deps]:
    """The product's own parts in this process, on the stack's tables, queues and buckets."""
    before = dict(os.environ)
    os.environ.update(stack.environment)
    wiring.deps.cache_clear()
    try:
        yield wiring.deps()
    finally:
        wiring.deps.cache_clear()
        os.environ.clear()
        os.environ.update(before)
