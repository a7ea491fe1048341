"""What tells of a message and what reads it are one matter: the bell, the mail and the conversation agree."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.messages import MAIL_AFTER
from chalicelib.services import due, mail, messages, push
from chalicelib.services.notifications import shown
from chalicelib.stores import keys
from tests.fakes.times import errand, recorded
from tests.services.writing import in_common, write


@pytest.fixture
def both(deps, lena, meera):
    """Their ids; Lena has written once, and Meera is told."""
    write(deps, lena.id, meera.account.id, "First", about=in_common(deps, lena, meera))
    return lena.id, meera.account.id


def noted(deps, user_id):
    """The notifications of messages to somebody, and whether each is read."""
    page = shown.listed(deps, user_id, limit=20, cursor=None)
    return [note.read for note in page.notes if note.message.template == "message_received"]


def newest(deps, user_id):
    found = [each for each in recorded(deps) if each.template == "message_received" and each.user_id == user_id]
    return max(found, key=lambda each: each.id)


def test_reading_the_conversation_reads_what_told_of_it(deps, both):
    lena, meera = both
    before = shown.unread(deps, meera)
    messages.see(deps, meera, lena, 1)
    assert (noted(deps, meera), shown.unread(deps, meera)) == ([True], before - 1)
    write(deps, lena, meera, "Second")
    assert noted(deps, meera) == [False, True]
    messages.see(deps, meera, lena, 1)  # said late, of what was seen before
    assert noted(deps, meera) == [False, True]


def test_it_stands_for_all_that_came_and_is_read_with_the_last(deps, both):
    lena, meera = both
    write(deps, lena, meera, "Second")
    messages.see(deps, meera, lena, 1)
    assert noted(deps, meera) == [False]
    messages.see(deps, meera, lena, 2)
    assert noted(deps, meera) == [True]


def test_a_message_that_comes_at_the_moment_of_reading_is_not_read_with_it(deps, both):
    lena, meera = both
    old = deps.messages.side(meera, lena)
    write(deps, lena, meera, "Second")
    with pytest.raises(Conflict):
        deps.tables.commit([deps.messages.seeing_all(old)])
    assert (noted(deps, meera), messages.unread(deps, meera)) == ([False], 2)


def test_a_notification_that_is_long_gone_keeps_nobody_from_reading(deps, both):
    lena, meera = both
    del deps.tables.items[keys.note(meera, newest(deps, meera).id)]
    messages.see(deps, meera, lena, 1)
    assert messages.unread(deps, meera) == 0


def test_who_reads_at_once_gets_no_mail_and_who_does_not_gets_one(deps, clock, both):
    lena, meera = both
    clock.forward(MAIL_AFTER - timedelta(minutes=1))
    due.sweep(deps)
    assert not [each for each in deps.queue.errands if each.id == newest(deps, meera).id]
    clock.forward(timedelta(minutes=2))
    due.sweep(deps)
    [asked] = {each for each in deps.queue.errands if each.id == newest(deps, meera).id}
    assert mail.send(deps, asked) == "sent"
    messages.see(deps, meera, lena, 1)
    write(deps, lena, meera, "Second")
    messages.see(deps, meera, lena, 2)
    assert mail.send(deps, errand(newest(deps, meera))) == "not_wanted"


def test_what_was_read_meanwhile_alerts_nobody(deps, both):
    lena, meera = both
    told = newest(deps, meera)
    messages.see(deps, meera, lena, 1)
    assert push.send(deps, told.errands()[1]) == "not_wanted"
