"""A session at a fixed time: how it may be offered, and the states it passes through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain import entries
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.claims import on_grid
from chalicelib.domain.errors import Conflict

Status = Literal[
    "open", "booked", "live", "completed", "expired", "cancelled", "no_show_learner", "no_show_mentor", "no_show_both"
]
Side = Literal["mentor", "learner"]
TITLE = range(10, 101)
MOST_WORDS, LONGEST_DESCRIPTION, MOST_TOPICS, SHORTEST_TOPIC = 200, 4000, 5, 2
DURATIONS = range(30, 181, 15)
FURTHEST = timedelta(days=365)
DOORS_OPEN, CALL_OPENS, GRACE = timedelta(minutes=15), timedelta(minutes=5), timedelta(minutes=10)
ABSENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Session:
    """One meeting of two people; `learner` and `booking_id` are set from booking on. Times are UTC, money is paise."""

    id: str
    mentor: MentorCard
    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    starts_at: datetime
    duration_minutes: int
    created_at: datetime
    price_paise: int = 0
    status: Status = "open"
    learner: LearnerCard | None = None
    booking_id: str | None = None
    mentor_came_at: datetime | None = None
    learner_came_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def ends_at(self) -> datetime:
        """The scheduled end."""
        return self.starts_at + timedelta(minutes=self.duration_minutes)

    @property
    def doors_open(self) -> datetime:
        """The mentor may go live, the learner enter the waiting room."""
        return self.starts_at - DOORS_OPEN

    @property
    def call_opens(self) -> datetime:
        """The learner may enter the call even if the mentor has not gone live."""
        return self.starts_at - CALL_OPENS

    @property
    def hard_end(self) -> datetime:
        """The room closes by itself."""
        return self.ends_at + GRACE

    def is_over(self, now: datetime) -> bool:
        """Nothing more will happen in it."""
        return self.next_due() is None or now >= self.hard_end

    def side_of(self, user_id: str) -> Side | None:
        """Which of its two people this is, if any."""
        if user_id == self.mentor.id:
            return "mentor"
        return "learner" if self.learner and user_id == self.learner.id else None

    def book(self, learner: LearnerCard, booking_id: str, now: datetime) -> "Session":
        """A learner takes the open session."""
        if learner.id == self.mentor.id:
            raise Conflict("own_session", "This is your own session: you cannot book yourself.")
        if self.status != "open":
            raise Conflict("slot_taken", "Somebody was faster: this session has just been taken.")
        if now >= self.starts_at:
            raise Conflict("too_late", "This session has already begun.")
        return replace(self, status="booked", learner=learner, booking_id=booking_id)

    def withdraw(self) -> "Session":
        """The mentor takes back what nobody has booked yet."""
        if self.status != "open":
            raise Conflict("slot_taken", "Somebody has booked this session already.")
        return replace(self, status="cancelled")

    def go_live(self, now: datetime) -> "Session":
        """The mentor opens the room, from 15 minutes before; doing so twice changes nothing."""
        if self.status == "live":
            return self
        self.must_be_enterable(now)
        return replace(self, status="live", mentor_came_at=self.mentor_came_at or now)

    def enter(self, side: Side, now: datetime) -> "Session":
        """One side is let into the room; its first coming is what attendance counts from."""
        self.must_be_enterable(now)
        if side == "mentor":
            return self if self.mentor_came_at else replace(self, mentor_came_at=now)
        return self if self.learner_came_at else replace(self, learner_came_at=now)

    def must_be_enterable(self, now: datetime) -> None:
        """The room is open from 15 minutes before until 10 minutes after, and only for a session that still is."""
        if self.status == "open":
            raise Conflict("not_booked", "Nobody has booked this session yet.")
        if self.status not in ("booked", "live") or now >= self.hard_end:
            raise Conflict("ended", "This session has ended.")
        if now < self.doors_open:
            opens = self.doors_open.strftime("%Y-%m-%dT%H:%M:%SZ")
            raise Conflict("too_early", "The room opens 15 minutes before the start.", {"opens_at": opens})

    def end(self, now: datetime) -> "Session":
        """The mentor ends it for both; a learner who has not come is waited for until ten minutes after the start."""
        if self.status != "live":
            raise Conflict("not_live", "Only a session that is live can be ended.")
        if self.learner_came_at is None and now < self.starts_at + ABSENCE:
            words = "The learner has not come yet. You can leave, or end this from ten minutes after the start."
            raise Conflict("learner_awaited", words)
        return replace(self, status=self._outcome(), ended_at=now)

    def settle(self, now: datetime) -> "Session":
        """What time alone makes of a session: unsold at its start it expires, after the grace it is over."""
        if self.status == "open" and now >= self.starts_at:
            return replace(self, status="expired")
        if self.status in ("booked", "live") and now >= self.hard_end:
            return replace(self, status=self._outcome(), ended_at=self.hard_end)
        return self

    def next_due(self) -> datetime | None:
        """When `settle` will next have something to do."""
        if self.status == "open":
            return self.starts_at
        return self.hard_end if self.status in ("booked", "live") else None

    def _outcome(self) -> Status:
        came = (self.mentor_came_at is not None, self.learner_came_at is not None)
        outcomes: dict[tuple[bool, bool], Status] = {
            (True, True): "completed",
            (True, False): "no_show_learner",
            (False, True): "no_show_mentor",
            (False, False): "no_show_both",
        }
        return outcomes[came]


def check_offer(
    *,
    title: str,
    description: str,
    topics: Sequence[str],
    domain: str,
    starts_at: datetime,
    duration_minutes: int,
    domains: Sequence[str],
    now: datetime,
) -> None:
    """All that is wrong with a session to be published, at once."""
    length = None if len(title) in TITLE else "A title has 10 to 100 characters."
    duration = None if duration_minutes in DURATIONS else "30 to 180 minutes, in steps of 15."
    entries.refuse(
        title=length or entries.text_fault(title, TITLE.stop),
        description=_description_fault(description),
        topics=_topics_fault(topics),
        domain=entries.choice_fault([domain], domains),
        starts_at=_start_fault(starts_at, now),
        duration_minutes=duration,
    )


def _description_fault(description: str) -> str | None:
    if not description.strip():
        return "Please say what the session is about."
    if len(description.split()) > MOST_WORDS:
        return f"At most {MOST_WORDS} words."
    return entries.text_fault(description, LONGEST_DESCRIPTION)


def _topics_fault(topics: Sequence[str]) -> str | None:
    if not 1 <= len(topics) <= MOST_TOPICS:
        return f"One to {MOST_TOPICS} topics."
    if any(len(topic) < SHORTEST_TOPIC for topic in topics):
        return f"A topic has at least {SHORTEST_TOPIC} characters."
    return entries.list_fault(topics, MOST_TOPICS)


def _start_fault(starts_at: datetime, now: datetime) -> str | None:
    if starts_at <= now:
        return "The start must lie in the future."
    if starts_at - now > FURTHEST:
        return "At most a year ahead."
    return None if on_grid(starts_at) else "Sessions start on the quarter-hour."
