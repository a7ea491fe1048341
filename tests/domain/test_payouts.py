"""A payout's states: forward only, each step posted once, and the money always somewhere."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import ledger, payouts
from chalicelib.domain.gateway import GatewayPayout
from chalicelib.domain.payouts import LOOK_AGAIN, MOST_PAUSE, Step
from tests.domain.test_payees import NOW, payee
from tests.refusals import code_of

STATES = ["pending", "queued", "scheduled", "processing", "processed", *payouts.BACK]
ORDER = ["asked", "begun", "sending", "sent", "processed", "failed", "reversed"]
AVAILABLE = ledger.available("usr_m")


def begun():
    return Step(*payouts.begun(payouts.asked(payee(), "po_1", 1_000_00, "asked", NOW), NOW))


def sending():
    return payouts.trying(begun().payout, NOW)


def said(status, fee=5_90, **changes):
    return GatewayPayout("pout_1", "po_1", 1_000_00, status, fee, 90, "closed")._replace(**changes)


def sums(*steps):
    found = Counter()
    for step in steps:
        if step.posting:
            assert sum(leg.paise for leg in step.posting.legs) == 0
            found.update({leg.account: leg.paise for leg in step.posting.legs})
    return {account: paise for account, paise in found.items() if paise}


def test_one_that_arrives_costs_us_its_charge():
    there = payouts.heard(sending(), said("processed"), NOW)
    assert (there.payout.status, there.payout.due_at, there.payout.fee_paise) == ("processed", None, 5_90)
    assert sums(begun(), there) == {AVAILABLE: 1_000_00, "payout_balance": -1_005_90, "gateway_charges": 5_90}


def test_one_that_comes_back_later_is_available_again_and_its_charge_stays_paid():
    there = payouts.heard(sending(), said("processed"), NOW)
    back = payouts.heard(there.payout, said("reversed"), NOW)
    assert back.payout.status == "reversed"
    assert sums(begun(), there, back) == {"payout_balance": -5_90, "gateway_charges": 5_90}


def test_a_charge_that_is_given_back_with_it_is_given_back_here():
    there = payouts.heard(sending(), said("processed"), NOW)
    assert sums(begun(), there, payouts.heard(there.payout, said("reversed", fee=0), NOW)) == {}


def test_one_that_fails_is_available_again():
    back = payouts.heard(sending(), said("failed", fee=0), NOW)
    assert (back.payout.status, back.payout.words, sums(begun(), back)) == ("failed", "closed", {})


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_news_in_any_order_moves_it_forward_only_and_posts_each_step_once(news):
    payout, steps = sending(), [begun()]
    for status in news:
        step = payouts.heard(payout, said(status, fee=0 if status == "failed" else 5_90), NOW)
        assert ORDER.index(step.payout.status) >= ORDER.index(payout.status)
        assert (step.posting is None) or step.payout.status != payout.status
        payout, steps = step.payout, [*steps, step]
    references = [step.posting.reference for step in steps if step.posting]
    assert len(references) == len(set(references))
    left = sums(*steps)
    settled = payout.status in ("failed", "reversed")
    assert left.get(ledger.IN_FLIGHT, 0) == (-1_000_00 if payout.is_open else 0)
    assert left.get(AVAILABLE, 0) == (0 if settled else 1_000_00)


def test_the_pauses_grow_to_six_hours():
    payout, pauses = sending(), []
    for _ in range(12):
        payout = payouts.trying(payout, NOW)
        pauses.append(payout.due_at - NOW)
    assert pauses == sorted(pauses) and pauses[0] == 2 * LOOK_AGAIN and pauses[-1] == MOST_PAUSE


def test_being_taken_on_begins_to_count_anew_and_old_news_of_it_changes_nothing():
    taken = payouts.heard(payouts.trying(sending(), NOW), said("queued"), NOW).payout
    assert (taken.status, taken.gateway_id, taken.attempts) == ("sent", "pout_1", 0)
    looked = payouts.trying(taken, NOW)
    assert looked.status == "sent"
    assert payouts.heard(looked, said("processing"), NOW).payout == looked


def test_only_what_has_not_been_sent_is_held_and_only_what_is_held_released():
    asked = payouts.asked(payee(), "po_1", 1_000_00, "asked", NOW)
    for payout in (asked, begun().payout):
        held = payouts.held(payout)
        assert (held.shown, held.due_at, held.is_open) == ("held", None, True)
        assert payouts.released(held, NOW) == replace(payout, due_at=NOW)
        assert code_of(payouts.held, held) == "cannot_hold"
        assert code_of(payouts.released, payout, NOW) == "not_held"
    assert code_of(payouts.held, sending()) == "cannot_hold"
    assert code_of(payouts.hurried, payouts.held(asked), NOW) == "not_under_way"


def test_nobody_is_at_it_any_more_after_two_minutes():
    assert sending().is_being_sent(NOW + LOOK_AGAIN - timedelta(seconds=1))
    assert not sending().is_being_sent(NOW + LOOK_AGAIN)
    assert not begun().payout.is_being_sent(NOW)


def test_a_debt_is_written_off_after_half_a_year_without_movement():
    half_a_year = NOW - timedelta(days=180)
    posting = payouts.written_off("usr_m", -12_34, half_a_year, NOW)
    tomorrow = payouts.written_off("usr_m", -12_34, half_a_year, NOW + timedelta(days=1))
    assert tomorrow.reference == posting.reference  # asked for again before it was posted, it is the same one
    assert (posting.of("write_offs"), posting.of(AVAILABLE)) == (12_34, -12_34)
    assert code_of(payouts.written_off, "usr_m", 0, half_a_year, NOW) == "no_debt"
    assert code_of(payouts.written_off, "usr_m", -1, half_a_year + timedelta(seconds=1), NOW) == "too_early"
