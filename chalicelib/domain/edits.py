"""What a mentor may still change of a session: everything while it is open, its words until five minutes before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain import entries, pitches
from chalicelib.domain.claims import start_fault
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session

LAST_WORD = timedelta(minutes=5)
FROZEN = {
    "price_paise": "The price stays as it was when the learner took this session.",
    "starts_at": "The time can only be moved by agreement: propose another time to the learner.",
    "duration_minutes": "The length stays as it was when the learner took this session.",
}


def edit(old: Session, changes: Mapping[str, Any], *, domains: Sequence[str], payments: bool, now: datetime) -> Session:
    """The session with these fields changed; what may not be changed any more, or is wrong, is refused by name."""
    if old.status not in ("open", "held", "booked"):
        raise Conflict("not_editable", "This session cannot be changed any more.")
    new = replace(old, **changes)
    if old.status != "open":
        frozen = {name: words for name, words in FROZEN.items() if getattr(new, name) != getattr(old, name)}
        if frozen:
            raise Conflict("frozen", "Somebody has taken this session. " + next(iter(frozen.values())), frozen)
    if now >= old.starts_at - LAST_WORD:
        raise Conflict("too_late", "A session can be changed until five minutes before its start.")
    faults = pitches.faults(
        title=new.title,
        description=new.description,
        topics=new.topics,
        domain=new.domain,
        duration_minutes=new.duration_minutes,
        price_paise=new.price_paise,
        domains=domains,
        payments=payments,
    ) | {"starts_at": start_fault(new.starts_at, now)}
    entries.refuse(**{name: fault for name, fault in faults.items() if getattr(new, name) != getattr(old, name)})
    return new
