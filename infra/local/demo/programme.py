"""What the demonstration people do together: a fortnight ahead, a fortnight behind, and one session about now."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.accounts import Account
from chalicelib.domain.claims import QUARTER, quarters
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.services import bookings, rooms, sessions
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


def keep(deps: Deps, everyone: Mapping[str, Someone], accounts: Accounts) -> None:
    """Whatever of the programme is missing is added; what somebody has made other use of is left alone."""
    for someone in everyone.values():
        if not someone.sessions:
            continue
        ahead = {(each.title, each.starts_at) for each in _of(deps, accounts[someone.slug], upcoming=True)}
        behind = {(each.title, _learner(each)) for each in _of(deps, accounts[someone.slug], upcoming=False)}
        for offered in someone.sessions:
            for time in offered.times:
                at = when(time, someone.zone, deps.clock())
                known = (offered.title, _id(accounts, time)) in behind if time.ended else (offered.title, at) in ahead
                if not known:
                    with suppress(Conflict):
                        _hold(deps, accounts, someone.slug, offered, time, at)


def walk_in(deps: Deps, accounts: Accounts, mentor: str, learner: str) -> Session | None:
    """The session that begins at the next quarter-hour, unless the last such one is not over yet."""
    for each in _of(deps, accounts[mentor], upcoming=True):
        if each.title == WALK_IN.title:
            return each
    soon = deps.clock() + timedelta(minutes=1)
    first = soon.replace(minute=soon.minute // 15 * 15, second=0, microsecond=0) + QUARTER
    for at in (first + step * QUARTER for step in range(LOOKED_AHEAD)):
        if all(_free(deps, accounts[slug], at) for slug in (mentor, learner)):
            session = _publish(deps, accounts[mentor], WALK_IN, at)
            return _book(deps, accounts[learner], session)
    return None


def _hold(deps: Deps, accounts: Accounts, mentor: str, offered: Offered, time: Time, at: datetime) -> None:
    """Published and perhaps booked some days before; what lies behind us also takes place."""
    early = _at(deps, at - timedelta(days=5)) if time.ended else deps
    session = _publish(early, accounts[mentor], offered, at)
    if time.learner:
        _book(early, accounts[time.learner], session)
    if time.learner and time.ended:
        _take_place(deps, session, accounts[time.learner], time.ended)


def _take_place(deps: Deps, session: Session, learner: Account, ended: str) -> None:
    rooms.go_live(_at(deps, session.call_opens), user_id=session.mentor.id, session_id=session.id)
    if ended == "completed":
        rooms.let_in(_at(deps, session.starts_at), user_id=learner.id, session_id=session.id)
        rooms.end(_at(deps, session.ends_at), user_id=session.mentor.id, session_id=session.id)
    else:
        sessions.due(_at(deps, session.hard_end), session.id)


def _publish(deps: Deps, mentor: Account, offered: Offered, at: datetime) -> Session:
    offer = Offer(offered.title, offered.description, offered.topics, offered.domain, at, offered.minutes)
    return sessions.publish(deps, mentor_id=mentor.id, offer=offer, key=deps.new_id("demo"))


def _book(deps: Deps, learner: Account, session: Session) -> Session:
    return bookings.book(deps, learner_id=learner.id, session_id=session.id, key=deps.new_id("demo")).session


def _at(deps: Deps, moment: datetime) -> Deps:
    return replace(deps, clock=lambda: moment)


def _of(deps: Deps, mentor: Account, *, upcoming: bool) -> list[Session]:
    return deps.sessions.of_mentor(mentor.id, now=deps.clock(), upcoming=upcoming, limit=100, cursor=None).items


def _learner(session: Session) -> str | None:
    return session.learner.id if session.learner else None


def _id(accounts: Accounts, time: Time) -> str | None:
    return accounts[time.learner].id if time.learner else None


def _free(deps: Deps, person: Account, at: datetime) -> bool:
    wanted = quarters(at, at + timedelta(minutes=WALK_IN.minutes))
    return all(not set(names) & deps.calendars.claimed(person.id, day).keys() for day, names in wanted.items())
