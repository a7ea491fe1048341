"""What a mentor is shown of their earnings: balances, months, movements, and the statement of a month."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.services import bookings, earnings, payouts
from tests.fakes import purse
from tests.fakes.paid_mentors import PASSWORD, earns, goes_on, registered
from tests.fakes.people import mentor
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import Clock, world
from tests.refusals import refusal


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def meera(deps):
    person = mentor(deps, password_hash=deps.passwords.hash(PASSWORD))
    open_hours(deps, person)
    person_offer = offer(deps, person, price_paise=1_000_00)
    who = Identity(person.account.id, person.account.roles, 1, "dev_1", second_factor=False)
    return person, person_offer, who


@pytest.fixture
def earned(deps, lena, meera, clock):
    """A session of ₹1,000 was paid and called off too late by the learner; the share has been released."""
    person, lesson, who = meera
    registered(deps, who)
    held = hold(deps, lena, person, lesson)
    purse.bought(deps, held)
    purse.settle(deps, clock, 2)
    clock.now = held.session.starts_at - timedelta(hours=1)
    bookings.cancel(deps, user_id=lena.id, booking_id=held.booking.id, reason="", refund_paise=0)
    clock.now = held.session.ends_at + timedelta(hours=72)
    purse.settle(deps, clock, 5)
    return who


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_somebody_who_has_earned_nothing_sees_twelve_empty_months(deps, meera):
    found = earnings.of(deps, meera[2].user_id)
    assert (found.payee, found.next_payout_on, found.refusal.code) == (None, None, "no_payee")
    assert [each.month for each in found.months][::11] == ["2025-04", "2026-03"]
    assert not any(each.earned_paise for each in found.months)


def test_an_earning_is_released_paid_out_and_on_the_statement(deps, earned, clock):
    found = earnings.of(deps, earned.user_id)
    whole = found.balance.available
    assert (found.balance.pending, whole, found.months[-1].earned_paise) == (0, 849_00, 849_00)
    payouts.ask(deps, earned.user_id, "key-payout-1")
    goes_on(deps, clock)
    after = earnings.of(deps, earned.user_id)
    assert after.months[-1].paid_out_paise == whole
    assert (after.balance.available, after.balance.in_flight) == (0, 0)
    [earning, payout] = rows(earnings.statement(deps, earned.user_id, "2026-03", "csv")[1])[1:-1]
    assert [earning[name] for name in ("Gross (₹)", "Platform fee (₹)", "of which GST (₹)", "TDS (₹)")] == [
        *("1000.00", "150.00", "22.88", "1.00")
    ]
    assert (payout["What"], payout["Change of available (₹)"]) == ("Payout", "-849.00")


def test_the_movements_are_there_the_latest_first_page_by_page(deps, meera, clock):
    who = meera[2]
    for n in range(5):
        clock.forward(timedelta(minutes=1))
        earns(deps, who, n + 1, f"n{n}")
    page = earnings.entries(deps, who.user_id, limit=3, cursor=None)
    assert [-each.of(f"mentor:{who.user_id}:available") for each in page.items] == [5, 4, 3]
    rest = earnings.entries(deps, who.user_id, limit=3, cursor=page.next)
    assert [-each.of(f"mentor:{who.user_id}:available") for each in rest.items] == [2, 1]


def test_a_statement_leads_from_the_opening_to_the_closing_balance_of_its_month(deps, meera, clock):
    who = meera[2]
    registered(deps, who)
    clock.now = datetime(2026, 3, 31, 18, 29, tzinfo=UTC)
    earns(deps, who, 700_00, "march, a minute before it ends in India")
    clock.forward(timedelta(minutes=1))
    earns(deps, who, 50_00, "april")
    payouts.ask(deps, who.user_id, "key-payout-1")
    goes_on(deps, clock)
    clock.now = datetime(2026, 5, 2, tzinfo=UTC)
    earns(deps, who, 9_00, "may")
    ends = {}
    for month in ("2026-03", "2026-04", "2026-05"):
        file, content = earnings.statement(deps, who.user_id, month, "csv")
        assert file == f"peerlearn-statement-{month}.csv"
        table = rows(content)
        ends[month] = (table[0]["Available (₹)"], table[-1]["Available (₹)"])
    assert ends == {"2026-03": ("0.00", "700.00"), "2026-04": ("700.00", "0.00"), "2026-05": ("0.00", "9.00")}
    assert earnings.statement(deps, who.user_id, "2026-04", "pdf")[1].startswith(b"%PDF")


@pytest.mark.parametrize("month", ["2026-04", "2023-12", "2026-13", "2026-00", "0000-01"])
def test_there_is_no_statement_of_a_month_that_has_not_begun_or_never_was(deps, meera, month):
    assert set(refusal(earnings.statement, deps, meera[2].user_id, month, "pdf").fields) == {"month"}
