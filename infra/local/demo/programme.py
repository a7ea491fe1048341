"""What the demonstration people do together: a fortnight ahead, a fortnight behind, and one session about now."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.domain.accounts import Account
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.claims import QUARTER, quarters
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.services import bookings, rooms, sessions, settling
from chalicelib.services.sessions import Offer
from chalicelib.wiring import Deps
from infra.local.demo.people import Offered, Someone, Time, when

Accounts = Mapping[str, Account]
WALK_IN = Offered(
    title="Walk straight in: try the video room",
    description=(
        "A session that is always about to begin. Sign in as the mentor in one browser and as the learner in another, "
        "open the room from both dashboards, and meet yourself."
    ),
    topics=("Video room", "Try it out"),
    domain="programming",
    minutes=45,
    times=(),
)
LOOKED_AHEAD = 12
EARLY = timedelta(days=5)  # so long before it what is past was published and booked


class Planned(NamedTuple):
    """One thing to be held: by whom, what, which of its times, and when that is in UTC."""

    mentor: str
    offered: Offered
    time: Time
    at: datetime


def missing(deps: Deps, everyone: Mapping[str, Someone], accounts: Accounts) -> list[Planned]:
    """What of the programme is not there yet."""
    found = []
    for someone in everyone.values():
        if someone.sessions:
            ahead = {(each.title, each.starts_at) for each in _of(deps, accounts[someone.slug], upcoming=True)}
            behind = {(each.title, _learner(each)) for each in _of(deps, accounts[someone.slug], upcoming=False)}
            for plan in _plans(someone, deps.clock()):
                title, time = plan.offered.title, plan.time
                there = (title, _id(accounts, time)) in behind if time.ended else (title, plan.at) in ahead
                found += [] if there else [plan]
    return found


def settle(deps: Deps, person: Account) -> None:
    """What is over is done with, even if no sweep has come by: it counts among what its learner has ahead."""
    for session in _of(deps, person, upcoming=False):
        if session.next_due():
            settling.due(deps, session.id)


def forgive(deps: Deps, person: Account) -> None:
    """Nobody real was waiting: what invented people miss neither pauses nor flags them."""
    allowance, standing = deps.allowances.find(person.id), deps.standings.find(person.id)
    free = replace(allowance, no_shows=(), free_paused_until=None) if allowance.free_paused_until else allowance
    spotless = replace(standing, strikes=(), flagged_at=None)
    writes = [*deps.allowances.saving(allowance, free), *deps.standings.saving(standing, spotless)]
    if writes:
        deps.tables.commit(writes)


def hold(deps: Deps, accounts: Accounts, plan: Planned) -> None:
    """Published and perhaps booked, some days before if it is past; a time put to other use is left alone."""
    early = then(deps, plan.at - EARLY) if plan.time.ended else deps
    with suppress(Conflict):
        session = publish(early, accounts[plan.mentor], plan.offered, plan.at)
        if plan.time.learner:
            book(early, accounts[plan.time.learner], session)
            if plan.time.ended:
                _take_place(deps, session, accounts[plan.time.learner], plan.time.ended)


def walk_in(deps: Deps, accounts: Accounts, mentor: str, learner: str) -> Session | None:
    """The session that begins at the next quarter-hour, unless the last such one is not over yet."""
    for each in _of(deps, accounts[mentor], upcoming=True):
        if each.title == WALK_IN.title:
            return each
    soon = deps.clock() + timedelta(minutes=1)
    first = soon.replace(minute=soon.minute // 15 * 15, second=0, microsecond=0) + QUARTER
    for at in (first + step * QUARTER for step in range(LOOKED_AHEAD)):
        if all(is_free(deps, accounts[slug], at, WALK_IN.minutes) for slug in (mentor, learner)):
            with suppress(Conflict):  # the mentor may have set buffers, or a day's most
                session = publish(deps, accounts[mentor], WALK_IN, at)
                return book(deps, accounts[learner], session).session
    return None


def publish(deps: Deps, mentor: Account, offered: Offered, at: datetime) -> Session:
    """At a fixed time; where payments are not open, all is free."""
    price = offered.price_paise if deps.config.payments else 0
    offer = Offer(offered.title, offered.description, offered.topics, offered.domain, at, offered.minutes, price)
    return sessions.publish(deps, mentor_id=mentor.id, offer=offer, key=deps.new_id("demo"))


def book(deps: Deps, learner: Account, session: Session) -> Meeting:
    """Booked, or held if it has a price."""
    return bookings.book(deps, learner_id=learner.id, session_id=session.id, key=deps.new_id("demo"))


def is_free(deps: Deps, person: Account, at: datetime, minutes: int) -> bool:
    """Nothing else is in this person's calendar then."""
    wanted = quarters(at, at + timedelta(minutes=minutes))
    return all(not set(names) & deps.calendars.claimed(person.id, day).keys() for day, names in wanted.items())


def then(deps: Deps, moment: datetime) -> Deps:
    """The same parts at another moment."""
    return replace(deps, clock=lambda: moment)


def _plans(someone: Someone, now: datetime) -> list[Planned]:
    return [
        Planned(someone.slug, offered, time, when(time, someone.zone, now))
        for offered in someone.sessions
        for time in offered.times
    ]


def _take_place(deps: Deps, session: Session, learner: Account, ended: str) -> None:
    rooms.go_live(then(deps, session.call_opens), user_id=session.mentor.id, session_id=session.id)
    if ended == "completed":
        rooms.let_in(then(deps, session.starts_at), user_id=learner.id, session_id=session.id)
        rooms.end(then(deps, session.ends_at), user_id=session.mentor.id, session_id=session.id)
    else:
        settling.due(then(deps, session.hard_end), session.id)


def _of(deps: Deps, mentor: Account, *, upcoming: bool) -> list[Session]:
    return deps.sessions.of_mentor(mentor.id, now=deps.clock(), upcoming=upcoming, limit=100, cursor=None).items


def _learner(session: Session) -> str | None:
    return session.learner.id if session.learner else None


def _id(accounts: Accounts, time: Time) -> str | None:
    return accounts[time.learner].id if time.learner else None
