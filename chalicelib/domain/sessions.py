"""A session: one meeting of two people, and the states it passes through."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.domain.cards import LearnerCard, MentorCard, Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.reschedules import Proposal

Outcome = Literal["completed", "no_show_learner", "no_show_mentor", "no_show_both"]
Status = Literal["open", "held", "booked", "live", "expired", "cancelled"] | Outcome
Origin = Literal["published", "slot", "request"]
DOORS_OPEN, CALL_OPENS, GRACE = timedelta(minutes=15), timedelta(minutes=5), timedelta(minutes=10)
ABSENCE, EXTENSION, MOST_EXTENSIONS = timedelta(minutes=10), timedelta(minutes=15), 2
REMINDERS = (timedelta(hours=24), timedelta(minutes=30), timedelta(minutes=5))


@dataclass(frozen=True)
class Session:
    """`learner` and `booking_id` are set while it is held or taken; `held_until` while held, by a learner who pays or
    confirms, or for the waiter in `offered_to`. Times are UTC, money is paise, buffers are minutes.

    `reminded` counts the REMINDERS that are past, `sequence` the changes a calendar has to be told of.
    """

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
    origin: Origin = "published"
    offering_id: str | None = None
    request_id: str | None = None
    buffer_before: int = 0
    buffer_after: int = 0
    counted_on: date | None = None
    learner: LearnerCard | None = None
    booking_id: str | None = None
    held_until: datetime | None = None
    offered_to: str | None = None
    waiters: int = 0
    proposal: Proposal | None = None
    reschedules: int = 0
    reminded: int = 0
    sequence: int = 0
    mentor_came_at: datetime | None = None
    learner_came_at: datetime | None = None
    overtime: bool = False
    extended: int = 0
    extension_asked_by: Side | None = None
    mentor_left_early: bool = False
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
        """The room closes by itself, if nobody's next claim closes it before."""
        return self.ends_at + GRACE

    @property
    def is_listed(self) -> bool:
        """Everyone may see and book it."""
        return self.origin == "published" and self.status == "open"

    @property
    def is_taken(self) -> bool:
        """It will be, or is being, held with its learner."""
        return self.status in ("booked", "live")

    def is_over(self, now: datetime) -> bool:
        """Nothing more will happen in it."""
        return self.next_due() is None or now >= self.hard_end

    def is_past(self, now: datetime) -> bool:
        """It belongs among what was: over, and if it was called off, its time has come too."""
        called_off = self.status == "cancelled" and now < self.starts_at
        return self.is_over(now) and not called_off

    def side_of(self, user_id: str) -> Side | None:
        """Which of its two people this is, if any."""
        if user_id == self.mentor.id:
            return "mentor"
        return "learner" if self.learner and user_id == self.learner.id else None

    def take(self, learner: LearnerCard, booking_id: str, now: datetime, until: datetime | None = None) -> "Session":
        """A learner books the open session, or the one offered to them; with `until` it is only held until then."""
        if learner.id == self.mentor.id:
            raise Conflict("own_session", "This is your own session: you cannot book yourself.")
        offered = self.status == "held" and self.offered_to == learner.id and now < (self.held_until or now)
        if self.status != "open" and not offered:
            raise Conflict("slot_taken", "Somebody was faster: this session has just been taken.")
        if now >= self.starts_at:
            raise Conflict("too_late", "This session has already begun.")
        held = replace(self, learner=learner, booking_id=booking_id, offered_to=None, held_until=until)
        return replace(held, status="held") if until else held.booked(now)

    def retaken(self, learner: LearnerCard, booking_id: str) -> "Session":
        """The hold that had lapsed is paid after all, and nobody else has the time or was offered it."""
        lapsed = self.status == "expired" and self.origin != "published"
        if self.status != "open" and not lapsed:
            raise Conflict("slot_taken", "Somebody else has this time by now.")
        return replace(self, learner=learner, booking_id=booking_id)

    def booked(self, now: datetime) -> "Session":
        """From now on it will take place; what reminders would have said already is skipped."""
        past = sum(now >= self.starts_at - before for before in REMINDERS)
        return replace(self, status="booked", held_until=None, reminded=past)

    def freed(self, now: datetime) -> "Session":
        """Its learner is gone: a published session is open again, one made for that learner is not."""
        again = self.origin == "published" and now < self.starts_at
        free = replace(self, learner=None, booking_id=None, held_until=None, offered_to=None)
        if not again:
            return replace(free, status="expired" if self.status == "held" else "cancelled", proposal=None)
        unmet = replace(free, mentor_came_at=None, learner_came_at=None)
        return replace(unmet, status="open", proposal=None, reschedules=0, reminded=0)

    def offered(self, user_id: str, until: datetime) -> "Session":
        """Kept for one who waits for it."""
        return replace(self, status="held", offered_to=user_id, held_until=until, waiters=max(self.waiters - 1, 0))

    def withdraw(self) -> "Session":
        """The mentor takes back what nobody has booked yet."""
        if self.status != "open" and not (self.status == "held" and self.booking_id is None):
            raise Conflict("slot_taken", "Somebody has booked this session already.")
        return self.cancelled()

    def cancelled(self) -> "Session":
        """It will not take place."""
        gone = replace(self, status="cancelled", held_until=None, offered_to=None, proposal=None)
        return replace(gone, sequence=self.sequence + 1)

    def moved_to(self, starts_at: datetime, counted_on: date | None, now: datetime) -> "Session":
        """Both have agreed on another time."""
        moved = replace(self, starts_at=starts_at, counted_on=counted_on, proposal=None)
        moved = replace(moved, reschedules=self.reschedules + 1, sequence=self.sequence + 1)
        return moved.booked(now)

    def go_live(self, now: datetime) -> "Session":
        """The mentor opens the room, from 15 minutes before; doing so twice changes nothing."""
        if self.status == "live":
            return self
        self.must_be_enterable(now)
        return replace(self, status="live", mentor_came_at=self.mentor_came_at or now, proposal=None)

    def enter(self, side: Side, now: datetime) -> "Session":
        """One side is let into the room for the first time."""
        self.must_be_enterable(now)
        if side == "mentor":
            return self if self.mentor_came_at else replace(self, mentor_came_at=now)
        return self if self.learner_came_at else replace(self, learner_came_at=now)

    def must_be_enterable(self, now: datetime) -> None:
        """The room is open from 15 minutes before until 10 minutes after, and only for a session that still is."""
        if self.status == "open":
            raise Conflict("not_booked", "Nobody has booked this session yet.")
        if self.status == "held":
            raise Conflict("not_confirmed", "This booking has not been confirmed yet.")
        if not self.is_taken or now >= self.hard_end:
            raise Conflict("ended", "This session has ended.")
        if now < self.doors_open:
            opens = self.doors_open.strftime("%Y-%m-%dT%H:%M:%SZ")
            raise Conflict("too_early", "The room opens 15 minutes before the start.", {"opens_at": opens})

    def ask_to_extend(self, side: Side, now: datetime, seen: datetime) -> "Session":
        """One side would like 15 minutes more than the end they have seen; when the other has asked already, they are
        agreed. Once that end has moved, it is an answer asked for again, and changes nothing."""
        if seen != self.ends_at:
            return self
        if self.status != "live" or not self.starts_at <= now < self.hard_end:
            raise Conflict("not_live", "Only a session that is under way can be extended.")
        if self.extended >= MOST_EXTENSIONS:
            raise Conflict(
                "extended_twice", "This session has been extended twice already, which is as often as it can be."
            )
        if self.extension_asked_by in (None, side):
            return replace(self, extension_asked_by=side)
        longer = self.duration_minutes + int(EXTENSION.total_seconds() // 60)
        extended = replace(self, duration_minutes=longer, extended=self.extended + 1, sequence=self.sequence + 1)
        return replace(extended, extension_asked_by=None, overtime=False)

    def end(self, now: datetime, outcome: Outcome, *, mentor_left_early: bool = False) -> "Session":
        """The mentor ends it for both; a learner who has not come is waited for until ten minutes after the start."""
        if self.status != "live":
            raise Conflict("not_live", "Only a session that is live can be ended.")
        if self.learner_came_at is None and now < self.starts_at + ABSENCE:
            words = "The learner has not come yet. You can leave, or end this from ten minutes after the start."
            raise Conflict("learner_awaited", words)
        return self._over(now, outcome, mentor_left_early)

    def settle(
        self, now: datetime, outcome: Outcome, *, busy_next: bool = False, mentor_left_early: bool = False
    ) -> "Session":
        """At the scheduled end somebody absent did not show; else it runs into the grace and is over after that, or at
        once if one of the two has something next (`busy_next`)."""
        if now < self.ends_at:
            return self
        if outcome != "completed" or busy_next or now >= self.hard_end:
            ended = self.hard_end if now >= self.hard_end and not busy_next else self.ends_at
            return self._over(ended, outcome, mentor_left_early)
        return replace(self, overtime=True)

    def next_due(self) -> datetime | None:
        """When time alone will next have something to do with it."""
        match self.status:
            case "open":
                return self.starts_at
            case "held":
                return min(self.held_until or self.starts_at, self.starts_at)
            case "booked" | "live":
                return min(self._dues())
        return None

    def _dues(self) -> list[datetime]:
        dues = [self.hard_end if self.overtime else self.ends_at]
        if self.reminded < len(REMINDERS):
            dues.append(self.starts_at - REMINDERS[self.reminded])
        if self.proposal:
            dues.append(self.proposal.lapses_at)
        return dues

    def _over(self, at: datetime, outcome: Outcome, mentor_left_early: bool) -> "Session":
        over = replace(self, status=outcome, ended_at=at, extension_asked_by=None, proposal=None)
        return replace(over, mentor_left_early=mentor_left_early)
