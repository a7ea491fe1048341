"""What two people share, on the tables in memory and the real ones: of two who write at once, one is told."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.lessons import Lesson
from chalicelib.domain.materials import MOST, Material
from chalicelib.domain.plans import Goal, Point
from chalicelib.domain.recordings import begin
from chalicelib.domain.reviews import LearnerRating, Review, Words
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.due import Due
from chalicelib.stores.materials import Materials
from chalicelib.stores.plans import Plans
from chalicelib.stores.recordings import Recordings
from chalicelib.stores.reviews import Reviews

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def lesson():
    """A lesson that no other test uses."""
    own = uuid.uuid4().hex
    mentor, learner = MentorCard(f"usr_m{own}", "meera", "Meera", ""), LearnerCard(f"usr_l{own}", "Lena")
    about = {"title": "Decorators", "description": "", "topics": (), "domain": "programming"}
    session = Session(f"ses_{own}", mentor, **about, starts_at=NOW, duration_minutes=60, created_at=NOW)
    session = replace(session, status="live", learner=learner, booking_id=f"bkg_{own}")
    return Lesson(session, f"bkg_{own}", learner.id, "mentor")


def together(*acts):
    """What comes of acts at the same moment: True, or the code of the refusal."""
    start, found = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            found.append(True)
        except Conflict as refused:
            found.append(refused.code)

    racers = [threading.Thread(target=run, args=(act,)) for act in acts]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return found


def test_of_two_plans_written_on_the_same_version_one_stands(tables, lesson):
    plans = Plans(tables)
    for turn in range(10):
        old = plans.find(lesson.booking_id)
        news = [old.rewritten((Point(f"{side} {turn}", 10, True),), (Goal("g"),)) for side in ("m", "l")]
        writes = [[plans.saving(lesson, old, new)] for new in news]
        found = together(*(lambda each=each: tables.commit(each) for each in writes))
        assert sorted(map(str, found)) == ["True", "changed_meanwhile"]
        assert plans.find(lesson.booking_id) in news


def material(lesson, number=1):
    own = {"booking_id": lesson.booking_id, "session_id": lesson.session.id, "learner_id": lesson.learner_id}
    words = {"name": "a.pdf", "content_type": "application/pdf", "size": 9, "at": NOW}
    people = {"mentor_id": lesson.mentor_id, "by": "mentor", "shape": "file"}
    return Material(f"mat_{number:03}", **own, **people, **words)


def test_the_last_place_goes_to_one_file(tables, lesson):
    materials = Materials(tables)
    for number in range(MOST - 1):
        tables.commit(materials.adding(material(lesson, number)))
    both = [materials.adding(material(lesson, number)) for number in (100, 101)]
    found = together(*(lambda each=each: tables.commit(each) for each in both))
    assert sorted(map(str, found)) == ["True", "too_many_files"]
    assert len(materials.of(lesson.booking_id)) == MOST


def test_a_file_is_taken_once_and_deleted_once(tables, lesson):
    materials, first = Materials(tables), material(lesson)
    tables.commit(materials.adding(first))
    ready = first.ready(9, "application/pdf")
    tables.commit([materials.taking(first, ready)])
    assert materials.find(lesson.booking_id, first.id) == ready
    with pytest.raises(Conflict):
        tables.commit([materials.taking(first, ready)])
    writes = materials.deleting(ready, ready.deleted())
    found = together(lambda: tables.commit(writes), lambda: tables.commit(writes))
    assert sorted(map(str, found)) == ["True", "changed_meanwhile"]
    assert tables.read(keys.materials(lesson.booking_id))["count"] == 0
    assert materials.of(lesson.booking_id) == []


def test_what_is_due_of_a_file_names_its_booking(tables, lesson):
    materials, first = Materials(tables), replace(material(lesson), id=f"mat_{uuid.uuid4().hex}")
    tables.commit(materials.adding(first))
    tasks = [task for shard in range(8) for task in _due(tables, shard) if task.id == first.id]
    assert [(task.kind, task.item["booking_id"]) for task in tasks] == [("material", lesson.booking_id)]
    tables.commit([materials.taking(first, first.ready(9, "application/pdf"))])
    assert not [task for shard in range(8) for task in _due(tables, shard) if task.id == first.id]


def _due(tables, shard):
    return Due(tables).page(shard, NOW + timedelta(hours=2), 100, None).tasks


def agreed(tables, lesson):
    recordings = Recordings(tables)
    old = recordings.consent(lesson)
    asked = old.wished("mentor", "start", NOW)
    tables.commit([recordings.agreeing(old, asked)])
    asked = recordings.consent(lesson)
    tables.commit([recordings.agreeing(asked, asked.wished("learner", "agree", NOW))])
    return recordings


def test_two_wishes_at_once_are_one_after_the_other(tables, lesson):
    recordings = Recordings(tables)
    old = recordings.consent(lesson)
    writes = [[recordings.agreeing(old, old.wished(side, "start", NOW))] for side in ("mentor", "learner")]
    found = together(*(lambda each=each: tables.commit(each) for each in writes))
    assert sorted(map(str, found)) == ["True", "changed_meanwhile"]
    assert recordings.consent(lesson).version == 1


def test_a_file_begins_only_on_the_consent_that_was_read_and_ends_once(tables, lesson):
    recordings = agreed(tables, lesson)
    consent = recordings.consent(lesson)
    id = f"rec_{uuid.uuid4().hex}_{lesson.booking_id}"
    made = begin(consent, "mentor", lesson.session, id=id, content_type="video/webm", days=30, now=NOW)
    tables.commit([recordings.adding(made), recordings.agreed(consent)])
    assert recordings.find(lesson.booking_id, id) == made
    tables.commit([recordings.agreeing(consent, consent.wished("learner", "stop", NOW))])
    with pytest.raises(Conflict):
        tables.commit([recordings.adding(replace(made, id=f"{id}x")), recordings.agreed(consent)])
    ends = [[recordings.ending(made.done(5, 1))], [recordings.ending(made.lost())]]
    found = together(*(lambda each=each: tables.commit(each) for each in ends))
    assert sorted(map(str, found)) == ["True", "changed_meanwhile"]
    [kept] = recordings.of(lesson.booking_id)
    assert kept.state in ("done", "lost")


def test_a_review_stands_in_its_mentors_list_and_changes_as_it_was_read(tables, lesson):
    reviews = Reviews(tables)
    people = (lesson.mentor_id, lesson.learner_id)
    old = Review(lesson.booking_id, lesson.session.id, *people, "Lena", Words(4, text="Clear."), NOW)
    found = together(*(lambda: tables.commit(reviews.saving(None, old)) for _ in range(3)))
    assert sorted(map(str, found)) == ["True", "changed_meanwhile", "changed_meanwhile"]
    new = old.edited(Words(2), NOW)
    tables.commit(reviews.saving(old, new))
    with pytest.raises(Conflict):
        tables.commit(reviews.saving(old, new))
    [listed] = reviews.of_mentor(lesson.mentor_id, limit=5, cursor=None).items
    assert listed == reviews.find(lesson.booking_id) == replace(new, version=2)
    tables.commit([reviews.unlisting(listed)])
    assert reviews.of_mentor(lesson.mentor_id, limit=5, cursor=None).items == []


def test_a_private_rating_is_kept(tables, lesson):
    reviews = Reviews(tables)
    rating = LearnerRating(lesson.booking_id, lesson.mentor_id, lesson.learner_id, 3, "Late.", NOW)
    tables.commit([reviews.rating_learner(rating)])
    assert reviews.learner_rating(lesson.booking_id) == rating
