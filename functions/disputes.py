"""Disputes over HTTP: a learner says what went wrong, the mentor answers, admins read both and decide."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec

from chalicelib.domain.bookings import Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.disputes import LONGEST, Dispute
from chalicelib.domain.sessions import DOORS_OPEN
from chalicelib.services import bookings, disputes
from chalicelib.services.disputes import Case
from functions.access import ADMIN, PARTY
from functions.booking_views import BookingView, booking_view
from functions.http import Call, Routes
from functions.payment_views import DisputeView, PaymentView, dispute_view, payment_view
from functions.shapes import PageQuery

routes = Routes(__name__)
DOORS_BEFORE = DOORS_OPEN // timedelta(minutes=1)
Words = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Complaint(msgspec.Struct, forbid_unknown_fields=True):
    """What went wrong."""

    reason: Words


class Reply(msgspec.Struct, forbid_unknown_fields=True):
    """The mentor's side of it."""

    words: Words


class Verdict(msgspec.Struct, forbid_unknown_fields=True):
    """So much of what is left of the cash goes back, and why."""

    percent: Annotated[int, msgspec.Meta(ge=0, le=100)]
    words: Words


class DisputesQuery(PageQuery, forbid_unknown_fields=True):
    """Those that wait, or those decided."""

    status: Literal["open", "decided"] = "open"


class DisputeRow(DisputeView, kw_only=True):
    """A dispute in the admins' list; those that wait longest come first."""

    booking_id: str
    session_id: str
    title: str
    learner_id: str
    mentor_id: str


class DisputePage(msgspec.Struct):
    """A page of disputes."""

    items: list[DisputeRow]
    next: str | None


class Presence(msgspec.Struct):
    """When one side was in the room, by the server's connections: minutes in all, first and last counted from the
    scheduled start."""

    name: str
    minutes: int
    first_minute: int | None
    last_minute: int | None


class CaseView(msgspec.Struct):
    """All that an admin needs to decide."""

    dispute: DisputeRow
    payment: PaymentView
    refundable_paise: int
    earning: str
    chargeback: str
    booking_status: str
    session_status: str
    starts_at: datetime
    duration_minutes: int
    ended_at: datetime | None
    mentor_left_early: bool
    learner: Presence
    mentor: Presence
    shared_minutes: int


@routes.add("POST", "/bookings/{booking_id}/dispute", PARTY, body=Complaint, answer=BookingView)
def open_dispute(call: Call, booking_id: str) -> BookingView:
    """The learner says what went wrong, within three days of the scheduled end; the earning waits from then on."""
    me, reason = call.user.user_id, call.body.reason.strip()
    return _view(call, disputes.open_one(call.deps, learner_id=me, booking_id=booking_id, reason=reason))


@routes.add("POST", "/bookings/{booking_id}/dispute/answer", PARTY, body=Reply, answer=BookingView)
def answer_dispute(call: Call, booking_id: str) -> BookingView:
    """The mentor answers, within two days."""
    me, words = call.user.user_id, call.body.words.strip()
    return _view(call, disputes.answer(call.deps, mentor_id=me, booking_id=booking_id, words=words))


@routes.add("GET", "/admin/disputes", ADMIN, query=DisputesQuery, answer=DisputePage)
def list_disputes(call: Call) -> DisputePage:
    """Disputes, and earnings that wait because the mentor left early (kind "left_early")."""
    asked: DisputesQuery = call.query
    page = call.deps.disputes.listed(asked.status, limit=asked.limit, cursor=asked.cursor)
    return DisputePage([_row(each) for each in page.items], page.next)


@routes.add("GET", "/admin/disputes/{booking_id}", ADMIN, answer=CaseView)
def show_dispute(call: Call, booking_id: str) -> CaseView:
    """Both texts, the money, and who was there when."""
    return _case(disputes.case(call.deps, booking_id))


@routes.add("POST", "/admin/bookings/{booking_id}/dispute/decision", ADMIN, body=Verdict, answer=CaseView)
def decide_dispute(call: Call, booking_id: str) -> CaseView:
    """The last word: what goes back, once."""
    verdict: Verdict = call.body
    words = verdict.words.strip()
    disputes.decide(call.deps, by=call.user, booking_id=booking_id, percent=verdict.percent, words=words)
    return _case(disputes.case(call.deps, booking_id))


def _row(dispute: Dispute) -> DisputeRow:
    return DisputeRow(
        **msgspec.structs.asdict(dispute_view(dispute)),
        booking_id=dispute.booking_id,
        session_id=dispute.session_id,
        title=dispute.title,
        learner_id=dispute.learner_id,
        mentor_id=dispute.mentor_id,
    )


def _case(case: Case) -> CaseView:
    session, payment = case.meeting.session, case.payment
    return CaseView(
        dispute=_row(case.dispute),
        payment=payment_view(payment),
        refundable_paise=payment.refundable_paise,
        earning=payment.earning,
        chargeback=payment.chargeback,
        booking_status=case.meeting.must_be_booked().status,
        session_status=session.status,
        starts_at=session.starts_at,
        duration_minutes=session.duration_minutes,
        ended_at=session.ended_at,
        mentor_left_early=session.mentor_left_early,
        learner=_presence(case, "learner", case.learner),
        mentor=_presence(case, "mentor", case.mentor),
        shared_minutes=case.attendance.shared,
    )


def _presence(case: Case, side: Side, name: str) -> Presence:
    here = case.attendance
    return Presence(name, len(here.of(side)), _from_start(here.first(side)), _from_start(here.last(side)))


def _from_start(minute: int | None) -> int | None:
    """Attendance counts from the opening of the doors."""
    return None if minute is None else minute - DOORS_BEFORE


def _view(call: Call, meeting: Meeting) -> BookingView:
    return booking_view(bookings.shown(call.deps, call.user.user_id, meeting), call.deps.clock())
