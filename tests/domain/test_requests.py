"""The negotiation about a request: whose turn it is, until when, and what each move makes of it."""

from datetime import timedelta

import pytest

from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.errors import NotFound
from chalicelib.domain.requests import MOST_MOVES, Terms
from tests.domain.asking import DAYS, NOW, counter, faults, hours, refused, request


def closed():
    """One request for each way to end."""
    new = request()
    return [
        new.accept("mentor", DAYS[3], seen=1, now=NOW),
        new.decline("mentor", "No time.", seen=1, now=NOW),
        new.withdraw("learner", seen=1, now=NOW),
        new.settle(NOW + hours(48)),
    ]


def test_a_new_request_asks_the_mentor():
    new = request()
    assert (new.status, new.turn, new.round) == ("open", "mentor", 1)
    assert [(move.by, move.kind, move.times) for move in new.moves] == [("learner", "proposed", (DAYS[3], DAYS[5]))]


def test_each_counter_asks_the_other_side():
    first = counter(request(), "mentor", DAYS[4], price=500_00, note=" Later, please. ")
    assert (first.turn, first.terms, first.moves[-1].note) == ("learner", Terms((DAYS[4],), 500_00), "Later, please.")
    second = counter(first, "learner", DAYS[4], price=0)
    assert (second.turn, second.terms.price_paise, second.round) == ("mentor", 0, 3)


def test_only_who_is_asked_accepts_or_counters():
    new = request()
    assert refused(lambda: new.accept("learner", DAYS[3], seen=1, now=NOW)) == "not_your_turn"
    assert refused(lambda: counter(new, "learner", DAYS[4])) == "not_your_turn"
    countered = counter(new, "mentor", DAYS[4])
    assert refused(lambda: countered.accept("mentor", DAYS[4], seen=2, now=NOW)) == "not_your_turn"
    assert countered.accept("learner", DAYS[4], seen=2, now=NOW).status == "accepted"


def test_a_learner_declines_only_a_counter_and_a_mentor_may_take_theirs_back():
    new = request()
    assert refused(lambda: new.decline("learner", "No.", seen=1, now=NOW)) == "not_your_turn"
    countered = counter(new, "mentor", DAYS[4])
    assert countered.decline("learner", "Too late.", seen=2, now=NOW).status == "declined"
    assert countered.decline("mentor", "I fell ill.", seen=2, now=NOW).moves[-1].by == "mentor"


def test_only_the_learner_withdraws_and_at_any_turn():
    new = request()
    assert new.withdraw("learner", seen=1, now=NOW).status == "withdrawn"
    countered = counter(new, "mentor", DAYS[4])
    assert countered.withdraw("learner", seen=2, now=NOW).status == "withdrawn"
    assert refused(lambda: new.withdraw("mentor", seen=1, now=NOW)) == "not_yours_to_withdraw"


def test_a_reason_is_needed_to_decline():
    new = request()
    for reason in ("", "  ", "x" * 1001, "No\u202e"):
        assert faults(lambda reason=reason: new.decline("mentor", reason, seen=1, now=NOW)) == ["reason"]


def test_accepting_chooses_one_of_the_offered_times():
    new = request()
    assert refused(lambda: new.accept("mentor", DAYS[4], seen=1, now=NOW)) == "not_offered_time"
    agreed = new.accept("mentor", DAYS[5], seen=1, now=NOW)
    assert (agreed.status, agreed.terms, agreed.moves[-1].kind) == ("accepted", Terms((DAYS[5],), 0), "accepted")


def test_a_time_that_has_come_within_notice_can_no_longer_be_chosen_while_another_can():
    new = counter(request(times=(DAYS[1],)), "mentor", DAYS[1] + hours(1), DAYS[3])
    later = DAYS[1] + hours(1) - hours(12)
    assert new.choices(later - timedelta(seconds=1)) == new.terms.times
    assert new.choices(later) == (DAYS[3],)
    assert refused(lambda: new.accept("learner", DAYS[1] + hours(1), seen=2, now=later)) == "too_soon"
    assert new.accept("learner", DAYS[3], seen=2, now=later).status == "accepted"


def test_the_same_choice_is_known_again():
    agreed = request().accept("mentor", DAYS[3], seen=1, now=NOW)
    assert agreed.has_accepted("mentor", DAYS[3])
    assert not agreed.has_accepted("mentor", DAYS[5])
    assert not agreed.has_accepted("learner", DAYS[3])
    assert not request(times=(DAYS[3],)).has_accepted("learner", DAYS[3])


def test_a_move_made_again_after_its_answer_was_lost_changes_nothing():
    new, late = request(), NOW + hours(47)
    countered = counter(new, "mentor", DAYS[4], note=" That week is full. ")
    assert counter(countered, "mentor", DAYS[4], note="That week is full.", seen=1, now=late) == countered
    declined = new.decline("mentor", "No time. ", seen=1, now=NOW)
    assert declined.decline("mentor", " No time.", seen=1, now=late) == declined
    withdrawn = new.withdraw("learner", seen=1, now=NOW)
    assert withdrawn.withdraw("learner", seen=1, now=late) == withdrawn


