"""A mentor in Kolkata and a learner in New York mean the same instant, on both sides of New York's change of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.availability import Range
from tests.e2e.scenes import iso
from tests.fakes.times import offer, open_hours

NEW_YORK, KOLKATA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")
SEVEN_TO_EIGHT = ((Range(19 * 60, 20 * 60),),) * 7
FAR = 400  # days: the next change of clocks may lie beyond what a mentor can choose


def change_of_clocks():
    """The next day, two days ahead at least, that New York begins with another offset than it ends with."""
    day = datetime.now(NEW_YORK).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=3)
    while day.utcoffset() == (day + timedelta(days=1)).utcoffset():
        day += timedelta(days=1)
    return day.date()


def seven_in_kolkata(day):
    """When the mentor's evening hour begins, which is the morning in New York."""
    return datetime(day.year, day.month, day.day, 19, tzinfo=KOLKATA).astimezone(UTC)


def clock(at, zone):
    """As the site writes it: 8:30 am."""
    return at.astimezone(zone).strftime("%I:%M %p").lstrip("0").lower()


@pytest.fixture
def two(visit, new_learner, new_mentor, real):
    """Both at their browsers, each on their own clock; the mentor has one hour an evening."""
    learner, mentor = new_learner(zone="America/New_York"), new_mentor(zone="Asia/Kolkata")
    open_hours(real, mentor, weekly=SEVEN_TO_EIGHT, notice_minutes=0, horizon_days=FAR)
    offering = offer(real, mentor)
    lena, meera = visit("Lena", timezone_id="America/New_York"), visit("Meera")
    lena.is_signed_in_as(learner.account, learner.browser)
    meera.is_signed_in_as(mentor.account, mentor.browser)
    return lena, meera, mentor, offering


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_both_read_the_same_instant_around_the_change(two, real, days):
    lena, meera, mentor, offering = two
    at = seven_in_kolkata(change_of_clocks() + timedelta(days=days))
    lena.goes(f"/m/{mentor.mentor.slug}?offering={offering.id}&at={iso(at)}")
    lena.button("Book this time").wait_for()
    assert lena.page.locator("[name^='slot-2']:checked").input_value() == iso(at)
    reads(lena, at, NEW_YORK, KOLKATA)
    lena.presses("Book this time")
    lena.sees("This time is kept for you")
    reads(lena, at, NEW_YORK, KOLKATA)
    lena.presses("Confirm booking")
    lena.sees("Starts in")
    booking_id = lena.page.url.rpartition("/")[2]
    assert real.bookings.find(booking_id).starts_at == at
    meera.goes(f"/bookings/{booking_id}")
    reads(meera, at, KOLKATA, NEW_YORK)
    lena.goes("/dashboard")
    lena.sees(clock(at, NEW_YORK))


def test_the_mentor_s_evening_moves_by_an_hour_in_new_york(two):
    change = change_of_clocks()
    before, after = (seven_in_kolkata(change + timedelta(days=days)) for days in (-1, 0))
    assert after - before == timedelta(days=1)
    assert abs(after.astimezone(NEW_YORK).hour - before.astimezone(NEW_YORK).hour) == 1
    lena, _, mentor, _ = two
    for at in (before, after):
        lena.goes(f"/m/{mentor.mentor.slug}?at={iso(at)}")
        lena.button("Book this time").wait_for()
        assert [each.input_value() for each in lena.page.locator("[name^='slot-2']").all()] == [iso(at)]
        assert lena.page.locator("[name='slot-day']:checked").input_value() == f"{at.astimezone(NEW_YORK).date()}"
        reads(lena, at, NEW_YORK, KOLKATA)


def reads(person, at, *zones):
    """The start stands on the page on each of these clocks."""
    for zone in zones:
        person.sees(f"{at.astimezone(zone):%a}, {at.astimezone(zone).day}")
        person.sees(clock(at, zone))
