"""Calendars over HTTP: the link of one's own feed, the feed, and a booking as a file."""

import msgspec

from chalicelib.services import calendar_feeds
from chalicelib.services.calendar_feeds import Published
from functions.access import PARTY, PUBLIC, SELF
from functions.http import Answer, Call, Routes

routes = Routes(__name__)
CALENDAR = "text/calendar"


class FeedLink(msgspec.Struct):
    """The link to subscribe to; None while there is none."""

    url: str | None


@routes.add("GET", "/me/calendar-feed", SELF, answer=FeedLink)
def show_calendar_feed(call: Call) -> FeedLink:
    """The link of one's own calendar feed, if it is on."""
    return FeedLink(calendar_feeds.link(call.deps, call.user.user_id))


@routes.add("POST", "/me/calendar-feed", SELF, answer=FeedLink)
def renew_calendar_feed(call: Call) -> FeedLink:
    """Turn the feed on, or give it a new link: the old one stops at once."""
    return FeedLink(calendar_feeds.renew(call.deps, call.user))


@routes.add("DELETE", "/me/calendar-feed", SELF, status=204)
def stop_calendar_feed(call: Call) -> None:
    """Turn the feed off, whoever has its link."""
    calendar_feeds.stop(call.deps, call.user.user_id)


@routes.add("GET", "/calendar/{feed_token}/sessions.ics", PUBLIC, answer=CALENDAR)
def read_calendar_feed(call: Call, feed_token: str) -> Answer:
    """The feed, for whoever has its link: what is to come and the last 90 days, as iCalendar."""
    return _file(calendar_feeds.read(call.deps, feed_token), {"Cache-Control": "private, max-age=300"})


@routes.add("GET", "/bookings/{booking_id}/invite.ics", PARTY, answer=CALENDAR)
def download_invitation(call: Call, booking_id: str) -> Answer:
    """A confirmed booking as an iCalendar file, to be put into a calendar by hand."""
    invitation = calendar_feeds.invitation(call.deps, call.user.user_id, booking_id)
    return _file(invitation, {"Content-Disposition": 'attachment; filename="peerlearn-session.ics"'})


def _file(published: Published, headers: dict[str, str]) -> Answer:
    return Answer(published.text, headers={"ETag": f'W/"{published.version}"', **headers})
