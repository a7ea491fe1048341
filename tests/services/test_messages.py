"""Writing to each other: who may, in which order, how much is unread, and what a block ends."""

import threading
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.domain.errors import DomainError, Forbidden, Invalid, NotFound, TooMany
from chalicelib.domain.messages import thread_id
from chalicelib.services import blocks, messages
from chalicelib.stores import keys
from tests.fakes import people
from tests.services.writing import in_common, told, write

KEY = "01HQZX3J5V4D7K9M2N6P8R0S1T"


@pytest.fixture
def both(deps, lena, meera):
    """Their ids, the thread begun by a booking."""
    write(deps, lena.id, meera.account.id, "First", about=in_common(deps, lena, meera))
    return lena.id, meera.account.id


def texts(deps, user_id, other_id, **more):
    """What somebody reads of a thread."""
    asked = {"about": None, "limit": 50, "cursor": None} | more
    return [each.text for each in messages.opened(deps, user_id, other_id, **asked).messages.items]


def refused(act, *args, **named):
    with pytest.raises(DomainError) as refusal:
        act(*args, **named)
    return refusal.value


def test_a_booking_in_common_begins_a_thread_for_both(deps, both):
    lena, meera = both
    assert texts(deps, lena, meera) == texts(deps, meera, lena) == ["First"]
    [(mine, other)] = messages.threads(deps, meera, limit=20, cursor=None).rows
    assert (mine.unread, mine.last_text, mine.last_by, other.name) == (1, "First", lena, "Lena")
    assert [side.unread for side, _ in messages.threads(deps, lena, limit=20, cursor=None).rows] == [0]
    write(deps, meera, lena, "Second")  # the thread itself is the right from now on
    assert texts(deps, lena, meera) == ["First", "Second"]


def test_strangers_can_neither_write_nor_look(deps, lena, meera):
    stranger, other = people.learner(deps, "Stranger"), people.mentor(deps, "Other")
    about = in_common(deps, lena, meera)
    for who, to, what in (
        (stranger.id, meera.account.id, about),  # a booking of others
        (lena.id, stranger.id, about),
        (lena.id, other.account.id, about),
        (lena.id, meera.account.id, None),
        (lena.id, meera.account.id, "bkg_none"),
        (lena.id, meera.account.id, "req_none"),
        (lena.id, meera.account.id, "ses_x"),
        (lena.id, lena.id, about),
    ):
        assert isinstance(refused(write, deps, who, to, about=what), NotFound)
        assert isinstance(refused(texts, deps, who, to, about=what), NotFound)
    assert deps.messages.of_person(lena.id) == []


def test_a_hold_that_nobody_confirmed_is_nothing_in_common(deps, lena, meera, lesson):
    from tests.fakes.times import hold

    held = hold(deps, lena, meera, lesson).booking
    assert isinstance(refused(write, deps, lena.id, meera.account.id, about=held.id), NotFound)


def test_the_same_id_again_says_nothing_more(deps, both):
    lena, meera = both
    first = write(deps, lena, meera, "Once", key=KEY)
    blocks.block(deps, meera, lena)  # whatever has happened since
    assert write(deps, lena, meera, " Once ", key=KEY) == first
    assert refused(write, deps, lena, meera, "Other words", key=KEY).code == "key_reused"
    assert texts(deps, lena, meera) == ["First", "Once"]


def test_unread_is_exact_and_seeing_never_unsees(deps, both):
    lena, meera = both
    for number in range(3):
        write(deps, lena, meera, str(number))
    write(deps, meera, lena, "An answer does not say that all is read")
    assert messages.unread(deps, meera) == 4
    messages.see(deps, meera, lena, 3)
    assert messages.unread(deps, meera) == 1
    messages.see(deps, meera, lena, 2)
    assert messages.unread(deps, meera) == 1
    messages.see(deps, meera, lena, 4)
    messages.see(deps, meera, lena, 4)
    assert (messages.unread(deps, meera), messages.unread(deps, lena)) == (0, 1)
    assert refused(messages.see, deps, meera, lena, 5).code == "not_there"
    assert messages.opened(deps, lena, meera, about=None, limit=1, cursor=None).seen_by_other == 4


def test_one_notification_until_the_other_looks(deps, both):
    lena, meera = both
    write(deps, lena, meera)
    assert told(deps, meera) == 1
    messages.see(deps, meera, lena, 2)
    write(deps, lena, meera)
    write(deps, lena, meera)
    assert told(deps, meera) == 2
    messages.see(deps, meera, lena, 4)
    messages.mute(deps, meera, lena, muted=True)
    write(deps, lena, meera)
    assert (told(deps, meera), messages.unread(deps, meera)) == (2, 1)
    assert told(deps, lena) == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "\u202e"])
def test_what_cannot_be_a_message_is_refused_at_its_field(deps, both, text):
    refusal = refused(write, deps, *both, text)
    assert isinstance(refusal, Invalid) and "text" in refusal.fields


def test_thirty_a_minute_and_five_new_threads_an_hour(deps, both, clock, meera):
    for _ in range(29):
        write(deps, *both)
    refusal = refused(write, deps, *both)
    assert isinstance(refusal, TooMany) and "a minute" in refusal.message
    clock.forward(timedelta(minutes=1))
    write(deps, *both)
    learners = [people.learner(deps, f"Learner{chr(97 + each)}") for each in range(6)]
    bookings = [in_common(deps, each, meera, f"key-book-1{each.name}") for each in learners]
    for each, about in zip(learners[:5], bookings, strict=False):
        write(deps, meera.account.id, each.id, about=about)
    refusal = refused(write, deps, meera.account.id, learners[5].id, about=bookings[5])
    assert isinstance(refusal, TooMany) and "conversations" in refusal.message


