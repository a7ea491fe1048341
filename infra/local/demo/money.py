"""Money that has moved: a coupon, and what was paid, given back, earned and paid out.

All of it by the product's own use cases, each at its moment. The running stack hears of it all the same and sees to it
beside us: whoever is first, it ends the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from chalicelib.domain.accounts import Account
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.claims import QUARTER
from chalicelib.domain.errors import Conflict
from chalicelib.domain.identity import Identity
from chalicelib.domain.india import in_india
from chalicelib.services import coupons, histories, sessions
from chalicelib.wiring import Deps
from infra.local.demo import outcomes, payday, programme, till
from infra.local.demo.deals import AHEAD, BEHIND, PAID_OUT, Deal
from infra.local.demo.outcomes import posted
from infra.local.demo.programme import EARLY, then
from infra.local.demo.till import Act

COUPON, PERCENT, BUDGET, GOOD_FOR = "WELCOME50", 50, 10_000_00, timedelta(days=365)
STARTS = 16  # quarter-hours that are tried for a deal
TRIES = 2  # what lies behind us the stack's own sweep finds long overdue, and may be quicker


def offer_coupon(deps: Deps, admin: Account) -> None:
    """For whoever books something, once."""
    if deps.coupons.find(COUPON) is None:
        until = in_india(deps.clock() + GOOD_FOR)
        by = identity(deps, admin)
        coupons.make(deps, by=by, code=COUPON, percent=PERCENT, amount_paise=0, expires_on=until, budget_paise=BUDGET)


def deal(deps: Deps, act: Act, mentor: Account, learner: Account) -> None:
    """What of the deals is missing, in the order in which they were made."""
    wanted = [each for each in (*BEHIND, AHEAD) if not _is_there(deps, each, learner)]
    if not wanted:
        return
    with _unheard(act):
        for each in wanted:
            for _ in range(TRIES):
                with suppress(Conflict):
                    _come_to_pass(deps, act, each, mentor, learner)
                    break
            if each == PAID_OUT:
                payday.paid_out(deps, act, identity(deps, mentor))
        posted(deps)
        payday.reconciled(deps)


def identity(deps: Deps, account: Account) -> Identity:
    """As an access token of theirs would name them now."""
    now = deps.accounts.find(account.id) or account
    return Identity(now.id, now.roles, now.auth_epoch, "demonstration", second_factor=now.totp_enabled)


def _is_there(deps: Deps, wanted: Deal, learner: Account) -> bool:
    rows = histories.booked(deps, learner.id, upcoming=wanted.ended is None)
    stands = (wanted.offered.title, wanted.ended or "confirmed")
    return any((row.session.title, row.booking.status) == stands for row in rows)


def _come_to_pass(deps: Deps, act: Act, wanted: Deal, mentor: Account, learner: Account) -> None:
    bought = _bought(deps, act, wanted, mentor, learner)
    if bought and wanted.ended == "completed":
        outcomes.took_place(deps, bought)
    elif bought and wanted.ended:
        outcomes.called_off(deps, act, bought)


def _bought(deps: Deps, act: Act, wanted: Deal, mentor: Account, learner: Account) -> Meeting | None:
    """At the first time that both have, some days before if it is past; what cannot be booked is not left on offer."""
    first = wanted.at(deps.clock())
    for at in (first + step * QUARTER for step in range(STARTS)):
        if all(programme.is_free(deps, each, at, wanted.offered.minutes) for each in (mentor, learner)):
            early = then(deps, at - EARLY) if wanted.ended else deps
            session = programme.publish(early, mentor, wanted.offered, at)
            try:
                return till.pay(early, act, programme.book(early, learner, session))
            except Conflict:
                sessions.withdraw(early, mentor_id=mentor.id, session_id=session.id)
                raise
    return None


@contextmanager
def _unheard(act: Act) -> Iterator[None]:
    """Meanwhile the gateway's events wait: heard now, a payment for a fortnight ago would come too late."""
    act("webhooks", on=False)
    try:
        yield
    finally:
        act("webhooks", on=True)
