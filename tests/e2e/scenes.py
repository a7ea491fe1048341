"""What a booking journey begins with: a mentor with hours and something to book, a learner who may pay for it; time is
moved for them."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.bookings import Meeting
from chalicelib.services import bookings, holds, meetings, payments
from chalicelib.services.holds import Slot
from tests.fakes.times import offer, open_hours

QUARTER = timedelta(minutes=15)


def on_grid(ahead):
    """The first quarter-hour that lies so far ahead."""
    at = datetime.now(UTC) + ahead + QUARTER - timedelta(seconds=1)
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


def iso(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def two(visit, new_learner, new_mentor, real, stack):
    """A learner and a mentor at their browsers; the mentor is open all day for an hour of Python."""
    learner, mentor = new_learner(), new_mentor()
    open_hours(real, mentor, notice_minutes=0)
    offering = offer(real, mentor)
    lena, meera = visit("Lena"), visit("Meera")
    lena.is_signed_in_as(learner.account, learner.browser)
    meera.is_signed_in_as(mentor.account, mentor.browser)
    return Two(stack, real, learner, mentor, offering, lena, meera)


class Two:
    """The two people, as stored and at their browsers, and what is between them."""

    def __init__(self, stack, real, learner, mentor, offering, lena, meera):
        self.stack, self.real, self.learner, self.mentor, self.offering = stack, real, learner, mentor, offering
        self.lena, self.meera = lena, meera

    def times(self):
        """The address of the mentor's open times."""
        return f"/m/{self.mentor.mentor.slug}"

    def holds(self, ahead, who=None):
        """A hold of an open time, its booking's id."""
        slot = Slot(self.mentor.mentor.slug, self.offering.id, on_grid(ahead))
        learner_id = (who or self.learner).account.id
        return holds.hold(self.real, learner_id=learner_id, slot=slot, key=uuid.uuid4().hex).booking.id

    def books(self, ahead, *, price=0):
        """A confirmed booking, its id; with a price it is paid."""
        if price:
            self.asks(price)
        booking_id = self.holds(ahead)
        if price:
            self.pays(booking_id)
        else:
            bookings.confirm_free(self.real, learner_id=self.learner.account.id, booking_id=booking_id, note="")
        return booking_id

    def asks(self, price):
        """What the mentor offers has a price from now on."""
        old = self.real.offerings.find(self.mentor.account.id, self.offering.id)
        self.offering = replace(old, price_paise=price)
        self.real.tables.commit([self.real.offerings.saving(old, self.offering)])

    def begins_to_pay(self, booking_id):
        """The order of a held booking, its id at the gateway."""
        return payments.begin(self.real, learner_id=self.learner.account.id, booking_id=booking_id).order_id

    def pays(self, booking_id):
        """The learner pays in some browser, and comes back from it."""
        proof = self.stack.razorpay("pay", order_id=self.begins_to_pay(booking_id))
        assert self.learner.browser.post(f"/bookings/{booking_id}/payment", proof).status == 200

    def changed(self, booking_id, session, booking=None):
        """As if it had always been so: parts of the session and of the booking."""
        held = self.real.bookings.find(booking_id)

        def other(old):
            return Meeting(replace(old.session, **session), replace(old.booking, **(booking or {})))

        meetings.move(self.real, held.session_id, other)

    def begins_in(self, booking_id, ahead):
        """The session is moved to begin so soon."""
        at = datetime.now(UTC).replace(microsecond=0) + ahead
        self.changed(booking_id, {"starts_at": at}, {"starts_at": at})

    def name(self, person):
        return person.account.name.split(" ")[0]


def chosen(person):
    """The start that is chosen in the picker."""
    return person.page.locator("[name^='slot-2']:checked").input_value()
