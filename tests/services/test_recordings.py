"""Recording a session: only while both agree; sent in parts, finished by whoever is left, gone with either of them."""

from datetime import timedelta

import pytest

from chalicelib.domain.recordings import LARGEST_PART, SMALLEST_PART, Part
from chalicelib.services import due, leaving, recordings, rooms
from chalicelib.services.again import again
from tests.fakes.people import learner
from tests.refusals import refusal
from tests.services.consenting import agreed, begin, begun, done, heard, into, wish
from tests.services.lesson import HOUR, START, booked, live


@pytest.fixture
def lesson(deps, clock):
    """A session that is live, with both there."""
    return live(deps, clock)


def test_both_hear_of_each_wish_and_whoever_comes_later_knows(deps, clock, lesson):
    into(deps, lesson, "mentor", "m=")
    into(deps, lesson, "learner", "l=")
    agreed(deps, lesson)
    wish(deps, lesson, "learner", "stop")
    story = [("asked", "mentor"), ("on", "learner"), ("stopped", "learner")]
    assert heard(deps, "m=") == heard(deps, "l=") == story
    into(deps, lesson, "learner", "again=")
    [joined] = [each["data"] for each in deps.sockets.to("again=") if each["type"] == "joined"]
    assert joined["recording"] == {"state": "stopped", "by": "learner", "at": START.isoformat()}


def test_said_again_nobody_hears_of_it_again(deps, lesson):
    into(deps, lesson, "learner", "l=")
    for _ in range(3):
        wish(deps, lesson, "mentor", "start")
    assert heard(deps, "l=") == [("asked", "mentor")]


def test_only_what_is_live_and_has_both_there_is_recorded(deps, clock):
    lesson = booked(deps)
    assert refusal(wish, deps, lesson, "mentor", "start").code == "not_live"
    clock.now = START
    rooms.go_live(deps, **lesson.by("mentor"))
    assert refusal(wish, deps, lesson, "mentor", "start").code == "not_live", "the learner has not come"
    rooms.let_in(deps, **lesson.by("learner"))
    assert wish(deps, lesson, "mentor", "start").state == "asked"


def test_after_the_end_nobody_can_agree_any_more_but_anybody_can_say_no(deps, clock, lesson):
    wish(deps, lesson, "mentor", "start")
    rooms.end(deps, **lesson.by("mentor"))
    assert refusal(wish, deps, lesson, "learner", "agree").code == "not_live"
    assert wish(deps, lesson, "learner", "decline").state == "declined"


def test_without_both_consents_there_is_no_file(deps, lesson):
    assert refusal(begin, deps, lesson).code == "not_agreed"
    wish(deps, lesson, "mentor", "start")
    assert refusal(begin, deps, lesson).code == "not_agreed"
    wish(deps, lesson, "learner", "agree")
    recording = begin(deps, lesson)
    assert (recording.asked_by, recording.asked_at, recording.agreed_at) == ("mentor", START, START)
    wish(deps, lesson, "learner", "stop")
    assert refusal(begin, deps, lesson).code == "not_agreed"


def test_consent_taken_back_in_the_midst_of_it_leaves_no_file(deps, lesson):
    agreed(deps, lesson)
    begin_upload = deps.lesson_files.begin

    def taken_back(*given):
        wish(deps, lesson, "learner", "stop")
        return begin_upload(*given)

    deps.lesson_files.begin = taken_back
    assert refusal(begin, deps, lesson).code == "changed_meanwhile"
    assert deps.lesson_files.uploads == {}
    assert recordings.listed(deps, **lesson.by("mentor"))[0] == []


def test_parts_become_a_file_that_both_can_play(deps, lesson):
    recording = begun(deps, lesson)
    link = recordings.part(deps, user_id=lesson.mentor.id, recording_id=recording.id, number=1, size=SMALLEST_PART)
    assert f"/recordings/{lesson.booking_id}/{recording.id}?" in link and f"bytes={SMALLEST_PART}" in link
    parts = [deps.lesson_files.arrives(recording.upload_id, n) for n in (1, 2)]
    _, known = recordings.parts(deps, user_id=lesson.mentor.id, recording_id=recording.id)
    assert known == parts
    for _ in range(2):
        whole = done(deps, lesson, recording, *reversed(parts))
        assert (whole.state, whole.size, whole.seconds) == ("done", 2 * SMALLEST_PART, 60)
    for side in ("mentor", "learner"):
        [shown], _ = recordings.listed(deps, **lesson.by(side))
        assert shown.until - shown.begun_at == timedelta(days=30)
        me = lesson.by(side)["user_id"]
        assert "seconds=3600" in recordings.link(deps, user_id=me, recording_id=shown.id, save=False)
        saved = recordings.link(deps, user_id=me, recording_id=shown.id, save=True)
        assert "name=session-2026-03-02.webm" in saved


def test_only_who_records_sends_and_only_in_measure(deps, clock, lesson):
    recording = begun(deps, lesson)
    ask = {"recording_id": recording.id, "number": 1, "size": 1}
    assert refusal(recordings.part, deps, user_id=lesson.learner.id, **ask).code == "not_yours"
    mine = {"user_id": lesson.mentor.id, "recording_id": recording.id}
    for number, size in ((0, 1), (601, 1), (1, 0), (1, LARGEST_PART + 1)):
        assert refusal(recordings.part, deps, **mine, number=number, size=size).code == "invalid"
    clock.now = START + 4 * HOUR
    assert refusal(recordings.part, deps, user_id=lesson.mentor.id, **ask).code == "recording_over"


