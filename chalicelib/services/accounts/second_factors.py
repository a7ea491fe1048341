"""Two-step sign-in: turning it on with an authenticator app, and off again."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain import throttles
from chalicelib.domain.accounts import Account, SecondFactor
from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.identity import Identity
from chalicelib.services.accounts import devices, people, proofs

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

RECOVERY_CODES = 10


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs, as text, as a link and as a picture."""

    secret: str
    uri: str
    qr_svg: str


def begin(deps: "Deps", user: Identity, password: str) -> Enrolment:
    """A new secret, for the password; nothing changes at sign-in before a code of it has been shown."""
    proofs.proven_again(deps, user, password)
    secret = deps.second_factors.new_secret()
    factor = SecondFactor(deps.second_factors.sealed(secret))

    def enrol(account: Account) -> Account:
        account.must_be_signed_in(user.epoch)
        _must_be_off(account)
        return replace(account, second_factor=factor)

    account = people.change_account(deps, user.user_id, enrol, lambda old, new: [deps.devices.signed_in(user)]).account
    uri = deps.second_factors.uri(secret, account.email)
    return Enrolment(secret, uri, deps.second_factors.qr_svg(uri))


def confirm(deps: "Deps", user: Identity, code: str) -> tuple[list[str], str]:
    """The first code turns it on; the recovery codes are shown this once, and this device counts as proven."""
    deps.throttles.count(throttles.proofs(user.user_id), deps.clock())
    codes = deps.second_factors.new_recovery_codes(RECOVERY_CODES)
    hashes = deps.second_factors.recovery_hashes(codes)

    def turn_on(account: Account) -> Account:
        account.must_be_signed_in(user.epoch)
        _must_be_off(account)
        proven = proofs.with_code(deps, account, code)
        if proven is None or proven.second_factor is None:
            raise Invalid({"code": "This code is not right. Is the clock of your phone?"}, "wrong_code")
        return replace(proven, second_factor=replace(proven.second_factor, confirmed=True, recovery=hashes))

    person = people.change_account(deps, user.user_id, turn_on, lambda old, new: [deps.devices.proving(user)])
    return codes, devices.access_token(deps, person.account, user.device, second_factor=True)


def disable(deps: "Deps", user: Identity, *, password: str, code: str) -> None:
    """Off again, for password and code; admins must keep it."""
    account = proofs.proven_again(deps, user, password).account
    if not account.totp_enabled:
        raise Conflict("totp_off", "Two-step sign-in is not on.")
    if "admin" in account.roles:
        raise Forbidden("admins_need_it", "Admins cannot turn two-step sign-in off.")

    def turn_off(present: Account) -> Account:
        present.must_be_signed_in(user.epoch)
        if proofs.with_code(deps, present, code) is None:
            raise Invalid({"code": "This code is not right, or it has been used already."}, "wrong_code")
        return replace(present, second_factor=None)

    people.change_account(deps, user.user_id, turn_off, lambda old, new: [deps.devices.signed_in(user)])


def _must_be_off(account: Account) -> None:
    account.must_be_active()
    if account.totp_enabled:
        raise Conflict("totp_on", "Two-step sign-in is on already.")
