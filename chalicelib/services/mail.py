"""Sending one waiting message: each attempt is made once, however often it is asked for."""

from typing import TYPE_CHECKING, Literal

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict
from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.services import links

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["sent", "not_wanted", "parked"]


def send(deps: "Deps", errand: Errand) -> Outcome:
    """Counted first, so that a message which kills its sender is parked in the end; then written and sent."""
    message = deps.outbox.find(errand.id)
    if message and message.status == "parked":  # its last sender got no further than counting
        return "parked"
    if message is None or message.status != "waiting" or message.attempts != errand.attempt:
        return "not_wanted"
    now = deps.clock()
    try:
        deps.tables.update(deps.outbox.trying(message, now))
    except Conflict:
        return "not_wanted"
    account = deps.accounts.find(message.user_id)
    if account:
        deps.mail.send(message.to or account.email, message.template, _facts(deps, message, account))
    deps.tables.update(deps.outbox.sent(message, now))
    return "sent" if account else "not_wanted"


def _facts(deps: "Deps", message: Outgoing, account: Account) -> dict[str, str]:
    """What was true when it happened, and how the person is called and reached now."""
    site = deps.config.site_origin.partition(",")[0]
    sent = {"site": site, "link": links.link_for(deps, message), "written_at": message.created_at.isoformat()}
    return {"name": account.name, "zone": account.zone} | message.facts | sent
