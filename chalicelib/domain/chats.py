"""What two people in a room write to each other: how long, how often, and under which ids."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain import entries
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Malformed, TooLarge
from chalicelib.domain.sessions import DOORS_OPEN
from chalicelib.domain.throttles import Limit

LONGEST, MOST = 2000, 2000  # characters in a message, messages in a session
AT_ONCE, WINDOW = 20, timedelta(seconds=10)
ASKEW = timedelta(minutes=5)  # a page's clock, which its ids are made by, may be so far from ours
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _OF_TIME = 26, 10


@dataclass(frozen=True)
class Said:
    """One message: its id was made by the page that sent it, `at` is our own clock's."""

    id: str
    booking_id: str
    by: Side
    user_id: str
    text: str
    at: datetime
    material_id: str | None = None

    def is_again(self, other: "Said") -> bool:
        """The same message, sent twice."""
        said = (self.id, self.user_id, self.text, self.material_id)
        return said == (other.id, other.user_id, other.text, other.material_id)


def check(text: str, material_id: str | None) -> None:
    """Something that can be read, and not too much of it; a file may speak for itself."""
    if len(text) > LONGEST:
        raise TooLarge("too_long", f"At most {LONGEST} characters can be sent in a message.")
    if not text.strip() and material_id is None:
        raise Malformed("empty", "Please write something first.")
    if entries.hides(text):
        raise Malformed("unreadable", "There are characters in it that cannot be shown.")


def check_id(id: str, starts_at: datetime, now: datetime) -> None:
    """A ULID of the time since the doors opened: history is in the order of ids, and nobody writes into its past."""
    made = _made_at(id)
    if made is None or not starts_at - DOORS_OPEN - ASKEW <= made <= now + ASKEW:
        raise Malformed("bad_id", "A message's id has to be a ULID of this moment.")


def pace(user_id: str, session_id: str) -> list[Limit]:
    """As fast as anybody writes."""
    return [Limit("chat", f"{user_id} {session_id}", AT_ONCE, WINDOW)]


def _made_at(id: str) -> datetime | None:
    if len(id) != _LENGTH or not set(id) <= set(_DIGITS) or id[0] > "7":
        return None
    stamp = 0
    for digit in id[:_OF_TIME]:
        stamp = stamp * len(_DIGITS) + _DIGITS.index(digit)
    try:
        return datetime.fromisoformat("1970-01-01T00:00:00+00:00") + timedelta(milliseconds=stamp)
    except OverflowError:
        return None
