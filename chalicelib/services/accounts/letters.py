"""Mails about an account, recorded with the change that causes them."""

from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Account
from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def letter(deps: "Deps", account: Account, template: Template, *, to: str | None = None, **facts: str) -> Write:
    """A mail to the person, at their present address unless another is named."""
    message = Outgoing(
        id=deps.new_id("out"),
        user_id=account.id,
        to=account.email if to is None else to,
        template=template,
        created_at=deps.clock(),
        facts={"name": account.name, **facts},
    )
    return deps.outbox.adding(message)


def proof_letter(deps: "Deps", account: Account, owner: Account | None) -> Write:
    """The link that proves an address; if someone has proven it already, they are told instead."""
    if owner and owner.id != account.id:
        return letter(deps, owner, "already_registered")
    return letter(deps, account, "verify_email")
