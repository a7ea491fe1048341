"""A session as other calendars show it: the same appointment, whoever it is told by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.bookings import Booking
from chalicelib.domain.sessions import Session

Status = Literal["CONFIRMED", "CANCELLED"]
TAKEN = ("confirmed", "completed", "no_show")
UNTAKEN = ("open", "held", "expired")


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Calendars know it again by its `uid`, and believe the one with the highest `sequence`."""

    site: str
    booking_id: str
    session_id: str
    title: str
    other: str
    starts_at: datetime
    minutes: int
    sequence: int
    status: Status

    @property
    def uid(self) -> str:
        """The booking's name in all the world."""
        return f"{self.booking_id}@{self.site.partition('//')[2].partition(':')[0]}"

    @property
    def ends_at(self) -> datetime:
        """The scheduled end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def summary(self) -> str:
        """One line."""
        return " ".join(f"{self.title} with {self.other}".split())

    @property
    def description(self) -> str:
        """With whom, and where it can be changed."""
        return f"{' '.join(f'With {self.other}, on PeerLearn.'.split())}\nTo see, move or cancel it: {self.url}"

    @property
    def url(self) -> str:
        """The booking's page."""
        return f"{self.site}/bookings/{self.booking_id}"

    @property
    def room(self) -> str:
        """Where it takes place."""
        return f"{self.site}/room/{self.session_id}"


def announced(facts: Mapping[str, str]) -> Appointment:
    """The appointment that a mail's facts speak of."""
    return Appointment(
        site=facts["site"],
        booking_id=facts["booking_id"],
        session_id=facts["session_id"],
        title=facts["title"],
        other=facts["other"],
        starts_at=datetime.fromisoformat(facts["starts_at"]),
        minutes=int(facts["minutes"]),
        sequence=int(facts["sequence"]),
        status="CANCELLED" if facts["calendar"] == "cancel" else "CONFIRMED",
    )


def learnt(booking: Booking, session: Session, site: str) -> Appointment | None:
    """A booking in its learner's calendar, unless it was never confirmed."""
    left = booking.status.startswith("cancelled")
    if not left and booking.status not in TAKEN:
        return None
    # A published session that its learner has left goes on without them, and under its old number.
    sequence = session.sequence + (left and session.status != "cancelled")
    name, starts_at = session.mentor.name, booking.starts_at
    return _of(session, site, booking.id, name, starts_at, sequence, "CANCELLED" if left else "CONFIRMED")


def mentored(session: Session, site: str) -> Appointment | None:
    """A session in its mentor's calendar, unless nobody has taken it."""
    if session.booking_id is None or session.learner is None or session.status in UNTAKEN:
        return None
    status: Status = "CANCELLED" if session.status == "cancelled" else "CONFIRMED"
    name, starts_at = session.learner.name, session.starts_at
    return _of(session, site, session.booking_id, name, starts_at, session.sequence, status)


def _of(
    session: Session, site: str, booking_id: str, other: str, starts_at: datetime, sequence: int, status: Status
) -> Appointment:
    return Appointment(
        site=site,
        booking_id=booking_id,
        session_id=session.id,
        title=session.title,
        other=other,
        starts_at=starts_at,
        minutes=session.duration_minutes,
        sequence=sequence,
        status=status,
    )
