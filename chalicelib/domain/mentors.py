"""A mentor's application and profile, and the states it passes through."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain import entries, reviews
from chalicelib.domain.accounts import Account
from chalicelib.domain.cards import MentorCard
from chalicelib.domain.errors import Conflict, Invalid

DOMAINS = (
    "programming",
    "data-science",
    "design",
    "business",
    "languages",
    "mathematics",
    "science",
    "music",
    "photography",
    "writing",
)
MOST_DOMAINS, MOST_SKILLS, MOST_LANGUAGES, MOST_YEARS = 3, 15, 10, 60
SHORTEST_HEADLINE, LONGEST_HEADLINE, SHORTEST_BIO, LONGEST_BIO, LONGEST_REASON = 10, 100, 50, 2000, 1000
Status = Literal["draft", "pending", "approved", "returned"]


@dataclass(frozen=True)
class Mentor:
    """draft -> pending -> approved, or returned with a reason -> pending again; `slug` is given at approval.

    `stars` is the sum over all `reviews`, which is their count.
    """

    id: str
    created_at: datetime
    status: Status = "draft"
    domains: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    experience_years: int | None = None
    phone: str = ""
    headline: str = ""
    bio: str = ""
    intro_video_url: str = ""
    slug: str | None = None
    reason: str | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    stars: int = 0
    reviews: int = 0
    version: int = 1

    def edited(
        self,
        *,
        domains: Sequence[str] | None = None,
        skills: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        experience_years: int | None = None,
        phone: str | None = None,
        headline: str | None = None,
        bio: str | None = None,
        intro_video_url: str | None = None,
    ) -> "Mentor":
        """Some parts new, None leaves a part as it is; once submitted, the profile must stay complete."""
        new = replace(
            self,
            domains=self.domains if domains is None else tuple(dict.fromkeys(domains)),
            skills=self.skills if skills is None else entries.tidy_list(skills),
            languages=self.languages if languages is None else entries.tidy_list(languages),
            experience_years=self.experience_years if experience_years is None else experience_years,
            phone=self.phone if phone is None else re.sub(r"[ ()-]", "", phone),
            headline=self.headline if headline is None else entries.tidy(headline),
            bio=self.bio if bio is None else bio.strip(),
            intro_video_url=self.intro_video_url if intro_video_url is None else intro_video_url.strip(),
        )
        gaps = new._gaps() if self.status in ("pending", "approved") else {}
        entries.refuse(**gaps | {name: fault for name, fault in new._faults().items() if fault})
        return new

    def submitted(self, now: datetime) -> "Mentor":
        """Handed in for approval, when it is complete."""
        if self.status not in ("draft", "returned"):
            raise Conflict("already_submitted", "Your application has been handed in already.")
        gaps = self._gaps()
        if gaps:
            raise Invalid(gaps, "incomplete", "Some parts of your application are still missing.")
        return replace(self, status="pending", reason=None, submitted_at=now)

    def approved(self, account: Account, slug: str, now: datetime) -> "Mentor":
        """An admin approves a complete application of a person whose address is proven."""
        self._must_be_pending()
        account.must_be_active()
        if not account.email_verified:
            raise Conflict("email_unverified", "This person has not confirmed their e-mail address yet.")
        return replace(self, status="approved", slug=self.slug or slug, reason=None, approved_at=now)

    def returned(self, reason: str) -> "Mentor":
        """An admin sends it back, saying what to mend."""
        self._must_be_pending()
        reason = reason.strip()
        missing = None if reason else "Please say what is to be mended."
        entries.refuse(reason=missing or entries.text_fault(reason, LONGEST_REASON))
        return replace(self, status="returned", reason=reason)

    def reviewed(self, stars: int, count: int) -> "Mentor":
        """A review has come, or has changed, by so much."""
        return replace(self, stars=self.stars + stars, reviews=self.reviews + count)

    def card(self, account: Account) -> MentorCard:
        """How this mentor is shown beside something else."""
        return MentorCard(self.id, self.slug or "", account.name, self.headline, account.photo_url)

    def _must_be_pending(self) -> None:
        if self.status != "pending":
            raise Conflict("not_pending", "This application is not waiting for a decision.")

    def _faults(self) -> dict[str, str | None]:
        years = self.experience_years
        return {
            "domains": entries.choice_fault(self.domains, DOMAINS) or entries.list_fault(self.domains, MOST_DOMAINS),
            "skills": entries.list_fault(self.skills, MOST_SKILLS),
            "languages": entries.list_fault(self.languages, MOST_LANGUAGES),
            "experience_years": None if years is None or 0 <= years <= MOST_YEARS else f"0 to {MOST_YEARS} years.",
            "phone": entries.phone_fault(self.phone),
            "headline": entries.text_fault(self.headline, LONGEST_HEADLINE),
            "bio": entries.text_fault(self.bio, LONGEST_BIO),
            "intro_video_url": entries.link_fault(self.intro_video_url),
        }

    def _gaps(self) -> dict[str, str]:
        gaps = {
            "domains": not self.domains and "Choose at least one domain.",
            "skills": not self.skills and "Name at least one skill.",
            "languages": not self.languages and "Name at least one language you mentor in.",
            "experience_years": self.experience_years is None and "Please say how many years of experience you have.",
            "phone": not self.phone and "We need a phone number to reach you.",
            "headline": len(self.headline) < SHORTEST_HEADLINE
            and "One line of 10 to 100 characters: what you help with.",
            "bio": len(self.bio) < SHORTEST_BIO and f"At least {SHORTEST_BIO} characters.",
        }
        return {name: words for name, words in gaps.items() if isinstance(words, str)}


@dataclass(frozen=True)
class Profile:
    """What everyone may see of an approved mentor."""

    id: str
    slug: str
    name: str
    headline: str
    domains: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    experience_years: int
    bio: str
    intro_video_url: str
    photo_url: str | None = None
    zone: str = "UTC"
    stars: int = 0
    reviews: int = 0

    @property
    def rating(self) -> float | None:
        """As it is shown, and sorted by."""
        return reviews.rating(self.stars, self.reviews)

    def card(self) -> MentorCard:
        """How this mentor is shown beside something else."""
        return MentorCard(self.id, self.slug, self.name, self.headline, self.photo_url)


@dataclass(frozen=True)
class Person:
    """An account and, if there is one, its mentor's side."""

    account: Account
    mentor: Mentor | None = None

    @property
    def profile(self) -> Profile | None:
        """The public profile; only approved mentors in good standing have one."""
        account, mentor = self.account, self.mentor
        if mentor is None or mentor.status != "approved" or account.status != "active":
            return None
        return Profile(
            id=mentor.id,
            slug=mentor.slug or "",
            name=account.name,
            photo_url=account.photo_url,
            headline=mentor.headline,
            domains=mentor.domains,
            skills=mentor.skills,
            languages=mentor.languages,
            experience_years=mentor.experience_years or 0,
            bio=mentor.bio,
            intro_video_url=mentor.intro_video_url,
            zone=account.zone,
            stars=mentor.stars,
            reviews=mentor.reviews,
        )


def slug_of(name: str, attempt: int, mentor_id: str) -> str:
    """The public address made from a name: the plain one first, then numbered; for no Latin letter, from the id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    if len(words) < 2:
        words = f"mentor-{mentor_id[-6:].lower()}"
    return words if attempt == 0 else f"{words}-{attempt + 1}"
