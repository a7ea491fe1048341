"""Payees and payouts on both kinds of tables."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ulid import ULID

from chalicelib.domain import payouts as rules
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.payees import Payee
from chalicelib.stores.payees import Payees
from chalicelib.stores.payouts import Payouts

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def payees(tables):
    return Payees(tables)


@pytest.fixture
def payouts(tables):
    return Payouts(tables)


@pytest.fixture
def payee(tables, payees):
    """Somebody whom no other test knows."""
    due = datetime(2100, 1, 4, 4, 30, tzinfo=UTC)  # the stack that these tables are of has a sweep
    made = Payee(f"usr_{uuid.uuid4().hex}", "bank", "Meera Rao", "HDFC ••••9012", "fa_1", NOW, due, asked_on=NOW.date())
    tables.commit([payees.saving(None, made)])
    return made


def asked(tables, payouts, payee, at=NOW):
    """Held, so that the stack leaves it alone."""
    made = rules.held(rules.asked(payee, f"po_{ULID()}", 500_00, "asked", at))
    tables.commit(payouts.adding(made))
    return made


def lost(tables, *writes):
    with pytest.raises(Conflict) as refusal:
        tables.commit(writes)
    return refusal.value.code


def test_a_payee_comes_back_as_it_was_stored(payees, payee):
    assert payees.find(payee.mentor_id) == payee == payees.get(payee.mentor_id)
    assert payees.find("usr_nobody") is None
    with pytest.raises(NotFound):
        payees.get("usr_nobody")


def test_of_two_changes_on_the_same_version_one_is_lost(tables, payees, payee):
    tables.commit([payees.saving(payee, replace(payee, in_flight="po_1"))])
    assert lost(tables, payees.saving(payee, replace(payee, in_flight="po_2"))) == "changed_meanwhile"
    assert lost(tables, payees.saving(None, payee)) == "changed_meanwhile"
    assert (payees.get(payee.mentor_id).in_flight, payees.get(payee.mentor_id).version) == ("po_1", 2)


def test_being_stopped_is_seen_by_whoever_has_read_it_before(tables, payees, payee):
    tables.commit([payees.blocking(payee, NOW + timedelta(hours=48))])
    stopped = payees.get(payee.mentor_id)
    assert stopped.blocked_until == NOW + timedelta(hours=48)
    assert lost(tables, payees.saving(payee, payee)) == "changed_meanwhile"


def test_only_the_payout_that_is_under_way_makes_room_for_another(tables, payees, payee):
    tables.commit([payees.saving(payee, replace(payee, in_flight="po_1"))])
    assert lost(tables, payees.freeing(payee.mentor_id, "po_2")) == "changed_meanwhile"
    busy = payees.get(payee.mentor_id)
    assert lost(tables, payees.removing(busy)) == "changed_meanwhile"
    tables.commit([payees.freeing(payee.mentor_id, "po_1")])
    tables.commit([payees.removing(payees.get(payee.mentor_id))])
    assert payees.find(payee.mentor_id) is None


def test_of_many_who_ask_at_once_one_is_taken(tables, payees, payouts, payee):
    wins = []

    def ask():
        made = rules.asked(payee, f"po_{ULID()}", 500_00, "asked", NOW)
        try:
            tables.commit([payees.saving(payee, rules.asked_for(payee, made)), *payouts.adding(made)])
            wins.append(made.id)
        except Conflict:
            pass

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [payees.get(payee.mentor_id).in_flight] == wins
    assert [each.id for each in payouts.of_mentor(payee.mentor_id, limit=10, cursor=None).items] == wins


def test_a_payout_comes_back_as_it_was_stored_and_changes_as_it_was_read(tables, payouts, payee):
    made = asked(tables, payouts, payee)
    assert payouts.find(made.id) == made == payouts.get(made.id)
    begun = rules.begun(made, NOW)[0]
    tables.commit(payouts.saving(made, begun))
    assert payouts.get(made.id) == payouts.saved(made, begun)
    assert lost(tables, *payouts.saving(made, begun)) == "changed_meanwhile"
    assert payouts.saving(made, made) == []


def test_a_mentors_are_listed_the_latest_first_page_by_page_and_by_period(tables, payouts, payee):
    made = [asked(tables, payouts, payee, NOW + timedelta(days=n)) for n in range(3)]
    page = payouts.of_mentor(payee.mentor_id, limit=2, cursor=None)
    assert page.items == made[:0:-1]
    assert payouts.of_mentor(payee.mentor_id, limit=2, cursor=page.next).items == made[:1]
    until = NOW + timedelta(days=2)
    assert payouts.asked_between(payee.mentor_id, NOW, until) == made[:2]


def test_admins_find_them_by_state_and_those_that_are_over_by_month(tables, payouts, payee):
    long_ago = datetime(2001, 1, 31, 18, 30, tzinfo=UTC) + timedelta(seconds=int(ULID().timestamp) % 10**6)
    made = asked(tables, payouts, payee, long_ago)

    def listed(status, month=""):
        found, cursor = [], None
        while True:
            page = payouts.with_status(status, month, limit=50, cursor=cursor)
            found += [each.id for each in page.items]
            cursor = page.next
            if cursor is None:
                return found

    assert made.id in listed("held") and made.id not in listed("asked")
    tables.commit(payouts.saving(made, replace(rules.refused(made, NOW), held=False)))
    assert made.id in listed("refused", "2001-02") and made.id not in listed("held")
