"""Mails about payouts, each in the commit of what it tells of."""

from typing import TYPE_CHECKING

from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.payees import Payee
from chalicelib.domain.payouts import Payout
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


NO_REASON = "The bank gave no reason."


def details_changed(deps: "Deps", payee: Payee) -> list[Write]:
    """Whoever did not do this themselves has two days to stop it; the first details stop nothing."""
    if payee.blocked_until is None:
        return []
    facts = {"masked": payee.masked, "until": payee.blocked_until.isoformat()}
    return [_letter(deps, payee.mentor_id, "payout_details_changed", **facts)]


def moved_on(deps: "Deps", old: Payout, new: Payout) -> list[Write]:
    """On its way, there, or back: what the mentor has not been told yet."""
    if old.status == new.status:
        return []
    if new.status == "sent":
        return [_of(deps, new, "payout_on_its_way")]
    if new.status == "processed":
        return [_of(deps, new, "payout_arrived")]
    came_back = new.status in ("failed", "reversed")
    return [_of(deps, new, "payout_failed", reason=new.words or NO_REASON)] if came_back else []


def _of(deps: "Deps", payout: Payout, template: Template, **facts: str) -> Write:
    known = {"payout_id": payout.id, "paise": str(payout.paise), "masked": payout.masked}
    return _letter(deps, payout.mentor_id, template, **known, **facts)


def _letter(deps: "Deps", mentor_id: str, template: Template, **facts: str) -> Write:
    return deps.outbox.adding(Outgoing(deps.new_id("out"), mentor_id, "", template, deps.clock(), facts))
