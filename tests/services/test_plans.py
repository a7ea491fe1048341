"""The plan of a session and the snapshots of what two people write: theirs alone, and nobody's words get lost."""

import pytest

from chalicelib.domain.plans import Goal, Point
from chalicelib.services import bookings, documents, leaving, plans
from chalicelib.services.reactions import follows
from tests.fakes.people import learner
from tests.refusals import refusal
from tests.services.lesson import booked


@pytest.fixture
def lesson(deps):
    """A session that is booked."""
    return booked(deps)


def write(deps, lesson, side="mentor", version=0, agenda=("Types",), goals=("Read a traceback",)):
    points, aims = tuple(Point(each, 10) for each in agenda), tuple(Goal(each) for each in goals)
    return plans.write(deps, **lesson.by(side), agenda=points, goals=aims, version=version)


def test_both_write_one_plan(deps, lesson):
    assert plans.show(deps, **lesson.by("learner")).version == 0
    assert write(deps, lesson).version == 1
    assert write(deps, lesson, "learner", 1, agenda=("Types", "Names")).version == 2
    seen = plans.show(deps, **lesson.by("mentor"))
    assert ([each.text for each in seen.agenda], seen.version) == (["Types", "Names"], 2)


def test_who_has_not_seen_the_newest_is_shown_it(deps, lesson):
    write(deps, lesson)
    refused = refusal(write, deps, lesson, "learner", 0, agenda=("Mine",))
    assert (refused.code, refused.newest.version) == ("plan_changed", 1)
    assert write(deps, lesson, "learner", 0).version == 1, "the same words are no quarrel"


def test_of_two_who_write_at_once_one_is_shown_the_others(deps, lesson):
    find, raced = deps.plans.find, []

    def slow(booking_id):
        found = find(booking_id)
        if not raced:
            raced.append(True)
            write(deps, lesson, "mentor", 0)
        return found

    deps.plans.find = slow
    refused = refusal(write, deps, lesson, "learner", 0, agenda=("Mine",))
    assert (refused.code, refused.newest.agenda) == ("plan_changed", (Point("Types", 10),))


def test_both_peoples_pages_hear_of_it(deps, lesson):
    write(deps, lesson)
    [item] = [item for item in deps.tables.items.values() if item.get("kind") == "plan"]
    found = follows(None, item)
    assert found.news == {lesson.mentor.id: ("plan",), lesson.learner.id: ("plan",)}
    frame = found.frames[0]
    assert (frame.type, frame.topic, frame.data["what"]) == ("things", f"room:{lesson.session_id}", "plan")
    assert not follows(item, item).news


def test_strangers_learn_nothing(deps, lesson):
    sam = {"user_id": learner(deps, "Sam").id, "session_id": lesson.session_id}
    assert refusal(plans.show, deps, **sam).code == "not_found"
    assert refusal(plans.write, deps, **sam, agenda=(), goals=(), version=0).code == "not_found"
    assert refusal(documents.upload, deps, **sam, size=1).code == "not_found"
    assert refusal(documents.links, deps, **sam).code == "not_found"


def test_each_side_writes_its_own_snapshot_and_reads_both(deps, lesson):
    assert documents.links(deps, **lesson.by("mentor")) == {"mentor": None, "learner": None}
    for side in ("mentor", "learner"):
        link = documents.upload(deps, **lesson.by(side), size=100)
        assert link == f"/lessons/documents/{lesson.booking_id}/{side}?bytes=100"
    deps.lesson_files.objects[documents.key(lesson.booking_id, "learner")] = b"y" * 100
    found = documents.links(deps, **lesson.by("mentor"))
    assert found["mentor"] is None and f"/documents/{lesson.booking_id}/learner?" in found["learner"]


def test_a_snapshot_has_its_measure(deps, lesson):
    for size in (0, documents.LARGEST + 1):
        assert refusal(documents.upload, deps, **lesson.by("mentor"), size=size).code == "invalid"


def test_who_leaves_takes_their_snapshot_along(deps, lesson):
    for side in ("mentor", "learner"):
        deps.lesson_files.objects[documents.key(lesson.booking_id, side)] = b"y"
    leaving.leave(deps, lesson.booking_id, "learner")
    assert list(deps.lesson_files.objects) == [documents.key(lesson.booking_id, "mentor")]


def test_another_learner_who_takes_the_session_finds_an_empty_plan(deps, lesson):
    write(deps, lesson, "learner")
    bookings.cancel(deps, **lesson.booking_by("learner"), reason="", refund_paise=0)
    assert refusal(plans.show, deps, **lesson.by("mentor")).code == "not_booked"
    sam = learner(deps, "Sam")
    bookings.book(deps, learner_id=sam.id, session_id=lesson.session_id, key="key-00000003")
    assert plans.show(deps, user_id=sam.id, session_id=lesson.session_id).version == 0
