"""Signing in: three requests, and the same work whether or not the address is known."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain import entries, throttles
from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.mentors import Person
from chalicelib.services.accounts import devices, proofs
from chalicelib.services.accounts.devices import Admission
from chalicelib.services.again import again

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def sign_in(
    deps: "Deps", *, email: str, password: str, code: str | None, ip: str, user_agent: str
) -> tuple[Person, Admission]:
    """Address, password and, where it is on, a second factor; only a proven address can be signed in with."""
    address = entries.address_key(email)
    deps.throttles.count(throttles.sign_in(address, ip), deps.clock())

    def attempt() -> tuple[Account, Admission]:
        account = _owner(deps, address, password)
        proven = _current(deps, _past_second_factor(deps, account, code), password)
        device, admission = devices.admit(deps, account, user_agent=user_agent, second_factor=account.totp_enabled)
        used = deps.accounts.changing(account, proven) or [deps.accounts.in_standing(account)]
        deps.tables.commit([*used, deps.devices.adding(device)])
        return proven, admission

    account, admission = again(attempt)
    return Person(account, deps.mentors.find(account.id) if "mentor" in account.roles else None), admission


def _owner(deps: "Deps", address: str, password: str) -> Account:
    account = deps.accounts.owner_of(address)
    if not deps.passwords.matches(account.password_hash if account else None, password) or account is None:
        raise Unauthenticated(
            "wrong_credentials",
            "The e-mail address or the password is not right. "
            "If you have just signed up, open the link in our mail first.",
        )
    account.must_be_active()
    return account


def _past_second_factor(deps: "Deps", account: Account, code: str | None) -> Account:
    if not account.totp_enabled:
        return account
    if not code:
        raise Unauthenticated("code_needed", "Please enter the code from your authenticator app.")
    proven = proofs.with_code(deps, account, code)
    if proven is None:
        raise Unauthenticated("wrong_code", "This code is not right, or it has been used already.")
    return proven


def _current(deps: "Deps", account: Account, password: str) -> Account:
    """A hash made with older parameters is replaced while the password is at hand."""
    if not deps.passwords.is_outdated(account.password_hash):
        return account
    return replace(account, password_hash=deps.passwords.hash(password))
