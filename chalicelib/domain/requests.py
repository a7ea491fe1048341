"""A learner's request for a session of their own, and the negotiation about it: whose turn it is, and until when."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain import entries, pitches
from chalicelib.domain.cards import LearnerCard, MentorCard, Side
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.wishes import FURTHEST, Wish, is_ahead, times_fault

Status = Literal["open", "accepted", "declined", "withdrawn", "expired"]
Kind = Literal["proposed", "countered", "accepted", "declined", "withdrawn"]
PATIENCE = timedelta(hours=48)
MOST_MOVES, LONGEST_NOTE = 20, 1000
OTHER: dict[Side, Side] = {"learner": "mentor", "mentor": "learner"}
ENDINGS: dict[Status, str] = {
    "accepted": "This request has been accepted already.",
    "declined": "This request has been declined.",
    "withdrawn": "This request has been withdrawn.",
    "expired": "This request has run out without an answer.",
}


@dataclass(frozen=True)
class Terms:
    """When, and for how much: one of the times is to be chosen. Times are UTC, money is paise."""

    times: tuple[datetime, ...]
    price_paise: int


@dataclass(frozen=True)
class Move:
    """One step of either side, with the terms as they were from then on and the words that went with it."""

    by: Side
    kind: Kind
    at: datetime
    times: tuple[datetime, ...]
    price_paise: int
    note: str = ""


@dataclass(frozen=True)
class Message:
    """A word of one side to the other, beside the moves."""

    id: str
    by: Side
    text: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """`turn` is who is asked while it is open; `round` counts moves: nobody answers terms they have not seen."""

    id: str
    learner: LearnerCard
    mentor: MentorCard
    title: str
    domain: str
    description: str
    duration_minutes: int
    terms: Terms
    notice_minutes: int
    created_at: datetime
    moved_at: datetime
    status: Status = "open"
    turn: Side = "mentor"
    moves: tuple[Move, ...] = ()
    round: int = 1
    session_id: str | None = None
    booking_id: str | None = None
    version: int = 1

    @property
    def expires_at(self) -> datetime:
        """48 hours after the last move, sooner if the last of the proposed times comes within the mentor's notice."""
        return min(self.moved_at + PATIENCE, max(self.terms.times) - timedelta(minutes=self.notice_minutes))

    def side_of(self, user_id: str) -> Side:
        """Which of its two people this is; for anyone else there is no such request."""
        if user_id == self.learner.id:
            return "learner"
        if user_id == self.mentor.id:
            return "mentor"
        raise NotFound("request")

    def is_open(self, now: datetime) -> bool:
        """Somebody may still answer."""
        return self.status == "open" and now < self.expires_at

    def choices(self, now: datetime) -> tuple[datetime, ...]:
        """The proposed times that are still far enough ahead."""
        return tuple(at for at in self.terms.times if is_ahead(at, self.notice_minutes, now))

    def may(self, by: Side, act: Kind, now: datetime) -> bool:
        """Whether this side can take that step now."""
        return self.is_open(now) and self._why_not(by, act) is None

    def may_write(self, now: datetime) -> bool:
        """Words are exchanged while it is open, and once it is agreed."""
        return self.status == "accepted" or self.is_open(now)

    def counter(
        self,
        by: Side,
        terms: Terms,
        note: str,
        *,
        seen: int,
        notice_minutes: int,
        payments: bool,
        now: datetime,
        horizon_days: int = FURTHEST,
    ) -> "Request":
        """Other times, another price or both, for the other side to answer."""
        note, terms = note.strip(), Terms(tuple(sorted(set(terms.times))), terms.price_paise)
        if terms == self.terms and self._was_just_made(by, "countered", note, seen):
            return self
        self._must_allow(by, "countered", seen, now)
        times = times_fault(terms.times, notice_minutes, now, horizon_days)
        if terms == self.terms:
            times = "These are the present terms: change the times or the price, or accept them."
        price = pitches.price_fault(terms.price_paise, payments=payments)
        entries.refuse(times=times, price_paise=price, note=entries.text_fault(note, LONGEST_NOTE))
        return replace(self, notice_minutes=notice_minutes, terms=terms)._moved(by, "countered", now, note)

    def accept(self, by: Side, starts_at: datetime, *, seen: int, now: datetime) -> "Request":
        """One of the offered times at the present price: that is the session."""
        self._must_allow(by, "accepted", seen, now)
        if starts_at not in self.terms.times:
            raise Conflict("not_offered_time", "This is not one of the offered times. Please choose one of them.")
        if starts_at not in self.choices(now):
            raise Conflict("too_soon", "This time has come too close. Please choose another, or propose one.")
        agreed = Terms((starts_at,), self.terms.price_paise)
        return replace(self, status="accepted", terms=agreed)._moved(by, "accepted", now)

    def has_accepted(self, by: Side, starts_at: datetime) -> bool:
        """The same choice by the same side has been made already: asking again is no new move."""
        last = self.moves[-1]
        return self.status == "accepted" and last.by == by and self.terms.times == (starts_at,)

    def decline(self, by: Side, reason: str, *, seen: int, now: datetime) -> "Request":
        """No, and why; a mentor may also take their own counter back so."""
        reason = reason.strip()
        if self._was_just_made(by, "declined", reason, seen):
            return self
        self._must_allow(by, "declined", seen, now)
        missing = None if reason else "Please say why, in a few words."
        entries.refuse(reason=missing or entries.text_fault(reason, LONGEST_NOTE))
        return replace(self, status="declined")._moved(by, "declined", now, reason)

    def withdraw(self, by: Side, *, seen: int, now: datetime) -> "Request":
        """The learner no longer wants it, whoever's turn it is."""
        if self._was_just_made(by, "withdrawn", "", seen):
            return self
        self._must_allow(by, "withdrawn", seen, now)
        return replace(self, status="withdrawn")._moved(by, "withdrawn", now)

    def settle(self, now: datetime) -> "Request":
        """What time alone makes of it."""
        return replace(self, status="expired") if self.status == "open" and not self.is_open(now) else self

    def next_due(self) -> datetime | None:
        """When `settle` will have something to do."""
        return self.expires_at if self.status == "open" else None

    def must_take_words(self, now: datetime) -> None:
        """Nothing is written any more to what came to nothing."""
        if not self.may_write(now):
            raise Conflict("request_closed", ENDINGS[self.settle(now).status])

    def forgetting(self, user_id: str, name: str) -> "Request":
        """Without what one of its two people was called and wrote."""
        side = self.side_of(user_id)
        moves = tuple(replace(move, note="") if move.by == side else move for move in self.moves)
        if side == "mentor":
            return replace(self, mentor=MentorCard(user_id, "", name, ""), moves=moves)
        return replace(self, learner=LearnerCard(user_id, name), moves=moves, description="")

    def _was_just_made(self, by: Side, kind: Kind, note: str, seen: int) -> bool:
        """This very move is the last one: the answer to it was lost, and asking for it again is no new one."""
        last = self.moves[-1]
        return seen == self.round - 1 and (last.by, last.kind, last.note) == (by, kind, note)

    def _must_allow(self, by: Side, act: Kind, seen: int, now: datetime) -> None:
        if not self.is_open(now):
            raise Conflict("request_closed", ENDINGS[self.settle(now).status])
        if seen != self.round:
            raise Conflict("request_changed", "The other side has moved in the meantime. Please look at the new terms.")
        if refusal := self._why_not(by, act):
            raise refusal

    def _why_not(self, by: Side, act: Kind) -> Conflict | None:
        if act == "withdrawn":
            words = "Only the learner can withdraw a request; you can decline it."
            return None if by == "learner" else Conflict("not_yours_to_withdraw", words)
        if by != self.turn and (act, by) != ("declined", "mentor"):
            return Conflict("not_your_turn", "It is the other side's turn to answer.")
        if act == "countered" and self.round >= MOST_MOVES:
            return Conflict("too_many_counters", "There have been many proposals by now: please accept or decline.")
        return None

    def _moved(self, by: Side, kind: Kind, now: datetime, note: str = "") -> "Request":
        move = Move(by, kind, now, self.terms.times, self.terms.price_paise, note)
        return replace(self, moves=(*self.moves, move), turn=OTHER[by], moved_at=now, round=self.round + 1)


def propose(
    wish: Wish, *, request_id: str, learner: LearnerCard, mentor: MentorCard, notice_minutes: int, now: datetime
) -> Request:
    """The learner's first move; what they wish has been checked."""
    terms = Terms(tuple(sorted(wish.times)), wish.price_paise)
    return Request(
        id=request_id,
        learner=learner,
        mentor=mentor,
        title=wish.title,
        domain=wish.domain,
        description=wish.description,
        duration_minutes=wish.duration_minutes,
        terms=terms,
        notice_minutes=notice_minutes,
        created_at=now,
        moved_at=now,
        moves=(Move("learner", "proposed", now, terms.times, terms.price_paise),),
    )
