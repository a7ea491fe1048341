"""An agreement claims both calendars and makes one private session, whoever accepts and however often."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import bookings as booking_rules
from chalicelib.domain.errors import Conflict
from chalicelib.services import requests
from chalicelib.services.accounts import people
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import code_of, refusal
from tests.services.negotiation import TIMES, accept, ask, counter, forget_mails, mails, of, save_hours, snapshot


@pytest.fixture
def asked(deps, lena, meera):
    return ask(deps, lena, meera)


def test_a_mentor_suspended_since_is_not_agreed_with(deps, lena, meera, asked):
    counter(deps, asked, meera.account.id, TIMES[1])
    people.change_account(deps, meera.account.id, lambda account: replace(account, status="suspended"))
    assert code_of(lambda: accept(deps, asked, lena.id, TIMES[1])) == "mentor_gone"


def test_a_learner_suspended_since_is_not_agreed_with(deps, lena, meera, asked):
    people.change_account(deps, lena.id, lambda account: replace(account, status="suspended"))
    assert code_of(lambda: accept(deps, asked, meera.account.id)) == "learner_gone"


def test_an_accepted_request_is_a_private_session_that_claims_both_calendars(deps, lena, meera, asked):
    save_hours(deps, meera, buffer_before=15, buffer_after=30)
    forget_mails(deps)
    agreed = accept(deps, asked, meera.account.id, TIMES[1])
    session, booking = deps.sessions.get(agreed.session_id), deps.bookings.find(agreed.booking_id)
    assert (session.origin, session.request_id, session.status) == ("request", asked.id, "booked")
    assert (session.starts_at, session.learner.id, session.title) == (TIMES[1], lena.id, asked.title)
    assert (booking.status, booking.learner_id, booking.session_id) == ("confirmed", lena.id, session.id)
    day = TIMES[1].date()
    assert sorted(deps.calendars.claimed(lena.id, day)) == ["q48", "q49", "q50", "q51"]
    assert sorted(deps.calendars.claimed(meera.account.id, day)) == [f"q{n}" for n in range(47, 54)]
    assert not session.is_listed and deps.sessions.listed("all", NOON, 50, None).items == []
    assert mails(deps) == [("booking_confirmed_learner", lena.id), ("booking_confirmed_mentor", meera.account.id)]
    allowance = deps.allowances.find(lena.id)
    assert (allowance.open_requests, allowance.free_ahead) == (0, 1)
    assert of(deps, lena.id, "learner", is_open=False) == of(deps, meera.account.id, "mentor", is_open=False)


def test_the_same_accept_again_gives_the_same_session(deps, meera, asked):
    first = accept(deps, asked, meera.account.id)
    before = snapshot(deps)
    again = requests.accept(deps, asked.id, meera.account.id, starts_at=TIMES[0], seen=1)
    assert (again.session_id, again.booking_id) == (first.session_id, first.booking_id)
    assert snapshot(deps) == before
    other = refusal(lambda: requests.accept(deps, asked.id, meera.account.id, starts_at=TIMES[1], seen=1))
    assert (other.code, other.message) == ("request_closed", "This request has been accepted already.")


@pytest.mark.parametrize(
    ("end", "words"), [("decline", "This request has been declined."), ("withdraw", "This request has been withdrawn.")]
)
def test_accepting_what_has_ended_says_how_it_ended(deps, lena, meera, asked, end, words):
    if end == "decline":
        requests.decline(deps, asked.id, meera.account.id, reason="No time.", seen=1)
    else:
        requests.withdraw(deps, asked.id, lena.id, seen=1)
    late = refusal(lambda: requests.accept(deps, asked.id, meera.account.id, starts_at=TIMES[0], seen=1))
    assert (late.code, late.message) == ("request_closed", words)


def test_a_lost_claim_names_whose_time_and_leaves_the_request_open(deps, lena, meera):
    ravi, other = learner(deps, "Ravi"), mentor(deps, "Mohan")
    accept(deps, ask(deps, ravi, meera), meera.account.id)
    asked = ask(deps, lena, meera)
    before = snapshot(deps)
    mine = refusal(lambda: accept(deps, asked, meera.account.id))
    assert (mine.code, mine.message.split(".")[0]) == ("time_taken", "You already have something at that time")
    assert snapshot(deps) == before
    accept(deps, asked, meera.account.id, TIMES[1])
    clash = ask(deps, lena, other, key="key-00000002", times=(TIMES[1],))
    hers = refusal(lambda: accept(deps, clash, other.account.id, TIMES[1]))
    assert (hers.code, hers.message.split(".")[0]) == ("time_taken", "Lena already has something at that time")
    assert deps.requests.get(clash.id).status == "open"


def test_a_learner_who_accepts_learns_what_is_in_the_way(deps, lena, meera):
    mohan = mentor(deps, "Mohan")
    booked = accept(deps, ask(deps, lena, mohan), mohan.account.id)
    asked = ask(deps, lena, meera, times=(TIMES[1],), key="key-00000002")
    counter(deps, asked, meera.account.id, TIMES[0])
    mine = refusal(lambda: accept(deps, asked, lena.id))
    assert (mine.code, mine.fields) == ("time_taken", {"booking_id": booked.booking_id})
    assert mine.message == "You already have “Help with my thesis” with Mohan at that time."


def test_a_learner_who_accepts_a_time_the_mentor_gave_away_is_told_so(deps, lena, meera):
    asked = ask(deps, lena, meera, times=(TIMES[1],))
    counter(deps, asked, meera.account.id, TIMES[0])
    ravi = learner(deps, "Ravi")
    accept(deps, ask(deps, ravi, meera), meera.account.id)
    lost = refusal(lambda: accept(deps, asked, lena.id))
    assert (lost.code, lost.message.split(".")[0]) == ("time_taken", "Meera already has something at that time")


def test_the_daily_maximum_holds_for_requests_too(deps, lena, meera):
    save_hours(deps, meera, daily_most=1)
    accept(deps, ask(deps, learner(deps, "Ravi"), meera), meera.account.id)
    later = TIMES[0] + timedelta(hours=3)
    asked = ask(deps, lena, meera, times=(later,))
    assert code_of(lambda: accept(deps, asked, meera.account.id, later)) == "day_full"


def test_a_mentor_is_told_of_a_learner_who_has_three_free_sessions_ahead(deps, lena, meera):
    for n, name in enumerate(("Asha", "Bina", "Chitra")):
        other, at = mentor(deps, name), NOON + timedelta(days=10 + n)
        accept(deps, ask(deps, lena, other, key=f"key-0000001{n}", times=(at,)), other.account.id, at)
    full = refusal(lambda: accept(deps, ask(deps, lena, meera), meera.account.id))
    assert (full.code, full.message.partition(" ")[0]) == ("free_limit", "Lena")


def test_a_paid_agreement_is_held_until_it_is_paid(deps, lena, meera):
    paying = replace(deps, config=replace(deps.config, payments=True))
    asked = ask(paying, lena, meera, price_paise=500_00)
    counter(paying, asked, meera.account.id, TIMES[0], price=700_00)
    forget_mails(deps)
    agreed = accept(paying, asked, lena.id)
    booking = deps.bookings.find(agreed.booking_id)
    assert (booking.status, booking.price_paise) == ("held", 700_00)
    assert booking.pay_by == booking_rules.pay_by(TIMES[0], NOON) == NOON + timedelta(days=1)
    assert mails(deps) == [("hold_from_request", lena.id), ("request_accepted", meera.account.id)]


def test_of_two_who_accept_at_once_one_session_comes(deps, meera, asked):
    results = []
    act = [lambda: results.append(requests.accept(deps, asked.id, meera.account.id, starts_at=TIMES[0], seen=1))] * 8
    threads = [threading.Thread(target=each) for each in act]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8 and len({each.session_id for each in results}) == 1
    assert len([key for key in deps.tables.items if key.sk == "SESSION"]) == 1


def test_of_accepting_and_withdrawing_at_once_one_wins(deps, lena, meera):
    for n in range(20):
        asked, outcomes = ask(deps, lena, meera, key=f"key-000000{n:02d}", times=(TIMES[0],)), []

        def tries(act, outcomes=outcomes):
            try:
                outcomes.append(act().status)
            except Conflict as conflict:
                outcomes.append(conflict.code)

        accepting = threading.Thread(target=tries, args=(lambda asked=asked: accept(deps, asked, meera.account.id),))
        leaving = threading.Thread(
            target=tries, args=(lambda asked=asked: requests.withdraw(deps, asked.id, lena.id, seen=1),)
        )
        accepting.start(), leaving.start()
        accepting.join(), leaving.join()
        assert sorted(outcomes) in (["accepted", "request_closed"], ["request_closed", "withdrawn"])
        if "accepted" in outcomes:
            return
