"""E-mail addresses: proving one, and moving to another."""

from typing import TYPE_CHECKING, Literal

from chalicelib.domain import entries, throttles
from chalicelib.domain.accounts import Account, spent_link
from chalicelib.domain.devices import Device
from chalicelib.domain.identity import Identity
from chalicelib.domain.mentors import Person
from chalicelib.services import payees
from chalicelib.services.accounts import people, proofs
from chalicelib.services.accounts.letters import letter, proof_letter
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Progress = Literal["waiting_for_new", "waiting_for_old", "changed"]


def verify(deps: "Deps", *, token: str, ip: str) -> Account:
    """The address is proven and claimed; whoever proves it first has it. Opening the link again changes nothing."""
    deps.throttles.count(throttles.links(ip), deps.clock())
    claims = deps.tokens.read("verify", token)
    if claims is None:
        raise spent_link()
    address = claims["adr"]
    person = people.change_account(deps, claims["sub"], lambda old: old.verified(address), absent=spent_link)
    return person.account


def resend(deps: "Deps", user_id: str, *, ip: str) -> None:
    """The proving link once more; it also says of an address that gets no mail that it is good again."""
    account = people.person(deps, user_id).account
    if account.email_verified and account.mail_stopped is None:
        return
    deps.throttles.count(throttles.mails(account.address_key, ip), deps.clock())
    owner = deps.accounts.owner_of(account.address_key)
    deps.tables.commit([proof_letter(deps, account, owner)])


def ask_change(deps: "Deps", user: Identity, *, email: str, password: str, ip: str) -> None:
    """A proven address changes when both sides have confirmed; one not proven yet is just replaced."""
    now, email = deps.clock(), email.strip()
    entries.refuse(email=entries.email_fault(email))
    proofs.proven_again(deps, user, password)
    deps.throttles.count(throttles.mails(entries.address_key(email), ip), now)
    owner, nonce = deps.accounts.owner_of(entries.address_key(email)), deps.random()
    here = deps.devices.signed_in(user)

    def decide(account: Account) -> Account:
        account.must_be_signed_in(user.epoch)
        return account.changing_email(email, nonce, now) if account.email_verified else account.replacing_email(email)

    def letters(old: Person, new: Person) -> list[Write]:
        if not new.account.email_verified:
            return [here, proof_letter(deps, new.account, owner)]
        return [here, *_both_sides(deps, new.account, email, nonce, owner)]

    people.change_account(deps, user.user_id, decide, letters)


def confirm_change(deps: "Deps", *, token: str, caller: Identity | None, ip: str) -> Progress:
    """One side's link was opened; the browser that opens the second one stays signed in if it is the person's own."""
    now = deps.clock()
    deps.throttles.count(throttles.links(ip), now)
    claims = deps.tokens.read("change-email", token)
    if claims is None:
        raise spent_link()
    user_id = claims["sub"]
    here = deps.devices.find(user_id, caller.device) if caller and caller.user_id == user_id else None

    def follow(old: Person, new: Person) -> list[Write]:
        if new.account.email_change:
            return []
        told = letter(deps, new.account, "email_changed", to=old.account.email, new_email=new.account.email)
        return [*_keeping(deps, here, old.account, new.account), told, *payees.stop(deps, user_id)]

    person = people.change_account(
        deps,
        user_id,
        lambda account: account.confirming_email(claims["side"], claims["nonce"], now),
        follow,
        absent=spent_link,
    )
    return _progress(person.account)


def _keeping(deps: "Deps", here: Device | None, old: Account, new: Account) -> list[Write]:
    if here is None or here.epoch != old.auth_epoch:
        return []
    return [deps.devices.keeping(old.id, here.id, old.auth_epoch, new.auth_epoch)]


def _both_sides(deps: "Deps", account: Account, email: str, nonce: str, owner: Account | None) -> list[Write]:
    """If the new address is someone else's already, they are told, and the change can never be completed."""
    asked = account.email_change and "old" not in account.email_change.confirmed
    to_old = [letter(deps, account, "confirm_old_email", side="old", nonce=nonce, new_email=email)] if asked else []
    if owner:
        return [*to_old, letter(deps, owner, "already_registered")]
    return [*to_old, letter(deps, account, "confirm_new_email", to=email, side="new", nonce=nonce)]


def _progress(account: Account) -> Progress:
    if account.email_change is None:
        return "changed"
    return "waiting_for_old" if "new" in account.email_change.confirmed else "waiting_for_new"
