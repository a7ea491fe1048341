"""The links in mails: what each is for, how long it lives, and where on the site it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import entries
from chalicelib.domain.outgoing import Outgoing, Template

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Link:
    """`facts` are the mail's facts that the token carries: the state at which it is good, so that it works once."""

    purpose: Literal["verify", "reset", "change-email"]
    life: timedelta
    page: str
    facts: tuple[str, ...] = ()


LINKS: Mapping[Template, Link] = {
    "verify_email": Link("verify", timedelta(days=3), "/verify"),
    "reset_password": Link("reset", timedelta(minutes=30), "/reset/confirm", ("epoch",)),
    "confirm_new_email": Link("change-email", timedelta(hours=24), "/email/confirm", ("side", "nonce")),
    "confirm_old_email": Link("change-email", timedelta(hours=24), "/email/confirm", ("side", "nonce")),
}


def link_for(deps: "Deps", message: Outgoing) -> str | None:
    """The mail's link, signed as it is sent; the token stands behind a #, which no server ever sees or logs."""
    link = LINKS.get(message.template)
    if link is None:
        return None
    claims = {"adr": entries.address_key(message.to)} | {name: message.facts[name] for name in link.facts}
    token = deps.tokens.sign(link.purpose, message.user_id, link.life, claims)
    site = deps.config.site_origin.partition(",")[0]
    return f"{site}{link.page}#{token}"
