"""The words beside a request, its end by time, and what becomes of it when its people change or leave."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import TooMany
from chalicelib.services import due, requests
from chalicelib.stores import keys
from tests.fakes.people import learner
from tests.fakes.world import NOON
from tests.refusals import code_of
from tests.services.negotiation import TIMES, ask, forget_mails, mails


def say(deps, request_id, user_id, text, key=None):
    return requests.say(deps, request_id, user_id, text, key=key or uuid.uuid4().hex)


@pytest.fixture
def asked(deps, lena, meera):
    return ask(deps, lena, meera)


def test_the_sweep_expires_it_after_48_hours_and_both_are_told(deps, clock, lena, meera, asked):
    forget_mails(deps)
    clock.forward(timedelta(hours=48) - timedelta(seconds=1))
    due.sweep(deps)
    assert deps.requests.get(asked.id).status == "open"
    clock.forward(timedelta(seconds=1))
    assert requests.seen_by(deps, asked.id, lena.id).status == "expired"
    due.sweep(deps), due.sweep(deps)
    assert deps.requests.get(asked.id).status == "expired"
    assert mails(deps) == sorted([("request_expired", lena.id), ("request_expired", meera.account.id)])
    assert deps.allowances.find(lena.id).open_requests == 0
    assert ask(deps, lena, meera, key="key-00000002", times=(NOON + timedelta(days=9),)).status == "open"


def test_words_go_both_ways_and_end_with_a_request_that_came_to_nothing(deps, lena, meera, asked):
    say(deps, asked.id, lena.id, " Is Friday better? ")
    say(deps, asked.id, meera.account.id, "It is.")
    words = requests.thread(deps, asked.id, lena.id, limit=5, cursor=None).items
    assert [(message.by, message.text) for message in words] == [
        ("learner", "Is Friday better?"),
        ("mentor", "It is."),
    ]
    requests.withdraw(deps, asked.id, lena.id, seen=1)
    assert code_of(lambda: say(deps, asked.id, lena.id, "Sorry.")) == "request_closed"


def test_a_word_sent_again_with_its_key_is_said_once_whatever_becomes_of_the_request(deps, lena, meera, asked):
    first = say(deps, asked.id, lena.id, "Is Friday better?", key="say-00000001")
    requests.withdraw(deps, asked.id, lena.id, seen=1)
    assert say(deps, asked.id, lena.id, " Is Friday better? ", key="say-00000001") == first
    assert code_of(lambda: say(deps, asked.id, lena.id, "Or Monday?", key="say-00000001")) == "key_reused"
    assert requests.thread(deps, asked.id, meera.account.id, limit=5, cursor=None).items == [first]


def test_the_same_words_meant_twice_are_said_twice(deps, lena, meera, asked):
    for key in ("say-00000001", "say-00000002"):
        say(deps, asked.id, lena.id, "Please.", key=key)
    assert len(requests.thread(deps, asked.id, meera.account.id, limit=5, cursor=None).items) == 2


def test_words_are_limited_in_length_and_number(deps, lena, asked):
    for text in ("", "x" * 2001):
        assert code_of(lambda text=text: say(deps, asked.id, lena.id, text)) == "invalid"
    with pytest.raises(TooMany):
        for n in range(61):
            say(deps, asked.id, lena.id, f"Word {n}")


def test_a_new_name_reaches_every_request_and_does_not_outdate_what_the_other_sees(deps, lena, meera, asked):
    renamed = replace(lena, name="Lena Roy")
    deps.tables.commit(deps.accounts.changing(lena, renamed))
    requests.refresh_cards(deps, lena.id)
    assert deps.requests.get(asked.id).learner.name == "Lena Roy"
    row = deps.requests.of_person(meera.account.id, "mentor", is_open=True, limit=5, cursor=None).items[0]
    assert row.learner.name == "Lena Roy"
    assert requests.accept(deps, asked.id, meera.account.id, starts_at=TIMES[0], seen=1).status == "accepted"


def test_who_leaves_leaves_nothing_open_no_name_and_no_words(deps, lena, meera, asked):
    say(deps, asked.id, lena.id, "Hello.")
    say(deps, asked.id, meera.account.id, "Hi.")
    ravi = learner(deps, "Ravi")
    to_meera = ask(deps, ravi, meera)
    forget_mails(deps)
    for _ in range(2):
        requests.withdraw_all(deps, meera.account.id)
        requests.withdraw_all(deps, lena.id)
        requests.forget(deps, lena.id, "Former member")
    assert deps.requests.get(to_meera.id).status == deps.requests.get(asked.id).status == "declined"
    assert mails(deps) == sorted([("request_declined", lena.id), ("request_declined", ravi.id)])
    left = deps.requests.get(asked.id)
    assert (left.learner.name, left.description) == ("Former member", "")
    assert [message.text for message in deps.requests.thread(asked.id, limit=9).items] == ["Hi."]


def test_all_that_is_kept_of_a_person_s_requests_is_handed_out(deps, lena, meera, asked):
    say(deps, asked.id, meera.account.id, "Hi.")
    requests.withdraw(deps, asked.id, lena.id, seen=1)
    (mine,) = requests.exported(deps, lena.id)
    assert [move["kind"] for move in mine["moves"]] == ["proposed", "withdrawn"]
    assert [message["text"] for message in mine["messages"]] == ["Hi."]
    assert len(requests.exported(deps, meera.account.id)) == 1


def test_it_is_due_until_it_is_closed(deps, lena, asked):
    assert deps.tables.items[keys.request(asked.id)]["g2pk"]
    requests.withdraw(deps, asked.id, lena.id, seen=1)
    assert "g2pk" not in deps.tables.items[keys.request(asked.id)]
