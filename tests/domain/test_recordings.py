"""Recording a session: on only while both have said yes, and a file made of what has arrived."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Conflict
from chalicelib.domain.recordings import SMALLEST_PART, Consent, Part, booking_of, whole

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOBODY = Consent("bkg_1", "ses_1", "usr_m", "usr_l")
OTHER = {"mentor": "learner", "learner": "mentor"}
acts = st.lists(st.tuples(st.sampled_from(sorted(OTHER)), st.sampled_from(["start", "agree", "decline", "stop"])))


def after(*said, start=NOBODY):
    """What several wishes, a minute apart, come to; refused ones change nothing."""
    consent = start
    for minute, (side, wish) in enumerate(said):
        try:
            consent = consent.wished(side, wish, NOON + timedelta(minutes=minute))
        except Conflict:
            continue
    return consent


@given(acts)
def test_nothing_is_recorded_unless_both_have_said_yes_and_neither_no_since(said):
    yes = set()
    consent = NOBODY
    for minute, (side, wish) in enumerate(said):
        old, now = consent, NOON + timedelta(minutes=minute)
        try:
            consent = old.wished(side, wish, now)
        except Conflict:
            continue
        if wish in ("start", "agree"):
            yes.add(side)
        elif old.state in ("asked", "on"):
            yes.clear()
        assert (consent.state == "on") == (len(yes) == 2)
        assert (consent.state == "asked") == (len(yes) == 1)


@given(acts)
def test_both_consents_are_known_with_their_times_while_it_is_on(said):
    consent = after(*said)
    if consent.state == "on":
        assert consent.by == OTHER[consent.asked_by]
        assert consent.asked_at < consent.agreed_at == consent.at


@given(acts, st.sampled_from(sorted(OTHER)))
def test_either_can_always_end_it(said, side):
    assert after(*said, (side, "stop")).state in ("none", "stopped", "declined")


@given(acts, st.sampled_from(sorted(OTHER)), st.sampled_from(["start", "agree", "decline", "stop"]))
def test_saying_it_again_changes_nothing(said, side, wish):
    once = after(*said, (side, wish))
    assert after((side, wish), start=once) == once


def test_nobody_agrees_with_themselves():
    asked = NOBODY.wished("mentor", "start", NOON)
    with pytest.raises(Conflict) as refused:
        asked.wished("mentor", "agree", NOON)
    assert refused.value.code == "own_wish"


def test_what_nobody_asks_any_more_cannot_be_agreed_to():
    declined = after(("mentor", "start"), ("learner", "decline"))
    with pytest.raises(Conflict) as refused:
        declined.wished("learner", "agree", NOON)
    assert (declined.state, refused.value.code) == ("declined", "not_asked")


def test_a_no_says_whose_it_was():
    assert after(("mentor", "start"), ("learner", "decline")).by == "learner"
    taken_back = after(("mentor", "start"), ("mentor", "decline"))
    assert (taken_back.state, taken_back.by) == ("stopped", "mentor")


sizes = st.lists(st.integers(1, 2 * SMALLEST_PART), max_size=12)


@given(sizes, st.sets(st.integers(0, 11)))
def test_a_file_is_made_of_a_beginning_without_gaps_whose_last_part_alone_is_small(found, lost):
    parts = [Part(n, "e", size) for n, size in enumerate(found, start=1) if n - 1 not in lost]
    made = whole(list(reversed(parts)))
    assert [each.number for each in made] == list(range(1, len(made) + 1))
    assert all(each.size >= SMALLEST_PART for each in made[:-1])
    following = [each for each in parts if each.number == len(made) + 1]
    assert not following or (made and made[-1].size < SMALLEST_PART), "as much of it as there can be"


def test_a_recordings_id_ends_in_its_bookings():
    assert booking_of("rec_01JAB_bkg_01JCD") == "bkg_01JCD"
