"""Sixty-four people at once do whatever comes to their minds, on the emulator's real transactions."""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from chalicelib.domain.errors import DomainError
from infra.local.razorpay.problems import Problem
from tests.lives import truths
from tests.lives.acts import ACTS
from tests.lives.town import founded

THREADS = 64
SECONDS = float(os.environ.get("STRESS_SECONDS", "25"))


def test_nobody_is_booked_twice_and_nothing_is_lost(emptied, real):
    fresh = emptied()
    town = founded(real, fresh.tables())
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    until = time.monotonic() + SECONDS

    def live(seed):
        chance = random.Random(seed)
        while time.monotonic() < until:
            [act] = chance.choices(list(ACTS), list(ACTS.values()))
            try:
                made = act(town, chance)
            except (IndexError, ValueError):  # nothing is known yet to do it with
                continue
            except (DomainError, Problem) as error:  # ours, or the gateway's to one who pays what was just paid
                refused[getattr(error, "code", "gateway")] += 1
                continue
            town.known.note(made)
            done[act.__name__] += 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(live, range(THREADS)))  # what was not refused in words is raised here
    assert refused.keys() & {"time_taken", "slot_taken"} and len(done) > 11, (done, refused)
    truths.settled(town)
    assert truths.hold_of(fresh.items()) == []
    truths.settled(town, timedelta(days=200))
    left = fresh.items()
    assert truths.hold_of(left) == []
    assert not [key for key, item in left.items() if key.sk.startswith("DAY#") and any(n[0] == "q" for n in item)]
    print(
        f"\n{sum(done.values())} done, {sum(refused.values())} refused: {done.most_common()} {refused.most_common(12)}"
    )
