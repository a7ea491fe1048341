"""What became of a booking that was paid: it took place, or was called off too late for all of the money."""

import time
from contextlib import suppress
from datetime import timedelta
from zlib import crc32

from chalicelib.domain.attendance import minute_of
from chalicelib.domain.bookings import Meeting
from chalicelib.domain.errors import Conflict
from chalicelib.domain.reviews import Axes, Words
from chalicelib.domain.sessions import Session
from chalicelib.services import bookings, payments, reviews, rooms, settlement, settling
from chalicelib.stores.keys import DUE_SHARDS
from chalicelib.wiring import Deps
from infra.local.demo.programme import then
from infra.local.demo.till import Act

NOTICE = timedelta(hours=10)  # half goes back
MINUTE = timedelta(minutes=1)
TRIES, PAUSE = 40, 0.1  # the stack may be at the same thing
HORIZON, PAGE = timedelta(hours=1), 50
SAID = (
    (
        5,
        Axes(clarity=5, patience=5),
        "Stuck for a week. We took it apart in twenty minutes; the second half I did myself.",
    ),
    (
        5,
        Axes(knowledge=5, preparation=5),
        "Had read all I sent beforehand. My questions were answered before I asked them.",
    ),
    (
        4,
        Axes(clarity=4, value=5),
        "Very good. A little fast at the end, but the notes we wrote together made up for it.",
    ),
    (5, Axes(patience=5), "Never made me feel slow. I will be back."),
    (4, Axes(), ""),
)


def took_place(deps: Deps, bought: Meeting) -> None:
    """Both were there to the end; the earning is released if its time has come."""
    session, booking = bought.session, bought.must_be_booked()
    rooms.go_live(then(deps, session.call_opens), user_id=session.mentor.id, session_id=session.id)
    for person in (session.mentor.id, booking.learner_id):
        _there(deps, session, person)
    rooms.end(then(deps, session.ends_at), user_id=session.mentor.id, session_id=session.id)
    _reviewed(deps, bought)
    releases_at = deps.payments.get(booking.id).releases_at
    if releases_at and releases_at <= deps.clock():
        payments.advance(then(deps, releases_at), booking.id)
    posted(deps)


def _reviewed(deps: Deps, bought: Meeting) -> None:
    """An hour later its learner has a word for it."""
    booking = bought.must_be_booked()
    stars, axes, text = SAID[crc32(booking.session_id.encode()) % len(SAID)]
    with suppress(Conflict):  # others may be reviewing the same mentor
        later = then(deps, bought.session.ends_at + timedelta(hours=1))
        reviews.write(later, learner_id=booking.learner_id, booking_id=booking.id, words=Words(stars, axes, text))


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
