"""The mail of a notification: written when it is sent, if what it says still holds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Account
from chalicelib.domain.outgoing import Errand, Outgoing, Template
from chalicelib.domain.sessions import Session
from chalicelib.services import links
from chalicelib.services.notifications import sending
from chalicelib.services.notifications.sending import Outcome

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def send(deps: "Deps", errand: Errand) -> Outcome:
    """The mail of a notification, if it is still wanted."""
    return sending.attempt(deps, errand, _deliver)


def _deliver(deps: "Deps", message: Outgoing) -> bool:
    account = deps.accounts.find(message.user_id)
    if account is None or not still_so(deps, message, deps.clock()):
        return False
    deps.mail.send(message.to or account.email, message.template, _facts(deps, message, account))
    return True


def still_so(deps: "Deps", message: Outgoing, now: datetime) -> bool:
    """What asks for something, or counts on it, is looked over once more before it goes out."""
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
