"""Mentors with hours and something to book, and what learners do with it, for tests of use cases."""

from dataclasses import replace
from datetime import timedelta

from chalicelib import wiring
from chalicelib.domain.availability import Hours, Range
from chalicelib.domain.mentors import Person
from chalicelib.domain.offerings import Offering
from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.services import bookings, holds, sessions
from chalicelib.services.holds import Slot
from chalicelib.stores.outbox import message_of
from tests.fakes.world import NOON

ALL_DAY = ((Range(0, 1440),),) * 7


def offer(deps: wiring.Deps, person: Person, *, number: int = 1, **changes) -> Offering:
    """Something published to be had at any open time."""
    fields = {
        "id": f"off_{person.account.id[4:]}{number}",
        "mentor_id": person.account.id,
        "title": "An hour on decorators",
        "description": "What they are, and when to leave them.",
        "topics": ("python",),
        "domain": "programming",
        "duration_minutes": 60,
        "price_paise": 0,
        "status": "published",
        "created_at": deps.clock(),
    }
    made = Offering(**(fields | changes))
    deps.tables.commit([deps.offerings.adding(made)])
    return made


def open_hours(deps: wiring.Deps, person: Person, **changes) -> Hours:
    """Open all day, every day, with two hours' notice and any start on the grid, unless told otherwise."""
    old = deps.availabilities.find(person.account.id)
    new = replace(old, **({"weekly": ALL_DAY, "start_every": 15, "notice_minutes": 120} | changes))
    deps.tables.commit([deps.availabilities.saving(old, new)])
    return replace(new, version=old.version + 1)


def hold(deps, who, person, offering, *, hours=24, key="key-hold-0001", **changes):
    """A learner takes an open time, so many hours from noon."""
    slot = Slot(person.mentor.slug, offering.id, NOON + timedelta(hours=hours))
    return holds.hold(deps, learner_id=who.id, slot=slot, key=key, **changes)


def publish(deps, person, *, hours=24, key="key-publish-1", **changes):
    """A session at a fixed time, so many hours from noon."""
    fields = {
        "title": "Decorators in an hour",
        "description": "What they are, and when to leave them.",
        "topics": ("python",),
        "domain": "programming",
        "starts_at": NOON + timedelta(hours=hours),
        "duration_minutes": 60,
    }
    made = sessions.Offer(**(fields | changes))
    return sessions.publish(deps, mentor_id=person.account.id, offer=made, key=key)


def book(deps, who, session, key="key-book-0001"):
    """A learner takes a published session."""
    return bookings.book(deps, learner_id=who.id, session_id=session.id, key=key)


def mails(deps) -> list[tuple[str, str]]:
    """What waits to be sent: template and to whom, in the order of writing."""
    return [(each.template, each.user_id) for each in recorded(deps)]


def recorded(deps) -> list[Outgoing]:
    """All notifications there are, in the order of writing."""
    return [message_of(item) for item in deps.tables.items.values() if item.get("kind") == "outgoing"]


def errand(message: Outgoing, attempt: int = 0) -> Errand:
    """One attempt at its mail."""
    return Errand("mail", message.user_id, message.id, attempt)


def claimed(deps, user_id: str, hours: float = 24) -> dict[str, str]:
    """The claims of the day that lies so many hours after noon."""
    return deps.calendars.claimed(user_id, (NOON + timedelta(hours=hours)).date())
