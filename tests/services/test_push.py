"""Pushes: to each browser on which the person is signed in, told what, for how long, and what becomes of them."""

from datetime import timedelta
from threading import Barrier

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Errand, Outgoing
from chalicelib.domain.preferences import QuietHours, Wish
from chalicelib.domain.push_subscriptions import MOST
from chalicelib.services import push, push_subscriptions
from chalicelib.services.accounts import devices
from chalicelib.services.notifications import wishes
from infra.local.push.browser import Browser
from tests.fakes.people import learner
from tests.fakes.world import VAPID_PUBLIC

SERVICE = "https://updates.push.services.mozilla.com/wpush/v2/"
FACTS = {"title": "Decorators", "other": "Meera", "session_id": "ses_1", "booking_id": "bkg_1"}


def signed_in(deps, account):
    """On a new device."""
    device, _ = devices.admit(deps, account, user_agent="Firefox", second_factor=False)
    deps.tables.commit([deps.devices.adding(device)])
    return Identity(account.id, account.roles, account.auth_epoch, device.id, False)


def subscribe(deps, user, name="a"):
    keys = Browser(VAPID_PUBLIC).keys
    return push_subscriptions.add(deps, user, endpoint=SERVICE + name, **keys, made_with=VAPID_PUBLIC)


@pytest.fixture
def her(deps, lena):
    return signed_in(deps, lena)


def note(deps, lena, template="booking_confirmed_learner", **facts):
    """Something that Lena is to be told."""
    at = (deps.clock() + timedelta(hours=4)).isoformat()
    message = Outgoing(deps.new_id("out"), lena.id, "", template, deps.clock(), FACTS | {"starts_at": at} | facts)
    deps.tables.commit([deps.outbox.adding(message)])
    return message


def send(deps, message, attempt=0):
    return push.send(deps, Errand("push", message.user_id, message.id, attempt))


def state(deps, message):
    return deps.outbox.find(message.user_id, message.id).push


def test_every_browser_shows_it_once_with_words_and_where_to_go(deps, lena, her):
    subscribe(deps, her, "laptop")
    subscribe(deps, signed_in(deps, lena), "phone")
    message = note(deps, lena)
    assert send(deps, message) == "sent"
    assert {endpoint for endpoint, _, _ in deps.web_push.shown} == {SERVICE + "laptop", SERVICE + "phone"}
    _, said, told = deps.web_push.shown[0]
    assert said == {
        "id": message.id,
        "kind": "booking_confirmed_learner",
        "title": "Booked: Decorators",
        "text": "With Meera · Mon 2 March, 9:30 pm",
        "link": "http://localhost:8000/bookings/bkg_1",
    }
    assert (told.life, told.urgency, told.topic) == (timedelta(hours=4), "high", message.id)
    assert state(deps, message) == "sent"
    assert send(deps, message) == "not_wanted"
    assert len(deps.web_push.shown) == 2


def test_one_service_that_hangs_keeps_nothing_from_the_others(deps, lena, her, monkeypatch):
    subscribe(deps, her, "laptop")
    subscribe(deps, signed_in(deps, lena), "phone")
    both, post = Barrier(2, timeout=5), deps.web_push.post
    monkeypatch.setattr(deps.web_push, "post", lambda browser, told: both.wait() is None or post(browser, told))
    assert send(deps, note(deps, lena)) == "sent"
    assert len(deps.web_push.shown) == 2


def test_who_has_no_browser_is_pushed_nothing(deps, lena):
    message = note(deps, lena)
    assert send(deps, message) == "not_wanted"
    assert state(deps, message) == "skipped"


def test_a_browser_that_is_gone_is_forgotten(deps, lena, her):
    subscribe(deps, her, "old")
    subscribe(deps, her, "new")
    deps.web_push.answers[SERVICE + "old"] = "gone"
    assert send(deps, note(deps, lena)) == "sent"
    assert [each.endpoint for each in deps.push_subscriptions.of(lena.id)] == [SERVICE + "new"]
    assert deps.push_subscriptions.user_of(SERVICE + "old") is None


def test_a_service_that_is_down_is_asked_again_later_and_parked_in_the_end(deps, lena, her):
    subscribe(deps, her)
    deps.web_push.answers[SERVICE + "a"] = "failed"
    message = note(deps, lena)
    for attempt in range(MOST_ATTEMPTS):
        with pytest.raises(push.NotTaken):
            send(deps, message, attempt)
    assert state(deps, message) == "parked"
    assert deps.alarms.rung == [("parked", {"channel": "push", "notification": message.id})]