def test_a_block_ends_it_and_the_blocked_are_not_told_why(deps, both):
    lena, meera = both
    blocks.block(deps, meera, lena)
    refusal = refused(write, deps, lena, meera)
    assert refusal.code == "not_possible" and "block" not in refusal.message.lower()
    assert refused(write, deps, meera, lena).code == "blocked_by_you"
    assert texts(deps, lena, meera) == ["First"]  # what was written can be read
    blocks.unblock(deps, meera, lena)
    write(deps, lena, meera, "Again")


def test_who_is_suspended_or_has_left_cannot_be_reached_and_it_sounds_the_same(deps, both):
    lena, meera = both
    deps.tables.items[keys.account(meera)]["status"] = "suspended"
    suspended = refused(write, deps, lena, meera)
    assert isinstance(refused(write, deps, meera, lena), Forbidden)
    del deps.tables.items[keys.account(meera)]
    assert refused(write, deps, lena, meera).message == suspended.message
    [(_, other)] = messages.threads(deps, lena, limit=20, cursor=None).rows
    assert (other.gone, other.name) == (True, "Former member")


def at_once(*acts):
    """All at the same moment; answers with what each was refused with, or None."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            act()
        except DomainError as refusal:
            outcomes[number] = refusal.code

    racers = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return outcomes


def test_two_who_write_at_once_are_both_heard_in_one_order(deps, both):
    lena, meera = both
    for turn in range(12):
        acts = (partial(write, deps, lena, meera, f"l{turn}"), partial(write, deps, meera, lena, f"m{turn}"))
        assert at_once(*acts) == [None, None]
    assert texts(deps, lena, meera) == texts(deps, meera, lena) and len(texts(deps, lena, meera)) == 25
    numbers = [each.number for each in deps.messages.page(thread_id(lena, meera), limit=50, cursor=None).items]
    assert numbers == list(range(1, 26))
    assert (messages.unread(deps, meera), messages.unread(deps, lena)) == (13, 12)
    assert (told(deps, meera), told(deps, lena)) == (1, 1)


def test_a_message_beside_a_block_came_before_it_or_not_at_all(deps, both):
    lena, meera = both
    for turn in range(12):
        before = len(texts(deps, lena, meera))
        [refusal, _] = at_once(
            lambda turn=turn: write(deps, lena, meera, str(turn)), lambda: blocks.block(deps, meera, lena)
        )
        assert refusal in (None, "not_possible")
        assert len(texts(deps, lena, meera)) == before + (refusal is None)
        assert refused(write, deps, lena, meera).code == "not_possible"
        blocks.unblock(deps, meera, lena)


def test_seeing_beside_writing_keeps_the_count(deps, both):
    lena, meera = both
    for turn in range(1, 13):
        assert at_once(lambda: write(deps, lena, meera), lambda turn=turn: messages.see(deps, meera, lena, turn)) == [
            None,
            None,
        ]
        assert messages.unread(deps, meera) == 1


def test_the_list_goes_on_page_by_page_the_latest_first(deps, meera, clock):
    for number in range(5):
        each = people.learner(deps, f"Learner{chr(97 + number)}")
        write(deps, meera.account.id, each.id, str(number), about=in_common(deps, each, meera, f"key-book-1{number}"))
        clock.forward(timedelta(minutes=1))
    first = messages.threads(deps, meera.account.id, limit=3, cursor=None)
    rest = messages.threads(deps, meera.account.id, limit=3, cursor=first.next)
    assert [side.last_text for side, _ in first.rows + rest.rows] == ["4", "3", "2", "1", "0"]
    assert rest.next is None


def test_earlier_messages_come_by_the_cursor(deps, both):
    lena, meera = both
    for number in range(4):
        write(deps, lena, meera, str(number))
    page = messages.opened(deps, lena, meera, about=None, limit=3, cursor=None).messages
    assert [each.text for each in page.items] == ["1", "2", "3"]
    assert texts(deps, lena, meera, cursor=page.next) == ["First", "0"]


def test_who_leaves_takes_their_words_along(deps, both):
    lena, meera = both
    write(deps, meera, lena, "Mine stay")
    write(deps, lena, meera, "The last word")
    assert [len(each["messages"]) for each in messages.exported(deps, lena)] == [3]
    messages.forget(deps, lena)
    messages.forget(deps, lena)
    assert texts(deps, meera, lena) == ["Mine stay"]
    assert [side.last_text for side, _ in messages.threads(deps, meera, limit=20, cursor=None).rows] == [""]
    assert deps.messages.of_person(lena) == []


def test_writing_asks_for_little(deps, both):
    lena, meera = both
    deps.tables.requests.clear()
    write(deps, lena, meera)
    assert deps.tables.requests == ["BatchGetItem", "TransactWriteItems"]
    deps.tables.requests.clear()
    messages.see(deps, meera, lena, 2)
    assert deps.tables.requests == ["GetItem", "TransactWriteItems"]  # with the notification
    deps.tables.requests.clear()
    messages.threads(deps, lena, limit=20, cursor=None)
    assert deps.tables.requests == ["Query", "BatchGetItem"]
    assert isinstance(refused(messages.mute, deps, lena, "usr_x", muted=True), NotFound)
    assert isinstance(refused(messages.see, deps, lena, "usr_x", 1), NotFound)
    assert not isinstance(refused(messages.see, deps, lena, meera, 1), NotFound)
