"""Disputes from a learner's word to an admin's, and what happens to the earning meanwhile."""

from datetime import timedelta

import pytest

from chalicelib.services import admin_refunds, bookings, disputes, due, earnings, mail
from tests.fakes import people, purse
from tests.fakes.times import errand, hold, offer, open_hours, recorded
from tests.fakes.world import world
from tests.refusals import code_of, refusal
from tests.services.dealings import facts
from tests.services.selling import END, MINUTES, acts, admin, attend, over, paid

REASON = "The mentor spent half of the hour on the telephone."
ANSWER = "There was one call of two minutes, from a hospital."
VERDICT = "By the records both were there; half of it was lost."


@pytest.fixture
def deps(clock):
    return world(clock, payments=True)


@pytest.fixture
def lesson(deps, meera):
    open_hours(deps, meera)
    return offer(deps, meera, price_paise=500_00)


@pytest.fixture
def ada(deps):
    return admin(deps)


@pytest.fixture
def booked(deps, lena, meera, lesson):
    return paid(deps, lena, meera, lesson)


@pytest.fixture
def done(deps, clock, booked):
    """The lesson took place, and is over."""
    over(deps, clock, booked)
    return booked


def open_one(deps, booked, reason=REASON):
    return disputes.open_one(deps, learner_id=booked.booking.learner_id, booking_id=booked.booking.id, reason=reason)


def answer(deps, booked, words=ANSWER):
    return disputes.answer(deps, mentor_id=booked.session.mentor.id, booking_id=booked.booking.id, words=words)


def decide(deps, by, booked, percent, words=VERDICT):
    return disputes.decide(deps, by=by, booking_id=booked.booking.id, percent=percent, words=words)


def shown(deps, booked, who):
    return bookings.shown(deps, who.id, bookings.of(deps, deps.bookings.find(booked.booking.id)))


def waiting(deps, state="open"):
    return [each.booking_id for each in deps.disputes.listed(state, limit=10, cursor=None).items]


def test_a_dispute_freezes_the_earning_until_it_is_decided(deps, done, ada, clock):
    open_one(deps, done)
    assert purse.payment_of(deps, done).earning == "frozen"
    assert waiting(deps) == [done.booking.id]
    clock.forward(timedelta(hours=80))
    purse.settle(deps, clock, 2)
    assert "mentor:available" not in purse.balances(deps)
    decide(deps, ada, done, 50)
    purse.settle(deps, clock, 5)
    balances = purse.balances(deps)
    assert balances["mentor:available"] == -(212_50 - 25)
    assert balances["gateway"] == 500_00 - 11_80 - 250_00
    assert waiting(deps) == [] and waiting(deps, "decided") == [done.booking.id]


def test_the_mentor_sees_how_much_of_what_is_pending_waits_for_the_decision(deps, done, ada, meera):
    seen = lambda: earnings.of(deps, meera.account.id).frozen_paise  # noqa: E731
    assert seen() == 0
    open_one(deps, done)
    assert seen() == 425_00
    decide(deps, ada, done, 50)
    assert seen() == 0


def test_the_mentor_answers_and_both_hear_of_every_step(deps, done, ada, lena, meera):
    open_one(deps, done)
    assert facts(deps, "dispute_opened")[0]["reason"] == REASON
    answer(deps, done)
    assert facts(deps, "dispute_answered")[0]["words"] == ANSWER
    decide(deps, ada, done, 50)
    for template in ("dispute_decided_learner", "dispute_decided_mentor"):
        [told] = facts(deps, template)
        assert (told["percent"], told["paise"], told["words"]) == ("50", "25000", VERDICT)
    for each in recorded(deps):
        if each.template.startswith("dispute"):
            assert mail.send(deps, errand(each)) == "sent"
    dispute = shown(deps, done, lena).dispute
    assert (dispute.status, dispute.answer, dispute.decision.by) == ("decided", ANSWER, ada.user_id)
    assert [each["other"] for each in facts(deps, "dispute_opened")] == ["Lena"]


