"""Sessions as iCalendar text (RFC 5545), for mails, files and feeds."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from chalicelib.domain.appointments import Appointment, announced

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
# How often to look again, as RFC 7986 has it and as Outlook reads it.
REFRESH = {"REFRESH-INTERVAL": timedelta(hours=1), "X-PUBLISHED-TTL": "PT1H"}


class Invitation(NamedTuple):
    """What goes along with a mail."""

    method: Method
    text: str


class CalendarFiles:
    """`sender` is whom an invitation comes from: neither person learns the other's address."""

    def __init__(self, sender: str):
        name, self._address = parseaddr(sender)
        self._name = name or "PeerLearn"

    def invitation(self, to: str, facts: Mapping[str, str]) -> Invitation:
        """For one of a session's two people; the same booking is the same appointment in each."""
        appointment = announced(facts)
        method: Method = "CANCEL" if appointment.status == "CANCELLED" else "REQUEST"
        event = self._event(appointment, datetime.fromisoformat(facts["written_at"]))
        event.add("attendee", _guest(to, facts["name"]))
        return Invitation(method, _text(method, [event]))

    def file(self, appointment: Appointment, now: datetime) -> str:
        """To be put into a calendar by hand."""
        return _text("PUBLISH", [self._event(appointment, now)])

    def feed(self, name: str, appointments: Iterable[Appointment], now: datetime) -> str:
        """To be subscribed to: the whole of it is read again and again."""
        events = [self._event(each, now) for each in appointments]
        return _text("PUBLISH", events, {"NAME": name, "X-WR-CALNAME": name, **REFRESH})

    def _event(self, appointment: Appointment, stamp: datetime) -> "Event":
        from icalendar import Event  # here and below: a Lambda that writes no calendar does not pay for it

        event = Event()
        event.add("uid", appointment.uid)
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("sequence", appointment.sequence)
        event.add("dtstart", appointment.starts_at.astimezone(UTC))
        event.add("dtend", appointment.ends_at.astimezone(UTC))
        event.add("summary", appointment.summary)
        event.add("description", appointment.description)
        event.add("status", appointment.status)
        event.add("url", appointment.url)
        event.add("location", appointment.room)
        event.add("organizer", _address(self._name, self._address))
        return event


def _text(method: Method, events: Iterable["Event"], more: Mapping[str, Any] | None = None) -> str:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//PeerLearn//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for name, value in (more or {}).items():
        calendar.add(name, value, {"VALUE": "DURATION"} if isinstance(value, timedelta) else {})
    for event in events:
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def _guest(address: str, name: str) -> "vCalAddress":
    """Who comes anyway is not asked whether they will."""
    guest = _address(name, address)
    guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    return guest


def _address(name: str, address: str) -> "vCalAddress":
    from icalendar import vCalAddress

    found = vCalAddress(f"mailto:{address}")
    found.params["CN"] = " ".join((name or address).split())
    return found
