"""Reports: somebody tells us of a person, a session, a message or a review that should not be."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain import entries
from chalicelib.domain.errors import Conflict

LONGEST, SHORTEST_CLOSING = 2000, 3
About = Literal["person", "session", "message", "review"]
Reason = Literal["harassment", "hate", "sexual", "scam", "off_platform", "spam", "underage", "danger", "other"]
Status = Literal["open", "closed"]


@dataclass(frozen=True)
class Subject:
    """What is reported: its kind and id, whose it is, and the words it consists of, if it does."""

    about: About
    id: str
    of: str
    quote: str = ""


@dataclass(frozen=True)
class Report:
    """`by` is who reports, `subject` what and whose; `closing` is what the admin wrote who closed it."""

    id: str
    by: str
    subject: Subject
    reason: Reason
    words: str
    at: datetime
    status: Status = "open"
    closing: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None

    def closed(self, words: str, by: str, now: datetime) -> "Report":
        """An admin has seen to it, and says how; once."""
        short = None if len(words) >= SHORTEST_CLOSING else f"At least {SHORTEST_CLOSING} characters."
        entries.refuse(words=short or entries.text_fault(words, LONGEST))
        if self.status == "closed":
            raise Conflict("closed", "This report has been closed already.")
        return replace(self, status="closed", closing=words, closed_by=by, closed_at=now)

    def is_again(self, other: "Report") -> bool:
        """The same, sent once more."""
        return (self.reason, self.words) == (other.reason, other.words)


def report_id(by: str, about: About, thing_id: str, now: datetime) -> str:
    """One report of a thing by a person and day, however often it is sent."""
    what = "\n".join((by, about, thing_id, now.date().isoformat()))
    return f"rep_{hashlib.sha256(what.encode()).hexdigest()[:26]}"


def check(words: str, reason: Reason) -> None:
    """What is not among the reasons needs words."""
    needed = "Please say what it is." if reason == "other" and not words else None
    entries.refuse(words=needed or entries.text_fault(words, LONGEST))
