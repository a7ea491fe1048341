"""Quarter-hours, across midnight and nowhere twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.claims import QUARTER, quarters

starts = st.integers(0, 4 * 24 * 3000).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * QUARTER)
lengths = st.integers(1, 16)


def test_a_range_over_midnight_touches_two_days():
    start = datetime(2026, 3, 1, 23, 45, tzinfo=UTC)
    claimed = quarters(start, start + timedelta(minutes=30))
    assert [(day.isoformat(), names) for day, names in claimed.items()] == [
        ("2026-03-01", ("q95",)),
        ("2026-03-02", ("q00",)),
    ]


@given(starts, lengths)
def test_a_range_claims_exactly_its_quarter_hours(start, length):
    claimed = quarters(start, start + length * QUARTER)
    assert sum(len(set(names)) for names in claimed.values()) == length


@given(starts, lengths, starts, lengths)
def test_two_ranges_share_a_quarter_exactly_if_they_overlap(start, length, other, other_length):
    def names(at, n):
        return {(day, name) for day, found in quarters(at, at + n * QUARTER).items() for name in found}

    overlap = start < other + other_length * QUARTER and other < start + length * QUARTER
    assert bool(names(start, length) & names(other, other_length)) == overlap