def test_a_failed_try_that_succeeds_later_is_sent(deps, lena, her):
    subscribe(deps, her)
    deps.web_push.answers[SERVICE + "a"] = "failed"
    message = note(deps, lena)
    with pytest.raises(push.NotTaken):
        send(deps, message)
    deps.web_push.answers.clear()
    assert send(deps, message, 1) == "sent"


def test_one_browsers_trouble_alerts_nobody_twice_on_another(deps, lena, her):
    subscribe(deps, her, "down")
    subscribe(deps, her, "up")
    deps.web_push.answers[SERVICE + "down"] = "failed"
    assert send(deps, note(deps, lena)) == "sent"
    assert [endpoint for endpoint, _, _ in deps.web_push.shown] == [SERVICE + "up"]


def test_what_a_service_refuses_is_not_tried_again_but_the_browser_is_kept(deps, lena, her):
    subscribe(deps, her)
    deps.web_push.answers[SERVICE + "a"] = "refused"
    assert send(deps, note(deps, lena)) == "not_wanted"
    assert len(deps.push_subscriptions.of(lena.id)) == 1


def test_where_one_has_signed_out_nothing_is_shown_any_more(deps, lena, her):
    subscribe(deps, her)
    deps.tables.commit([deps.devices.forgetting(lena.id, her.device)])
    assert send(deps, note(deps, lena)) == "not_wanted"
    assert (deps.web_push.shown, deps.push_subscriptions.of(lena.id)) == ([], [])


def test_a_browser_shows_only_what_is_for_whom_uses_it_now(deps, lena, her):
    subscribe(deps, her)
    omar = learner(deps, "Omar")
    subscribe(deps, signed_in(deps, omar))
    assert send(deps, note(deps, lena)) == "not_wanted"
    assert send(deps, note(deps, omar)) == "sent"
    assert deps.push_subscriptions.user_of(SERVICE + "a") == omar.id
    push_subscriptions.remove(deps, lena.id, deps.push_subscriptions.of(omar.id)[0].id)
    assert len(deps.push_subscriptions.of(omar.id)) == 1


def test_of_twenty_one_browsers_the_first_makes_way(deps, clock, lena, her):
    for number in range(MOST + 1):
        clock.forward(timedelta(seconds=1))
        subscribe(deps, her, str(number))
    held = [each.endpoint.rpartition("/")[2] for each in deps.push_subscriptions.of(lena.id)]
    assert held == [str(number) for number in range(1, MOST + 1)]
    assert deps.push_subscriptions.user_of(SERVICE + "0") is None


def test_the_same_browser_again_is_the_same_one(deps, lena, her):
    assert subscribe(deps, her) == subscribe(deps, her)
    assert len(deps.push_subscriptions.of(lena.id)) == 1


def test_a_reminder_is_worth_nothing_once_the_session_has_begun(deps, lena, her):
    subscribe(deps, her)
    late = note(deps, lena, "reminder_now_learner", starts_at=(deps.clock() - timedelta(seconds=1)).isoformat())
    assert send(deps, late) == "not_wanted"


def test_what_has_happened_is_news_for_a_day_even_if_its_time_is_over(deps, lena, her):
    subscribe(deps, her)
    over = (deps.clock() - timedelta(hours=1)).isoformat()
    assert send(deps, note(deps, lena, "booking_cancelled_learner", starts_at=over, by="mentor")) == "sent"
    assert deps.web_push.shown[0][2].life == timedelta(days=1)


def test_who_wants_no_pushes_of_a_kind_gets_none_of_it(deps, lena, her):
    subscribe(deps, her)
    wishes.keep(deps, lena.id, {"bookings": Wish("on", "off")}, None, version=0)
    assert send(deps, note(deps, lena)) == "not_wanted"
    assert send(deps, note(deps, lena, "refund_done", paise="5000")) == "sent"


def test_in_quiet_hours_what_can_wait_waits(deps, clock, lena, her):
    subscribe(deps, her)
    wishes.keep(deps, lena.id, {}, QuietHours(17 * 60, 18 * 60), version=0)  # noon is half past five in India
    message = note(deps, lena, "request_declined", reason="", request_id="req_1")
    assert send(deps, message) == "later"
    clock.forward(timedelta(minutes=31))
    assert send(deps, message) == "sent"


def test_words_of_any_length_fit(deps, lena, her):
    subscribe(deps, her)
    send(deps, note(deps, lena, title="ж😀" * 500, other="\u0916" * 900))
    _, said, told = deps.web_push.shown[0]
    assert len(told.payload) <= 3000
    assert said["title"].endswith("…")
