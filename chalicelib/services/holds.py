"""Holding an open time of a mentor: decided on one look at all that closes it, and on nothing having changed since."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chalicelib.domain import bookings as rules
from chalicelib.domain import slots, throttles
from chalicelib.domain.bookings import HOLD, Meeting
from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.footprints import placed
from chalicelib.domain.mentors import Profile
from chalicelib.domain.offerings import Offering
from chalicelib.services import bookings
from chalicelib.stores.answered import KeyUsed
from chalicelib.stores.availabilities import Timetable
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Slot:
    """A start among a mentor's open times for one offering; `starts_at` is UTC."""

    slug: str
    offering_id: str
    starts_at: datetime


def hold(deps: "Deps", *, learner_id: str, slot: Slot, key: str, replacing: str | None = None) -> Meeting:
    """An open time is held for a quarter of an hour; the same key again gives the same hold.

    `replacing` is the learner's own hold, given back once the new time is seen to be free.
    """
    if replacing:
        _give_back(deps, learner_id, slot, replacing)
    return bookings.keyed(deps, learner_id, key, slot, lambda: _hold(deps, learner_id, slot, key))


def _give_back(deps: "Deps", learner_id: str, slot: Slot, replacing: str) -> None:
    held = bookings.owned(deps, learner_id, replacing, "learner")
    if held.status != "held":
        return
    profile = deps.mentors.profile(slot.slug)
    table = deps.availabilities.timetable(profile.id, slot.starts_at)
    day = held.starts_at.astimezone(ZoneInfo(profile.zone)).date()
    one_less = {date: count - (date == day) for date, count in table.counts.items()}
    _open(deps, profile, replace(table, counts=one_less), slot, but=held.session_id)
    bookings.release(deps, user_id=learner_id, booking_id=replacing)


def _hold(deps: "Deps", learner_id: str, slot: Slot, key: str) -> Meeting:
    now = deps.clock()
    profile, account, allowance = deps.mentors.with_learner(slot.slug, learner_id)
    if learner_id == profile.id:
        raise Conflict("own_session", "These are your own times: you cannot book yourself.")
    table = deps.availabilities.timetable(profile.id, slot.starts_at)
    at_once: list[Write] = []
    try:
        offering = _open(deps, profile, table, slot)
    except Conflict as refusal:
        if deps.answered.made(learner_id, key, slot):
            raise KeyUsed from None
        if refusal.code != "too_soon":
            raise
        offering = _open(deps, profile, table.without_notice(), slot)
        at_once = [deps.presences.live(profile.id, now, lost=refusal)]  # notice is waived while the mentor is here
    place = placed(table.hours, slot.starts_at, profile.zone)
    session = offering.session(deps.new_id("ses"), profile.card(), slot.starts_at, now, **place)
    card = LearnerCard(learner_id, account.name, account.photo_url)
    held = rules.begin(session, card, deps.new_id("bkg"), now, now + HOLD)
    also = [
        deps.availabilities.unchanged(table.hours),
        deps.offerings.unchanged(offering),
        deps.mentors.still_listed(profile),
        deps.blocks.free(profile.id, learner_id),
        *deps.throttles.counting(throttles.holds(learner_id), now),
        *at_once,
    ]
    return bookings.commit(deps, None, held, allowance, also, slot, key, most=table.hours.daily_most)


def _open(deps: "Deps", profile: Profile, table: Timetable, slot: Slot, but: str | None = None) -> Offering:
    """What is offered at this start; why it cannot be had is raised."""
    offering, now = table.published(slot.offering_id), deps.clock()
    rest = (offering.duration_minutes, now, slot.starts_at, profile.zone)
    if refusal := slots.refusal(table.hours, table.claims, table.counts, *rest, but=but):
        raise refusal
    return offering
