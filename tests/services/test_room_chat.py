"""What is left of a room's chat: for both to read, for one to take along, and for nobody once its writer is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.services import bookings, room_chat, room_history, rooms, sessions
from chalicelib.services.accounts import belongings
from tests.fakes.lines import join
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.functions.conversation import ulid
from tests.refusals import code_of


@pytest.fixture
def meera(deps):
    """The mentor."""
    return mentor(deps).account


@pytest.fixture
def lena(deps):
    """The learner."""
    return learner(deps)


@pytest.fixture
def talked(deps, clock, meera, lena):
    """A session in whose room five things were said, by turns."""
    offer = sessions.Offer("Decorators", "What they are.", ("python",), "programming", NOON + timedelta(hours=2), 60)
    session = sessions.publish(deps, mentor_id=meera.id, offer=offer, key="key-00000001")
    bookings.book(deps, learner_id=lena.id, session_id=session.id, key="key-00000002")
    clock.now = session.starts_at
    passes = [rooms.let_in(deps, user_id=who.id, session_id=session.id) for who in (meera, lena)]
    for admission, line in zip(passes, ("meera=", "lena="), strict=True):
        join(deps, admission, line, "sid")
    for number in range(5):
        clock.forward(timedelta(seconds=1))
        admission, line = [(passes[0], "meera="), (passes[1], "lena=")][number % 2]
        written = room_chat.Written(ulid(clock()), f"word {number}")
        room_chat.say(deps, line, session.id, admission.room_pass, written)
    room_chat.see(deps, "lena=", session.id, passes[1].room_pass, written.id)
    return session.id


def words(deps, person, session_id):
    page = room_history.read(deps, user_id=person.id, session_id=session_id, limit=50, cursor=None)
    return [said.text for said in page.items]


def test_both_read_it_newest_first_and_also_afterwards(deps, clock, talked, meera, lena):
    clock.forward(timedelta(days=40))
    for person in (meera, lena):
        assert words(deps, person, talked) == [f"word {number}" for number in (4, 3, 2, 1, 0)]


def test_page_by_page_with_what_the_other_has_read(deps, talked, meera, lena):
    first = room_history.read(deps, user_id=meera.id, session_id=talked, limit=2, cursor=None)
    second = room_history.read(deps, user_id=meera.id, session_id=talked, limit=9, cursor=first.next)
    assert [said.text for said in (*first.items, *second.items)] == [f"word {number}" for number in (4, 3, 2, 1, 0)]
    assert first.seen_by_other_until == first.items[0].id
    hers = room_history.read(deps, user_id=lena.id, session_id=talked, limit=2, cursor=None)
    assert hers.seen_by_other_until is None


def test_strangers_learn_nothing(deps, talked):
    stranger = learner(deps, "Sam")
    for session_id in (talked, "ses_none"):
        assert code_of(words, deps, stranger, session_id) == "not_found"


def test_a_learner_who_was_removed_still_reads_what_was_said(deps, talked, meera, lena):
    deps.tables.commit([deps.rooms.barring(deps.sessions.get(talked))])
    assert len(words(deps, lena, talked)) == 5


def test_whoever_has_the_session_next_reads_nothing_of_it(deps, talked, meera):
    session, other = deps.sessions.get(talked), learner(deps, "Noor")
    taken = replace(session, booking_id="bkg_next", learner=replace(session.learner, id=other.id))
    deps.tables.commit(deps.sessions.saving(session, taken))
    assert words(deps, other, talked) == words(deps, meera, talked) == []


def test_somebodys_own_words_are_exported(deps, talked, meera, lena):
    assert [said["text"] for said in room_history.exported(deps, lena.id)] == ["word 1", "word 3"]
    assert [said["text"] for said in room_history.exported(deps, meera.id)] == ["word 0", "word 2", "word 4"]


def test_with_the_account_its_words_are_gone_and_the_others_stay(deps, clock, talked, meera, lena):
    clock.forward(timedelta(days=40))
    for _ in range(2):
        belongings.erase(deps, lena.id)
    assert words(deps, meera, talked) == ["word 4", "word 2", "word 0"]
    belongings.erase(deps, meera.id)
    assert words(deps, lena, talked) == []
