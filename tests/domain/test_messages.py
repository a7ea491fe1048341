"""The order of a thread, the ids of its messages, and what may be written."""

from datetime import timedelta

import pytest

from chalicelib.domain import messages
from chalicelib.domain.errors import Invalid
from chalicelib.domain.messages import Thread, message_id, place_of, snippet, thread_id, written
from chalicelib.domain.presence import LASTS, MentorPresence
from tests.fakes.world import NOON


def test_a_pair_has_one_thread_whoever_is_named_first():
    assert thread_id("usr_a", "usr_b") == thread_id("usr_b", "usr_a")
    assert thread_id("usr_a", "usr_b") != thread_id("usr_a", "usr_c")
    assert thread_id("usr_a", "usr_bc") != thread_id("usr_ab", "usr_c")


def test_a_messages_id_says_where_it_stands():
    thread = thread_id("usr_a", "usr_b")
    assert place_of(message_id(thread, 12)) == (thread, 12)


@pytest.mark.parametrize("words", ["", "thr_x", "thr_x-", "thr_x-१", "msg_x-1", "thr_x-1234567890", "1"])
def test_what_is_no_messages_id_stands_nowhere(words):
    assert place_of(words) is None


def test_a_message_comes_after_all_of_both_and_is_counted_among_its_senders():
    mine = Thread("usr_a", "usr_b", count=5, received=2, seen=2)
    theirs = Thread("usr_b", "usr_a", count=5, received=3, seen=1)
    message = written(mine, theirs, "Hello", "k", NOON)
    assert (message.number, message.nth, message.by, message.to) == (6, 4, "usr_a", "usr_b")
    assert theirs.unread == 2


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001, "turned \u202e round"])
def test_what_says_nothing_is_too_long_or_hides_something_is_refused(text):
    with pytest.raises(Invalid):
        messages.check_text(text)


def test_the_longest_message_is_taken_and_its_beginning_is_one_line():
    messages.check_text("x" * 2000)
    assert snippet("Hello\n\n  you") == "Hello you"
    assert len(snippet("x" * 2000)) == 120 and snippet("x" * 2000).endswith("…")


@pytest.mark.parametrize(
    ("ago", "hours"),
    [
        (timedelta(0), 0),
        (timedelta(minutes=59), 0),
        (timedelta(minutes=61), 1),
        (timedelta(hours=23, minutes=59), 23),
        (timedelta(days=1), 24),
        (timedelta(days=2, hours=20), 48),
        (timedelta(days=60), 1440),
        (timedelta(days=61), None),
    ],
)
def test_when_somebody_was_last_seen_is_told_roughly(ago, hours):
    assert MentorPresence("usr_m", NOON - ago, NOON).seen_hours_ago(NOON) == hours


def test_live_is_who_opted_in_and_was_heard_of_of_late():
    there = MentorPresence("usr_m", NOON, NOON + LASTS, instant=True)
    assert there.is_live(NOON)
    assert not there.is_live(NOON + LASTS)
    assert not MentorPresence("usr_m", NOON, NOON + LASTS).is_live(NOON)
