"""Histories that Hypothesis thinks of, and shortens when they end badly: people, faults, doubled and late events."""

import random
from contextlib import suppress
from types import SimpleNamespace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from chalicelib.domain.errors import DomainError
from infra.local.razorpay.faults import CALLS, MONEY
from tests.fakes.purse import gateway
from tests.fakes.tables import FakeTables
from tests.fakes.world import CONFIG
from tests.lives import ledgers, truths
from tests.lives.payers import ACTS, BRISKLY, VANISHES, buy, gathered, settled
from tests.lives.town import founded

chances = st.integers(0, 2**16).map(random.Random)
LOST = [kind for kind in CALLS if kind not in ("refuse", "in_progress", "too_many")]


class Histories(RuleBasedStateMachine):
    """One town, from its first booking until everything is settled."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = FakeTables()
        self.all = gathered(founded(SimpleNamespace(config=CONFIG), self.tables, mentors=2, learners=3))
        self._do(buy, random.Random(0))

    @rule(act=st.sampled_from(list(ACTS)), chance=chances)
    def somebody_does_something(self, act, chance):
        self._do(act, chance)

    @rule(kind=st.sampled_from([*LOST, *MONEY]))
    def something_goes_wrong(self, kind):
        gateway(self.all.deps).faults.add(kind)

    def _do(self, act, chance):
        with suppress(DomainError, IndexError, ValueError, *VANISHES):
            act(self.all, chance)

    def teardown(self):
        settled(self.all, BRISKLY)
        assert ledgers.hold_of(self.all.deps, self.tables.items) == []
        assert truths.hold_of(self.tables.items) == []


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
