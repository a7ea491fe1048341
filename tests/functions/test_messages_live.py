"""Messages and presence over sockets: who sees whom typing, and when a mentor is there."""

from datetime import timedelta

import pytest

from chalicelib.services import messages, presence, reactions
from chalicelib.stores.items import item_of
from tests.fakes import people
from tests.functions.conversation import refusal
from tests.services.writing import in_common, write


@pytest.fixture
def two(deps, page):
    """A learner and a mentor who write to each other, each with an open page; and the learner's token."""
    lena, meera = people.learner(deps), people.mentor(deps)
    write(deps, lena.id, meera.account.id, about=in_common(deps, lena, meera))
    opened = messages.opened(deps, lena.id, meera.account.id, about=None, limit=20, cursor=None)
    pages = page("lena=", lena.id), page("meera=", meera.account.id, roles=("mentor",))
    deps.tables.requests.clear()
    return *pages, lena.id, meera.account.id, opened.token


def typing(page, other_id, token):
    return page.send({"type": "typing", "topic": f"thread:{other_id}", "data": {"token": token}})


def test_the_other_sees_that_one_types_and_nothing_is_asked_but_where_they_are(deps, two):
    lena, meera, lena_id, meera_id, token = two
    assert typing(lena, meera_id, token) == []
    [sign] = meera.heard
    assert (sign["type"], sign["topic"]) == ("typing", f"thread:{lena_id}")
    assert deps.tables.requests == ["Query"]


def test_nobody_types_to_strangers(deps, two, page, clock):
    lena, meera, lena_id, meera_id, token = two
    eve = people.learner(deps, "Eve")
    eves = page("eve=", eve.id)
    assert refusal(typing(lena, eve.id, token)) == "bad_token"
    assert refusal(typing(eves, meera_id, deps.tokens.sign("ticket", eve.id, timedelta(hours=1)))) == "bad_token"
    for forged in ("", "a.b.c", token[:-2]):
        assert refusal(typing(eves, meera_id, forged)) == "bad_token"
    assert refusal(eves.send({"type": "typing", "topic": f"thread:{meera_id}", "data": {}})) == "bad_message"
    bad_topic = {"type": "typing", "topic": f"user:{meera_id}", "data": {"token": token}}
    assert refusal(lena.send(bad_topic)) == "bad_topic"
    clock.forward(timedelta(hours=1))
    assert refusal(typing(lena, meera_id, token)) == "bad_token"
    assert [each["type"] for each in meera.heard] == []


def test_a_message_stands_on_both_peoples_pages_and_its_reading_on_the_senders(deps, two):
    lena, meera, lena_id, meera_id, _ = two
    message = write(deps, lena_id, meera_id, "Live")
    new = item_of(message) | {"kind": "message"}
    reactions.send(deps, reactions.gathered([reactions.follows(None, new)]))
    for each in (lena, meera):
        [frame] = each.heard
        assert (frame["type"], frame["data"]["text"], frame["data"]["id"]) == ("message", "Live", message.id)
        assert "thread_id" not in frame["data"]
    before = {"kind": "thread", "user_id": meera_id, "other_id": lena_id, "seen": 0}
    reactions.send(deps, reactions.follows(before, before | {"seen": 2}))
    assert lena.heard[-1]["type"] == "messages-seen" and lena.heard[-1]["data"] == {"by": meera_id, "until": 2}
    assert meera.heard[-1]["data"] == {"what": "messages"}


def live(deps, user_id):
    [found] = presence.among(deps, [user_id])
    return found.is_live(deps.clock())


@pytest.fixture
def meera_id(deps):
    """A mentor who takes sessions at once."""
    meera = people.mentor(deps)
    presence.take_instant(deps, meera.account.id, instant=True)
    return meera.account.id


def test_a_mentor_is_there_from_connecting_and_as_long_as_their_page_says_so(deps, page, clock, meera_id):
    assert not live(deps, meera_id)
    deps.tables.requests.clear()
    meera = page("meera=", meera_id, roles=("mentor",))
    assert deps.tables.requests == ["TransactWriteItems"]
    assert live(deps, meera_id)
    [welcome] = meera.send({"type": "hello"})
    clock.forward(timedelta(minutes=4))
    deps.tables.requests.clear()
    assert meera.send({"type": "present", "data": {"token": welcome["data"]["presence"]}}) == []
    assert deps.tables.requests == ["UpdateItem"]
    clock.forward(timedelta(minutes=4))
    assert live(deps, meera_id)
    clock.forward(timedelta(minutes=2))  # the page died without a word
    assert not live(deps, meera_id)


def test_only_the_last_page_to_close_ends_it(deps, page, clock, meera_id):
    first, second = (page(each, meera_id, roles=("mentor",)) for each in ("one=", "two="))
    second.close()
    assert live(deps, meera_id)
    clock.forward(timedelta(minutes=1))
    first.close()
    assert not live(deps, meera_id)
    clock.forward(timedelta(hours=3))
    [found] = presence.among(deps, [meera_id])
    assert found.seen_hours_ago(deps.clock()) == 3


def test_who_comes_back_while_the_last_page_closes_is_there(deps, page, clock, meera_id):
    first = page("one=", meera_id, roles=("mentor",))
    before = deps.clock()
    clock.forward(timedelta(milliseconds=5))
    first.close()
    page("two=", meera_id, roles=("mentor",))
    with pytest.raises(Exception, match="changed_meanwhile"):
        deps.tables.update(deps.presences.going(meera_id, before))
    assert live(deps, meera_id)


def test_learners_leave_no_trace_and_strangers_cannot_speak_for_a_mentor(deps, page, meera_id):
    lena = page("lena=", "usr_l")
    [welcome] = lena.send({"type": "hello"})
    assert "presence" not in welcome["data"]
    for token in ("", deps.tokens.sign("ticket", meera_id, timedelta(hours=1))):
        assert refusal(lena.send({"type": "present", "data": {"token": token}})) == "bad_token"
    assert refusal(lena.send({"type": "present"})) == "bad_message"
    assert presence.among(deps, ["usr_l"]) == []


def test_a_mentor_who_has_not_opted_in_is_seen_and_not_live(deps, page):
    meera = people.mentor(deps)
    page("meera=", meera.account.id, roles=("mentor",))
    [found] = presence.among(deps, [meera.account.id])
    assert (found.is_live(deps.clock()), found.seen_hours_ago(deps.clock())) == (False, 0)
    presence.take_instant(deps, meera.account.id, instant=True)
    assert presence.takes_instant(deps, meera.account.id) and live(deps, meera.account.id)


def test_only_approved_mentors_take_instant_sessions(deps):
    with pytest.raises(Exception, match="not_approved"):
        presence.take_instant(deps, people.mentor(deps, "Newcomer", "pending").account.id, instant=True)