@pytest.mark.parametrize(("percent", "learner", "mentor"), [(0, 0, 425_00), (30, 150_00, 297_50), (100, 500_00, 0)])
def test_what_is_decided_goes_back_and_the_rest_is_the_mentors(deps, done, ada, clock, percent, learner, mentor):
    open_one(deps, done)
    assert decide(deps, ada, done, percent).decision.paise == learner
    purse.settle(deps, clock, 3)
    assert -purse.balances(deps).get("mentor:pending", 0) == mentor
    assert sum(each.paise for each in purse.payment_of(deps, done).refunds) == learner


def test_it_is_decided_once_and_written_down(deps, done, ada):
    open_one(deps, done)
    decide(deps, ada, done, 10)
    assert code_of(decide, deps, ada, done, 100) == "decided"
    assert acts(deps) == ["dispute_decided"]
    assert code_of(open_one, deps, done) == "decided"


def test_it_is_opened_once_by_the_learner_in_words(deps, done, lena, meera):
    assert list(refusal(open_one, deps, done, "Bad.").fields) == ["reason"]
    assert list(refusal(open_one, deps, done, "x" * 2001).fields) == ["reason"]
    mine = {"booking_id": done.booking.id, "reason": REASON}
    assert code_of(disputes.open_one, deps, learner_id=meera.account.id, **mine) == "learner_only"
    assert code_of(disputes.open_one, deps, learner_id=people.learner(deps, "Xu").id, **mine) == "not_found"
    open_one(deps, done)
    assert code_of(open_one, deps, done) == "disputed_already"


def test_it_is_answered_once_by_the_mentor_in_time(deps, done, lena, clock):
    assert code_of(answer, deps, done) == "not_found"
    open_one(deps, done)
    mine = {"booking_id": done.booking.id, "words": ANSWER}
    assert code_of(disputes.answer, deps, mentor_id=lena.id, **mine) == "mentor_only"
    answer(deps, done)
    assert code_of(answer, deps, done) == "answered_already"


def test_an_answer_after_two_days_is_too_late(deps, done, clock):
    open_one(deps, done)
    clock.forward(timedelta(hours=48))
    assert code_of(answer, deps, done) == "too_late"


def test_three_days_after_the_end_it_is_too_late(deps, done, clock):
    clock.now = END + timedelta(hours=72)
    assert code_of(open_one, deps, done) == "too_late"
    purse.settle(deps, clock, 5)
    assert code_of(open_one, deps, done) == "too_late"
    assert purse.balances(deps)["mentor:available"] == -(425_00 - 50)


def test_what_costs_nothing_has_nothing_to_dispute(deps, lena, meera, lesson, clock):
    free = paid_free(deps, lena, meera)
    over(deps, clock, free)
    assert code_of(open_one, deps, free) == "nothing_paid"
    before = len(deps.tables.requests)
    shown(deps, free, lena)
    assert len(deps.tables.requests) - before == 3


def paid_free(deps, lena, meera):
    held = hold(deps, lena, meera, offer(deps, meera, number=2))
    return bookings.confirm_free(deps, learner_id=lena.id, booking_id=held.booking.id, note="")


def test_a_booking_with_a_price_is_shown_with_its_money_by_one_request_more(deps, done, lena, meera):
    meeting = bookings.of(deps, deps.bookings.find(done.booking.id))
    before = len(deps.tables.requests)
    assert bookings.shown(deps, lena.id, meeting).payment.status == "paid"
    assert len(deps.tables.requests) - before == 2


