"""What the account routes take and answer with."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from chalicelib.domain.identity import Role
from chalicelib.domain.mentors import Mentor, Person

Line = Annotated[str, msgspec.Meta(max_length=300)]
Text = Annotated[str, msgspec.Meta(max_length=5000)]
Words = Annotated[list[Line], msgspec.Meta(max_length=50)]
Secret = Annotated[str, msgspec.Meta(max_length=256)]
Token = Annotated[str, msgspec.Meta(max_length=2000)]


class Input(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What comes from outside: nothing but what is declared."""


class Part(Input, omit_defaults=True):
    """A change of some parts: what is left out stays as it is."""

    def given(self) -> dict[str, Any]:
        """The parts that were sent."""
        parts = msgspec.structs.asdict(self)
        return {name: value for name, value in parts.items() if value is not msgspec.UNSET}


class MentorSide(msgspec.Struct):
    """A mentor's application and profile, as its owner and the admins see it."""

    status: str
    reason: str | None
    slug: str | None
    domains: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    experience_years: int | None
    phone: str
    headline: str
    bio: str
    intro_video_url: str


class Me(msgspec.Struct):
    """A person as they see themselves."""

    id: str
    name: str
    email: str
    email_verified: bool
    mail_stopped: str | None
    pending_email: str | None
    roles: tuple[Role, ...]
    zone: str
    birth_date: date
    photo_url: str | None
    photo_problem: str | None
    interests: tuple[str, ...]
    career_goal: str
    bio: str
    terms_version: str
    totp_enabled: bool
    recovery_codes_left: int
    mentor: MentorSide | None


def me(person: Person, now: datetime) -> Me:
    """The account with its mentor's side."""
    account = person.account
    return Me(
        id=account.id,
        name=account.name,
        email=account.email,
        email_verified=account.email_verified,
        mail_stopped=account.mail_stopped,
        pending_email=account.pending_email(now),
        roles=account.roles,
        zone=account.zone,
        birth_date=account.birth_date,
        photo_url=account.photo_url,
        photo_problem=account.photo_problem,
        interests=account.interests,
        career_goal=account.career_goal,
        bio=account.bio,
        terms_version=account.terms_version,
        totp_enabled=account.totp_enabled,
        recovery_codes_left=len(account.second_factor.recovery) if account.second_factor else 0,
        mentor=mentor_side(person.mentor) if person.mentor else None,
    )


def mentor_side(mentor: Mentor) -> MentorSide:
    """Everything but what is for the record only."""
    return MentorSide(
        status=mentor.status,
        reason=mentor.reason,
        slug=mentor.slug,
        domains=mentor.domains,
        skills=mentor.skills,
        languages=mentor.languages,
        experience_years=mentor.experience_years,
        phone=mentor.phone,
        headline=mentor.headline,
        bio=mentor.bio,
        intro_video_url=mentor.intro_video_url,
    )
