"""Meetings for tests of their rules: a session at noon, with or without its booking."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.bookings import Booking, Meeting
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session

T = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MENTOR = MentorCard("usr_m", "meera", "Meera", "Teaches Python")
LEARNER, XU = LearnerCard("usr_l", "Lena"), LearnerCard("usr_x", "Xu")
LONG_AGO, EARLY = T - timedelta(days=30), T - timedelta(hours=30)


def hours(n):
    return timedelta(hours=n)


def minutes(n):
    return timedelta(minutes=n)


def session(**changes):
    whole = Session(
        "ses_1", MENTOR, "Decorators in an hour", "What they are.", ("python",), "programming", T, 60, LONG_AGO
    )
    return replace(whole, **changes)


def booking(**changes):
    whole = Booking("bkg_1", "ses_1", LEARNER.id, T, 0, LONG_AGO, mentor_id=MENTOR.id, minutes=60)
    return replace(whole, **changes)


def booked(paise=0, **changes):
    taken = {"status": "booked", "learner": LEARNER, "booking_id": "bkg_1", "reminded": 3, "price_paise": paise}
    return Meeting(session(**(taken | changes)), booking(price_paise=paise, paid_paise=paise))


def held(until, paise=0, **changes):
    taken = {"status": "held", "learner": LEARNER, "booking_id": "bkg_1", "held_until": until, "price_paise": paise}
    return Meeting(session(**(taken | changes)), booking(status="held", pay_by=until, price_paise=paise))


def refused(act):
    with pytest.raises(Conflict) as refusal:
        act()
    return refusal.value.code
