"""The mail of a notification, written when it is sent."""

from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Account
from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.services import links, unsubscribing
from chalicelib.services.notifications import sending
from chalicelib.services.notifications.sending import Outcome

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def send(deps: "Deps", errand: Errand) -> Outcome:
    """The mail of a notification, if it is still wanted."""
    return sending.attempt(deps, errand, _deliver)


def _deliver(deps: "Deps", message: Outgoing, account: Account) -> bool:
    to = message.to or account.email
    if not (account.takes_mail_at(to) or message.template in links.LINKS):
        return False  # only what somebody has just asked for goes there, as opening its link shows that it arrives
    deps.mail.send(to, message.template, _facts(deps, message, account))
    return True


def _facts(deps: "Deps", message: Outgoing, account: Account) -> dict[str, str]:
    """What was true when it happened, and how the person is called and reached now."""
    site = deps.config.site_origin.partition(",")[0]
    sent = {"site": site, "link": links.link_for(deps, message), "written_at": message.created_at.isoformat()}
    stop = {"user_id": account.id} | unsubscribing.links_of(deps, message)
    return {"name": account.name, "zone": account.zone} | message.facts | sent | stop
