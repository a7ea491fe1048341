"""Making the demonstration people exist, by the same steps that a person takes on the site."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pyotp

from chalicelib.domain.accounts import TERMS_VERSION, Account
from chalicelib.domain.outgoing import Outgoing
from chalicelib.domain.throttles import Limit
from chalicelib.gateways.passwords import Passwords
from chalicelib.gateways.pictures import Pictures
from chalicelib.gateways.second_factors import SecondFactors
from chalicelib.services import links, mentors, uploads
from chalicelib.services.accounts import addresses, devices, people, profile, second_factors, signing_in, signing_up
from chalicelib.services.accounts.devices import Admission
from chalicelib.stores.outbox import Outbox
from chalicelib.stores.throttles import Throttles
from chalicelib.stores.writes import Put
from chalicelib.wiring import Deps
from infra.local.demo.people import Someone
from infra.local.demo.portraits import portrait

PASSWORD = "mango-lantern-harbour"
TOTP_SECRET = "PEERLEARNDEMOADMINLOCALONLY23456"  # of use on a developer's own machine alone
JOINED = timedelta(days=21)  # before the first of the sessions that lie behind us
HERE, BROWSER = "127.0.0.1", "Demonstration data"


class Unsent(Outbox):
    """Mails recorded as sent already: nobody is to be written to about invented people; the last one is kept."""

    last: Outgoing

    def adding(self, message: Outgoing) -> Put:
        """Nothing is due."""
        self.last = message
        return super().adding(replace(message, mail="sent", push="sent"))


class OnePassword(Passwords):
    """The shared password is hashed once, not nineteen times."""

    hash = cache(Passwords.hash)


class OneSecret(SecondFactors):
    """The admin's authenticator is known beforehand."""

    def new_secret(self) -> str:
        """The printed one."""
        return TOTP_SECRET


class Unthrottled(Throttles):
    """Nobody is guessing anything here."""

    def count(self, limits: Sequence[Limit], now: datetime) -> None:
        """Nothing is counted."""


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


def shared(deps: Deps) -> Deps:
    """The same parts, but what all demonstration people share is made once, beforehand, and nothing is throttled."""
    passwords = OnePassword()
    passwords.hash(PASSWORD)
    throttles = Unthrottled(deps.tables)
    return replace(deps, passwords=passwords, second_factors=OneSecret(deps.secrets), throttles=throttles)


def unsent(deps: Deps) -> Deps:
    """The same parts, but no mail goes out."""
    return replace(deps, outbox=Unsent(deps.tables))


def present(deps: Deps, someone: Someone) -> Account:
    """The person's account, made if there is none; what is there already is left as it is."""
    joined = deps.clock() - JOINED
    then = replace(unsent(deps), clock=lambda: joined)
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
    return addresses.verify(deps, token=link.partition("#")[2], ip=HERE)


def _sign_up(deps: Deps, someone: Someone) -> tuple[Account, Admission]:
    form = signing_up.SignUp(someone.name, someone.email, PASSWORD, someone.born, someone.zone, TERMS_VERSION)
    mentor = bool(someone.mentor) and someone.approved
    person, admission = signing_up.sign_up(deps, form, mentor=mentor, ip=HERE, user_agent=BROWSER)
    return person.account, admission


def _approve(deps: Deps, account: Account) -> None:
    mentor = deps.mentors.find(account.id)
    if mentor and mentor.status == "pending":
        mentors.approve(deps, account.id, by=None)


def _make_admin(deps: Deps, account: Account) -> None:
    """The role, and the second factor without which it opens nothing."""
    people.change_account(deps, account.id, lambda old: old.with_role("admin"))
    _, admission = signing_in.sign_in(
        deps, email=account.email, password=PASSWORD, code=None, ip=HERE, user_agent=BROWSER
    )
    user = deps.tokens.known(admission.access)
    if user:
        second_factors.begin(deps, user, PASSWORD)
        second_factors.confirm(deps, user, pyotp.TOTP(TOTP_SECRET).at(deps.clock()))
    devices.sign_out(deps, cookie=admission.refresh)
