"""Sessions for other calendars: a feed that follows them, and a file of one."""

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.domain import appointments
from chalicelib.domain.accounts import Account
from chalicelib.domain.appointments import Appointment
from chalicelib.domain.calendar_feeds import AHEAD, PAST, CalendarFeed
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

NAME = "PeerLearn"


class Published(NamedTuple):
    """iCalendar text, and what tells this version from any other: when it was written does not count."""

    text: str
    version: str


def link(deps: "Deps", user_id: str) -> str | None:
    """The link of a person's feed, if it is on."""
    feed = deps.calendar_feeds.find(user_id)
    return _link(deps, feed) if feed else None


def renew(deps: "Deps", user: Identity) -> str:
    """A new link; an old one opens nothing from then on."""
    feed = CalendarFeed(user.user_id, deps.random(), deps.clock())
    deps.tables.commit([deps.calendar_feeds.keeping(feed), deps.accounts.signed_in(user)])
    return _link(deps, feed)


def stop(deps: "Deps", user_id: str) -> None:
    """No link opens the feed any more."""
    deps.tables.commit(forget(deps, user_id))


def forget(deps: "Deps", user_id: str) -> list[Write]:
    """What ends a person's feed, beside whatever else ends with it."""
    return [deps.calendar_feeds.forgetting(user_id)]


def read(deps: "Deps", token: str) -> Published:
    """All that is to come, and what was in the last 90 days, on both sides of a person's calendar."""
    account = _holder(deps, token)
    shown = sorted(_appointments(deps, account), key=lambda each: (each.starts_at, each.uid))
    return Published(deps.calendar_files.feed(NAME, shown, deps.clock()), _version(shown))


def invitation(deps: "Deps", user_id: str, booking_id: str) -> Published:
    """One booking for the calendar of one of its two people."""
    booking = deps.bookings.find(booking_id)
    if booking is None:
        raise NotFound("booking")
    session, site = deps.sessions.get(booking.session_id), _site(deps)
    if user_id not in (booking.learner_id, session.mentor.id):
        raise NotFound("booking")
    hers = appointments.learnt(booking, session, site)
    his = appointments.mentored(session, site) if session.booking_id == booking_id else None
    shown = hers if user_id == booking.learner_id else his
    if shown is None:
        raise Conflict("not_confirmed", "Only a confirmed booking can be put into a calendar.")
    return Published(deps.calendar_files.file(shown, deps.clock()), _version([shown]))


def _holder(deps: "Deps", token: str) -> Account:
    user_id = deps.feed_tokens.holder(token)
    feed, account = deps.calendar_feeds.with_account(user_id) if user_id else (None, None)
    if not feed or not account or account.status != "active" or not deps.feed_tokens.opens(token, feed):
        raise NotFound("calendar")
    return account


def _appointments(deps: "Deps", account: Account) -> list[Appointment]:
    """Both sides of the calendar, each in one piece."""
    now, site = deps.clock(), _site(deps)
    booked = deps.bookings.between(account.id, now - PAST, now + AHEAD)
    held = deps.sessions.between(account.id, now - PAST, now + AHEAD)
    hers = [appointments.learnt(row.booking, row.session, site) for row in booked]
    his = [appointments.mentored(session, site) for session in held]
    return [each for each in (*hers, *his) if each]


def _link(deps: "Deps", feed: CalendarFeed) -> str:
    return f"{_site(deps)}/api/calendar/{deps.feed_tokens.token(feed)}/sessions.ics"


def _site(deps: "Deps") -> str:
    return deps.config.site_origin.partition(",")[0]


def _version(shown: list[Appointment]) -> str:
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
