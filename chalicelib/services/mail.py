"""Sending one waiting message: each attempt is made once, however often it is asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict
from chalicelib.domain.outgoing import Errand, Outgoing, Template
from chalicelib.domain.sessions import Session
from chalicelib.services import links

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["sent", "not_wanted", "parked"]


def send(deps: "Deps", errand: Errand) -> Outcome:
    """Counted first, so that a message which kills its sender is parked in the end; then written and sent."""
    message = deps.outbox.find(errand.id)
    if message and message.status == "parked":  # its last sender got no further than counting
        return "parked"
    if message is None or message.status != "waiting" or message.attempts != errand.attempt:
        return "not_wanted"
    now = deps.clock()
    try:
        deps.tables.update(deps.outbox.trying(message, now))
    except Conflict:
        return "not_wanted"
    account = deps.accounts.find(message.user_id)
    wanted = account if _still_so(deps, message, now) else None
    if wanted:
        deps.mail.send(message.to or wanted.email, message.template, _facts(deps, message, wanted))
    deps.tables.update(deps.outbox.sent(message, now))
    return "sent" if wanted else "not_wanted"


def _still_so(deps: "Deps", message: Outgoing, now: datetime) -> bool:
    """A mail that asks for something, or counts on it, is looked over once more before it goes out."""
    holds = STILL_SO.get(message.template)
    if holds is None:
        return True
    session = deps.sessions.find(message.facts["session_id"])
    return session is not None and holds(session, message, now)


def _is_offered(session: Session, message: Outgoing, now: datetime) -> bool:
    kept = session.status == "held" and session.offered_to == message.user_id
    return kept and session.held_until is not None and now < session.held_until


def _is_to_come(session: Session, message: Outgoing, now: datetime) -> bool:
    same = session.booking_id == message.facts["booking_id"] and session.starts_at == _time(message, "starts_at")
    return same and session.is_taken and now < session.starts_at


def _is_proposed(session: Session, message: Outgoing, now: datetime) -> bool:
    asked = session.proposal
    if asked is None or session.booking_id != message.facts["booking_id"]:
        return False
    same = asked.starts_at == _time(message, "proposed_at") and asked.by != session.side_of(message.user_id)
    return same and now < asked.lapses_at


def _time(message: Outgoing, fact: str) -> datetime:
    return datetime.fromisoformat(message.facts[fact])


STILL_SO: Mapping[Template, Callable[[Session, Outgoing, datetime], bool]] = {
    "waitlist_offer": _is_offered,
    "reminder_day_learner": _is_to_come,
    "reminder_day_mentor": _is_to_come,
    "reminder_soon_learner": _is_to_come,
    "reminder_soon_mentor": _is_to_come,
    "reschedule_proposed": _is_proposed,
}


def _facts(deps: "Deps", message: Outgoing, account: Account) -> dict[str, str]:
    """What was true when it happened, and how the person is called and reached now."""
    site = deps.config.site_origin.partition(",")[0]
    sent = {"site": site, "link": links.link_for(deps, message), "written_at": message.created_at.isoformat()}
    return {"name": account.name, "zone": account.zone} | message.facts | sent
