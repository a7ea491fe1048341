"""Making the demonstration people exist, by the same steps that a person takes on the site."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pyotp

from chalicelib.domain.accounts import TERMS_VERSION, Account
from chalicelib.domain.outgoing import Outgoing
from chalicelib.gateways.passwords import Passwords
from chalicelib.gateways.pictures import Pictures
from chalicelib.gateways.second_factors import SecondFactors
from chalicelib.services import links, mentors, uploads
from chalicelib.services.accounts import addresses, devices, people, profile, second_factors, signing_in, signing_up
from chalicelib.services.accounts.devices import Admission
from chalicelib.stores.outbox import Outbox
from chalicelib.stores.writes import Put
from chalicelib.wiring import Deps
from infra.local.demo.people import Someone
from infra.local.demo.portraits import portrait

PASSWORD = "mango-lantern-harbour"
TOTP_SECRET = "PEERLEARNDEMOADMINLOCALONLY23456"  # of use on a developer's own machine alone
JOINED = timedelta(days=21)  # before the first of the sessions that lie behind us
BROWSER = "Demonstration data"


class Unsent(Outbox):
    """Mails recorded as sent already: nobody is to be written to about invented people; the last one is kept."""

    last: Outgoing

    def adding(self, message: Outgoing) -> Put:
        """Nothing is due."""
        self.last = message
        return super().adding(replace(message, status="sent"))


class OnePassword(Passwords):
    """The shared password is hashed once, not nineteen times."""

    hash = cache(Passwords.hash)


class OneSecret(SecondFactors):
    """The admin's authenticator is known beforehand."""

    def new_secret(self) -> str:
        """The printed one."""
        return TOTP_SECRET


@dataclass
class InHand:
    """A picture that need not be fetched from quarantine; all else is done as with any upload."""

    content: bytes
    pictures: Pictures

    def take(self, key: str) -> bytes:
        """What was drawn."""
        return self.content

    def discard(self, key: str) -> None:
        """It was never there."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pictures, name)


def quiet(deps: Deps) -> Deps:
    """The same parts, but no mail goes out and what all demonstration people share is made once."""
    outbox, secret = Unsent(deps.tables), OneSecret(deps.secrets)
    return replace(deps, outbox=outbox, passwords=OnePassword(), second_factors=secret)


def present(deps: Deps, someone: Someone) -> Account:
    """The person's account, made if there is none; what is there already is left as it is."""
    joined = deps.clock() - JOINED
    then = replace(deps, clock=lambda: joined)
    account = deps.accounts.owner_of(someone.email) or _new(then, someone)
    if someone.mentor and someone.approved:
        _approve(then, account)
    if someone.admin and not account.totp_enabled:
        _make_admin(then, account)
    return account


def _new(deps: Deps, someone: Someone) -> Account:
    account, admission = _sign_up(deps, someone)
    link = links.link_for(deps, deps.outbox.last)  # type: ignore[attr-defined]
    parts = {"interests": someone.interests, "career_goal": someone.career_goal, "bio": someone.bio}
    profile.edit(deps, account.id, parts)
    if someone.mentor:
        if not someone.approved:
            mentors.apply(deps, account.id)
        mentors.edit(deps, account.id, dict(someone.mentor))
        mentors.submit(deps, account.id)
    drawn = InHand(portrait(someone.portrait), deps.pictures)
    uploads.inspect(replace(deps, pictures=drawn), f"quarantine/photos/{account.id}/{deps.new_id('upl')}")  # type: ignore[arg-type]
    devices.sign_out(deps, cookie=admission.refresh)
    return addresses.verify(deps, token=link.partition("#")[2], ip=someone.slug)


def _sign_up(deps: Deps, someone: Someone) -> tuple[Account, Admission]:
    """Each from a network of their own, as far as the throttles can see."""
    form = signing_up.SignUp(someone.name, someone.email, PASSWORD, someone.born, someone.zone, TERMS_VERSION)
    mentor = bool(someone.mentor) and someone.approved
    person, admission = signing_up.sign_up(deps, form, mentor=mentor, ip=someone.slug, user_agent=BROWSER)
    return person.account, admission


def _approve(deps: Deps, account: Account) -> None:
    mentor = deps.mentors.find(account.id)
    if mentor and mentor.status == "pending":
        mentors.approve(deps, account.id, by=None)


def _make_admin(deps: Deps, account: Account) -> None:
    """The role, and the second factor without which it opens nothing."""
    people.change_account(deps, account.id, lambda old: old.with_role("admin"))
    _, admission = signing_in.sign_in(
        deps, email=account.email, password=PASSWORD, code=None, ip=account.name, user_agent=BROWSER
    )
    user = deps.tokens.known(admission.access)
    if user:
        second_factors.begin(deps, account.id)
        second_factors.confirm(deps, user, pyotp.TOTP(TOTP_SECRET).at(deps.clock()))
    devices.sign_out(deps, cookie=admission.refresh)
