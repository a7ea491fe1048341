"""A person's account: who they are, how they prove it, and what they may do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.domain import entries
from chalicelib.domain.errors import Conflict, Forbidden, Gone, signed_out
from chalicelib.domain.identity import Role

TERMS_VERSION = "2026-11-22"
UNVERIFIED_LIFE, EMAIL_CHANGE_LIFE = timedelta(days=30), timedelta(hours=24)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
MOST_INTERESTS, LONGEST_BIO, LONGEST_GOAL = 15, 2000, 200
Side = Literal["old", "new"]
Standing = Literal["active", "suspended"]
Stopped = Literal["bounced", "complained"]


@dataclass(frozen=True)
class SecondFactor:
    """A secret shared with an authenticator app (`sealed`: encrypted); `recovery` holds hashes of unused codes."""

    sealed: str
    confirmed: bool = False
    last_step: int = 0
    recovery: tuple[str, ...] = ()


@dataclass(frozen=True)
class EmailChange:
    """A new address that waits until both it and the old one have confirmed."""

    email: str
    nonce: str
    until: datetime
    confirmed: tuple[Side, ...] = ()


@dataclass(frozen=True)
class Account:
    """`auth_epoch` rises whenever all devices are to be signed out; `photo` is the picture's place without its size;
    `secured_at` is when the password or the address last became another. `mail_stopped` says why the address gets no
    mail but what is asked for there and then: it does not exist, or its owner called our mail spam."""

    id: str
    name: str
    email: str
    password_hash: str
    birth_date: date
    zone: str
    terms_version: str
    created_at: datetime
    roles: tuple[Role, ...] = ("learner",)
    status: Standing = "active"
    email_verified: bool = False
    auth_epoch: int = 1
    version: int = 1
    interests: tuple[str, ...] = ()
    career_goal: str = ""
    bio: str = ""
    photo: str | None = None
    photo_problem: str | None = None
    email_change: EmailChange | None = None
    second_factor: SecondFactor | None = None
    secured_at: datetime | None = None
    mail_stopped: Stopped | None = None

    @property
    def address_key(self) -> str:
        """The address as it is unique."""
        return entries.address_key(self.email)

    @property
    def photo_url(self) -> str | None:
        """The picture at 256 pixels, on the site's own origin."""
        return f"/media/{self.photo}-256.jpg" if self.photo else None

    @property
    def totp_enabled(self) -> bool:
        """Signing in asks for a code."""
        return self.second_factor is not None and self.second_factor.confirmed

    @property
    def ends_at(self) -> datetime | None:
        """An account whose address is never proven is forgotten."""
        return None if self.email_verified else self.created_at + UNVERIFIED_LIFE

    def pending_email(self, now: datetime) -> str | None:
        """The address that waits for confirmation."""
        return self.email_change.email if self.email_change and now < self.email_change.until else None

    def must_be_active(self) -> None:
        """A suspended person can neither sign in nor go on."""
        if self.status != "active":
            raise Forbidden("suspended", "This account is suspended. Please write to us if you think that is wrong.")

    def must_be_signed_in(self, epoch: int) -> None:
        """An access token outlives the sign-in that it was given for; what guards the account does not go by it."""
        if epoch != self.auth_epoch:
            raise signed_out()

    def edited(
        self,
        *,
        name: str | None = None,
        zone: str | None = None,
        interests: Sequence[str] | None = None,
        career_goal: str | None = None,
        bio: str | None = None,
    ) -> "Account":
        """The profile with some parts new; None leaves a part as it is."""
        self.must_be_active()
        new = replace(
            self,
            name=self.name if name is None else entries.tidy(name),
            zone=self.zone if zone is None else zone,
            interests=self.interests if interests is None else entries.tidy_list(interests),
            career_goal=self.career_goal if career_goal is None else career_goal.strip(),
            bio=self.bio if bio is None else bio.strip(),
        )
        entries.refuse(
            name=entries.name_fault(new.name),
            zone=entries.zone_fault(new.zone),
            interests=entries.list_fault(new.interests, MOST_INTERESTS),
            career_goal=entries.text_fault(new.career_goal, LONGEST_GOAL),
            bio=entries.text_fault(new.bio, LONGEST_BIO),
        )
        return new

    def verified(self, address_key: str) -> "Account":
        """The link in the mail was opened; it proves the address it was sent to and no other."""
        if address_key != self.address_key:
            raise spent_link()
        return replace(self, email_verified=True, mail_stopped=None)

    def stopping_mail(self, address_key: str, why: Stopped) -> "Account":
        """No more mail to this address: it stays proven, as whose it is has not changed. A former one is no matter."""
        if address_key != self.address_key or self.mail_stopped:
            return self
        return replace(self, mail_stopped=why)

    def takes_mail_at(self, address: str) -> bool:
        """Mail to this address is not sent in vain, nor against its owner's will."""
        return self.mail_stopped is None or entries.address_key(address) != self.address_key

    def with_password(self, password_hash: str, now: datetime) -> "Account":
        """A new password signs every device out and ends whatever was waiting for a link."""
        epoch = self.auth_epoch + 1
        return replace(self, password_hash=password_hash, auth_epoch=epoch, email_change=None, secured_at=now)

    def changing_email(self, email: str, nonce: str, now: datetime) -> "Account":
        """Both addresses must confirm, if the old one can; asking again starts anew."""
        if entries.address_key(email) == self.address_key:
            entries.refuse(email="This is your address already.")
        confirmed: tuple[Side, ...] = ("old",) if self.mail_stopped == "bounced" else ()
        return replace(self, email_change=EmailChange(email, nonce, now + EMAIL_CHANGE_LIFE, confirmed))

    def replacing_email(self, email: str) -> "Account":
        """One that was never proven is just replaced."""
        return replace(self, email=email, mail_stopped=None)

    def confirming_email(self, side: Side, nonce: str, now: datetime) -> "Account":
        """One side confirmed; with the second, the address changes and every device is signed out."""
        change = self.email_change
        if change is None or change.nonce != nonce or now >= change.until:
            raise spent_link()
        confirmed = {*change.confirmed, side}
        if confirmed < {"old", "new"}:
            return replace(self, email_change=replace(change, confirmed=(side,)))
        epoch = self.auth_epoch + 1
        moved = replace(self, email=change.email, email_change=None, mail_stopped=None)
        return replace(moved, auth_epoch=epoch, secured_at=now)

    def with_role(self, role: Role) -> "Account":
        """One more role."""
        return self if role in self.roles else replace(self, roles=(*self.roles, role))

    def without_role(self, role: Role) -> "Account":
        """One role less; every device is signed out, so that no token still says otherwise."""
        if role not in self.roles:
            raise Conflict("no_such_role", f"This person is no {role}.")
        left = tuple(held for held in self.roles if held != role)
        return replace(self, roles=left, auth_epoch=self.auth_epoch + 1)


