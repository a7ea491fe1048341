"""What became of a booking that was paid: it took place, or was called off too late for all of the money."""

import time
from datetime import timedelta

from chalicelib.domain.attendance import minute_of
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.sessions import Session
from chalicelib.services import bookings, payments, rooms, settlement, settling
from chalicelib.stores.keys import DUE_SHARDS
from chalicelib.wiring import Deps
from infra.local.demo.programme import then
from infra.local.demo.till import Act

NOTICE = timedelta(hours=10)  # half goes back
MINUTE = timedelta(minutes=1)
TRIES, PAUSE = 40, 0.1  # the stack may be at the same thing
HORIZON, PAGE = timedelta(hours=1), 50


def took_place(deps: Deps, bought: Meeting) -> None:
    """Both were there to the end; the earning is released if its time has come."""
    session, booking = bought.session, bought.must_be_booked()
    rooms.go_live(then(deps, session.call_opens), user_id=session.mentor.id, session_id=session.id)
    for person in (session.mentor.id, booking.learner_id):
        _there(deps, session, person)
    rooms.end(then(deps, session.ends_at), user_id=session.mentor.id, session_id=session.id)
    releases_at = deps.payments.get(booking.id).releases_at
    if releases_at and releases_at <= deps.clock():
        payments.advance(then(deps, releases_at), booking.id)
    posted(deps)


def called_off(deps: Deps, act: Act, bought: Meeting) -> None:
    """By the learner, some hours before; half has gone back, and nobody else came."""
    session, booking = bought.session, bought.must_be_booked()
    late, half = then(deps, session.starts_at - NOTICE), booking.paid_paise // 2
    bookings.cancel(
        late, user_id=booking.learner_id, booking_id=booking.id, reason="My exam was moved.", refund_paise=half
    )
    settling.due(then(deps, session.ends_at), session.id)
    for _ in range(TRIES):
        payments.advance(late, booking.id)
        sent = deps.payments.get(booking.id).refunds[0].gateway_id
        if sent:
            act("finish_refund", refund_id=sent, status="processed")
            payments.heard_of_refund(late, sent)
            break
        time.sleep(PAUSE)
    posted(deps)


def posted(deps: Deps) -> None:
    """All that waits for the ledger stands in it."""
    for _ in range(TRIES):
        waiting = _waiting(deps)
        if not waiting:
            return
        for reference in waiting:
            settlement.post(deps, reference)


def _waiting(deps: Deps) -> list[str]:
    until = deps.clock() + HORIZON
    pages = (deps.due.page(shard, until, PAGE, None) for shard in range(DUE_SHARDS))
    return [task.id for page in pages for task in page.tasks if task.kind == "posting"]


def _there(deps: Deps, session: Session, person: str) -> None:
    """In every minute from the first to the last."""
    side = rooms.let_in(then(deps, session.starts_at), user_id=person, session_id=session.id).side
    for minute in range(session.duration_minutes):
        now = session.starts_at + minute * MINUTE
        deps.tables.update(deps.attendances.marking(session.id, side, minute_of(now, session.starts_at)))