def test_what_differs_from_the_last_move_is_no_repetition_of_it():
    new = request()
    countered = counter(new, "mentor", DAYS[4], note="That week is full.")
    for again in (
        lambda: counter(countered, "mentor", DAYS[4], note="Another word.", seen=1),
        lambda: counter(countered, "mentor", DAYS[5], note="That week is full.", seen=1),
        lambda: counter(countered, "learner", DAYS[4], note="That week is full.", seen=1),
    ):
        assert refused(again) == "request_changed"
    assert refused(lambda: counter(countered, "mentor", DAYS[4], note="That week is full.")) == "not_your_turn"
    back = counter(countered, "learner", DAYS[6])
    assert refused(lambda: counter(back, "mentor", DAYS[4], note="That week is full.", seen=1)) == "request_changed"
    declined = new.decline("mentor", "No time.", seen=1, now=NOW)
    assert refused(lambda: declined.decline("mentor", "Not now.", seen=1, now=NOW)) == "request_closed"
    assert refused(lambda: declined.withdraw("learner", seen=1, now=NOW)) == "request_closed"


def test_nobody_answers_terms_they_have_not_seen():
    countered = counter(counter(request(), "mentor", DAYS[4]), "learner", DAYS[6])
    for act in (
        lambda: countered.accept("mentor", DAYS[6], seen=1, now=NOW),
        lambda: counter(countered, "mentor", DAYS[7], seen=2),
        lambda: countered.decline("mentor", "No.", seen=4, now=NOW),
        lambda: countered.withdraw("learner", seen=0, now=NOW),
    ):
        assert refused(act) == "request_changed"


def test_what_is_closed_stays_closed_and_says_how_it_ended():
    for ended in closed():
        for act in (
            lambda ended=ended: ended.accept("mentor", DAYS[3], seen=ended.round, now=NOW),
            lambda ended=ended: counter(ended, ended.turn, DAYS[7]),
            lambda ended=ended: ended.decline("mentor", "No.", seen=ended.round, now=NOW),
            lambda ended=ended: ended.withdraw("learner", seen=ended.round, now=NOW),
        ):
            assert refused(act) == "request_closed"
        assert ended.settle(NOW + timedelta(days=99)) == ended
        assert ended.next_due() is None


def test_it_expires_48_hours_after_the_last_move():
    new = request()
    assert new.expires_at == NOW + hours(48)
    countered = counter(new, "mentor", DAYS[7], now=NOW + hours(40))
    assert countered.expires_at == NOW + hours(88)
    assert countered.settle(NOW + hours(88) - timedelta(seconds=1)).status == "open"
    assert countered.settle(NOW + hours(88)).status == "expired"


def test_it_expires_when_the_last_proposed_start_comes_within_notice():
    new = request(times=(DAYS[1], DAYS[2]), notice_minutes=24 * 60 - 15)
    assert new.expires_at == DAYS[1] + timedelta(minutes=15)
    assert refused(lambda: new.accept("mentor", DAYS[2], seen=1, now=new.expires_at)) == "request_closed"


def test_a_counter_goes_by_the_notice_of_its_time():
    countered = counter(request(), "mentor", DAYS[1], notice=60)
    assert countered.expires_at == DAYS[1] - hours(1)


def test_a_counter_changes_something():
    assert faults(lambda: counter(request(), "mentor", DAYS[5], DAYS[3])) == ["times"]
    assert counter(request(), "mentor", DAYS[3], DAYS[5], price=100_00).terms.price_paise == 100_00
    assert counter(request(price_paise=100_00), "mentor", DAYS[3], DAYS[5]).terms.price_paise == 0


def test_a_counter_has_a_price_only_where_payments_are_open():
    assert faults(lambda: counter(request(), "mentor", DAYS[4], price=100_00, payments=False)) == ["price_paise"]
    assert faults(lambda: counter(request(), "mentor", DAYS[4], price=1)) == ["price_paise"]


def test_proposals_come_to_an_end():
    going_on = request()
    while len(going_on.moves) < MOST_MOVES:
        going_on = counter(going_on, going_on.turn, DAYS[3 + going_on.round % 2])
    assert refused(lambda: counter(going_on, going_on.turn, DAYS[9])) == "too_many_counters"
    assert going_on.may(going_on.turn, "accepted", NOW) and not going_on.may(going_on.turn, "countered", NOW)


def test_words_are_exchanged_while_it_is_open_and_once_it_is_agreed():
    assert request().may_write(NOW)
    assert [ended.may_write(NOW) for ended in closed()] == [True, False, False, False]
    assert refused(lambda: request().must_take_words(NOW + hours(48))) == "request_closed"
    request().must_take_words(NOW)


def test_there_is_no_such_request_for_anyone_else():
    assert (request().side_of("usr_l"), request().side_of("usr_m")) == ("learner", "mentor")
    with pytest.raises(NotFound):
        request().side_of("usr_x")


def test_a_person_who_has_left_leaves_no_name_and_no_words():
    ended = counter(request(), "mentor", DAYS[4], note="Mine.").decline("learner", "Hers.", seen=2, now=NOW)
    without_learner = ended.forgetting("usr_l", "Former member")
    assert (without_learner.learner, without_learner.description) == (LearnerCard("usr_l", "Former member"), "")
    assert [move.note for move in without_learner.moves] == ["", "Mine.", ""]
    without_mentor = ended.forgetting("usr_m", "Former member")
    assert (without_mentor.mentor.slug, without_mentor.mentor.headline) == ("", "")
    assert [move.note for move in without_mentor.moves] == ["", "", "Hers."]
