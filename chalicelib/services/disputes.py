"""Disputes: opened by a learner, answered by the mentor, decided by an admin, each with what it means for the money."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain import bookings as booking_rules
from chalicelib.domain import disputes as rules
from chalicelib.domain import earnings, entries
from chalicelib.domain.attendance import Attendance
from chalicelib.domain.bookings import Booking, Meeting
from chalicelib.domain.cards import Side
from chalicelib.domain.disputes import LONGEST, SHORTEST, Decision, Dispute
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.identity import Identity
from chalicelib.domain.outgoing import Outgoing, Template
from chalicelib.domain.payments import Payment, Step
from chalicelib.services import admin_acts, bookings, settling
from chalicelib.services.again import again
from chalicelib.services.money import stepping
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Case:
    """All that an admin needs to decide: both texts, the money, and who was there when."""

    dispute: Dispute
    payment: Payment
    meeting: Meeting
    attendance: Attendance
    learner: str
    mentor: str


def open_one(deps: "Deps", *, learner_id: str, booking_id: str, reason: str) -> Meeting:
    """The earning is frozen in the same commit, so that nobody is paid out what is being disputed."""
    booking = bookings.owned(deps, learner_id, booking_id, "learner")
    _check(reason=reason)

    def opened() -> Meeting:
        meeting, now = _parted(deps, booking), deps.clock()
        payment, old = deps.disputes.with_payment(booking_id)
        if payment is None:
            raise Conflict("nothing_paid", "Nothing was paid for this booking.")
        new = rules.opened(old, payment, meeting.must_be_booked(), meeting.session, reason, now)
        frozen = deps.payments.saving(payment, earnings.freeze(payment))
        facts = {"reason": reason, "answer_by": new.answer_by.isoformat()}
        told = _mail(deps, new, meeting, "mentor", "dispute_opened", **facts)
        deps.tables.commit([deps.disputes.saving(old, new), *frozen, told])
        return meeting

    return again(opened)


def answer(deps: "Deps", *, mentor_id: str, booking_id: str, words: str) -> Meeting:
    """The mentor's side of it, once, within two days."""
    booking = bookings.owned(deps, mentor_id, booking_id, "mentor")
    _check(words=words)

    def answered() -> Meeting:
        meeting, old = _parted(deps, booking), _get(deps, booking_id)
        new = old.answered(words, deps.clock())
        told = [_mail(deps, new, meeting, "learner", "dispute_answered", words=words)]
        deps.tables.commit([deps.disputes.saving(old, new), *(told if new.cause == "learner" else [])])
        return meeting

    return again(answered)


def decide(deps: "Deps", *, by: Identity, booking_id: str, percent: int, words: str) -> Dispute:
    """That part of the cash that is left goes back, the earning moves on, and both hear why; once."""
    entries.refuse(percent=None if 0 <= percent <= 100 else "From 0 to 100.")
    _check(words=words)
    booking = bookings.get(deps, booking_id)
    admin_acts.must_be_anothers(booking, by)

    def decided() -> Dispute:
        payment, old = deps.disputes.with_payment(booking_id)
        if payment is None or old is None:
            raise NotFound("dispute")
        return _decided(deps, by, old, payment, percent, words)

    return again(decided)


def case(deps: "Deps", booking_id: str) -> Case:
    """A dispute with all that is known about its session."""
    payment, dispute = deps.disputes.with_payment(booking_id)
    if payment is None or dispute is None:
        raise NotFound("dispute")
    meeting = _parted(deps, bookings.get(deps, booking_id))
    learner, mentor = deps.accounts.find_both(dispute.learner_id, dispute.mentor_id)
    return Case(
        dispute,
        payment,
        meeting,
        settling.attendance(deps, meeting.session),
        learner.name if learner else "",
        mentor.name if mentor else "",
    )


def _decided(deps: "Deps", by: Identity, old: Dispute, payment: Payment, percent: int, words: str) -> Dispute:
    now = deps.clock()
    step = rules.settled(payment, percent, deps.new_id("rfd"), now)
    new = old.decided(Decision(percent, _cash(payment, step), words, by.user_id, now))
    paise = str(new.decision.paise if new.decision else 0)
    log = admin_acts.act(deps, by, "dispute_decided", old.booking_id, percent=str(percent), paise=paise)
    told = _decision_mails(deps, new, percent=str(percent), paise=paise, words=words)
    deps.tables.commit([*log, deps.disputes.saving(old, new), *stepping(deps, payment, step), *told])
    return new


def _cash(payment: Payment, step: Step) -> int:
    """What goes back to the learner by this step."""
    return sum(each.paise for each in step.payment.refunds[len(payment.refunds) :])


def _decision_mails(deps: "Deps", dispute: Dispute, **facts: str) -> list[Write]:
    meeting = _parted(deps, bookings.get(deps, dispute.booking_id))
    to_mentor = _mail(deps, dispute, meeting, "mentor", "dispute_decided_mentor", **facts)
    if dispute.cause != "learner" and facts["paise"] == "0":
        return [to_mentor]  # the learner never heard of it, and nothing changes for them
    return [to_mentor, _mail(deps, dispute, meeting, "learner", "dispute_decided_learner", **facts)]


def _get(deps: "Deps", booking_id: str) -> Dispute:
    dispute = deps.disputes.find(booking_id)
    if dispute is None:
        raise NotFound("dispute")
    return dispute


def _parted(deps: "Deps", booking: Booking) -> Meeting:
    return booking_rules.parted(bookings.of(deps, booking))


def _check(**texts: str) -> None:
    faults = {name: entries.text_fault(text, LONGEST) for name, text in texts.items()}
    short = {name: f"At least {SHORTEST} characters." for name, text in texts.items() if len(text) < SHORTEST}
    entries.refuse(**(faults | short))


def _mail(deps: "Deps", dispute: Dispute, meeting: Meeting, to: Side, template: Template, **facts: str) -> Write:
    session = meeting.session
    learner = session.learner.name if session.learner else ""
    user_id, other = (dispute.learner_id, session.mentor.name) if to == "learner" else (dispute.mentor_id, learner)
    whole = {
        "session_id": session.id,
        "booking_id": dispute.booking_id,
        "title": dispute.title,
        "other": other,
        "starts_at": session.starts_at.isoformat(),
        "minutes": str(session.duration_minutes),
    }
    return deps.outbox.adding(Outgoing(deps.new_id("out"), user_id, "", template, deps.clock(), whole | facts))