def spent_link() -> Gone:
    """What an old, used or foreign link is answered with."""
    return Gone("link_spent", "This link has been used or is too old. Please ask for a new one.")


def sign_up_faults(
    *, name: str, email: str, birth_date: date, zone: str, terms_version: str, now: datetime
) -> dict[str, str | None]:
    """All that is wrong with a sign-up, but for its password."""
    agreed = terms_version == TERMS_VERSION
    return {
        "name": entries.name_fault(name),
        "email": entries.email_fault(email),
        "birth_date": entries.birth_date_fault(birth_date, now, zone),
        "zone": entries.zone_fault(zone),
        "terms_version": None if agreed else "The terms have changed. Please read and accept the present ones.",
    }


def password_fault(password: str, own: Sequence[str]) -> str | None:
    """Long enough, and more than the person's own data; whether it is a common one is told by the packaged list."""
    if len(password) < SHORTEST_PASSWORD:
        return f"At least {SHORTEST_PASSWORD} characters."
    if len(password) > LONGEST_PASSWORD:
        return f"At most {LONGEST_PASSWORD} characters."
    rest = password.casefold()
    for word in sorted(own, key=len, reverse=True):
        rest = rest.replace(word, "")
    return None if len(rest) >= SHORTEST_PASSWORD - 2 else "Please do not build it from your name or e-mail address."


def own_words(name: str, email: str) -> list[str]:
    """What a stranger knows of a person, in pieces of three letters and more."""
    local, _, domain = entries.address_key(email).partition("@")
    pieces = [*name.casefold().split(), *local.replace("+", ".").replace("_", ".").split("."), local, domain]
    return sorted({piece for piece in (*pieces, entries.address_key(email)) if len(piece) >= 3})
