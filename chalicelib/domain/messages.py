"""What two people write to each other beside their sessions: the order of it, and how much is still unread."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain import entries

LONGEST, SNIPPET = 2000, 120
MAIL_AFTER = timedelta(minutes=5)  # who is reading needs no mail; who is away has it soon enough
_ULID = re.compile("[0-9A-HJKMNP-TV-Z]{26}")


@dataclass(frozen=True)
class Message:
    """`number` is its place in the thread, `nth` its place among those of its sender, `key` the sender's own id of it:
    tried again, it is the same message."""

    id: str
    thread_id: str
    number: int
    nth: int
    key: str
    by: str
    to: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Thread:
    """One person's side of what they and another write: of the `count` messages, `received` came from the other, and
    so many of those are `seen`. `note` is the notification that tells of what is not."""

    user_id: str
    other_id: str
    count: int = 0
    received: int = 0
    seen: int = 0
    last_text: str = ""
    last_by: str = ""
    last_at: datetime | None = None
    muted: bool = False
    note: str = ""

    @property
    def id(self) -> str:
        """The thread's own id, the same for both."""
        return thread_id(self.user_id, self.other_id)

    @property
    def unread(self) -> int:
        """What the other wrote and this person has not seen."""
        return self.received - self.seen


def thread_id(one: str, other: str) -> str:
    """Of a pair of people, whoever is named first."""
    pair = "\n".join(sorted((one, other)))
    return f"thr_{hashlib.sha256(pair.encode()).hexdigest()[:26]}"


def message_id(thread: str, number: int) -> str:
    """By its place: the thread and the number can be read from it."""
    return f"{thread}-{number}"


def place_of(message_id: str) -> tuple[str, int] | None:
    """The thread and the number of a message; None for what is no message's id."""
    thread, _, number = message_id.rpartition("-")
    good = thread.startswith("thr_") and number.isascii() and number.isdigit() and len(number) < 10
    return (thread, int(number)) if good else None


def check_key(key: str) -> None:
    """A sender's own id of a message is a ULID."""
    entries.refuse(id=None if _ULID.fullmatch(key) else "This is no ULID.")


def check_text(text: str) -> None:
    """A message says something."""
    missing = None if text.strip() else "Please write something first."
    entries.refuse(text=missing or entries.text_fault(text, LONGEST))


def written(mine: Thread, theirs: Thread, text: str, key: str, now: datetime) -> Message:
    """The next message of a thread, as both sides of it stand; `mine` is the sender's."""
    number = mine.count + 1
    return Message(
        id=message_id(mine.id, number),
        thread_id=mine.id,
        number=number,
        nth=theirs.received + 1,
        key=key,
        by=mine.user_id,
        to=mine.other_id,
        text=text,
        at=now,
    )


def snippet(text: str) -> str:
    """The beginning, on one line."""
    line = entries.tidy(text)
    return line if len(line) <= SNIPPET else f"{line[: SNIPPET - 1].rstrip()}…"
