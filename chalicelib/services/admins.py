"""Who is an admin: given and taken from the command line, never by sign-up."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chalicelib.domain import entries
from chalicelib.domain.accounts import TERMS_VERSION, Account
from chalicelib.domain.errors import NotFound
from chalicelib.domain.identity import Role
from chalicelib.domain.outgoing import Outgoing
from chalicelib.services import links
from chalicelib.services.accounts import people

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def owner_of(deps: "Deps", email: str) -> Account:
    """Whose proven address this is."""
    account = deps.accounts.owner_of(entries.address_key(email))
    if account is None:
        raise NotFound("account with this (proven) address")
    return account


def grant(deps: "Deps", email: str, role: Role) -> Account:
    """One more role; it is in the person's next access token."""
    account = owner_of(deps, email)
    return people.change_account(deps, account.id, lambda old: old.with_role(role)).account


def revoke(deps: "Deps", email: str, role: Role) -> Account:
    """One role less, and signed out everywhere."""
    account = owner_of(deps, email)
    return people.change_account(deps, account.id, lambda old: old.without_role(role)).account


def create(deps: "Deps", *, email: str, name: str, born: date, zone: str) -> str:
    """An admin with an address that the operator vouches for; the link lets them choose their password, once."""
    account = Account(
        id=deps.new_id("usr"),
        name=entries.tidy(name),
        email=email.strip(),
        password_hash=deps.passwords.hash(deps.random()),  # nobody knows it
        birth_date=born,
        zone=zone,
        terms_version=TERMS_VERSION,
        created_at=deps.clock(),
        roles=("admin",),
        email_verified=True,
    )
    _check(deps, account)
    deps.tables.commit(deps.accounts.founding(account))
    return _password_link(deps, account)


def _check(deps: "Deps", account: Account) -> None:
    entries.refuse(
        name=entries.name_fault(account.name),
        email=entries.email_fault(account.email),
        zone=entries.zone_fault(account.zone),
        birth_date=entries.birth_date_fault(account.birth_date, deps.clock(), account.zone),
    )


def _password_link(deps: "Deps", account: Account) -> str:
    mail = Outgoing(deps.new_id("out"), account.id, account.email, "reset_password", deps.clock())
    return links.link_for(deps, replace(mail, facts={"epoch": str(account.auth_epoch)}))
