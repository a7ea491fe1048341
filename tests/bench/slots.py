"""CPU of a mentor's open times: against what is promised, and how it grows with days and claims."""

import time
from collections.abc import Callable
from datetime import date, timedelta

from chalicelib.domain import slots
from chalicelib.domain.availability import Hours, Range
from chalicelib.stores import expressions
from chalicelib.stores.availabilities import quarters
from tests.bench.table import Line
from tests.fakes.world import NOON

ZONE, PROMISED_MS, PER_DAY = "America/New_York", 5, 48
HOURS = Hours("usr_m", ((Range(0, 720), Range(720, 1440)),) * 7, start_every=15, notice_minutes=0, horizon_days=180)
SESSION = "ses_01M82CGMVMEPP2367HSJD8TR6Q"
Claims = dict[date, dict[str, str]]


def lines() -> list[Line]:
    """Sixty days of a mentor with 2,000 claims, from DynamoDB's own form to the list of starts."""
    claims = _claims(60, 2000)
    rows = [expressions.encoded({"pk": "CAL#usr_m", "sk": f"DAY#{day}"} | held) for day, held in claims.items()]
    read = _best(lambda: [quarters(expressions.decoded(row) or {}) for row in rows])
    found = _best(lambda: _found(60, claims))
    return [
        Line("60 days, 2,000 claims", found, PROMISED_MS, "ms", 1),
        Line("the same, read from their items", found + read, PROMISED_MS, "ms", 1),
    ]


def growth() -> list[Line]:
    """Beside what would be linear in the days, and flat in the claims of sixty days."""
    month, free = _best(lambda: _found(30, {})), _best(lambda: _found(60, {}))
    longer = [Line(f"{days} days", _timed(days, 0), month * days / 30, "ms", 1.5) for days in (60, 120, 180)]
    fuller = [Line(f"60 days, {count} claims", _timed(60, count), free, "ms", 1.5) for count in (500, 1000, 2000)]
    return longer + fuller


def _timed(days: int, count: int) -> float:
    claims = _claims(days, count)
    return _best(lambda: _found(days, claims))


def _found(days: int, claims: Claims) -> object:
    last = NOON + timedelta(days=days)
    return slots.open_starts(HOURS, ZONE, claims, {}, minutes=60, now=NOON, first=NOON, last=last)


def _claims(days: int, count: int) -> Claims:
    """Every other quarter-hour of each day until there are so many."""
    each = min(-(-count // days), PER_DAY)
    held = {f"q{2 * number:02d}": SESSION for number in range(each)}
    return {NOON.date() + timedelta(days=day): held for day in range(days)} if each else {}


def _best(act: Callable[[], object]) -> float:
    """Milliseconds; the best of five runs of ten."""
    return min(_run(act) for _ in range(5))


def _run(act: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(10):
        act()
    return 1e3 * (time.process_time() - began) / 10
