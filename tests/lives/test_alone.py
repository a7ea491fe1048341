"""Many random lives one after another, in memory: after each, all that has to be true is."""

import random
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest

from chalicelib.domain.errors import DomainError
from tests.fakes.tables import FakeTables
from tests.fakes.world import CONFIG
from tests.lives import truths
from tests.lives.acts import ACTS
from tests.lives.town import founded

STEPS = 500


@pytest.mark.parametrize("seed", range(12))
def test_after_every_act_all_that_has_to_be_true_is(seed):
    chance, tables = random.Random(seed), FakeTables()
    town = founded(SimpleNamespace(config=CONFIG), tables)
    done: Counter[str] = Counter()
    for step in range(STEPS):
        [act] = chance.choices(list(ACTS), list(ACTS.values()))
        try:
            made = act(town, chance)
        except (DomainError, IndexError, ValueError):  # refused, or nothing is known yet to do it with
            continue
        town.known.note(made)
        done[act.__name__] += 1
        if step % 20 == 0:
            assert truths.hold_of(tables.items) == [], (step, act.__name__)
    truths.settled(town)
    assert truths.hold_of(tables.items) == []
    truths.settled(town, timedelta(days=200))
    assert truths.hold_of(tables.items) == []
    assert not [
        key for key, item in tables.items.items() if key.sk.startswith("DAY#") and any(n[0] == "q" for n in item)
    ]
    assert len(done) > 11, done
