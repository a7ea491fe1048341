"""Any negotiation at all, move by move against the rules in plain words: its invariants hold at every step."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.domain import requests
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.requests import MOST_MOVES, OTHER, Terms
from chalicelib.domain.wishes import Wish, times_fault

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
sides = st.sampled_from(["learner", "mentor"])
# a few quarter-hours of the next days, so that proposals repeat, lapse and meet the notice
starts = st.integers(1, 16).map(lambda n: START + n * timedelta(hours=9))
proposals = st.lists(starts, min_size=1, max_size=3, unique=True).map(lambda times: tuple(sorted(times)))
prices = st.sampled_from([0, 500_00])
notices = st.sampled_from([0, 60, 1440])
lags = st.integers(0, 1)


class Negotiation(RuleBasedStateMachine):
    """What the two people do, in any order and with any delay; `model` is told by the tester's own rules."""

    @initialize(times=proposals, price=prices, notice=notices)
    def ask(self, times, price, notice):
        self.now, self.asked = START, "mentor"
        if times_fault(times, notice, START):
            times = (START + timedelta(days=7),)
        wish = Wish("Help with my thesis", "writing", "Two chapters.", times, 60, price)
        people = {"learner": LearnerCard("usr_l", "Lena"), "mentor": MentorCard("usr_m", "m", "Meera", "")}
        self.request = requests.propose(wish, request_id="req_1", **people, notice_minutes=notice, now=self.now)
        self.model, self.terms, self.moved_at, self.notice = "open", Terms(times, price), START, notice
        self.ended = None

    def runs(self):
        """Whether anybody may still answer, reckoned from the outside."""
        last = max(self.terms.times) - timedelta(minutes=self.notice)
        return self.model == "open" and self.now < min(self.moved_at + timedelta(hours=48), last)

    def tries(self, act, lag, wanted, again=False):
        """The move is taken exactly if it is legal; a refusal leaves everything as it was, and so does the last move
        made again on what was seen then."""
        seen = self.request.round - lag
        legal = wanted and self.runs() and lag == 0
        repeated = again and lag == 1
        try:
            new = act(seen)
            if repeated:
                assert new == self.request
                return
        except (Conflict, Invalid) as refusal:
            assert not legal and not repeated, refusal.code
            if isinstance(refusal, Conflict):
                assert (refusal.code == "request_closed") == (not self.runs())
            return
        assert legal
        assert new.moves[:-1] == self.request.moves, "what was said stays said"
        assert (new.moves[-1].at, new.round) == (self.now, self.request.round + 1)
        self.request, self.moved_at = new, self.now
        self.asked = OTHER[new.moves[-1].by]

    def was_last(self, by, kind):
        """Whether this is the move that led to where things stand."""
        return (self.request.moves[-1].by, self.request.moves[-1].kind) == (by, kind)

    @rule(by=sides, times=proposals, price=prices, notice=notices, lag=lags)
    def counter(self, by, times, price, notice, lag):
        terms, before = Terms(times, price), self.request
        fits = terms != self.terms and not times_fault(times, notice, self.now)
        ours = by == self.asked and len(before.moves) < MOST_MOVES
        how = {"notice_minutes": notice, "payments": True, "now": self.now}
        again = self.was_last(by, "countered") and terms == self.terms
        self.tries(lambda seen: before.counter(by, terms, "", seen=seen, **how), lag, fits and ours, again)
        if self.request is not before:
            self.terms, self.notice = terms, notice

    @rule(by=sides, at=starts, lag=lags)
    def accept(self, by, at, lag):
        before = self.request
        offered = at in self.terms.times and at - timedelta(minutes=self.notice) > self.now
        self.tries(lambda seen: before.accept(by, at, seen=seen, now=self.now), lag, offered and by == self.asked)
        if self.request is not before:
            self.model, self.terms = "accepted", Terms((at,), self.terms.price_paise)

    @rule(by=sides, reason=st.sampled_from(["", "No time."]), lag=lags)
    def decline(self, by, reason, lag):
        before = self.request
        allowed = bool(reason) and (by == "mentor" or by == self.asked)
        again = bool(reason) and self.was_last(by, "declined")
        self.tries(lambda seen: before.decline(by, reason, seen=seen, now=self.now), lag, allowed, again)
        if self.request is not before:
            self.model = "declined"

    @rule(by=sides, lag=lags)
    def withdraw(self, by, lag):
        before = self.request
        again = self.was_last(by, "withdrawn")
        self.tries(lambda seen: before.withdraw(by, seen=seen, now=self.now), lag, by == "learner", again)
        if self.request is not before:
            self.model = "withdrawn"

    @rule(minutes=st.integers(1, 30 * 60))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_sweep_comes_by(self):
        before, runs = self.request, self.runs()
        self.request = before.settle(self.now)
        assert self.request.settle(self.now) == self.request, "twice is as good as once"
        assert (self.request == before) == (runs or self.model != "open")
        if self.request != before:
            self.model = "expired"

    @invariant()
    def it_is_in_the_state_that_its_moves_led_to(self):
        assert self.request.status == self.model
        assert self.request.terms == self.terms

    @invariant()
    def what_has_ended_never_changes_again(self):
        if self.ended:
            assert self.request == self.ended
        elif self.request.status != "open":
            self.ended = self.request

    @invariant()
    def the_last_move_tells_whose_turn_it_is_and_each_learner_move_is_answered_by_the_mentor(self):
        kinds = [(move.kind, move.by) for move in self.request.moves]
        assert kinds[0] == ("proposed", "learner")
        going_on = [by for kind, by in kinds if kind in ("proposed", "countered")]
        assert going_on == [("learner", "mentor")[n % 2] for n in range(len(going_on))]
        assert len(going_on) <= MOST_MOVES
        if self.request.status == "open":
            assert self.request.turn == OTHER[going_on[-1]] and len(going_on) == len(kinds)

    @invariant()
    def exactly_one_side_is_asked_and_always_has_a_way_out(self):
        asked = [side for side in ("learner", "mentor") if self.request.may(side, "accepted", self.now)]
        assert asked == ([self.asked] if self.runs() else [])
        leaving = [act for act in ("declined", "withdrawn") if self.request.may("learner", act, self.now)]
        assert ("withdrawn" in leaving) == self.request.may("mentor", "declined", self.now) == self.runs()

    @invariant()
    def as_long_as_it_runs_something_can_be_accepted_and_it_is_due(self):
        due = self.request.next_due()
        assert (due is None) == (self.request.status != "open")
        if self.runs():
            assert self.request.choices(self.now)
            assert self.now < due <= self.request.moved_at + timedelta(hours=48)

    @invariant()
    def a_session_comes_only_of_an_offered_time(self):
        if self.request.status == "accepted":
            (at,) = self.request.terms.times
            assert at in self.request.moves[-2].times
            assert self.request.moves[-1].price_paise == self.request.moves[-2].price_paise


TestNegotiation = Negotiation.TestCase
TestNegotiation.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
