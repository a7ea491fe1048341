"""Recording a session: only while both agree, as either may see and end it; and the files that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import EXTENSION, MOST_EXTENSIONS, Session

Wish = Literal["start", "agree", "decline", "stop"]
ConsentState = Literal["none", "asked", "on", "stopped", "declined"]
FileState = Literal["recording", "done", "lost"]
ContentType = Literal["video/webm", "video/mp4", "audio/webm", "audio/mp4"]
MOST_PARTS, SMALLEST_PART, LARGEST_PART = 600, 5 * 1024 * 1024, 8 * 1024 * 1024  # together 4.7 GB: S3 sets the least
MOST_RECORDINGS = 20
PLAYING = timedelta(hours=1)  # a link is asked for anew when it has lapsed in the midst of a film
LATE = timedelta(hours=1)  # a slow line may go on sending after the room has closed, or either has ended it


@dataclass(frozen=True)
class Consent:
    """Whether a session is being recorded: `asked` by one side, `on` once the other has agreed, until either ends it.

    `by` and `at` are of the latest change; both consents stay known with their times.
    """

    booking_id: str
    session_id: str
    mentor_id: str
    learner_id: str
    state: ConsentState = "none"
    by: Side | None = None
    at: datetime | None = None
    asked_by: Side | None = None
    asked_at: datetime | None = None
    agreed_at: datetime | None = None
    version: int = 0

    def wished(self, side: Side, wish: Wish, now: datetime) -> "Consent":
        """What one side would like; asking for what is so already changes nothing."""
        match wish:
            case "start":
                return self if self.state == "on" else self._asked(side, now)
            case "agree":
                return self._agreed(side, now)
            case "decline" | "stop":
                return self._ended(side, now)

    def _asked(self, side: Side, now: datetime) -> "Consent":
        if self.state == "asked":
            return self if self.asked_by == side else self._on(side, now)
        return replace(self, state="asked", by=side, at=now, asked_by=side, asked_at=now, agreed_at=None)

    def _agreed(self, side: Side, now: datetime) -> "Consent":
        if self.state == "on":
            return self
        if self.state != "asked":
            raise Conflict("not_asked", "Nobody asks to record this session any more.")
        if self.asked_by == side:
            raise Conflict("own_wish", "The other side has to agree to a recording.")
        return self._on(side, now)

    def _on(self, side: Side, now: datetime) -> "Consent":
        return replace(self, state="on", by=side, at=now, agreed_at=now)

    def _ended(self, side: Side, now: datetime) -> "Consent":
        """No to being asked, never mind what one has asked oneself, or enough of what is on."""
        if self.state not in ("asked", "on"):
            return self
        declined = self.state == "asked" and self.asked_by != side
        return replace(self, state="declined" if declined else "stopped", by=side, at=now)


@dataclass(frozen=True)
class Part:
    """One piece of an upload, as S3 knows it; `size` is 0 where only a browser names it."""

    number: int
    etag: str
    size: int = 0


@dataclass(frozen=True)
class Recording:
    """One file, sent in parts by the side that records; both consents go with it. `until` it is kept."""

    id: str
    booking_id: str
    session_id: str
    mentor_id: str
    learner_id: str
    by: Side
    upload_id: str
    content_type: ContentType
    asked_by: Side
    asked_at: datetime
    agreed_at: datetime
    begun_at: datetime
    closes_at: datetime
    until: datetime
    state: FileState = "recording"
    size: int = 0
    seconds: int | None = None
    version: int = 1

    @property
    def key(self) -> str:
        """Its place in the bucket."""
        return f"recordings/{self.booking_id}/{self.id}"

    @property
    def next_due(self) -> datetime | None:
        """When it is ended for whoever did not."""
        return self.closes_at if self.state == "recording" else None

    def must_take_parts(self, side: Side, now: datetime) -> None:
        """Only from whoever records it, until some time after the room has closed, or consent was taken back."""
        if side != self.by:
            raise Conflict("not_yours", "The other side is sending this recording.")
        if self.state != "recording" or now >= self.closes_at:
            raise Conflict("recording_over", "This recording is finished.")

    def stopped(self, now: datetime) -> "Recording":
        """Consent was taken back: what was recorded until now may still arrive."""
        return replace(self, closes_at=min(self.closes_at, now + LATE))

    def done(self, size: int, seconds: int | None) -> "Recording":
        """All of it has arrived."""
        return replace(self, state="done", size=size, seconds=seconds)

    def lost(self) -> "Recording":
        """Nothing of it has."""
        return replace(self, state="lost")

    def must_be_done(self) -> None:
        """Before that, or without anything, there is nothing to see."""
        if self.state != "done":
            raise Conflict("not_ready", "This recording is not ready.")


def booking_of(recording_id: str) -> str:
    """A recording's id ends in its booking's: it is found without another read."""
    return recording_id.split("_", 2)[-1]


def begin(
    consent: Consent,
    side: Side,
    session: Session,
    *,
    id: str,
    content_type: ContentType,
    days: int,
    now: datetime,
) -> Recording:
    """A file begins while both agree."""
    must_be_agreed(consent)
    longest = session.hard_end + (MOST_EXTENSIONS - session.extended) * EXTENSION
    return Recording(
        id=id,
        booking_id=consent.booking_id,
        session_id=consent.session_id,
        mentor_id=consent.mentor_id,
        learner_id=consent.learner_id,
        by=side,
        upload_id="",
        content_type=content_type,
        asked_by=consent.asked_by or side,
        asked_at=consent.asked_at or now,
        agreed_at=consent.agreed_at or now,
        begun_at=now,
        closes_at=longest + LATE,
        until=now + timedelta(days=days),
    )


def sent_as(recording: Recording, upload_id: str) -> Recording:
    """S3's own name for the upload."""
    return replace(recording, upload_id=upload_id)


def must_be_agreed(consent: Consent) -> None:
    """Both have said yes, and neither has taken it back."""
    if consent.state != "on":
        raise Conflict("not_agreed", "Both have to agree to a recording.")


def must_be_under_way(session: Session, now: datetime) -> None:
    """Only a session that is live and that both have come to is recorded."""
    met = session.mentor_came_at and session.learner_came_at
    if session.status != "live" or not met or now >= session.hard_end:
        raise not_together()


def not_together() -> Conflict:
    """What is said where one of the two is missing."""
    return Conflict("not_live", "Only a session that is under way, with both people there, can be recorded.")


def whole(parts: Sequence[Part]) -> list[Part]:
    """Of what has arrived, the beginning that S3 can put together: no gap, and only the last part may be small."""
    found: list[Part] = []
    for expected, part in enumerate(sorted(parts, key=lambda each: each.number), start=1):
        if part.number != expected:
            break
        found.append(part)
        if part.size < SMALLEST_PART:
            break
    return found
