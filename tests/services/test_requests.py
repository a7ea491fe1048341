"""Asking a mentor, and the moves that follow: each is one transaction, and the other side is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from chalicelib.domain.requests import Terms
from chalicelib.services import requests
from chalicelib.services.accounts import people
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import code_of, refusal
from tests.services.negotiation import TIMES, accept, ask, counter, forget_mails, mails, of, save_hours, snapshot


@pytest.fixture
def asked(deps, lena, meera):
    return ask(deps, lena, meera)


def test_asking_puts_it_into_both_lists_and_tells_the_mentor(deps, lena, meera, asked):
    assert of(deps, lena.id, "learner") == of(deps, meera.account.id, "mentor") == [asked.id]
    assert mails(deps) == [("request_made", meera.account.id)]
    assert deps.allowances.find(lena.id).open_requests == 1
    assert (asked.notice_minutes, asked.turn) == (120, "mentor")


def test_asking_costs_a_throttle_two_reads_and_one_transaction(deps, lena, meera):
    deps.tables.requests.clear()
    ask(deps, lena, meera)
    assert deps.tables.requests == ["TransactWriteItems", "BatchGetItem", "GetItem", "TransactWriteItems"]


def test_asking_again_with_the_same_key_gives_the_same_request_whatever_became_of_it(deps, clock, lena, meera, asked):
    assert ask(deps, lena, meera).id == asked.id
    requests.withdraw(deps, asked.id, lena.id, seen=1)
    clock.forward(timedelta(days=3))
    assert ask(deps, lena, meera).status == "withdrawn"
    assert code_of(lambda: ask(deps, lena, meera, title="Another title")) == "key_reused"


def test_a_second_open_request_to_the_same_mentor_names_the_first(deps, lena, meera, asked):
    second = refusal(lambda: ask(deps, lena, meera, key="key-00000002"))
    assert isinstance(second, Conflict) and second.code == "has_request"
    assert second.fields == {"request_id": asked.id}
    requests.withdraw(deps, asked.id, lena.id, seen=1)
    assert ask(deps, lena, meera, key="key-00000003").status == "open"


def test_a_learner_has_five_open_requests_at_most(deps, lena):
    five = [ask(deps, lena, mentor(deps, f"Mira{n}"), key=f"key-0000001{n}") for n in "abcde"]
    meera = mentor(deps)
    assert code_of(lambda: ask(deps, lena, meera, key="key-00000002")) == "too_many_requests"
    requests.decline(deps, five[0].id, five[0].mentor.id, reason="No time.", seen=1)
    assert ask(deps, lena, meera, key="key-00000003").status == "open"


def test_nobody_asks_themselves(deps, meera):
    assert code_of(lambda: ask(deps, meera.account, meera)) == "own_request"


@pytest.mark.parametrize("status", ["draft", "pending", "returned"])
def test_only_an_approved_mentor_is_asked(deps, lena, status):
    with pytest.raises(NotFound):
        ask(deps, lena, mentor(deps, status=status))


def test_a_suspended_mentor_is_not_asked(deps, lena, meera):
    people.change_account(deps, meera.account.id, lambda account: replace(account, status="suspended"))
    with pytest.raises(NotFound):
        ask(deps, lena, meera)


def test_a_mentor_on_holiday_is_not_asked(deps, lena, meera):
    save_hours(deps, meera, away=True)
    assert code_of(lambda: ask(deps, lena, meera)) == "away"
    back = deps.availabilities.find(meera.account.id)
    deps.tables.commit([deps.availabilities.saving(back, replace(back, away_until=(NOON + timedelta(days=2)).date()))])
    assert ask(deps, lena, meera).status == "open"


def test_an_unproven_address_asks_nobody(deps, meera):
    with pytest.raises(Forbidden):
        ask(deps, learner(deps, email_verified=False), meera)


def test_times_keep_to_the_mentor_s_notice_and_horizon(deps, lena, meera):
    save_hours(deps, meera, notice_minutes=1440, horizon_days=7)
    for times in ((NOON + timedelta(days=1),), (NOON + timedelta(days=7, minutes=15),), (), TIMES * 2):
        with pytest.raises(Invalid) as caught:
            ask(deps, lena, meera, times=times)
        assert list(caught.value.fields) == ["times"]


def test_prices_wait_for_payments(deps, lena, meera, asked):
    priced = refusal(lambda: ask(deps, lena, meera, key="key-00000002", price_paise=500_00))
    assert priced.fields == {"price_paise": "Paid sessions open soon; for now sessions are free."}
    assert code_of(lambda: counter(deps, asked, meera.account.id, TIMES[0], price=500_00)) == "invalid"


def test_asking_is_throttled(deps, lena, meera):
    with pytest.raises(TooMany):
        for n in range(30):
            made = ask(deps, lena, meera, key=f"key-000000{n:02d}")
            requests.withdraw(deps, made.id, lena.id, seen=1)


def test_a_counter_asks_the_other_side_and_mails_it(deps, lena, meera, asked):
    forget_mails(deps)
    other = NOON + timedelta(days=9)
    countered = counter(deps, asked, meera.account.id, other, note="That week is full.")
    assert (countered.turn, countered.terms.times) == ("learner", (other,))
    assert mails(deps) == [("request_countered", lena.id)]
    back = counter(deps, asked, lena.id, other + timedelta(hours=1))
    assert back.turn == "mentor"
    assert mails(deps)[1:] == [("request_countered", meera.account.id)]


def test_only_the_learner_is_bound_by_the_mentor_s_horizon_and_holidays(deps, lena, meera, asked):
    save_hours(deps, meera, horizon_days=7, away=True)
    far = NOON + timedelta(days=30)
    counter(deps, asked, meera.account.id, far)
    assert code_of(lambda: counter(deps, asked, lena.id, far + timedelta(days=1))) == "invalid"
    assert code_of(lambda: counter(deps, asked, lena.id, TIMES[0])) == "away"


def test_declining_and_withdrawing_make_room_and_only_a_no_is_mailed(deps, lena, meera, asked):
    forget_mails(deps)
    requests.decline(deps, asked.id, meera.account.id, reason="No time.", seen=1)
    assert mails(deps) == [("request_declined", lena.id)]
    second = ask(deps, lena, meera, key="key-00000002")
    forget_mails(deps)
    requests.withdraw(deps, second.id, lena.id, seen=1)
    assert mails(deps) == []
    assert deps.allowances.find(lena.id).open_requests == 0


def test_a_move_whose_answer_was_lost_is_made_again_without_being_told_twice(deps, lena, meera, asked):
    forget_mails(deps)
    terms = Terms((NOON + timedelta(days=9),), 0)
    for _ in range(2):
        moved = requests.counter(deps, asked.id, meera.account.id, terms=terms, note="Full.", seen=1)
        assert (moved.round, moved.turn) == (2, "learner")
    assert mails(deps) == [("request_countered", lena.id)]
    requests.decline(deps, asked.id, lena.id, reason="Too late.", seen=2)
    after = snapshot(deps)
    assert requests.decline(deps, asked.id, lena.id, reason="Too late.", seen=2).status == "declined"
    assert snapshot(deps) == after


def test_a_counter_made_again_by_the_learner_minds_no_holiday_that_began_since(deps, lena, meera, asked):
    counter(deps, asked, meera.account.id, NOON + timedelta(days=9))
    terms = Terms((NOON + timedelta(days=8),), 0)
    moved = requests.counter(deps, asked.id, lena.id, terms=terms, note="", seen=2)
    save_hours(deps, meera, away=True)
    assert requests.counter(deps, asked.id, lena.id, terms=terms, note="", seen=2).moves == moved.moves


def test_a_counter_made_again_when_it_has_run_out_says_so(deps, clock, lena, meera, asked):
    terms = Terms((NOON + timedelta(days=9),), 0)
    requests.counter(deps, asked.id, meera.account.id, terms=terms, note="", seen=1)
    clock.forward(timedelta(hours=48))
    assert requests.counter(deps, asked.id, meera.account.id, terms=terms, note="", seen=1).status == "expired"


def test_nobody_else_knows_of_it(deps, asked):
    eve = learner(deps, "Eve")
    for act in (
        lambda: requests.seen_by(deps, asked.id, eve.id),
        lambda: accept(deps, asked, eve.id),
        lambda: counter(deps, asked, eve.id, TIMES[0]),
        lambda: requests.decline(deps, asked.id, eve.id, reason="No.", seen=1),
        lambda: requests.withdraw(deps, asked.id, eve.id, seen=1),
        lambda: requests.say(deps, asked.id, eve.id, "Hello.", key="key-00000001"),
        lambda: requests.thread(deps, asked.id, eve.id, limit=5, cursor=None),
    ):
        with pytest.raises(NotFound):
            act()
