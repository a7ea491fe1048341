"""Reviews: one a booking, by the learner, counted at once and exactly; the mentor's private word stays private."""

import threading
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.reviews import Axes, Words
from chalicelib.services import mentors, reviews
from chalicelib.services.accounts import belongings
from tests.fakes.people import learner
from tests.fakes.times import recorded
from tests.refusals import refusal
from tests.services.lesson import booked, live, over


@pytest.fixture
def lesson(deps, clock):
    """A session that took place."""
    return over(deps, clock)


def write(deps, lesson, stars=4, text="Clear.", side="learner", **axes):
    me = lesson.booking_by(side)["user_id"]
    words = Words(stars, Axes(**axes), text)
    return reviews.write(deps, learner_id=me, booking_id=lesson.booking_id, words=words)


def shown(deps):
    profile, page = reviews.of_mentor(deps, "meera", limit=20, cursor=None)
    return profile.rating, profile.reviews, [(each.by, each.words.stars) for each in page.items]


def test_a_review_is_public_at_once_with_its_learners_first_name(deps, lesson):
    assert shown(deps) == (None, 0, [])
    write(deps, lesson, stars=5, clarity=5, value=4)
    assert shown(deps) == (4.6, 1, [("Lena", 5)])
    [listed] = deps.mentors.listed("programming", 20, None).items
    assert (listed.rating, listed.reviews) == (4.6, 1), "the directory's cards show it too"


def test_the_mentor_hears_of_the_first_word_once(deps, lesson):
    write(deps, lesson)
    write(deps, lesson, stars=2, text="On second thought.")
    [told] = [each for each in recorded(deps) if each.template == "review_received"]
    assert (told.user_id, told.facts["stars"], told.facts["other"]) == (lesson.mentor.id, "4", "Lena")


def test_changed_within_a_week_it_counts_once_and_anew(deps, clock, lesson):
    write(deps, lesson, stars=1)
    clock.forward(timedelta(days=6))
    write(deps, lesson, stars=5)
    assert shown(deps) == (4.6, 1, [("Lena", 5)])
    found = reviews.standing(deps, **lesson.booking_by("learner"))
    assert (found.can, found.said.edited_at) == (True, clock())
    clock.forward(timedelta(days=1))
    assert refusal(write, deps, lesson, 2).code == "review_settled"
    assert reviews.standing(deps, **lesson.booking_by("learner")).why == "review_settled"
    assert shown(deps) == (4.6, 1, [("Lena", 5)])


def test_the_same_again_changes_nothing(deps, lesson):
    first = write(deps, lesson)
    before = dict(deps.tables.items)
    assert write(deps, lesson) == first
    assert deps.tables.items == before


def test_only_the_learner_of_a_session_that_took_place_long_enough(deps, clock, lesson):
    assert refusal(write, deps, lesson, side="mentor").code == "learner_only"
    sam = learner(deps, "Sam").id
    stranger = {"learner_id": sam, "booking_id": lesson.booking_id, "words": Words(1)}
    assert refusal(reviews.write, deps, **stranger).code == "not_found"
    assert refusal(reviews.standing, deps, user_id=sam, booking_id=lesson.booking_id).code == "not_found"


def test_before_it_took_place_there_is_nothing_to_say(deps, clock):
    lesson = booked(deps)
    assert refusal(write, deps, lesson).code == "not_completed"
    found = reviews.standing(deps, **lesson.booking_by("learner"))
    assert (found.can, found.why) == (False, "not_completed")


def test_nine_minutes_together_are_too_few(deps, clock):
    lesson = over(deps, clock, minutes=9)
    assert refusal(write, deps, lesson).code == "too_short"
    assert reviews.standing(deps, **lesson.booking_by("learner")).why == "too_short"


def test_while_it_is_live_nobody_reviews(deps, clock):
    assert refusal(write, deps, live(deps, clock)).code == "not_completed"


def test_two_pages_that_send_at_once_count_once(deps, lesson):
    start, told = threading.Barrier(4), []

    def send(stars):
        start.wait()
        try:
            told.append(write(deps, lesson, stars=stars).words.stars)
        except Conflict as refused:
            told.append(refused.code)

    senders = [threading.Thread(target=send, args=(stars,)) for stars in (2, 3, 4, 5)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    _, count, [(_, stars)] = shown(deps)
    assert count == 1
    assert deps.mentors.find(lesson.mentor.id).stars == stars
    assert [each.template for each in recorded(deps)].count("review_received") == 1


def test_a_mentors_own_changes_keep_the_rating(deps, lesson):
    write(deps, lesson, stars=5)
    mentors.edit(deps, lesson.mentor.id, {"headline": "Python taken apart, gently"})
    assert shown(deps)[:2] == (4.6, 1)


def test_the_mentor_sees_what_was_said_but_says_nothing_in_it(deps, lesson):
    write(deps, lesson)
    found = reviews.standing(deps, **lesson.booking_by("mentor"))
    assert (found.said.words.stars, found.can, found.why) == (4, False, "learner_only")


def test_a_learner_who_leaves_takes_name_and_words_along(deps, lesson):
    write(deps, lesson, stars=5)
    belongings.erase(deps, lesson.learner.id)
    belongings.erase(deps, lesson.learner.id)
    assert shown(deps) == (4.6, 1, [("Former member", 5)])
    assert deps.reviews.find(lesson.booking_id).words.text == ""


def test_a_learner_is_handed_out_what_they_said(deps, lesson):
    write(deps, lesson, text="Clear.")
    [said] = reviews.exported(deps, lesson.learner.id)
    assert (said["booking_id"], said["words"]["text"]) == (lesson.booking_id, "Clear.")
    assert reviews.exported(deps, lesson.mentor.id) == []


def test_a_mentors_private_word_is_for_the_mentor_alone(deps, lesson):
    rate = {"mentor_id": lesson.mentor.id, "booking_id": lesson.booking_id, "stars": 2, "text": "Came unprepared."}
    reviews.rate_learner(deps, **rate)
    reviews.rate_learner(deps, **(rate | {"stars": 3}))
    assert reviews.rated(deps, **lesson.booking_by("mentor")).said.stars == 3
    assert refusal(reviews.rated, deps, **lesson.booking_by("learner")).code == "mentor_only"
    assert refusal(reviews.rate_learner, deps, **(rate | {"mentor_id": lesson.learner.id})).code == "mentor_only"
    handed_out = str(deps.accounts.held_of(lesson.learner.id))
    assert "unprepared" not in handed_out
    assert refusal(reviews.rate_learner, deps, **(rate | {"stars": 6})).code == "invalid"
