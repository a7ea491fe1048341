"""Random histories of people, gateway faults, doubled and reordered events, in memory: in the end the books agree."""

import random
from collections import Counter
from types import SimpleNamespace

import pytest

from chalicelib.domain.errors import DomainError
from tests.fakes.purse import gateway
from tests.fakes.tables import FakeTables
from tests.fakes.world import CONFIG
from tests.lives import ledgers, truths
from tests.lives.payers import ACTS, VANISHES, Payers, gathered, settled
from tests.lives.town import founded

STEPS = 400


def troubled(all_: Payers, share: float = 0.1) -> None:
    """One call in ten is lost before or after its effect, answered with an error, or refused for now."""
    for kind in ("drop_before", "drop_after", "error5xx", "error5xx_after"):
        gateway(all_.deps).faults.add(kind, probability=share / 4)
    for kind in ("refund_fails", "payout_queued", "payout_fails", "payout_reversed", "wrong_amount"):
        gateway(all_.deps).faults.add(kind, probability=share / 2)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_books_agree_in_the_end(seed):
    chance, tables = random.Random(seed), FakeTables()
    all_ = gathered(founded(SimpleNamespace(config=CONFIG), tables))
    troubled(all_)
    done: Counter[str] = Counter()
    for _ in range(STEPS):
        [act] = chance.choices(list(ACTS), list(ACTS.values()))
        try:
            act(all_, chance)
        except (DomainError, IndexError, ValueError, *VANISHES):  # refused, unknown, or there is nothing to do it with
            continue
        done[act.__name__] += 1
    settled(all_)
    assert ledgers.hold_of(all_.deps, tables.items) == []
    assert truths.hold_of(tables.items) == []
    assert {"buy", "pay", "meet"} <= done.keys() and len(done) > 9, done
