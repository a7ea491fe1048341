"""The process dies before and after each call to the database, in each use case: due work makes it whole."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.requests import Terms
from chalicelib.domain.wishes import Wish
from chalicelib.services import bookings, due, extensions, holds, requests, reschedules, rooms, sessions, waitlists
from chalicelib.services.holds import Slot
from chalicelib.services.sessions import Offer
from tests.fakes.tables import FakeTables
from tests.lives import truths
from tests.lives.town import Town, founded, with_tables

HOUR = timedelta(hours=1)


class Died(BaseException):
    """Nothing catches this: the process is gone."""


class Mortal:
    """A connection that dies at its n-th call, before it is sent or after it was carried out."""

    def __init__(self, connection: Any, last: int, after: bool):
        self._connection, self._left, self._after = connection, last, after

    def dispatch(self, operation: str, request: dict[str, Any]) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Died
        answer = self._connection.dispatch(operation, request)
        if self._left == 0:
            raise Died
        return answer

    @property
    def lived(self) -> bool:
        """It had no occasion to die."""
        return self._left > 0


class Scene:
    """What is there before the use case: people, a published session, a slot, bookings of each kind."""

    def __init__(self, town: Town):
        self.town, deps = town, town.deps
        self.meera, self.ravi = town.mentors[:2]
        self.lena, self.xu = town.learners[:2]
        self.start = town.clock() + 50 * HOUR
        self.published = self.publish(deps, "published-1", self.start)
        self.slot = Slot(self.meera.mentor.slug, town.offerings[0][1].id, self.start + 3 * HOUR)

    def publish(self, deps, key, at):
        offer = Offer("Decorators in an hour", "What they are.", ("python",), "programming", at, 60, 0)
        return sessions.publish(deps, mentor_id=self.meera.account.id, offer=offer, key=key)

    def book(self, deps, key="book-000001", who=None):
        who = who or self.lena
        return bookings.book(deps, learner_id=who.id, session_id=self.published.id, key=key)

    def hold(self, deps, key="hold-000001"):
        return holds.hold(deps, learner_id=self.lena.id, slot=self.slot, key=key)

    def ask(self, deps, key="ask-0000001"):
        wish = Wish("Help with my thesis", "writing", "Two chapters.", (self.start + 6 * HOUR,), 60, 0)
        return requests.ask(deps, learner_id=self.lena.id, mentor_slug=self.meera.mentor.slug, wish=wish, key=key)


def publishing(scene):
    return lambda deps: scene.publish(deps, "publish-0002", scene.start + 8 * HOUR)


def booking(scene):
    return scene.book


def holding(scene):
    return scene.hold


def confirming(scene):
    held = scene.hold(scene.town.deps)
    return lambda deps: bookings.confirm(deps, held.booking, 0)


def releasing(scene):
    held = scene.hold(scene.town.deps)
    return lambda deps: bookings.release(deps, user_id=scene.lena.id, booking_id=held.booking.id)


def cancelling(scene):
    """By the learner, with somebody waiting."""
    booked = scene.book(scene.town.deps)
    waitlists.join(scene.town.deps, user_id=scene.xu.id, session_id=scene.published.id)
    cancel = {"user_id": scene.lena.id, "booking_id": booked.booking.id, "reason": "", "refund_paise": 0}
    return lambda deps: bookings.cancel(deps, **cancel)


def calling_off(scene):
    """By the mentor: a strike."""
    booked = scene.book(scene.town.deps)
    cancel = {"user_id": scene.meera.account.id, "booking_id": booked.booking.id, "reason": "", "refund_paise": 0}
    return lambda deps: bookings.cancel(deps, **cancel)


def moving(scene):
    booked, deps = scene.book(scene.town.deps), scene.town.deps
    at = scene.start + 30 * HOUR
    reschedules.propose(deps, user_id=scene.lena.id, booking_id=booked.booking.id, starts_at=at)
    agreed = {"user_id": scene.meera.account.id, "booking_id": booked.booking.id, "starts_at": at}
    return lambda deps: reschedules.accept_proposal(deps, **agreed)


def proposing(scene):
    booked = scene.book(scene.town.deps)
    asked = {"user_id": scene.lena.id, "booking_id": booked.booking.id, "starts_at": scene.start + 30 * HOUR}
    return lambda deps: reschedules.propose(deps, **asked)


def editing(scene):
    changes = {"starts_at": scene.start + 9 * HOUR}

    def edit(deps):
        me, seen = scene.meera.account.id, scene.published.version
        return sessions.edit(deps, mentor_id=me, session_id=scene.published.id, changes=changes, version=seen)

    return edit


def withdrawing(scene):
    return lambda deps: sessions.withdraw(deps, mentor_id=scene.meera.account.id, session_id=scene.published.id)


def waiting(scene):
    scene.book(scene.town.deps)
    return lambda deps: waitlists.join(deps, user_id=scene.xu.id, session_id=scene.published.id)


def leaving(scene):
    waiting(scene)(scene.town.deps)
    return lambda deps: waitlists.leave(deps, user_id=scene.xu.id, session_id=scene.published.id)


def asking(scene):
    return scene.ask


def countering(scene):
    asked, terms = scene.ask(scene.town.deps), Terms((scene.start + 7 * HOUR,), 0)
    me = scene.meera.account.id
    return lambda deps: requests.counter(deps, asked.id, me, terms=terms, note="", seen=asked.round)


def accepting(scene):
    asked, me = scene.ask(scene.town.deps), scene.meera.account.id
    return lambda deps: requests.accept(deps, asked.id, me, starts_at=scene.start + 6 * HOUR, seen=asked.round)


def _live(scene):
    scene.book(scene.town.deps)
    scene.town.clock.to(scene.start)
    rooms.go_live(scene.town.deps, user_id=scene.meera.account.id, session_id=scene.published.id)
    rooms.let_in(scene.town.deps, user_id=scene.lena.id, session_id=scene.published.id)


def going_live(scene):
    scene.book(scene.town.deps)
    scene.town.clock.to(scene.start)
    return lambda deps: rooms.go_live(deps, user_id=scene.meera.account.id, session_id=scene.published.id)


def extending(scene):
    _live(scene)
    wish = {"session_id": scene.published.id, "seen": scene.published.ends_at}
    extensions.ask(scene.town.deps, user_id=scene.meera.account.id, **wish)
    return lambda deps: extensions.ask(deps, user_id=scene.lena.id, **wish)


def ending(scene):
    _live(scene)
    return lambda deps: rooms.end(deps, user_id=scene.meera.account.id, session_id=scene.published.id)


def sweeping(scene):
    """A hold lapses, a request expires, a reminder goes out and a session is over, in one tick."""
    deps = scene.town.deps
    scene.book(deps, who=scene.xu)
    scene.hold(deps)
    scene.ask(deps)
    scene.town.clock.forward(49 * HOUR)
    return lambda deps: due.sweep(deps)


CASES = [
    *(publishing, booking, holding, confirming, releasing, cancelling, calling_off, moving, proposing, editing),
    *(withdrawing, waiting, leaving, asking, countering, accepting, going_live, extending, ending, sweeping),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_dying_at_any_call_leaves_what_due_work_makes_whole(case, emptied, real):
    chance, last, lived = random.Random(case.__name__), 0, False
    while not lived:
        last += 1
        again = chance.random() < 0.5
        before, after = (_die(case, emptied(), real, last, after, again=again) for after in (False, True))
        lived = before and after
    assert last > 2  # it did die


def _die(case: Callable[[Scene], Any], fresh: Any, real: Any, last: int, after: bool, again: bool) -> bool:
    """What comes before, and long after, needs no emulator: where it dies the tables have to be real."""
    before = FakeTables()
    town = founded(real, before, mentors=2, learners=2)
    act = case(Scene(town))
    fresh.load(before.items)
    mortal = Mortal(fresh.connection, last, after)
    with suppress(Died):
        act(with_tables(town, fresh.tables(mortal)).deps)
    assert truths.hold_of(fresh.items()) == [], (last, after)
    if again:
        with suppress(DomainError):
            act(with_tables(town, fresh.tables()).deps)  # the person tries once more, with the same key
    later = FakeTables()
    later.items = fresh.items("core") | fresh.items("live")
    goes_on = with_tables(town, later)
    for time in (timedelta(minutes=20), timedelta(days=30)):
        truths.settled(goes_on, time)
        assert truths.hold_of(later.items) == [], (last, after, again)
    return mortal.lived
