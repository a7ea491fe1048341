"""The sweep: ticks that are missed, doubled or die, and tasks that fail."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.services import bookings, due, histories, mail, rooms, sessions, settling
from chalicelib.services.accounts import belongings, people
from chalicelib.stores import keys
from tests.fakes.lines import join
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON

SHARDS = keys.DUE_SHARDS


def waiting(deps, number):
    """So many mails that wait, by their ids."""
    lena = learner(deps, id="usr_lena")
    ids = [f"out_{each:04d}" for each in range(number)]
    for message_id in ids:
        deps.tables.commit([deps.outbox.adding(Outgoing(message_id, lena.id, "", "verify_email", deps.clock()))])
    return ids


def errand(message_id, attempt=0):
    return Errand("mail", "usr_lena", message_id, attempt)


def published(deps):
    meera = mentor(deps)
    start = NOON + timedelta(hours=2)
    offer = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", start, 60)
    return sessions.publish(deps, mentor_id=meera.account.id, offer=offer, key="key-00000001")


def state(deps):
    return {key: item for key, item in deps.tables.items.items() if key.table == "core"}


def test_nothing_is_due_before_its_time(deps, clock):
    waiting(deps, 3)
    clock.forward(timedelta(seconds=119))
    assert due.sweep(deps).done == []
    assert deps.queue.errands == []


def test_what_the_fast_path_missed_is_asked_for_again(deps, clock):
    ids = waiting(deps, 120)
    clock.forward(timedelta(minutes=2))
    assert sorted(due.sweep(deps).done) == ids
    assert sorted(deps.queue.errands) == [errand(each) for each in ids]


def test_a_doubled_tick_asks_once(deps, clock):
    ids = waiting(deps, 5)
    clock.forward(timedelta(minutes=2))
    due.sweep(deps), due.sweep(deps)
    assert len(deps.queue.errands) == len(ids)


def test_it_is_asked_for_until_it_is_sent(deps, clock):
    waiting(deps, 1)
    for _ in range(3):
        clock.forward(timedelta(minutes=2))
        due.sweep(deps)
    assert deps.queue.errands == [errand("out_0000")] * 3
    for each in deps.queue.errands:
        mail.send(deps, each)
    assert len(deps.mail.sent) == 1
    clock.forward(timedelta(hours=3))
    assert due.sweep(deps).done == []


def test_a_failed_try_comes_again_as_the_next_one(deps, clock):
    waiting(deps, 1)
    deps.mail.broken = True
    with pytest.raises(ConnectionError):
        mail.send(deps, errand("out_0000"))
    clock.forward(timedelta(minutes=4))
    due.sweep(deps)
    assert deps.queue.errands == [errand("out_0000", 1)]


def test_a_session_settles_when_its_time_has_come(deps, clock):
    session = published(deps)
    clock.forward(timedelta(hours=2))
    assert due.sweep(deps).done == [session.id]
    assert deps.sessions.get(session.id).status == "expired"
    assert deps.calendars.claimed(session.mentor.id, NOON.date()) == {}


def test_who_is_still_in_the_room_when_it_closes_by_itself_is_told(deps, clock):
    session, lena = published(deps), learner(deps)
    bookings.book(deps, learner_id=lena.id, session_id=session.id, key="key-00000002")
    clock.now = session.starts_at
    admission = rooms.let_in(deps, user_id=lena.id, session_id=session.id)
    join(deps, admission, "lena=", "sid-l")
    clock.now = session.hard_end
    due.sweep(deps)
    news = deps.sockets.to("lena=")[-1]
    assert (news["type"], news["topic"]) == ("session", f"room:{session.id}")
    assert news["data"]["status"] == "no_show_mentor"


def test_missed_and_doubled_ticks_end_in_the_same_state(deps, clock):
    session = published(deps)
    clock.forward(timedelta(days=3))
    due.sweep(deps)
    settled = state(deps)
    due.sweep(deps)
    assert state(deps) == settled
    assert deps.sessions.get(session.id).status == "expired"


def test_one_that_fails_starves_nobody_and_waits_longer_each_time(deps, clock, monkeypatch):
    ids = waiting(deps, 30)
    session = published(deps)

    def broken(deps, session_id):
        raise RuntimeError("no")

    monkeypatch.setattr(settling, "due", broken)
    clock.now = session.starts_at
    swept = due.sweep(deps)
    assert sorted(swept.done) == ids
    assert swept.failed == {session.id: "RuntimeError"}
    pauses = []
    for _ in range(8):
        put_off = deps.tables.items[keys.session(session.id)]["g2sk"].partition("#")[0]
        pauses.append(put_off)
        clock.now = session.starts_at.fromisoformat(put_off)
        assert session.id in due.sweep(deps).failed
    assert pauses[:4] == [f"2026-03-02T14:{minutes:02d}:00Z" for minutes in (1, 3, 7, 15)]
    monkeypatch.undo()
    clock.forward(timedelta(hours=1))
    assert session.id in due.sweep(deps).done
    assert deps.sessions.get(session.id).status == "expired"
    assert "due_failures" not in deps.tables.items[keys.session(session.id)]


class Killed(BaseException):
    """As the platform ends a function that takes too long: nothing of ours runs any more."""


@pytest.mark.parametrize("kind", ["cards", "erasure"])
def test_one_that_is_killed_each_time_waits_longer_each_time_and_starves_nobody(deps, clock, monkeypatch, kind):
    ravi, ids = learner(deps, "Ravi"), waiting(deps, 30)
    note = {
        "cards": deps.cards.renewing(ravi.id, clock()),
        "erasure": deps.accounts.erasing(ravi.id, clock() + timedelta(minutes=2)),
    }[kind]
    deps.tables.commit([note])

    def killed(*_):
        raise Killed

    monkeypatch.setattr(sessions, "refresh_cards", killed)
    monkeypatch.setattr(belongings, "erase", killed)
    clock.forward(timedelta(minutes=2))
    pauses = []
    for _ in range(8):
        with pytest.raises(Killed):
            while True:  # the others have their turn, and the killed one its own only after its pause
                due.sweep(deps)
                clock.forward(timedelta(seconds=10))
        until = datetime.fromisoformat(deps.tables.items[note.key]["g2sk"].partition("#")[0])
        pauses.append((until - clock()) // timedelta(minutes=1))
        assert ravi.id not in due.sweep(deps).done
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert {each.id for each in deps.queue.errands} == set(ids)
    monkeypatch.undo()
    clock.forward(timedelta(hours=1))
    assert ravi.id in due.sweep(deps).done
    assert note.key not in deps.tables.items


def test_cards_for_which_the_time_did_not_do_are_renewed_by_a_later_tick(deps, clock):
    meera = mentor(deps)
    offers = [
        sessions.Offer(f"Session number {n}", "Words.", ("python",), "programming", NOON + timedelta(hours=n), 60)
        for n in range(2, 12)
    ]
    for n, offer in enumerate(offers):
        sessions.publish(deps, mentor_id=meera.account.id, offer=offer, key=f"key-000000{n:02d}")
    people.change_account(deps, meera.account.id, lambda account: replace(account, name="Meera Rao"))
    clock.forward(timedelta(minutes=2))
    turns = iter([False] * 6)
    assert due.sweep(deps, lambda: next(turns, True)).done == []
    renamed = [each.mentor.name for each in histories.held(deps, meera.account.id, upcoming=True)]
    assert renamed == ["Meera Rao"] * 5 + ["Meera"] * 5
    assert keys.cards(meera.account.id) in deps.tables.items
    clock.forward(timedelta(minutes=1))
    assert due.sweep(deps).done == [meera.account.id]
    assert {each.mentor.name for each in histories.held(deps, meera.account.id, upcoming=True)} == {"Meera Rao"}
    assert keys.cards(meera.account.id) not in deps.tables.items


def test_a_task_that_two_ticks_begin_at_once_is_done_by_one(deps, clock, monkeypatch):
    lena, renewed = learner(deps), []
    deps.tables.commit([deps.cards.renewing(lena.id, clock())])
    clock.forward(timedelta(minutes=2))

    def meanwhile(deps, user_id, time_is_up):
        renewed.append(user_id)
        assert due.sweep(deps).done == []

    monkeypatch.setattr(sessions, "refresh_cards", meanwhile)
    assert due.sweep(deps).done == [lena.id]
    assert renewed == [lena.id]


def test_an_unknown_kind_of_task_stops_no_other(deps, clock):
    ids = waiting(deps, 3)
    deps.tables.items[keys.mail("usr_lena", ids[0])]["kind"] = "riddle"
    clock.forward(timedelta(minutes=2))
    swept = due.sweep(deps)
    assert sorted(swept.done) == ids[1:]
    assert swept.failed == {ids[0]: "KeyError"}


def test_a_queue_that_is_down_loses_nothing(deps, clock):
    ids = waiting(deps, 3)
    deps.queue.broken = True
    clock.forward(timedelta(minutes=2))
    assert sorted(due.sweep(deps).failed) == ids
    deps.queue.broken = False
    clock.forward(timedelta(minutes=1))
    assert sorted(due.sweep(deps).done) == ids


def test_a_tick_that_dies_half_way_leaves_the_rest_to_the_next(deps, clock):
    ids = waiting(deps, 20)
    clock.forward(timedelta(minutes=2))
    turns = iter([False] * 7)
    first = due.sweep(deps, lambda: next(turns, True))
    assert len(first.done) == 7
    second = due.sweep(deps)
    assert sorted(first.done + second.done) == ids


def test_a_shard_that_cannot_be_read_stops_no_other(deps, clock, monkeypatch):
    ids = waiting(deps, 40)
    page = deps.due.page

    def flaky(shard, *rest):
        if shard == 3:
            raise ConnectionError
        return page(shard, *rest)

    monkeypatch.setattr(deps.due, "page", flaky)
    clock.forward(timedelta(minutes=2))
    swept = due.sweep(deps)
    assert swept.failed == {"shard 3": "ConnectionError"}
    assert 0 < len(swept.done) < len(ids)


def test_when_time_is_always_short_each_shard_has_its_turn(deps, clock):
    waiting(deps, 200)
    firsts = set()
    for _ in range(SHARDS):
        clock.forward(timedelta(minutes=2, seconds=-60))
        turns = iter([False])
        firsts |= set(due.sweep(deps, lambda turns=turns: next(turns, True)).done)
    assert len(firsts) >= SHARDS - 1
