"""What a mentor sells at any open time: its words, length and price, drafted, published or archived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from chalicelib.domain import entries, pitches
from chalicelib.domain.cards import MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session

Status = Literal["draft", "published", "archived"]
MOST_LIVE, MOST_KEPT = 30, 60


@dataclass(frozen=True)
class Offering:
    """draft -> published <-> archived; sessions hold copies of its words, so that a change is for later ones only."""

    id: str
    mentor_id: str
    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    duration_minutes: int
    price_paise: int
    created_at: datetime
    status: Status = "draft"
    version: int = 1

    def checked(self, *, domains: Sequence[str], payments: bool) -> "Offering":
        """All that is wrong with it is refused at once; a draft may leave open all but its title."""
        said = {name: getattr(self, name) for name in PITCH}
        faults = pitches.faults(**said, domains=domains, payments=payments)
        if self.status == "draft":
            faults = {name: words for name, words in faults.items() if name == "title" or said[name]}
        entries.refuse(**faults)
        return self

    def edit(self, words: Mapping[str, Any], *, domains: Sequence[str], payments: bool) -> "Offering":
        """Other words, length or price; a price from before stands even where payments are closed."""
        if self.status == "archived":
            raise Conflict("archived", "This offering is archived. Publish it again to change it.")
        new = replace(self, **words)
        return new.checked(domains=domains, payments=payments or new.price_paise == self.price_paise)

    def publish(self, *, domains: Sequence[str], payments: bool) -> "Offering":
        """On offer from now on, if nothing is missing; once more changes nothing."""
        return replace(self, status="published").checked(domains=domains, payments=payments)

    def archive(self) -> "Offering":
        """No longer on offer; what has been booked of it takes place."""
        return replace(self, status="archived")

    def must_be_published(self) -> None:
        """Drafts and archived ones cannot be booked."""
        if self.status != "published":
            raise Conflict("not_offered", "This is no longer on offer.")

    def session(
        self, session_id: str, mentor: MentorCard, starts_at: datetime, now: datetime, **placed: Any
    ) -> Session:
        """One session of it at an open time; `placed` is what footprints.placed says of that time."""
        self.must_be_published()
        return Session(
            id=session_id,
            mentor=mentor,
            starts_at=starts_at,
            created_at=now,
            origin="slot",
            offering_id=self.id,
            **{name: getattr(self, name) for name in PITCH},
            **placed,
        )


PITCH = ("title", "description", "topics", "domain", "duration_minutes", "price_paise")


def room_for_one_more(offerings: Sequence[Offering]) -> Offering | None:
    """A mentor's page shows all of them, so there is a limit; the oldest archived one, if any, has to go."""
    if sum(each.status != "archived" for each in offerings) >= MOST_LIVE:
        raise Conflict("too_many", f"You have {MOST_LIVE} offerings. Archive one of them to make room.")
    archived = sorted((each for each in offerings if each.status == "archived"), key=lambda each: each.id)
    return archived[0] if archived and len(offerings) >= MOST_KEPT else None
