"""A mentor's months and statements: whatever has moved, the columns lead to the balances."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import ledger, statements
from chalicelib.domain.ledger import Balance, Posting, netted, owed

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
WHATS = ["captured", "available", "refund", "payout", "paid_out", "payout_back", "chargeback", "written_off"]


def posting(what, at, pending=0, available=0, in_flight=0, n=0):
    moved = [(ledger.pending("usr_m"), -pending), (ledger.available("usr_m"), -available), ("in_flight", -in_flight)]
    legs = netted([*moved, ("world", pending + available + in_flight)])
    return Posting(f"{what}:{n}", what, at, legs, mentor_id="usr_m", booking_id="bkg_1", title="Decorators")


AMOUNTS = st.integers(-1_000_00, 1_000_00)
POSTINGS = st.lists(
    st.builds(
        posting,
        st.sampled_from(WHATS),
        st.integers(0, 360 * 24).map(lambda hours: NOW - timedelta(hours=hours)),
        *(AMOUNTS, AMOUNTS, AMOUNTS),
        n=st.integers(0, 10**9),
    ),
    max_size=20,
)


@given(POSTINGS)
def test_the_months_lead_from_nothing_to_what_there_is(postings):
    months = statements.by_month(postings, NOW)
    inside = [each for each in postings if each.at >= statements.begins_at(statements.last_months(NOW)[0])]
    whole = sum(sum(owed(each).values()) for each in inside)
    assert sum(each.earned_paise - each.refunded_paise - each.paid_out_paise for each in months) == whole
    assert len(months) == 12 and [each.month for each in months] == sorted(each.month for each in months)


@given(POSTINGS)
def test_the_entries_lead_from_the_opening_to_the_closing_balance(postings):
    closing = Balance("usr_m", 1, 2, 3)
    opening = statements.before(closing, postings)
    moved = sum(entry.sums.available for entry in statements.entries(postings))
    assert opening.available + moved == closing.available


def test_a_month_begins_at_midnight_in_india():
    assert statements.begins_at(date(2026, 3, 1)) == datetime(2026, 2, 28, 18, 30, tzinfo=UTC)
    late = datetime(2026, 2, 28, 18, 30, tzinfo=UTC)
    earned = {each.month: each.earned_paise for each in statements.by_month([posting("captured", late, 5)], NOW)}
    assert (earned["2026-03"], earned["2026-02"]) == (5, 0)


def test_the_last_twelve_months_of_january_begin_in_february():
    months = statements.last_months(datetime(2026, 1, 31, 19, 0, tzinfo=UTC))  # it is February in India
    assert (months[0], months[-1]) == (date(2025, 3, 1), date(2026, 2, 1))
    assert statements.next_month(date(2025, 12, 1)) == date(2026, 1, 1)


def test_what_only_moves_what_is_pending_is_no_entry():
    captured = posting("captured", NOW, pending=425_00)
    earning = posting("available", NOW, pending=-425_00, available=424_50)
    [entry] = statements.entries([captured, earning])
    assert (entry.what, entry.reference, entry.title, entry.sums.available) == ("Earning", "1", "Decorators", 424_50)


def test_a_payout_adds_and_takes_nothing_until_it_has_arrived():
    out = posting("payout", NOW, available=-500_00, in_flight=500_00)
    assert statements.by_month([out], NOW)[-1].paid_out_paise == 0
    there = posting("paid_out", NOW, in_flight=-500_00)
    assert statements.by_month([out, there], NOW)[-1].paid_out_paise == 500_00
