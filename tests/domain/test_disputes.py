"""Who may dispute what until when, and what a decision does to the money."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import disputes, earnings
from chalicelib.domain.disputes import Decision
from chalicelib.domain.earnings import DISPUTABLE
from chalicelib.domain.payments import Payment
from chalicelib.domain.refunds import cash_back
from tests.domain.meetings import T, booked, hours
from tests.domain.paying import NOW, Books, paid
from tests.refusals import code_of

END = T + hours(1)
WORDS = "The mentor talked about something else."
amounts = st.integers(50_00, 50_000_00)


def over(status="completed"):
    """A paid meeting that took place, as it is after its end."""
    meeting = booked(500_00)
    return replace(meeting.session, status=status), replace(meeting.booking, status="completed")


def kept(**changes) -> Payment:
    """Its payment."""
    return replace(paid(Books()), releases_at=END + DISPUTABLE, **changes)


def opened(dispute=None, payment=None, booking=None, session=None, now=END):
    whole, its = over()
    return disputes.opened(dispute, payment or kept(), booking or its, session or whole, WORDS, now)


class TestOpening:
    def test_is_for_three_days_after_the_scheduled_end(self):
        assert opened().reason == WORDS
        assert opened(now=END + DISPUTABLE - hours(1)).status == "open"
        assert code_of(opened, now=END + DISPUTABLE) == "too_late"

    def test_waits_for_the_end(self):
        meeting = booked(500_00)
        early = {"booking": meeting.booking, "session": replace(meeting.session, status="live")}
        assert code_of(opened, **early, now=END - hours(0.1)) == "too_early"
        assert opened(**early, now=END).status == "open"
        assert opened(now=T + hours(0.5)).status == "open"  # the mentor has ended it for both

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"earning": "available"}, "too_late"),
            ({"status": "open"}, "nothing_paid"),
            ({"reversed_paise": 500_00}, "nothing_paid"),
            ({"chargeback": "lost"}, "nothing_paid"),
        ],
    )
    def test_needs_something_that_was_paid_and_kept(self, changes, code):
        assert code_of(opened, payment=kept(**changes)) == code

    @pytest.mark.parametrize("status", ["held", "expired", "cancelled_by_learner", "cancelled_by_mentor"])
    def test_is_about_what_took_place_or_should_have(self, status):
        assert code_of(opened, booking=replace(over()[1], status=status)) == "nothing_paid"
        assert opened(booking=replace(over()[1], status="no_show")).status == "open"

    def test_happens_once(self):
        assert code_of(opened, opened()) == "disputed_already"
        decided = disputes.left_early(kept(), END).decided(Decision(0, 0, WORDS, "usr_a", END))
        assert code_of(opened, decided) == "decided"

    def test_takes_over_what_is_being_looked_into_already(self):
        review = disputes.left_early(kept(), END)
        assert review.cause == "left_early" and not review.is_known_to("learner") and review.is_known_to("mentor")
        taken = opened(review, now=END + hours(5))
        assert (taken.cause, taken.reason, taken.opened_at) == ("learner", WORDS, END + hours(5))
        assert taken.is_known_to("learner")

    def test_is_answered_by_a_mentor_who_has_only_answered_our_own_look(self):
        review = disputes.left_early(kept(), END).answered("My line broke, and I came back.", END + hours(1))
        taken = opened(review, now=END + hours(5))
        assert taken.can_be_answered(END + hours(6)) and taken.answer == review.answer
        assert taken.answered("It was the line.", END + hours(6)).answer == "It was the line."


class TestAnswering:
    def test_is_for_two_days_and_then_five_are_left_to_decide(self):
        dispute = opened()
        assert dispute.answer_by == END + hours(48) and dispute.decide_by == END + hours(168)
        answered = dispute.answered("I explained what was asked for.", END + hours(47))
        assert answered.status == "answered" and answered.decide_by == END + hours(167)
        assert code_of(dispute.answered, "Too late.", END + hours(48)) == "too_late"

    def test_happens_once(self):
        answered = opened().answered("I explained what was asked for.", END)
        assert code_of(answered.answered, "And another thing.", END) == "answered_already"


class TestDeciding:
    def test_happens_once(self):
        decided = opened().decided(Decision(0, 0, WORDS, "usr_a", END))
        assert decided.status == "decided"
        assert code_of(decided.decided, Decision(100, 500_00, WORDS, "usr_b", END)) == "decided"
        assert code_of(decided.answered, "But.", END) == "too_late"

    @pytest.mark.parametrize(("percent", "cash", "share"), [(0, 0, 425_00), (40, 200_00, 255_00), (100, 500_00, 0)])
    def test_gives_back_so_much_and_lets_the_earning_go_on(self, percent, cash, share):
        books = Books()
        frozen = earnings.freeze(replace(paid(books), releases_at=NOW))
        payment = books.take(disputes.settled(frozen, percent, "rfd_1", NOW))
        assert sum(each.paise for each in payment.refunds) == cash
        assert payment.earning == "pending" and payment.releases_at == NOW
        assert -books.balances["mentor:usr_m:pending"] == share

    def test_is_of_what_is_left(self):
        books = Books()
        payment = books.take(earnings.give_back(paid(books), 100_00, "admin", "rfd_1", NOW))
        frozen = earnings.freeze(replace(payment, releases_at=NOW))
        payment = books.take(disputes.settled(frozen, 50, "rfd_2", NOW))
        assert [each.paise for each in payment.refunds] == [100_00, 200_00]

    def test_waits_for_the_end_and_for_the_bank(self):
        frozen = earnings.freeze(kept())
        assert code_of(disputes.settled, replace(frozen, releases_at=None), 0, "rfd_1", NOW) == "not_over"
        asked = earnings.disputed_by_bank(frozen)
        assert code_of(disputes.settled, asked, 50, "rfd_1", NOW) == "bank_dispute"
        assert disputes.settled(asked, 0, "rfd_1", NOW).payment.earning == "pending"
        assert code_of(disputes.settled, replace(frozen, chargeback="lost"), 1, "rfd_1", NOW) == "charged_back"

    @given(st.integers(0, 50_000_00), st.integers(0, 100))
    def test_never_gives_or_leaves_what_the_gateway_cannot_move(self, left, percent):
        paise = cash_back(left, percent)
        assert 0 <= paise <= left
        for part in (paise, left - paise):
            assert part == 0 or part >= 1_00 or part == left

    def test_of_what_a_coupon_paid_gives_nothing_back_but_takes_it_from_the_mentor(self):
        books = Books()
        frozen = earnings.freeze(replace(paid(books, 500_00, 500_00), releases_at=NOW))
        payment = books.take(disputes.settled(frozen, 100, "rfd_1", NOW))
        assert payment.refunds == () and books.open == {}


steps = st.lists(
    st.one_of(
        st.tuples(st.just("admin"), st.integers(1, 50_000_00)),
        st.tuples(st.just("dispute"), st.integers(0, 100)),
        st.tuples(st.just("cancel"), st.sampled_from([50, 100])),
        st.tuples(st.just("release"), st.just(0)),
    ),
    max_size=8,
)


@given(amounts, st.integers(0, 100), steps)
def test_whatever_gives_back_in_whatever_order_it_ends_at_exactly_zero(price, coupon, asked):
    books = Books()
    payment = replace(paid(books, price, price * coupon // 100), releases_at=NOW)
    for number, (why, size) in enumerate([*asked, ("dispute", 100)]):
        refund_id = f"rfd_{number}"
        if why == "admin":
            step = earnings.give_back(payment, size, "admin", refund_id, NOW)
        elif why == "dispute":
            step = disputes.settled(earnings.freeze(payment), size, refund_id, NOW)
        elif why == "cancel":
            step = earnings.reverse(payment, size, "cancelled", refund_id, NOW)
        else:
            step = earnings.release(payment, NOW)
        payment = books.take(step)
        assert 0 <= payment.kept_paise <= price
        assert sum(each.paise for each in payment.refunds) <= payment.payable_paise
    for refund in payment.refunds:
        payment = books.take(earnings.refunded(payment, refund, NOW))
    assert payment.kept_paise == 0 and payment.refundable_paise == 0
    assert set(books.open) <= {"gateway", "gateway_charges"}