class TestAMentorWhoLeftEarly:
    @pytest.fixture
    def left(self, deps, clock, booked):
        """She went after twenty minutes, the learner waited on."""
        over(deps, clock, booked, mentor=MINUTES[:20], learner=MINUTES)
        return booked

    def test_waits_for_an_admin_and_is_told(self, deps, left, lena, meera):
        assert purse.payment_of(deps, left).earning == "frozen"
        [dispute] = deps.disputes.listed("open", limit=10, cursor=None).items
        assert (dispute.cause, dispute.status) == ("left_early", "open")
        [frozen] = [each for each in recorded(deps) if each.template == "earning_frozen"]
        assert mail.send(deps, errand(frozen)) == "sent"
        [told] = facts(deps, "earning_frozen")
        assert (told["why"], told["paise"]) == ("left_early", "42500")

    def test_may_say_why_and_is_decided_upon_like_any_dispute(self, deps, left, ada, clock):
        answer(deps, left)
        decide(deps, ada, left, 60)
        purse.settle(deps, clock, 3)
        assert purse.balances(deps)["mentor:pending"] == -170_00

    def test_is_spared_a_mail_to_the_learner_where_nothing_goes_back(self, deps, left, ada):
        decide(deps, ada, left, 0)
        assert facts(deps, "dispute_decided_learner") == [] and len(facts(deps, "dispute_decided_mentor")) == 1
        assert purse.payment_of(deps, left).earning == "pending"

    def test_can_be_disputed_by_the_learner_too(self, deps, left, ada):
        open_one(deps, left)
        [dispute] = deps.disputes.listed("open", limit=10, cursor=None).items
        assert (dispute.cause, dispute.reason) == ("learner", REASON)
        assert decide(deps, ada, left, 100).decision.paise == 500_00


def test_a_session_that_is_only_just_ending_is_disputed_and_ends_all_the_same(deps, clock, booked, ada):
    attend(deps, booked, mentor=MINUTES[:20])
    clock.now = END
    due.sweep(deps)  # it runs on for its grace
    open_one(deps, booked)
    assert code_of(decide, deps, ada, booked, 0) == "not_over"
    clock.forward(timedelta(minutes=10))
    assert due.sweep(deps).failed == {}
    assert deps.bookings.find(booked.booking.id).status == "completed"
    payment = purse.payment_of(deps, booked)
    assert payment.earning == "frozen" and payment.releases_at == END + timedelta(hours=72)
    assert decide(deps, ada, booked, 100).decision.paise == 500_00


def test_a_learner_marked_absent_may_dispute_it(deps, clock, booked, ada):
    over(deps, clock, booked, learner=[])
    assert deps.bookings.find(booked.booking.id).status == "no_show"
    open_one(deps, booked)
    assert decide(deps, ada, booked, 100).decision.paise == 500_00


def test_of_a_mentor_who_did_not_come_nothing_is_left_to_dispute(deps, clock, booked):
    over(deps, clock, booked, mentor=[])
    assert code_of(open_one, deps, booked) == "nothing_paid"


def test_a_bank_that_looks_into_it_is_waited_for(deps, done, ada, clock):
    open_one(deps, done)
    purse.gateway(deps).books.banking.dispute(purse.payment_of(deps, done).payment_id)
    purse.settle(deps, clock, 5)
    assert code_of(decide, deps, ada, done, 50) == "bank_dispute"
    assert decide(deps, ada, done, 0).status == "decided"


def test_an_admin_does_not_decide_on_their_own_booking(deps, meera, lesson, clock, ada):
    lena = deps.accounts.find(ada.user_id)
    mine = paid(deps, lena, meera, lesson)
    over(deps, clock, mine)
    open_one(deps, mine)
    assert code_of(decide, deps, ada, mine, 100) == "own_booking"
    assert code_of(admin_refunds.give_back, deps, by=ada, booking_id=mine.booking.id, paise=1_00, words="Me") == (
        "own_booking"
    )


def test_an_admin_sees_both_texts_the_money_and_who_was_there(deps, done):
    open_one(deps, done)
    answer(deps, done)
    case = disputes.case(deps, done.booking.id)
    assert (case.dispute.reason, case.dispute.answer) == (REASON, ANSWER)
    assert (case.learner, case.mentor, case.payment.refundable_paise) == ("Lena", "Meera", 500_00)
    assert case.attendance.shared == 60
    assert code_of(disputes.case, deps, "bkg_none") == "not_found"
