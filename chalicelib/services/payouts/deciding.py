"""What admins decide about payouts: hold and release, try again, and give up a debt."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import payees
from chalicelib.domain import payouts as rules
from chalicelib.domain.errors import Forbidden
from chalicelib.domain.identity import Identity
from chalicelib.domain.payouts import Payout
from chalicelib.services.admin_acts import act
from chalicelib.services.again import again
from chalicelib.services.payouts.asking import asking

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def hold(deps: "Deps", payout_id: str, *, by: Identity) -> Payout:
    """Stopped, as long as the gateway does not know of it."""
    return _moved(deps, payout_id, by, "payout_held", lambda payout, now: rules.held(payout))


def release(deps: "Deps", payout_id: str, *, by: Identity) -> Payout:
    """It goes on within a minute."""
    return _moved(deps, payout_id, by, "payout_released", rules.released)


def retry(deps: "Deps", payout_id: str, *, by: Identity) -> Payout:
    """One that is under way is looked at now; of one that is over the money is back, so all of it is paid anew."""
    if deps.payouts.get(payout_id).is_open:
        return _moved(deps, payout_id, by, "payout_hurried", rules.hurried)
    return again(lambda: _anew(deps, deps.payouts.get(payout_id), by))


def write_off(deps: "Deps", mentor_id: str, *, by: Identity) -> int:
    """What a mentor has owed for half a year, in paise, is given up."""
    _must_be_anothers(mentor_id, by)
    latest = deps.ledger.of_mentor(mentor_id, limit=1, cursor=None).items
    available, last_at = deps.ledger.balance(mentor_id).available, latest[0].at if latest else None
    posting = rules.written_off(mentor_id, available, last_at, deps.clock())
    done = act(deps, by, "debt_written_off", mentor_id, paise=str(-available))
    deps.tables.commit([*done, deps.postings.adding(posting)])
    return -available


def _moved(deps: "Deps", payout_id: str, by: Identity, what: str, rule: Callable[[Payout, datetime], Payout]) -> Payout:
    def move() -> Payout:
        old = deps.payouts.get(payout_id)
        _must_be_anothers(old.mentor_id, by)
        new = rule(old, deps.clock())
        deps.tables.commit([*deps.payouts.saving(old, new), *act(deps, by, what, payout_id)])
        return new

    return again(move)


def _anew(deps: "Deps", old: Payout, by: Identity) -> Payout:
    _must_be_anothers(old.mentor_id, by)
    rules.must_be_back(old)
    payee, now = deps.payees.get(old.mentor_id), deps.clock()
    available = deps.ledger.balance(old.mentor_id).available
    refusal = payees.hindrance(payee, available, now, once_a_day=False)
    if refusal:
        raise refusal
    new = rules.asked(payee, deps.new_id("po"), available, "retried", now)
    done = act(deps, by, "payout_retried", old.id, payout=new.id)
    deps.tables.commit([*asking(deps, payee, payee, new), *done])
    return new


def _must_be_anothers(mentor_id: str, by: Identity) -> None:
    if by.user_id == mentor_id:
        raise Forbidden("own_payout", "Another admin has to decide about your own payouts.")
