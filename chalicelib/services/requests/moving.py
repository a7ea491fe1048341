"""The moves of a negotiation: each is decided on the request as it is now, and commits once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib.domain.cards import Side
from chalicelib.domain.requests import Request, Terms
from chalicelib.domain.wishes import FURTHEST, must_be_there
from chalicelib.services.again import again
from chalicelib.services.requests import letters
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def seen_by(deps: "Deps", request_id: str, user_id: str) -> Request:
    """A request as it stands now; for anyone but its two people there is none."""
    request = deps.requests.get(request_id)
    request.side_of(user_id)
    return request.settle(deps.clock())


def other_zone(deps: "Deps", request: Request, user_id: str) -> str | None:
    """By which clock the other of the two lives: both see each time on both their walls."""
    other_id = request.mentor.id if request.side_of(user_id) == "learner" else request.learner.id
    account = deps.accounts.find(other_id)
    return account.zone if account else None


def counter(deps: "Deps", request_id: str, user_id: str, *, terms: Terms, note: str, seen: int) -> Request:
    """Other terms, and the other side is asked; only the learner is bound by the mentor's horizon and holidays."""

    def decide(old: Request, side: Side) -> Request:
        hours = deps.availabilities.find(old.mentor.id)
        new = old.counter(
            side,
            terms,
            note,
            seen=seen,
            notice_minutes=hours.notice_minutes,
            horizon_days=hours.horizon_days if side == "learner" else FURTHEST,
            payments=deps.config.payments,
            now=deps.clock(),
        )
        if new != old and side == "learner" and hours.away:
            must_be_there(hours, terms.times, deps.mentors.profile(old.mentor.slug).zone)
        return new

    return _move(deps, request_id, user_id, decide)


def decline(deps: "Deps", request_id: str, user_id: str, *, reason: str, seen: int) -> Request:
    """No, and why."""
    return _move(deps, request_id, user_id, lambda old, side: old.decline(side, reason, seen=seen, now=deps.clock()))


def withdraw(deps: "Deps", request_id: str, user_id: str, *, seen: int) -> Request:
    """The learner no longer wants it."""
    return _move(deps, request_id, user_id, lambda old, side: old.withdraw(side, seen=seen, now=deps.clock()))


def expire(deps: "Deps", request_id: str) -> Request:
    """What time alone makes of a request; doing it twice, or late, ends in the same state."""

    def attempt() -> Request:
        old = deps.requests.get(request_id)
        new = old.settle(deps.clock())
        if new != old:
            deps.tables.commit([*saving(deps, old, new), *letters.about_expiry(deps, new)])
        return new

    return again(attempt)


def saving(deps: "Deps", old: Request, new: Request) -> list[Write]:
    """The next state; one that is no longer open makes room for another of its learner."""
    writes = deps.requests.saving(old, new)
    if old.status == "open" and new.status != "open":
        allowance = deps.allowances.find(new.learner.id)
        writes += deps.allowances.saving(allowance, allowance.answered())
    return writes


def _move(deps: "Deps", request_id: str, user_id: str, decide: Callable[[Request, Side], Request]) -> Request:
    """The same move again, its answer having been lost, changes nothing and is told to nobody."""

    def attempt() -> Request:
        old = deps.requests.get(request_id)
        new = decide(old, old.side_of(user_id))
        if new == old:
            return old.settle(deps.clock())
        may = _not_blocked(deps, new) if new.moves[-1].kind == "countered" else []
        deps.tables.commit([*may, *saving(deps, old, new), *letters.about_last_move(deps, new)])
        return new

    return again(attempt)


def _not_blocked(deps: "Deps", request: Request) -> list[Write]:
    """Whoever was blocked by the other proposes nothing more."""
    pair = (request.learner.id, request.mentor.id)
    me, other = pair if request.moves[-1].by == "learner" else pair[::-1]
    return [deps.blocks.free(other, me)]
