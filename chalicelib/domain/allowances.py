"""What a learner may still take: one hold, three free sessions ahead, five open requests; and what they missed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict

MOST_FREE, MOST_LAPSES, MOST_REQUESTS, MOST_NO_SHOWS = 3, 3, 5, 2
DAY, MONTH = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True)
class Lapse:
    """A hold on this mentor's time that ran out."""

    mentor_id: str
    at: datetime


@dataclass(frozen=True)
class Allowance:
    """A learner's running counts; `hold` is the booking held now, version 0 means nothing was ever counted."""

    id: str
    hold: str | None = None
    free_ahead: int = 0
    open_requests: int = 0
    free_paused_until: datetime | None = None
    no_shows: tuple[datetime, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    version: int = 0

    def hold_on(self, booking_id: str, mentor_id: str, now: datetime) -> "Allowance":
        """One live hold at a time, and none with a mentor on whom three have lapsed within a day."""
        if self.hold is not None:
            words = "You are holding another time already. Confirm it or let it go first."
            raise Conflict("has_hold", words, {"booking_id": self.hold})
        if sum(each.mentor_id == mentor_id for each in self._recent(now)) >= MOST_LAPSES:
            words = "Three holds with this mentor have lapsed within a day. Please try again tomorrow."
            raise Conflict("too_many_lapses", words)
        return replace(self, hold=booking_id)

    def take_free(self, now: datetime) -> "Allowance":
        """Three free sessions ahead at most, none while paused for not having come."""
        if self.free_paused_until and now < self.free_paused_until:
            day = f"{self.free_paused_until:%d %B %Y}".lstrip("0")
            words = f"Free sessions are paused until {day}, after two that were missed without cancelling."
            raise Conflict("free_paused", words)
        if self.free_ahead >= MOST_FREE:
            words = f"{MOST_FREE} free sessions can be booked ahead at a time. Attend or cancel one of them first."
            raise Conflict("free_limit", words)
        return replace(self, free_ahead=self.free_ahead + 1)

    def free_done(self) -> "Allowance":
        """A free session is no longer ahead."""
        return replace(self, free_ahead=max(self.free_ahead - 1, 0))

    def let_go(self, booking_id: str) -> "Allowance":
        """The hold has become a booking, or nothing."""
        return replace(self, hold=None) if self.hold == booking_id else self

    def lapsed(self, mentor_id: str, now: datetime) -> "Allowance":
        """A hold ran out: time that others could not take."""
        return replace(self, lapses=(*self._recent(now), Lapse(mentor_id, now)))

    def missed(self, now: datetime) -> "Allowance":
        """A free session was missed: the second within 30 days pauses free booking for 30 more."""
        recent = (*(at for at in self.no_shows if now - at < MONTH), now)
        paused = now + MONTH if len(recent) >= MOST_NO_SHOWS else self.free_paused_until
        return replace(self, no_shows=recent, free_paused_until=paused)

    def ask(self) -> "Allowance":
        """One more request that waits for an answer."""
        if self.open_requests >= MOST_REQUESTS:
            words = f"{MOST_REQUESTS} requests can be open at a time. Withdraw one, or wait for an answer."
            raise Conflict("too_many_requests", words)
        return replace(self, open_requests=self.open_requests + 1)

    def answered(self) -> "Allowance":
        """A request is no longer open."""
        return replace(self, open_requests=max(self.open_requests - 1, 0))

    def _recent(self, now: datetime) -> tuple[Lapse, ...]:
        return tuple(each for each in self.lapses if now - each.at < DAY)
