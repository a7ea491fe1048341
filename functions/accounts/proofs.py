"""Passwords, addresses and links from mails."""

from typing import Literal

from msgspec import Struct

from chalicelib.services.accounts import addresses, passwords
from functions import cookies
from functions.access import PUBLIC, SELF
from functions.accounts.shapes import Input, Line, Secret, Token
from functions.http import Answer, Call, Routes

routes = Routes(__name__)


class Address(Input):
    """An address that somebody typed."""

    email: Line


class LinkToken(Input):
    """What stands behind the # of a link in a mail."""

    token: Token


class NewPassword(LinkToken):
    """The link from the mail, and the password to be."""

    password: Secret


class PasswordChange(Input):
    """The old and the new."""

    current: Secret
    new: Secret


class AddressChange(Input):
    """The new address, and proof that it is the person who asks."""

    email: Line
    password: Secret


class Verified(Struct):
    """The address that is now proven."""

    email: str


class ChangeProgress(Struct):
    """Which side's link is still to be opened."""

    state: Literal["waiting_for_new", "waiting_for_old", "changed"]


@routes.add("POST", "/auth/reset", PUBLIC, body=Address, status=202)
def ask_reset(call: Call) -> None:
    """A link for a new password goes to the address, if there is an account; the answer is always this."""
    passwords.ask_reset(call.deps, email=call.body.email, ip=call.ip)


@routes.add("POST", "/auth/reset/confirm", PUBLIC, body=NewPassword, status=204)
def confirm_reset(call: Call) -> None:
    """A new password by the link; every device is signed out."""
    passwords.reset(call.deps, token=call.body.token, password=call.body.password, ip=call.ip)


@routes.add("POST", "/me/password", SELF, body=PasswordChange, status=204)
def change_password(call: Call) -> Answer:
    """A new password by knowing the old one; every other device is signed out."""
    token = passwords.change(call.deps, call.user, current=call.body.current, new=call.body.new)
    return Answer(cookies=(cookies.access(token),))


@routes.add("POST", "/email/verify", PUBLIC, body=LinkToken, answer=Verified)
def verify_email(call: Call) -> Verified:
    """The link in the first mail; 409 `address_taken` if another account has proven the address before."""
    return Verified(addresses.verify(call.deps, token=call.body.token, ip=call.ip).email)


@routes.add("POST", "/email/verify/resend", SELF, status=202)
def resend_verification(call: Call) -> None:
    """The first mail once more."""
    addresses.resend(call.deps, call.user.user_id, ip=call.ip)


@routes.add("POST", "/me/email", SELF, body=AddressChange, status=202)
def change_email(call: Call) -> None:
    """Links go to both addresses; an address not proven yet is just replaced."""
    given: AddressChange = call.body
    addresses.ask_change(call.deps, call.user, email=given.email, password=given.password, ip=call.ip)


@routes.add("POST", "/email/change/confirm", PUBLIC, body=LinkToken, answer=ChangeProgress)
def confirm_email_change(call: Call) -> ChangeProgress:
    """One side's link; with the second, the address changes and other devices are signed out."""
    return ChangeProgress(
        addresses.confirm_change(call.deps, token=call.body.token, caller=call.user, ip=call.ip),
    )
