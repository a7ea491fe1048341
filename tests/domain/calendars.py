"""Random hours and claims for property tests, and the moments at which a zone turns its clocks."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from chalicelib.domain.availability import Blackout, Hours, Override, Range
from tests.domain.oracle import days

ZONES = sorted(name for name in available_timezones() if name == "UTC" or "/" in name)
AWKWARD = ["Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "Antarctica/Troll"]
EDGES = [datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)]
QUARTER = timedelta(minutes=15)


@cache
def turns(zone: str, year: int) -> tuple[datetime, ...]:
    """When the clocks of a zone are turned in a year, to the quarter-hour."""
    there, found = ZoneInfo(zone), []
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        day_after = at + timedelta(days=1)
        if at.astimezone(there).utcoffset() != day_after.astimezone(there).utcoffset():
            quarters = (at + n * QUARTER for n in range(1, 97))
            before = at.astimezone(there).utcoffset()
            found.append(next(each for each in quarters if each.astimezone(there).utcoffset() != before))
        at = day_after
    return tuple(found)


@st.composite
def moments(draw, zone):
    """Around a turn of the zone's clocks, or the end of a day, month or year, as its people see it."""
    year = draw(st.integers(2026, 2036))
    candidates = [*turns(zone, year), *EDGES, datetime(year, 1, 1, tzinfo=UTC) + timedelta(draw(st.integers(0, 364)))]
    return draw(st.sampled_from(candidates)) + QUARTER * draw(st.integers(-60, 20))


@st.composite
def ranges(draw):
    """A day's hours, often reaching to midnight on one side or both."""
    kind = draw(st.sampled_from(["none", "whole", "early", "late", "some", "some"]))
    if kind in ("none", "whole"):
        return (Range(0, 1440),) if kind == "whole" else ()
    edges = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
    edges = edges[: len(edges) // 2 * 2]
    edges[0] = 0 if kind == "early" else edges[0]
    edges[-1] = 96 if kind == "late" else edges[-1]
    return tuple(Range(15 * a, 15 * b) for a, b in zip(edges[::2], edges[1::2], strict=True))


@st.composite
def hours(draw, around):
    """A mentor's whole availability, with something special on the days around a moment."""
    near = days(around - timedelta(days=2), 6)
    own = draw(st.lists(st.sampled_from(near), unique=True, max_size=3))
    closed = draw(st.lists(st.sampled_from(near), max_size=1))
    return Hours(
        "usr_m",
        weekly=tuple(draw(ranges()) for _ in range(7)),
        overrides=tuple(Override(day, draw(ranges())) for day in own),
        blackouts=tuple(Blackout(day, day + timedelta(days=draw(st.integers(0, 1)))) for day in closed),
        buffer_before=draw(st.sampled_from([0, 0, 15, 45, 120])),
        buffer_after=draw(st.sampled_from([0, 0, 15, 60, 120])),
        notice_minutes=draw(st.sampled_from([0, 1, 59, 120, 1441])),
        horizon_days=draw(st.sampled_from([1, 2, 60])),
        daily_most=draw(st.sampled_from([None, None, 1, 3])),
        start_every=draw(st.sampled_from([15, 30, 60])),
        away=draw(st.sampled_from([False, False, False, True])),
        away_until=draw(st.sampled_from([*near, None])),
    )


@st.composite
def claims(draw, around):
    """Stretches of claimed quarter-hours by a few sessions, by UTC date."""
    start = around.replace(hour=0, minute=0) - timedelta(days=1)
    found: dict = {}
    for _ in range(draw(st.integers(0, 6))):
        owner, first = draw(st.sampled_from(["ses_a", "ses_b"])), draw(st.integers(0, 96 * 4))
        for number in range(first, first + draw(st.integers(1, 12))):
            at = start + number * QUARTER
            found.setdefault(at.date(), {})[f"q{at.hour * 4 + at.minute // 15:02d}"] = owner
    return found


@st.composite
def counts(draw, around):
    """How many sessions there are on some days."""
    return {day: draw(st.integers(0, 4)) for day in draw(st.sets(st.sampled_from(days(around, 3)), max_size=3))}
