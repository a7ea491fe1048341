"""The ledger recomputed from its postings: nothing is written, and whatever does not add up is named."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.ledger import BEGINNING, SYSTEM, Posting, owed

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

SIDES = ("pending", "available", "in_flight")


@dataclass(frozen=True)
class Audit:
    """Every account's balance (debits positive), and what is wrong, in words; nothing is, if all is well."""

    balances: dict[str, int]
    postings: int
    wrong: tuple[str, ...]


def audit(deps: "Deps") -> Audit:
    """All accounts sum to zero, each posting does, lines are what their postings say, balances what their lines do."""
    lines, wrong = _system_lines(deps), list[str]()
    postings: dict[str, Posting] = {}
    for reference in {reference for _, reference in lines}:
        found = deps.ledger.find(reference)
        if found is None:
            wrong.append(f"{reference}: a line without its posting")
        else:
            postings[reference] = found
    mentors = _mentors(deps, postings, wrong)
    expected = Counter({(leg.account, each.reference): leg.paise for each in postings.values() for leg in each.legs})
    for place, paise in lines.items():
        if expected[place] != paise:
            wrong.append(f"{place[1]}: {place[0]} has a line of {paise}, its posting says {expected[place]}")
    wrong += [
        f"{each.reference}: does not sum to zero" for each in postings.values() if sum(leg.paise for leg in each.legs)
    ]
    balances = Counter[str]()
    for (account, _), paise in lines.items():
        balances[account] += paise
    balances.update(mentors)
    if sum(balances.values()):
        wrong.append(f"all accounts sum to {sum(balances.values())} paise, not to zero")
    return Audit(dict(sorted(balances.items())), len(postings), tuple(sorted(wrong)))


def _system_lines(deps: "Deps") -> dict[tuple[str, str], int]:
    end = deps.clock() + timedelta(days=1)
    return {
        (account, reference): paise
        for account in SYSTEM
        for reference, paise in deps.ledger.lines(account, BEGINNING, end)
    }


def _mentors(deps: "Deps", postings: dict[str, Posting], wrong: list[str]) -> Counter[str]:
    """Each mentor's accounts from their own lines; the balance that payouts are guarded by must be the same."""
    balances, end = Counter[str](), deps.clock() + timedelta(days=1)
    for stored in deps.ledger.balances():
        sums = Counter[str]()
        for posting in deps.ledger.of_mentor_between(stored.mentor_id, BEGINNING, end):
            if postings.setdefault(posting.reference, posting) != posting:
                wrong.append(f"{posting.reference}: a mentor's line differs from its posting")
            sums.update(owed(posting))
        for side in SIDES:
            if sums[side] != getattr(stored, side):
                wrong.append(f"{stored.mentor_id}: {side} is {getattr(stored, side)}, its lines say {sums[side]}")
        for side in SIDES[:2]:
            balances[f"mentor:{stored.mentor_id}:{side}"] -= sums[side]
    return balances
