"""Requests on both kinds of tables: one a pair, two lists that follow, and a thread read from its end."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ulid import ULID

from chalicelib.domain import requests as rules
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.requests import Message
from chalicelib.domain.wishes import Wish
from chalicelib.stores import keys
from chalicelib.stores.requests import Requests

NOW = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
SOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def requests(tables):
    """The store."""
    return Requests(tables)


def asked(learner=None, mentor=None, now=NOW, **changes):
    """A request between two people whom no other test knows, not stored yet."""
    wish = Wish("Help with my thesis", "writing", "Two chapters.", (SOON, SOON + timedelta(days=1)), 60, 0)
    return rules.propose(
        replace(wish, **changes),
        request_id=f"req_{ULID()}",
        learner=LearnerCard(learner or f"usr_{uuid.uuid4().hex}", "Lena"),
        mentor=MentorCard(mentor or f"usr_{uuid.uuid4().hex}", "meera", "Meera", "Teaches"),
        notice_minutes=60,
        now=now,
    )


def added(tables, requests, **given):
    request = asked(**given)
    tables.commit(requests.adding(request))
    return request


def listed(requests, user_id, side, is_open=True):
    return [row.id for row in requests.of_person(user_id, side, is_open=is_open, limit=50, cursor=None).items]


def lists(requests, request):
    """Where it stands: the learner's open and closed list, then the mentor's."""
    people = ((request.learner.id, "learner"), (request.mentor.id, "mentor"))
    return [listed(requests, who, side, is_open) == [request.id] for who, side in people for is_open in (True, False)]


def refused(tables, writes):
    with pytest.raises(Conflict) as refusal:
        tables.commit(writes)
    return refusal.value.code


def test_a_request_comes_back_as_it_was_stored_and_its_links_without_the_moves(tables, requests):
    made = added(tables, requests)
    assert requests.get(made.id) == made
    copy = requests.of_person(made.learner.id, "learner", is_open=True, limit=5, cursor=None).items[0]
    assert copy == replace(made, moves=())
    assert lists(requests, made) == [True, False, True, False]
    with pytest.raises(NotFound):
        requests.get("req_nobody")


def test_a_pair_has_one_open_request(tables, requests):
    first = added(tables, requests)
    second = asked(first.learner.id, first.mentor.id)
    assert refused(tables, requests.adding(second)) == "has_request"
    assert requests.between(first.learner.id, first.mentor.id) == first.id
    assert requests.between(first.mentor.id, first.learner.id) is None
    tables.commit(requests.saving(first, first.withdraw("learner", seen=1, now=NOW)))
    assert requests.between(first.learner.id, first.mentor.id) is None
    tables.commit(requests.adding(second))


def test_of_ten_requests_of_one_pair_at_once_one_is_made(tables, requests):
    crowd, codes = [asked("usr_" + uuid.uuid4().hex, "usr_" + uuid.uuid4().hex)], []
    crowd += [asked(crowd[0].learner.id, crowd[0].mentor.id) for _ in range(9)]

    def ask(request):
        try:
            tables.commit(requests.adding(request))
        except Conflict as conflict:
            codes.append(conflict.code)

    threads = [threading.Thread(target=ask, args=(request,)) for request in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["has_request"] * 9
    assert len(listed(requests, crowd[0].learner.id, "learner")) == 1


def test_each_move_is_seen_in_both_lists_and_the_last_one_closes_it_in_both(tables, requests):
    made = added(tables, requests)
    terms = rules.Terms((SOON,), 0)
    how = {"seen": 1, "notice_minutes": 60, "payments": False, "now": NOW}
    tables.commit(requests.saving(made, made.counter("mentor", terms, "", **how)))
    countered = requests.get(made.id)
    copy = requests.of_person(made.mentor.id, "mentor", is_open=True, limit=5, cursor=None).items[0]
    assert (copy.turn, copy.terms, copy.version) == ("learner", terms, countered.version)
    tables.commit(requests.saving(countered, countered.accept("learner", SOON, seen=2, now=NOW)))
    assert lists(requests, made) == [False, True, False, True]
    closed = requests.get(made.id)
    tables.commit(requests.saving(closed, replace(closed, learner=replace(closed.learner, name="Lena Roy"))))
    assert lists(requests, made) == [False, True, False, True]


def test_of_two_moves_on_the_same_state_the_second_is_lost(tables, requests):
    made = added(tables, requests)
    tables.commit(requests.saving(made, made.withdraw("learner", seen=1, now=NOW)))
    declined = made.decline("mentor", "No time.", seen=1, now=NOW)
    assert refused(tables, requests.saving(made, declined)) == "changed_meanwhile"
    assert requests.get(made.id).status == "withdrawn"


def test_it_is_due_while_it_is_open(tables, requests):
    made = added(tables, requests)
    item = tables.read(keys.request(made.id))
    assert (item["kind"], item["g2sk"]) == ("request", f"{keys.instant(made.expires_at)}#{made.id}")
    tables.commit(requests.saving(made, made.settle(made.expires_at)))
    assert "g2pk" not in tables.read(keys.request(made.id))


def test_the_latest_come_first_page_by_page_and_sides_are_kept_apart(tables, requests):
    lena = f"usr_{uuid.uuid4().hex}"
    made = [added(tables, requests, learner=lena, now=NOW + timedelta(minutes=n)).id for n in range(5)]
    as_mentor = added(tables, requests, mentor=lena)
    first = requests.of_person(lena, "learner", is_open=True, limit=3, cursor=None)
    rest = requests.of_person(lena, "learner", is_open=True, limit=3, cursor=first.next)
    assert [row.id for row in first.items + rest.items] == made[::-1] and rest.next is None
    assert listed(requests, lena, "mentor") == [as_mentor.id]


def test_a_thread_is_read_from_its_end(tables, requests):
    made = added(tables, requests)
    said = [Message(f"msg_{ULID.from_timestamp(n + 1)}", "learner", f"Word {n}", NOW) for n in range(5)]
    for message in said:
        tables.commit([requests.saying(made, message)])
    latest = requests.thread(made.id, limit=3)
    assert [message.text for message in latest.items] == ["Word 2", "Word 3", "Word 4"]
    assert requests.message(made.id, said[0].id) == said[0]
    before = requests.thread(made.id, limit=3, cursor=latest.next)
    assert ([message.text for message in before.items], before.next) == (["Word 0", "Word 1"], None)
    tables.commit([requests.unsaying(made.id, said[0])])
    assert requests.thread(made.id, limit=9).items == said[1:]
    with pytest.raises(NotFound):
        requests.message(made.id, said[0].id)


def test_only_a_mentor_who_is_listed_can_be_asked(tables, requests):
    with pytest.raises(NotFound):
        tables.commit([requests.listed(f"nobody-{uuid.uuid4().hex}", "usr_m")])
