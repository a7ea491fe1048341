"""A session as other calendars show it: the same appointment, whoever it is told by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.bookings import Booking
from chalicelib.domain.sessions import Session

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True)
class Appointment:
    """Calendars know it again by its `uid`, and believe the one with the highest `sequence`."""

    uid: str
    sequence: int
    status: Status
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    url: str
    room: str


def announced(facts: Mapping[str, str]) -> Appointment:
    """The appointment that a mail's facts speak of."""
    starts_at = datetime.fromisoformat(facts["starts_at"])
    return Appointment(
        uid=_uid(facts["booking_id"], facts["site"]),
        sequence=int(facts["sequence"]),
        status="CANCELLED" if facts["calendar"] == "cancel" else "CONFIRMED",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=int(facts["minutes"])),
        summary=_summary(facts["title"], facts["other"]),
        description=_description(facts["other"], facts["link"]),
        url=facts["link"],
        room=f"{facts['site']}/room/{facts['session_id']}",
    )


def learnt(booking: Booking, session: Session, site: str) -> Appointment:
    """A booking in its learner's calendar."""
    left = booking.status.startswith("cancelled")
    status: Status = "CANCELLED" if left else "TENTATIVE" if booking.status == "held" else "CONFIRMED"
    # A published session that its learner has left goes on without them, and under its old number.
    sequence = session.sequence + (left and session.status != "cancelled")
    return _of(session, status, site, booking.id, session.mentor.name, booking.starts_at, sequence)


def mentored(session: Session, site: str) -> Appointment | None:
    """A session in its mentor's calendar, unless nobody came to take it."""
    if session.status == "expired":
        return None
    learner = session.learner.name if session.learner else ""
    waiting = session.status in ("open", "held")
    status: Status = "CANCELLED" if session.status == "cancelled" else "TENTATIVE" if waiting else "CONFIRMED"
    return _of(session, status, site, session.booking_id, learner, session.starts_at, session.sequence)


def _of(
    session: Session, status: Status, site: str, booking_id: str | None, other: str, starts_at: datetime, sequence: int
) -> Appointment:
    url = f"{site}/bookings/{booking_id}" if booking_id else f"{site}/s/{session.id}"
    return Appointment(
        uid=_uid(booking_id or session.id, site),
        sequence=sequence,
        status=status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=session.duration_minutes),
        summary=_summary(session.title, other),
        description=_description(other, url),
        url=url,
        room=f"{site}/room/{session.id}",
    )


def _uid(thing_id: str, site: str) -> str:
    return f"{thing_id}@{site.partition('//')[2].partition(':')[0]}"


def _summary(title: str, other: str) -> str:
    return " ".join(f"{title} with {other}".split()) if other else " ".join(title.split())


def _description(other: str, url: str) -> str:
    who = " ".join(f"With {other}, on PeerLearn.".split()) if other else "On PeerLearn."
    return f"{who}\nTo see, move or cancel it: {url}"
