"""What a booking looks like to its two people, in lists and on its own page."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.domain import bookings as rules
from chalicelib.domain import refunds, reschedules
from chalicelib.domain.bookings import Booking, Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.options import Options, options
from chalicelib.domain.payments import Payment
from chalicelib.domain.sessions import Session
from chalicelib.services.bookings import Shown
from chalicelib.stores.bookings import Booked
from functions.payment_views import DisputeView, PaymentView, RefundState, dispute_view, payment_view, refund_state
from functions.shapes import Learner, Proposal, SessionCard, learner_card, proposal_view, session_card


class JoinTimes(msgspec.Struct):
    """When the learner may wait in the room, be in the call, and until when."""

    waiting_from: datetime
    call_from: datetime
    until: datetime


class BookingRow(msgspec.Struct):
    """A booking in its learner's list; a hold has to be confirmed by `pay_by`."""

    id: str
    status: str
    session: SessionCard
    join: JoinTimes
    price_paise: int
    paid_paise: int
    pay_by: datetime | None
    proposal: Proposal | None
    origin: Literal["published", "slot", "request"]


class SessionWithWords(SessionCard):
    """A session with all that was said of it."""

    description: str


class Step(msgspec.Struct):
    """Until then a learner who cancels gets so much of the price back."""

    until: datetime
    percent: int


class Cancelling(msgspec.Struct):
    """What cancelling now would do: to the price, and to the mentor's record."""

    refund_percent: int
    refund_paise: int
    strike: bool
    steps: list[Step]


class Refund(msgspec.Struct):
    """What goes back, and how far it has come."""

    percent: int
    paise: int
    status: RefundState


class BookingView(msgspec.Struct):
    """A booking's own page; `can` says which moves the viewer has now, `other_zone` where the other's clock stands."""

    id: str
    status: str
    viewer: Literal["learner", "mentor"]
    session: SessionWithWords
    learner: Learner
    other_zone: str | None
    price_paise: int
    note: str
    reason: str
    created_at: datetime
    pay_by: datetime | None
    server_time: datetime
    join: JoinTimes
    origin: Literal["published", "slot", "request"]
    can: Options
    cancel: Cancelling
    refund: Refund | None
    payment: PaymentView | None
    dispute: DisputeView | None
    proposal: Proposal | None
    reschedules_left: int
    propose_until: datetime


def booking_row(booked: Booked | Meeting) -> BookingRow:
    """As it stands in a list."""
    session, booking = booked.session, booked.booking
    if booking is None:
        raise ValueError("There is no booking to show.")
    return BookingRow(
        id=booking.id,
        status=booking.status,
        session=session_card(session),
        join=_join(session),
        price_paise=booking.price_paise,
        paid_paise=booking.paid_paise,
        pay_by=booking.pay_by if booking.status == "held" else None,
        proposal=proposal_view(session.proposal),
        origin=session.origin,
    )


def booking_view(shown: Shown, now: datetime) -> BookingView:
    """All that its two people may know of it."""
    session, booking, side = shown.meeting.session, shown.meeting.must_be_booked(), shown.side
    card = msgspec.structs.asdict(session_card(session))
    return BookingView(
        id=booking.id,
        status=booking.status,
        viewer=side,
        session=SessionWithWords(**card, description=session.description),
        learner=learner_card(shown.learner),
        other_zone=shown.other_zone,
        price_paise=booking.price_paise,
        note=booking.note,
        reason=booking.reason,
        created_at=booking.created_at,
        pay_by=booking.pay_by if booking.status == "held" else None,
        server_time=now,
        join=_join(session),
        origin=session.origin,
        can=options(shown.meeting, side, now, shown.payment, shown.dispute),
        cancel=_cancelling(shown.meeting, side, now),
        refund=_refund(booking, shown.payment),
        payment=payment_view(shown.payment) if shown.payment and side == "learner" else None,
        dispute=dispute_view(shown.dispute) if shown.dispute and shown.dispute.is_known_to(side) else None,
        proposal=proposal_view(session.proposal),
        reschedules_left=reschedules.MOST - session.reschedules,
        propose_until=session.starts_at - reschedules.UNTIL[side],
    )


def _join(session: Session) -> JoinTimes:
    return JoinTimes(session.doors_open, session.call_opens, session.hard_end)


def _cancelling(meeting: Meeting, side: Side, now: datetime) -> Cancelling:
    booking, starts_at = meeting.must_be_booked(), meeting.session.starts_at
    refund = rules.cancelling(meeting, side, now)
    percent = refunds.refund_percent(starts_at - now, booking.refund_cap) if side == "learner" else refunds.WHOLE
    steps = [Step(until, share) for until, share in refunds.steps(starts_at, booking.refund_cap)]
    return Cancelling(percent, refund.paise if refund else 0, side == "mentor", steps)


def _refund(booking: Booking, payment: Payment | None) -> Refund | None:
    refund = booking.refund
    return Refund(refund.percent, refund.paise, refund_state(payment)) if refund else None
