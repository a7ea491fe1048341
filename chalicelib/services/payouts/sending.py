"""Sending a payout: whatever line the worker dies at, the mentor is paid exactly once, or has the money back here."""

from typing import TYPE_CHECKING

from chalicelib.domain import payouts as rules
from chalicelib.domain.errors import Conflict
from chalicelib.domain.gateway import GatewayPayout, Refused, Unknown
from chalicelib.domain.payouts import WORRYING, Payout, Step
from chalicelib.services import payout_letters
from chalicelib.services.again import again
from chalicelib.services.payouts.beginning import frozen

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

NARRATION = "PeerLearn"


def advance(deps: "Deps", payout_id: str) -> None:
    """One look or one try, as far as the payout has come; what is not known stays as it is and is asked again later."""
    payout = deps.payouts.find(payout_id)
    if payout is None or payout.held:
        return
    try:
        if payout.status in ("begun", "sending"):
            _send(deps, payout)
        elif payout.status in ("sent", "processed"):
            _look(deps, payout)
    except Unknown:
        if payout.attempts + 1 >= WORRYING:
            deps.alarms.money("payout_unknown", payout=payout_id)


def _send(deps: "Deps", payout: Payout) -> None:
    """A later try looks first, and waits while another may still be at it: a refusal would not be the last word then.

    Key and contents are always the same, so even two at once would be one payout.
    """
    if payout.status == "sending":
        found = deps.razorpayx.find_payout(payout.id)
        if found:
            return _record(deps, payout, found)
        if payout.is_being_sent(deps.clock()):
            return None
    elif frozen(deps, payout):
        return None
    mine = _counted(deps, payout)
    if mine is None:
        return None
    found, refusal = _asked(deps, mine)
    return _record(deps, mine, found) if found else _failed(deps, mine, refusal)


def _look(deps: "Deps", payout: Payout) -> None:
    seen = payout if payout.status == "processed" else _counted(deps, payout)
    if seen:
        _record(deps, seen, deps.razorpayx.payout(payout.gateway_id))


def _counted(deps: "Deps", payout: Payout) -> Payout | None:
    """The try is written down before it is made; None if somebody else was quicker."""
    tried = rules.trying(payout, deps.clock())
    try:
        deps.tables.commit(deps.payouts.saving(payout, tried))
    except Conflict:
        return None
    return deps.payouts.saved(payout, tried)


def _asked(deps: "Deps", payout: Payout) -> tuple[GatewayPayout | None, str]:
    """What the gateway made of it; if it refuses, and has none from an earlier try, its words."""
    try:
        found = deps.razorpayx.pay(
            payout_id=payout.id,
            fund_account_id=payout.fund_account_id,
            paise=payout.paise,
            mode=payout.mode,
            narration=NARRATION,
        )
    except Refused as refused:
        deps.alarms.money("payout_refused", payout=payout.id, code=refused.code)
        return deps.razorpayx.find_payout(payout.id), refused.words
    return found, ""


def _record(deps: "Deps", seen: Payout, found: GatewayPayout) -> None:
    """Forward only, from what was seen or, if that has changed, from what is; what is not the payout that we asked for
    is a person's matter.
    """
    looks = iter((seen,))

    def record() -> None:
        payout = next(looks, None) or deps.payouts.get(seen.id)
        if (found.reference_id, found.paise) != (payout.id, payout.paise):
            deps.alarms.money("payout_mismatch", payout=payout.id, gateway=found.id)
            return
        _commit(deps, payout, rules.heard(payout, found, deps.clock()))

    again(record)


def _failed(deps: "Deps", mine: Payout, words: str) -> None:
    """Only on my own try: were there a later one, it would know better."""
    try:
        _commit(deps, mine, rules.failed(mine, None, words, deps.clock()))
    except Conflict as conflict:
        if conflict.code != "changed_meanwhile":
            raise


def _commit(deps: "Deps", old: Payout, step: Step) -> None:
    writes = deps.payouts.saving(old, step.payout)
    if not writes:
        return
    if step.posting:
        writes += deps.ledger.posting(step.posting)
    if old.is_open and not step.payout.is_open:
        writes.append(deps.payees.freeing(old.mentor_id, old.id))
    deps.tables.commit([*writes, *payout_letters.moved_on(deps, old, step.payout)])
