"""Everything that somebody may try in a town, at random and often in vain."""

import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from chalicelib.domain.bookings import Meeting
from chalicelib.domain.requests import Terms
from chalicelib.domain.wishes import Wish
from chalicelib.services import bookings, due, extensions, holds, requests, reschedules, rooms, sessions, waitlists
from chalicelib.services.holds import Slot
from chalicelib.services.sessions import Offer
from tests.fakes import purse
from tests.lives.town import Town

Act = Callable[[Town, random.Random], Any]


def key() -> str:
    return uuid.uuid4().hex


def _recent(ids: list[str], chance: random.Random) -> str:
    return chance.choice(ids[-25:])


def publish(town: Town, chance: random.Random) -> Any:
    offer = Offer(
        "Decorators in an hour",
        "What they are.",
        ("python",),
        "programming",
        town.a_time(chance),
        chance.choice((30, 45, 60)),
        chance.choice((0, 0, 300_00)),
    )
    return sessions.publish(town.deps, mentor_id=chance.choice(town.mentors).account.id, offer=offer, key=key())


def book(town: Town, chance: random.Random) -> Any:
    session_id = _recent(town.known.sessions, chance)
    return bookings.book(town.deps, learner_id=chance.choice(town.everyone), session_id=session_id, key=key())


def hold(town: Town, chance: random.Random) -> Any:
    mentor, offering = chance.choice(town.offerings)
    slot = Slot(mentor.mentor.slug, offering.id, town.a_time(chance))
    return holds.hold(town.deps, learner_id=chance.choice(town.everyone), slot=slot, key=key())


def _booked(town: Town, chance: random.Random) -> Any:
    return town.deps.bookings.find(_recent(town.known.bookings, chance))


def confirm(town: Town, chance: random.Random) -> Any:
    """What costs nothing by a word, the rest by paying for it."""
    booking = _booked(town, chance)
    if booking.price_paise:
        purse.bought(town.deps, Meeting(town.deps.sessions.get(booking.session_id), booking))
    else:
        bookings.confirm(town.deps, booking, 0)


def release(town: Town, chance: random.Random) -> Any:
    booking = _booked(town, chance)
    bookings.release(town.deps, user_id=booking.learner_id, booking_id=booking.id)


def cancel(town: Town, chance: random.Random) -> Any:
    booking = _booked(town, chance)
    who = chance.choice((booking.learner_id, booking.mentor_id))
    refund = chance.choice((0, booking.paid_paise, booking.paid_paise // 2))
    bookings.cancel(town.deps, user_id=who, booking_id=booking.id, reason="", refund_paise=refund)


def propose(town: Town, chance: random.Random) -> Any:
    booking = _booked(town, chance)
    who = chance.choice((booking.learner_id, booking.mentor_id))
    reschedules.propose(town.deps, user_id=who, booking_id=booking.id, starts_at=town.a_time(chance))


def answer(town: Town, chance: random.Random) -> Any:
    booking = _booked(town, chance)
    proposal = town.deps.sessions.get(booking.session_id).proposal
    who = chance.choice((booking.learner_id, booking.mentor_id))
    if proposal is None or chance.random() < 0.2:
        reschedules.drop_proposal(town.deps, user_id=who, booking_id=booking.id)
    else:
        reschedules.accept_proposal(town.deps, user_id=who, booking_id=booking.id, starts_at=proposal.starts_at)


def edit(town: Town, chance: random.Random) -> Any:
    session = town.deps.sessions.get(_recent(town.known.sessions, chance))
    changes = {"starts_at": town.a_time(chance)} if chance.random() < 0.7 else {"title": "Decorators, once more"}
    deps, me = town.deps, session.mentor.id
    sessions.edit(deps, mentor_id=me, session_id=session.id, changes=changes, version=session.version)


def withdraw(town: Town, chance: random.Random) -> Any:
    session = town.deps.sessions.get(_recent(town.known.sessions, chance))
    sessions.withdraw(town.deps, mentor_id=session.mentor.id, session_id=session.id)


def wait(town: Town, chance: random.Random) -> Any:
    act = chance.choice((waitlists.join, waitlists.join, waitlists.leave))
    act(town.deps, user_id=chance.choice(town.everyone), session_id=_recent(town.known.sessions, chance))


def ask(town: Town, chance: random.Random) -> Any:
    times = tuple({town.a_time(chance) for _ in range(chance.randint(1, 3))})
    wish = Wish("Help with my thesis", "writing", "Two chapters.", times, chance.choice((30, 60)), 0)
    slug = chance.choice(town.mentors).mentor.slug
    return requests.ask(town.deps, learner_id=chance.choice(town.everyone), mentor_slug=slug, wish=wish, key=key())


def negotiate(town: Town, chance: random.Random) -> Any:
    request = town.deps.requests.get(_recent(town.known.requests, chance))
    who = chance.choice((request.learner.id, request.mentor.id))
    move, deps, seen = chance.choice("aaaacdw"), town.deps, request.round
    if move == "a":
        at = chance.choice(request.terms.times)
        made = requests.accept(deps, request.id, who, starts_at=at, seen=seen)
        if made.session_id and made.booking_id:
            town.known.sessions.append(made.session_id)
            town.known.bookings.append(made.booking_id)
    elif move == "c":
        terms = Terms((town.a_time(chance),), chance.choice((0, 400_00)))
        requests.counter(deps, request.id, who, terms=terms, note="", seen=seen)
    elif move == "d":
        requests.decline(deps, request.id, who, reason="", seen=seen)
    else:
        requests.withdraw(deps, request.id, who, seen=seen)


def meet(town: Town, chance: random.Random) -> Any:
    """Whatever is under way goes on; else, now and then, it is time for the next one to begin."""
    found = [town.deps.sessions.get(each) for each in chance.sample(town.known.sessions[-30:], 3)]
    session = min((each for each in found if each.is_taken), key=lambda each: each.starts_at)
    if session.status == "booked" and chance.random() < 0.3:
        town.clock.to(session.starts_at + timedelta(minutes=chance.randrange(-15, 30)))
    who = chance.choice([session.mentor.id, *([session.learner.id] if session.learner else [])])
    asking = partial(extensions.ask, seen=session.ends_at)
    act = chance.choice((rooms.go_live, rooms.let_in, rooms.let_in, asking, asking, rooms.end))
    act(town.deps, user_id=who, session_id=session.id)


def sweep(town: Town, chance: random.Random) -> Any:
    """Time passes, and the minute's work is done: now and then not at all, or only half of it."""
    town.clock.forward(timedelta(minutes=chance.choice((1, 1, 5, 10))))
    if chance.random() < 0.8:
        turns = iter(range(chance.choice((5, 1000))))
        due.sweep(town.deps, lambda: next(turns, None) is None)


ACTS: dict[Act, int] = {
    publish: 6,
    book: 16,
    hold: 16,
    confirm: 14,
    release: 4,
    cancel: 6,
    propose: 8,
    answer: 12,
    edit: 4,
    withdraw: 1,
    wait: 8,
    ask: 8,
    negotiate: 14,
    meet: 12,
    sweep: 3,
}
