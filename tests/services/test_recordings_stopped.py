"""A recording that ends before its session: by either's word, or because the learner is put out."""

from datetime import timedelta

import pytest

from chalicelib.domain import recordings as rules
from chalicelib.domain.recordings import SMALLEST_PART
from chalicelib.services import admissions, due, recordings
from chalicelib.stores import keys
from tests.refusals import refusal
from tests.services.consenting import agreed, begin, begun, done, heard, into, wish
from tests.services.lesson import HOUR, START, live


@pytest.fixture
def lesson(deps, clock):
    """A session that is live, with both there."""
    return live(deps, clock)


def test_when_consent_is_taken_back_only_what_was_recorded_until_then_may_still_arrive(deps, clock, lesson):
    recording = begun(deps, lesson)
    part = deps.lesson_files.arrives(recording.upload_id, 1)
    wish(deps, lesson, "learner", "stop")
    ask = {"user_id": lesson.mentor.id, "recording_id": recording.id, "number": 2, "size": 1}
    clock.forward(rules.LATE - timedelta(seconds=1))
    assert recordings.part(deps, **ask)
    clock.forward(timedelta(seconds=1))
    assert refusal(recordings.part, deps, **ask).code == "recording_over"
    assert refusal(done, deps, lesson, recording, part).code == "recording_over"
    assert due.sweep(deps).failed == {}
    found = recordings.get(deps, recording.id)
    assert (found.state, found.size) == ("done", SMALLEST_PART), "what had arrived is theirs to keep"


@pytest.mark.parametrize("state", ["asked", "on"])
def test_who_puts_the_learner_out_ends_the_recording_with_it(deps, clock, lesson, state):
    into(deps, lesson, "mentor", "m=")
    wish(deps, lesson, "mentor", "start")
    if state == "on":
        wish(deps, lesson, "learner", "agree")
        recording = begin(deps, lesson)
    admissions.remove(deps, **lesson.by("mentor"))
    assert heard(deps, "m=")[-1] == ("stopped", "mentor")
    assert recordings.consent(deps, **lesson.by("learner")).state == "stopped"
    assert deps.rooms.find(lesson.session_id).recording["state"] == "stopped"
    assert refusal(begin, deps, lesson).code == "not_agreed"
    if state == "on":
        assert recordings.get(deps, recording.id).closes_at == START + rules.LATE


def test_nothing_is_recorded_while_the_learner_is_put_out(deps, lesson):
    wish(deps, lesson, "learner", "start")
    admissions.remove(deps, **lesson.by("mentor"))
    assert recordings.consent(deps, **lesson.by("learner")).state == "declined"
    assert refusal(wish, deps, lesson, "mentor", "start").code == "not_live"
    assert refusal(wish, deps, lesson, "learner", "start").code == "removed"
    admissions.readmit(deps, **lesson.by("mentor"))
    assert agreed(deps, lesson).state == "on"


def test_a_yes_that_crosses_with_being_put_out_records_nothing(deps, lesson):
    wish(deps, lesson, "mentor", "start")
    barring, crossed = deps.rooms.barring, iter([True])

    def slow(*given):
        if next(crossed, False):
            wish(deps, lesson, "learner", "agree")
        return barring(*given)

    deps.rooms.barring = slow
    try:
        admissions.remove(deps, **lesson.by("mentor"))
    finally:
        del deps.rooms.barring
    assert recordings.consent(deps, **lesson.by("learner")).state == "stopped"


def test_a_word_long_after_leaves_nothing_that_lasts(deps, clock, lesson):
    wish(deps, lesson, "mentor", "start")
    clock.forward(HOUR * 4)
    deps.tables.items.pop(keys.room(lesson.session_id))
    wish(deps, lesson, "learner", "decline")
    assert deps.tables.items[keys.room(lesson.session_id)]["ttl"] < clock.now.timestamp()
