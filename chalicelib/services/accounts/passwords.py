"""A new password: by a link to the proven address, or by knowing the old one."""

from typing import TYPE_CHECKING

from chalicelib.domain import entries, throttles
from chalicelib.domain.accounts import Account, spent_link
from chalicelib.domain.identity import Identity
from chalicelib.domain.mentors import Person
from chalicelib.services import payees
from chalicelib.services.accounts import devices, people, proofs
from chalicelib.services.accounts.letters import letter
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def ask_reset(deps: "Deps", *, email: str, ip: str) -> None:
    """A link to the address, if it is somebody's; as much work if it is nobody's."""
    address, now = entries.address_key(email), deps.clock()
    deps.throttles.count(throttles.mails(address, ip), now)
    owner = deps.accounts.owner_of(address)
    if owner and owner.status == "active":
        deps.tables.commit([letter(deps, owner, "reset_password", epoch=str(owner.auth_epoch))])
    else:
        deps.tables.commit([deps.accounts.writing_to_nobody(deps.new_id("out"), now)])


def reset(deps: "Deps", *, token: str, password: str, ip: str) -> None:
    """The link's password replaces the old one; every device is signed out, which is also what uses the link up.

    Whoever guessed at the old password keeps nobody out: sign-ins to the address count anew.
    """
    now = deps.clock()
    deps.throttles.count(throttles.links(ip), now)
    claims = deps.tokens.read("reset", token)
    found = deps.mentors.person(claims["sub"]) if claims else None
    if claims is None or found is None:
        raise spent_link()
    found.account.must_be_active()
    _must_be_unused(claims["epoch"], found.account)
    password_hash = _hashed(deps, found.account, password, "password")

    def renew(account: Account) -> Account:
        _must_be_unused(claims["epoch"], account)
        renewed = account.with_password(password_hash, now)
        return renewed.verified(claims["adr"]) if renewed.mail_stopped else renewed  # the link has arrived there

    def follow(old: Person, new: Person) -> list[Write]:
        guessed = throttles.sign_in_as(new.account.address_key)
        stopped = payees.stop(deps, new.account.id)
        return [_told(deps, new.account), deps.throttles.forgetting(guessed, now), *stopped]

    people.change_account(deps, found.account.id, renew, follow, absent=spent_link)


def change(deps: "Deps", user: Identity, *, current: str, new: str) -> str:
    """Every other device is signed out; this one gets a new access token."""
    account = proofs.proven_again(deps, user, current, "current").account
    password_hash = _hashed(deps, account, new, "new")

    def follow(old: Person, changed: Person) -> list[Write]:
        kept = deps.devices.keeping(user.user_id, user.device, user.epoch, changed.account.auth_epoch)
        return [kept, _told(deps, changed.account), *payees.stop(deps, user.user_id)]

    def renew(present: Account) -> Account:
        present.must_be_signed_in(user.epoch)
        return present.with_password(password_hash, deps.clock())

    person = people.change_account(deps, user.user_id, renew, follow)
    return devices.access_token(deps, person.account, user.device, user.second_factor)


def _hashed(deps: "Deps", account: Account, password: str, field: str) -> str:
    entries.refuse(**{field: proofs.password_fault(deps, password, account.name, account.email)})
    return deps.passwords.hash(password)


def _must_be_unused(epoch: str, account: Account) -> None:
    if epoch != str(account.auth_epoch):
        raise spent_link()


def _told(deps: "Deps", account: Account) -> Write:
    return letter(deps, account, "password_changed")