def test_a_wrong_list_of_parts_is_refused_and_the_right_one_still_taken(deps, lesson):
    recording = begun(deps, lesson)
    part = deps.lesson_files.arrives(recording.upload_id, 1)
    assert refusal(done, deps, lesson, recording, Part(1, "wrong")).code == "wrong_parts"
    assert done(deps, lesson, recording, part).state == "done"


@pytest.mark.parametrize("broken", ["complete", "complete_answer"])
def test_a_bucket_that_fails_at_the_end_is_asked_again(deps, lesson, broken):
    recording = begun(deps, lesson)
    part = deps.lesson_files.arrives(recording.upload_id, 1)
    deps.lesson_files.broken.add(broken)
    with pytest.raises(ConnectionError):
        done(deps, lesson, recording, part)
    deps.lesson_files.broken.clear()
    assert done(deps, lesson, recording, part).size == SMALLEST_PART


def test_a_bucket_that_does_not_begin_leaves_nothing(deps, lesson):
    agreed(deps, lesson)
    deps.lesson_files.broken.add("begin")
    with pytest.raises(ConnectionError):
        begin(deps, lesson)
    assert recordings.listed(deps, **lesson.by("mentor"))[0] == []


@pytest.mark.parametrize(("arrived", "size"), [([1, 2], 2), ([1, 3], 1), ([2], None), ([], None)])
def test_what_nobody_finished_is_finished_after_the_session(deps, clock, lesson, arrived, size):
    recording = begun(deps, lesson)
    for number in arrived:
        deps.lesson_files.arrives(recording.upload_id, number)
    clock.now = START + 4 * HOUR
    for _ in range(2):
        assert due.sweep(deps).failed == {}
    found = recordings.get(deps, recording.id)
    assert (found.state, found.size) == (("done", size * SMALLEST_PART) if size else ("lost", 0))
    assert deps.lesson_files.uploads == {}
    assert len(recordings.listed(deps, **lesson.by("learner"))[0]) == (1 if size else 0)


def test_put_together_but_not_written_down_it_is_found_by_the_sweep(deps, clock, lesson):
    recording = begun(deps, lesson)
    part = deps.lesson_files.arrives(recording.upload_id, 1)
    deps.lesson_files.complete(recording.key, recording.upload_id, [part])  # and then the function dies
    clock.now = START + 4 * HOUR
    assert due.sweep(deps).failed == {}
    assert recordings.get(deps, recording.id).state == "done"


def test_strangers_learn_nothing(deps, lesson):
    recording = begun(deps, lesson)
    done(deps, lesson, recording, deps.lesson_files.arrives(recording.upload_id, 1))
    sam = learner(deps, "Sam").id
    theirs, one = {"user_id": sam, "session_id": lesson.session_id}, {"user_id": sam, "recording_id": recording.id}
    calls = [
        (recordings.wish, {**theirs, "wish": "agree"}),
        (recordings.begin, {**theirs, "content_type": "video/webm"}),
        (recordings.listed, theirs),
        (recordings.part, {**one, "number": 1, "size": 1}),
        (recordings.parts, one),
        (recordings.done, {**one, "parts": [], "seconds": None}),
        (recordings.link, {**one, "save": False}),
        (recordings.link, {**one, "recording_id": "rec_1_bkg_1", "save": False}),
        (recordings.link, {**one, "recording_id": "nonsense", "save": False}),
    ]
    for call, given in calls:
        assert refusal(call, deps, **given).code == "not_found", call.__name__


def test_when_one_of_them_leaves_it_goes(deps, lesson):
    recording = begun(deps, lesson)
    done(deps, lesson, recording, deps.lesson_files.arrives(recording.upload_id, 1))
    begin(deps, lesson)
    for _ in range(2):
        leaving.leave(deps, lesson.booking_id, "learner")
    assert (deps.lesson_files.objects, deps.lesson_files.uploads) == ({}, {})
    assert recordings.listed(deps, **lesson.by("mentor"))[0] == []


def test_after_its_days_it_is_not_to_be_had(deps, clock, lesson):
    recording = begun(deps, lesson)
    done(deps, lesson, recording, deps.lesson_files.arrives(recording.upload_id, 1))
    clock.forward(timedelta(days=30))
    assert recordings.listed(deps, **lesson.by("mentor"))[0] == []
    one = {"user_id": lesson.mentor.id, "recording_id": recording.id, "save": False}
    assert refusal(recordings.link, deps, **one).code == "recording_gone"


def test_two_who_wish_at_once_are_told_apart(deps, lesson):
    """Both press record: the second press is the other's yes."""
    old = deps.recordings.consent
    seen = iter([True])

    def slow(lesson_):
        found = old(lesson_)
        if next(seen, False):
            wish(deps, lesson, "mentor", "start")
        return found

    deps.recordings.consent = slow
    try:
        assert again(lambda: wish(deps, lesson, "learner", "start")).state == "on"
    finally:
        del deps.recordings.consent
