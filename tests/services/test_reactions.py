"""What follows a change, and for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.outgoing import Errand
from chalicelib.services import histories, reactions, sessions
from chalicelib.services.accounts import people as persons
from chalicelib.services.reactions import Consequences, follows, gathered
from chalicelib.stores import keys
from tests.fakes import people
from tests.fakes.world import NOON

SESSION = {"kind": "session", "id": "ses_1", "status": "open", "version": 1, "mentor": {"id": "usr_m"}}
BOOKED = SESSION | {"status": "booked", "version": 2, "learner": {"id": "usr_l"}}
MENTOR = {"kind": "mentor", "id": "usr_m", "status": "draft", "slug": None, "headline": "", "version": 1}
ACCOUNT = {"kind": "account", "id": "usr_l", "name": "Lena", "photo": None, "version": 1}
MAIL = {"kind": "outgoing", "id": "out_1", "status": "waiting", "attempts": 0}


def test_a_new_mail_is_set_on_its_way():
    assert follows(None, MAIL).errands == (Errand("out_1", 0),)


@pytest.mark.parametrize(
    ("old", "new"), [(MAIL, MAIL | {"attempts": 1}), (MAIL, MAIL | {"status": "sent"}), (MAIL, None)]
)
def test_a_mail_on_its_way_is_the_sweeps_matter(old, new):
    assert follows(old, new).errands == ()


def test_a_booking_concerns_both():
    assert follows(SESSION, BOOKED).news == {"usr_m": ("sessions",), "usr_l": ("bookings",)}


def test_a_learner_who_is_out_hears_of_it_too():
    assert follows(BOOKED, SESSION | {"version": 3}).news == {"usr_m": ("sessions",), "usr_l": ("bookings",)}


def test_coming_to_the_door_is_nobodys_news():
    assert follows(BOOKED, BOOKED | {"version": 3, "learner_came_at": "2026-03-02T12:00:00Z"}).news == {}


def test_a_request_and_the_words_beside_it_concern_both():
    request = {"kind": "request", "id": "req_1", "version": 1, "learner": {"id": "usr_l"}, "mentor": {"id": "usr_m"}}
    both = {"usr_l": ("requests",), "usr_m": ("requests",)}
    assert follows(None, request).news == both
    assert follows(request, request | {"version": 2, "turn": "learner"}).news == both
    assert follows(request, request | {"version": 2}).news == {}
    word = {"kind": "request_message", "id": "msg_1", "learner_id": "usr_l", "mentor_id": "usr_m"}
    assert follows(None, word).news == both


def test_an_application_concerns_its_mentor_and_the_admins():
    waiting = MENTOR | {"status": "pending", "version": 2}
    both = {"usr_m": ("me",), "admins": ("admin",)}
    assert follows(MENTOR, waiting).news == both
    assert follows(waiting, waiting | {"status": "approved", "version": 3}).news == both
    assert follows(MENTOR, MENTOR | {"headline": "Hello", "version": 2}).news == {"usr_m": ("me",)}


def test_a_new_name_reaches_ones_cards_and_a_new_zone_does_not():
    assert follows(ACCOUNT, ACCOUNT | {"name": "Lea"}).cards == ("usr_l",)
    assert follows(ACCOUNT, ACCOUNT | {"zone": "Europe/Berlin"}) == Consequences(news={"usr_l": ("me",)})
    assert follows(None, ACCOUNT).cards == ()


@pytest.mark.parametrize("kind", ["session_copy", "booking", "booking_copy", "login", "profile", "device", None])
def test_copies_set_nothing_off(kind):
    assert follows(None, {"kind": kind, "id": "x"}) == Consequences()


def test_of_many_changes_each_person_hears_of_each_matter_once():
    together = gathered([follows(SESSION, BOOKED), follows(ACCOUNT, ACCOUNT | {"name": "L"}), follows(SESSION, BOOKED)])
    assert together.news == {"usr_m": ("sessions",), "usr_l": ("bookings", "me")}


def test_a_queue_that_is_down_keeps_no_page_from_its_news(deps, monkeypatch):
    told = []
    monkeypatch.setattr(reactions.realtime, "changed", lambda deps, news, time_is_up: told.append(news))
    deps.queue.broken = True
    with pytest.raises(ConnectionError):
        reactions.send(deps, Consequences((Errand("out_1", 0),), {"usr_l": ("me",)}))
    assert told == [{"usr_l": ("me",)}]


def test_a_long_history_keeps_no_page_from_its_news_and_what_is_left_of_it_stays_due(deps, clock, monkeypatch):
    meera, told = people.mentor(deps), []
    for n in range(2, 5):
        offer = sessions.Offer(f"Session number {n}", "-", ("python",), "programming", NOON + timedelta(hours=n), 60)
        sessions.publish(deps, mentor_id=meera.account.id, offer=offer, key=f"key-0000000{n}")
    persons.change_account(deps, meera.account.id, lambda account: replace(account, name="Meera Rao"))
    monkeypatch.setattr(reactions.realtime, "changed", lambda deps, news, time_is_up: told.append(news))
    turns, news = iter([False] * 2), {meera.account.id: ("me",)}
    reactions.send(deps, Consequences(news=news, cards=(meera.account.id,)), lambda: next(turns, True))
    assert told == [news]
    shown = [each.mentor.name for each in histories.held(deps, meera.account.id, upcoming=True)]
    assert shown == ["Meera Rao", "Meera Rao", "Meera"]
    assert keys.cards(meera.account.id) in deps.tables.items
    reactions.send(deps, Consequences(cards=(meera.account.id,)))
    assert {each.mentor.name for each in histories.held(deps, meera.account.id, upcoming=True)} == {"Meera Rao"}


@pytest.mark.parametrize("kind", ["hours", "offering"])
def test_changed_hours_and_offerings_reach_the_mentors_other_pages(kind):
    old = {"kind": kind, "mentor_id": "usr_m", "title": "Before", "version": 1}
    assert follows(old, old | {"title": "After", "version": 2}).news == {"usr_m": ("availability",)}
    assert follows(old, old | {"version": 2}).news == {}


def test_whoever_is_offered_a_freed_session_hears_of_it():
    assert follows(SESSION, SESSION | {"status": "held", "offered_to": "usr_w"}).news["usr_w"] == ("bookings",)
