"""What the two people of a session are told about it besides its bookings: reminders, its end, and to rate it."""

from datetime import timedelta

import pytest

from chalicelib.domain.preferences import Wish
from chalicelib.domain.reviews import Words
from chalicelib.services import due, mail, reviews, rooms
from chalicelib.services.notifications import wishes
from chalicelib.services.reactions import follows
from tests.fakes.people import mentor
from tests.fakes.times import book, errand, mails, publish, recorded
from tests.fakes.world import NOON
from tests.services.selling import MINUTES, attend, over

START = NOON + timedelta(hours=24)


@pytest.fixture
def meera(deps):
    return mentor(deps)


@pytest.fixture
def booked(deps, meera, lena):
    return book(deps, lena, publish(deps, meera))


def told(deps, template):
    return [each for each in recorded(deps) if each.template == template]


def test_five_minutes_before_both_are_told_on_the_site_and_by_push_but_not_by_mail(deps, clock, booked):
    clock.now = START - timedelta(minutes=5)
    due.sweep(deps), due.sweep(deps)
    now = [*told(deps, "reminder_now_learner"), *told(deps, "reminder_now_mentor")]
    assert [(each.mail, each.push) for each in now] == [("skipped", "waiting")] * 2


def test_a_reminder_that_nobody_could_give_in_time_is_not_given(deps, clock, booked):
    clock.forward(timedelta(hours=24))
    due.sweep(deps)
    assert told(deps, "reminder_now_learner") == []


def test_a_learner_is_asked_at_the_end_and_an_hour_later(deps, clock, lena, booked):
    over(deps, clock, booked)
    [asked], [again] = told(deps, "feedback_asked"), told(deps, "feedback_reminder")
    assert {asked.user_id, again.user_id} == {lena.id}
    items = {item["id"]: item for item in deps.tables.items.values() if item.get("kind") == "outgoing"}
    assert [each.channel for each in follows(None, items[asked.id]).errands] == ["push"]
    assert follows(None, items[again.id]).errands == () == follows(None, items[again.id]).frames
    clock.forward(timedelta(minutes=59))
    due.sweep(deps)
    assert again.id not in {each.id for each in deps.queue.errands}
    clock.forward(timedelta(minutes=1))
    due.sweep(deps)
    assert again.id in {each.id for each in deps.queue.errands}
    assert mail.send(deps, errand(again)) == "sent"
    assert deps.mail.sent[-1][2].subject == "How was Decorators in an hour?"


def test_whoever_has_rated_is_not_asked_again(deps, clock, lena, booked):
    over(deps, clock, booked)
    reviews.write(deps, learner_id=lena.id, booking_id=booked.booking.id, words=Words(5))
    assert mail.send(deps, errand(told(deps, "feedback_reminder")[0])) == "not_wanted"


def test_whoever_wants_no_such_mail_gets_none(deps, clock, lena, booked):
    over(deps, clock, booked)
    wishes.keep(deps, lena.id, {"reviews": Wish(mail="off")}, None, version=0)
    assert mail.send(deps, errand(told(deps, "feedback_reminder")[0])) == "not_wanted"


def test_a_session_that_its_mentor_ends_is_asked_about_too(deps, clock, meera, booked):
    attend(deps, booked, MINUTES[:40], MINUTES[:40])
    clock.now = START
    for who in (meera.account.id, booked.booking.learner_id):
        rooms.let_in(deps, user_id=who, session_id=booked.session.id)
    rooms.go_live(deps, user_id=meera.account.id, session_id=booked.session.id)
    clock.forward(timedelta(minutes=40))
    rooms.end(deps, user_id=meera.account.id, session_id=booked.session.id)
    assert len(told(deps, "feedback_asked")) == 1
    clock.forward(timedelta(hours=1))
    due.sweep(deps)
    assert len(told(deps, "feedback_asked")) == 1


def test_what_was_too_short_to_be_rated_is_not_asked_about(deps, clock, booked):
    over(deps, clock, booked, mentor=MINUTES[:9], learner=MINUTES[:9])
    assert told(deps, "feedback_asked") == []


@pytest.mark.parametrize(
    ("mentor", "learner", "found"),
    [
        (MINUTES, (), {("marked_absent", "lena"), ("other_absent", "meera")}),
        ((), MINUTES, {("other_absent", "lena"), ("strike_given", "meera")}),
        ((), (), {("marked_absent", "lena"), ("strike_given", "meera")}),
    ],
)
def test_who_was_absent_hears_of_it_and_so_does_who_waited(deps, clock, meera, lena, booked, mentor, learner, found):
    over(deps, clock, booked, mentor=mentor, learner=learner)
    names = {meera.account.id: "meera", lena.id: "lena"}
    after = ("marked_absent", "other_absent", "strike_given", "feedback_asked")
    assert {(template, names[to]) for template, to in mails(deps) if template in after} == found
