"""What follows a change, and for whom."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errands import MoneyErrand
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
PEOPLE = {"learner_id": "usr_l", "mentor_id": "usr_m"}
POSTING = {"kind": "posting", "id": "captured:pay_1", "mentor_id": "usr_m", "booking_id": "bkg_1", "posted_at": None}
EVENT = {"kind": "inbox", "id": "evt1", "status": "waiting", "payment_id": "pay_1"}
PAYMENT = {"kind": "payment", "id": "bkg_1", "status": "open", "refunds": [], "version": 1} | PEOPLE
REFUND = {"id": "rfd_1", "status": "due", "paise": 100}
PAYOUT = {"kind": "payout", "id": "po_1", "mentor_id": "usr_m", "status": "asked", "held": False, "version": 1}
PAYEE = {"kind": "payee", "id": "usr_m", "mentor_id": "usr_m", "masked": "••12", "version": 1, "g2sk": "2026-03-09"}
DISPUTE = {"kind": "dispute", "booking_id": "bkg_1", "status": "open", "version": 1} | PEOPLE
CREATED = {"id": "out_1", "user_id": "usr_l", "to": "", "created_at": "2026-03-02T12:00:00Z", "facts": {}}
MAIL = {"kind": "outgoing", "template": "verify_email", "mail": "waiting", "push": "skipped"} | CREATED
NOTE = MAIL | {"template": "password_changed", "push": "waiting"}
FIRST = Errand("mail", "usr_l", "out_1", 0)


def test_a_new_mail_is_set_on_its_way():
    assert follows(None, MAIL).errands == (FIRST,)


def test_a_notification_is_set_on_its_way_by_each_of_its_channels():
    assert follows(None, NOTE).errands == (FIRST, replace(FIRST, channel="push"))


def test_every_page_of_its_person_shows_it_as_it_comes_and_counts_anew():
    found = follows(None, NOTE)
    assert found.news == {"usr_l": ("notifications",)}
    [frame] = found.frames
    assert (frame.user_id, frame.type, frame.data["id"]) == ("usr_l", "notification", "out_1")
    assert (frame.data["title"], frame.data["read"]) == ("Your password was changed", False)


def test_what_is_a_mail_alone_is_told_to_no_page():
    assert follows(None, MAIL).news == {} and follows(None, MAIL).frames == ()


def test_what_one_tab_has_read_the_others_count_no_more():
    read = NOTE | {"read_at": "2026-03-02T12:05:00Z"}
    assert (follows(NOTE, read).news, follows(NOTE, read).frames) == ({"usr_l": ("notifications",)}, ())
    marker = {"kind": "all_read", "user_id": "usr_l", "until": "out_1"}
    assert follows(None, marker).news == {"usr_l": ("notifications",)}
    assert follows(NOTE, NOTE | {"mail": "sent"}).news == {}


def test_what_an_admin_sends_again_is_set_on_its_way_by_the_channel_that_was_parked():
    parked = NOTE | {"mail": "parked", "mail_attempts": 8}
    assert follows(parked, NOTE).errands == (FIRST,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MAIL, MAIL | {"mail_attempts": 1}),
        (MAIL, MAIL | {"mail": "sent"}),
        (NOTE, NOTE | {"mail": "sent"}),
        (MAIL, None),
    ],
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
        reactions.send(deps, Consequences((FIRST,), {"usr_l": ("me",)}))
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


def settled_at_once(old, new):
    """What a change has settled, as (kind, id)."""
    return [(each.kind, each.id) for each in follows(old, new).money]


@pytest.mark.parametrize("new", [POSTING, EVENT], ids=["posting", "event"])
def test_what_is_to_be_posted_and_what_the_gateway_told_us_are_settled_at_once_and_by_their_first_sight(new):
    assert settled_at_once(None, new) == [(new["kind"], new["id"])]
    assert settled_at_once(new, new | {"due_failures": 1, "g2sk": "later"}) == []
    assert settled_at_once(new, new | {"posted_at": "2026-03-02T12:00:00Z", "status": "done"}) == []


def test_what_is_posted_is_told_to_its_mentor_and_what_the_gateway_said_to_nobody():
    told = {"usr_m": ("earnings",)}
    assert follows(None, POSTING).news == follows(POSTING, POSTING | {"posted_at": "now"}).news == told
    assert follows(None, POSTING | {"mentor_id": ""}).news == follows(None, EVENT).news == {}


def test_a_payment_is_settled_when_something_is_to_go_back_and_not_before():
    assert settled_at_once(None, PAYMENT) == []
    paid = PAYMENT | {"status": "paid", "version": 2}
    assert settled_at_once(PAYMENT, paid) == []
    back = paid | {"refunds": [REFUND], "version": 3}
    assert settled_at_once(paid, back) == [("payment", "bkg_1")]
    assert settled_at_once(back, back | {"refunds": [REFUND, REFUND | {"id": "rfd_2"}]}) == [("payment", "bkg_1")]
    assert settled_at_once(back, back | {"refunds": [REFUND | {"status": "sent"}]}) == []


def test_a_payment_concerns_both_and_another_try_at_it_nobody():
    both = {"usr_l": ("bookings",), "usr_m": ("earnings",)}
    assert follows(PAYMENT, PAYMENT | {"status": "paid", "version": 2}).news == both
    assert follows(PAYMENT, PAYMENT | {"version": 2, "due_failures": 1, "g2sk": "later"}) == Consequences()


def test_a_payout_is_settled_when_it_is_asked_for_and_goes_on_when_it_has_begun():
    steps = [None, *(PAYOUT | {"status": each} for each in ("asked", "begun", "sending", "sent", "processed"))]
    found = [settled_at_once(*change) for change in itertools.pairwise(steps)]
    assert found == [[("payout", "po_1")], [("payout", "po_1")], [], [], []]
    assert settled_at_once(PAYOUT, PAYOUT | {"held": True}) == []


def test_a_payout_concerns_its_mentor_and_the_admins():
    both = {"usr_m": ("earnings",), "admins": ("admin",)}
    assert follows(None, PAYOUT).news == both
    assert follows(PAYOUT, PAYOUT | {"status": "sent", "version": 2}).news == both


def test_where_a_mentor_is_paid_concerns_them_and_is_no_errand_before_monday():
    assert follows(None, PAYEE) == Consequences(news={"usr_m": ("earnings",)})
    assert follows(PAYEE, PAYEE | {"version": 2, "g2sk": "2026-03-16"}) == Consequences()
    assert follows(PAYEE, None) == Consequences()


def test_a_dispute_concerns_both_and_the_admins_and_moves_no_money_by_itself():
    all_ = {"usr_l": ("bookings",), "usr_m": ("sessions", "earnings"), "admins": ("admin",)}
    assert follows(None, DISPUTE) == Consequences(news=all_)
    assert follows(DISPUTE, DISPUTE | {"status": "decided", "version": 2}) == Consequences(news=all_)


def test_of_many_changes_each_thing_of_money_is_settled_once():
    changes = [follows(None, POSTING), follows(None, EVENT), follows(None, POSTING)]
    assert gathered(changes).money == (MoneyErrand("posting", "captured:pay_1"), MoneyErrand("inbox", "evt1"))


def test_a_settlement_queue_that_is_down_keeps_no_mail_and_no_page_waiting(deps, monkeypatch):
    told = []
    monkeypatch.setattr(reactions.realtime, "changed", lambda deps, news, time_is_up: told.append(news))
    deps.settlement_queue.broken = True
    mail, money = FIRST, MoneyErrand("posting", "captured:pay_1")
    with pytest.raises(ConnectionError):
        reactions.send(deps, Consequences((mail,), {"usr_l": ("me",)}, money=(money,)))
    assert (deps.queue.errands, told) == ([mail], [{"usr_l": ("me",)}])
