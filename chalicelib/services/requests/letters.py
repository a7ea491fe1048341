"""The mails about a request, each recorded with the move it tells of."""

from typing import TYPE_CHECKING

from chalicelib.domain.bookings import Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.requests import OTHER, Request
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

TOLD: dict[str, Template] = {
    "proposed": "request_made",
    "countered": "request_countered",
    "declined": "request_declined",
}


def about_last_move(deps: "Deps", request: Request, zone: str = "") -> list[Write]:
    """The other side hears of it; a request that is withdrawn only vanishes from the mentor's page.

    `zone` is that of who moved, where it is known.
    """
    last = request.moves[-1]
    template = TOLD.get(last.kind)
    facts = {"reason": last.note} if last.kind == "declined" else {}
    if zone:
        facts["other_zone"] = zone
    return [_letter(deps, request, OTHER[last.by], template, **facts)] if template else []


def about_agreement(deps: "Deps", request: Request, meeting: Meeting) -> list[Write]:
    """Where there is a price the learner is asked to pay, and a mentor who waited hears of it.

    What is free is booked at once, and the mails of that say all.
    """
    session, booking = meeting.session, meeting.must_be_booked()
    if booking.pay_by is None:
        return []
    ids = {"session_id": session.id, "booking_id": booking.id, "pay_by": booking.pay_by.isoformat()}
    found = [_letter(deps, request, "learner", "hold_from_request", **ids)]
    if request.moves[-1].by == "learner":
        found.append(_letter(deps, request, "mentor", "request_accepted"))
    return found


def about_expiry(deps: "Deps", request: Request) -> list[Write]:
    """Both hear that nobody answered."""
    return [_letter(deps, request, side, "request_expired") for side in OTHER]


def _letter(deps: "Deps", request: Request, to: Side, template: Template, **more: str) -> Write:
    user_id, other = request.learner.id, request.mentor.name
    if to == "mentor":
        user_id, other = request.mentor.id, request.learner.name
    times = [at.isoformat() for at in request.terms.times]
    facts = {
        "request_id": request.id,
        "title": request.title,
        "other": other,
        "times": " ".join(times),
        "starts_at": times[0],
        "minutes": str(request.duration_minutes),
        "expires_at": request.expires_at.isoformat(),
    }
    return deps.outbox.adding(Outgoing(deps.new_id("out"), user_id, "", template, deps.clock(), facts | more))
