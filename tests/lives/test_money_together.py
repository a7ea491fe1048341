"""Two hundred lives, twenty at a time, with every tenth call going wrong, on the emulator's real transactions."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.errors import DomainError
from tests.fakes.purse import gateway
from tests.fakes.tables import FakeTables
from tests.lives import ledgers, truths
from tests.lives.payers import ACTS, BRISKLY, VANISHES, gathered, settled
from tests.lives.test_money_alone import troubled
from tests.lives.town import founded, with_tables

LIVES, WORKERS, STEPS = 200, 20, 12


def test_the_books_agree_to_the_paisa(emptied, real):
    fresh = emptied()
    all_ = gathered(founded(real, fresh.tables()))
    troubled(all_)
    done: Counter[str] = Counter()

    def live(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(STEPS):
            [act] = chance.choices(list(ACTS), list(ACTS.values()))
            try:
                act(all_, chance)
            except (DomainError, IndexError, ValueError, *VANISHES):
                continue
            done[act.__name__] += 1

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(live, range(LIVES)))  # what is a surprise is raised here
    later = FakeTables()  # where nobody gets in anybody's way any more, the tables need not be real
    later.items = {**fresh.items("core"), **fresh.items("ledger"), **fresh.items("live")}
    all_.town = with_tables(all_.town, later)
    settled(all_, BRISKLY)
    assert ledgers.hold_of(all_.deps, later.items) == []
    assert truths.hold_of(later.items) == []
    totals = gateway(all_.deps).books.totals()
    assert totals["captured"] and totals["refunded"] and {"buy", "pay", "cancel"} <= done.keys(), done
    print(
        f"\n{done.most_common()} captured {totals['captured']}, refunded {totals['refunded']}, out {totals['paid_out']}"
    )
