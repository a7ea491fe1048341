"""Two people with something in common, and what they write to each other, for tests."""

from ulid import ULID

from chalicelib.services import bookings, messages
from tests.fakes import times


def in_common(deps, learner, mentor, key="key-book-0001"):
    """The id of a booking that the two have."""
    held = sum(item.get("kind") == "session" for item in deps.tables.items.values())
    session = times.publish(deps, mentor, key=f"{key}-ses", hours=24 + 2 * held)
    return bookings.book(deps, learner_id=learner.id, session_id=session.id, key=key).booking.id


def write(deps, by, to, text="Hello", *, key=None, about=None):
    """A message from one to another."""
    return messages.write(deps, by, to, key=key or str(ULID()), text=text, about=about)


def told(deps, user_id, kind="message_received"):
    """How many notifications of a kind wait for somebody."""
    return sum(item.get("template") == kind and item.get("user_id") == user_id for item in deps.tables.items.values())
