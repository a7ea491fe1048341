"""What hours a mentor may keep, and what of them is past."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.availability import Blackout, Hours, Override, Range
from chalicelib.domain.errors import Invalid
from tests.domain import calendars

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
NINE_TO_FIVE = Range(540, 1020)


def hours(**changes):
    return Hours("usr_m", **changes)


def on_monday(*ranges):
    return hours(weekly=(ranges, *((),) * 6))


def faults(wanted):
    with pytest.raises(Invalid) as refusal:
        wanted.checked(TODAY)
    return refusal.value.fields


def test_no_hours_at_all_are_in_order():
    assert hours().checked(TODAY) == hours()


@pytest.mark.parametrize(
    "ranges",
    [
        (Range(0, 1440),),
        (Range(0, 15), Range(1425, 1440)),
        (Range(540, 720), Range(720, 1020)),
        tuple(Range(240 * n, 240 * n + 15) for n in range(6)),
    ],
)
def test_a_days_hours_may_touch_each_other_and_both_midnights(ranges):
    assert on_monday(*ranges).checked(TODAY).weekly[0] == ranges


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ((Range(540, 1021),), "quarter-hour"),
        ((Range(1, 60),), "quarter-hour"),
        ((Range(-15, 60),), "quarter-hour"),
        ((Range(1380, 1455),), "quarter-hour"),
        ((Range(600, 540),), "ends after"),
        ((Range(600, 600),), "ends after"),
        ((Range(540, 720), Range(705, 900)), "overlap"),
        ((Range(705, 900), Range(540, 720)), "overlap"),
        ((Range(540, 1020), Range(600, 660)), "overlap"),
        (tuple(Range(60 * n, 60 * n + 15) for n in range(7)), "At most 6"),
    ],
)
def test_hours_that_cannot_be_are_refused_where_they_stand(ranges, words):
    assert words in faults(on_monday(*ranges))["weekly.mon"]
    others = (Override(TODAY, ()), Override(TODAY + DAY, ranges))
    found = faults(hours(overrides=others))
    assert set(found) == {"overrides.1"}
    assert words in found["overrides.1"]


def test_hours_are_put_in_the_order_of_time():
    mixed = hours(
        weekly=((Range(840, 900), NINE_TO_FIVE._replace(end=600)), *((),) * 6),
        overrides=(Override(TODAY + DAY), Override(TODAY, (Range(900, 960), Range(0, 60)))),
        blackouts=(Blackout(TODAY + 3 * DAY, TODAY + 4 * DAY), Blackout(TODAY, TODAY + DAY)),
    )
    kept = mixed.checked(TODAY)
    assert kept.weekly[0] == (Range(540, 600), Range(840, 900))
    assert kept.overrides == (Override(TODAY, (Range(0, 60), Range(900, 960))), Override(TODAY + DAY))
    assert [each.first for each in kept.blackouts] == [TODAY, TODAY + 3 * DAY]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"buffer_before": 10}, "buffer_before_minutes"),
        ({"buffer_before": -15}, "buffer_before_minutes"),
        ({"buffer_after": 135}, "buffer_after_minutes"),
        ({"notice_minutes": -1}, "notice_minutes"),
        ({"notice_minutes": 10081}, "notice_minutes"),
        ({"horizon_days": 0}, "horizon_days"),
        ({"horizon_days": 181}, "horizon_days"),
        ({"daily_most": 0}, "daily_most"),
        ({"daily_most": 21}, "daily_most"),
        ({"start_every": 20}, "start_every_minutes"),
        ({"away": True, "away_until": TODAY + 731 * DAY}, "away_until"),
        ({"overrides": (Override(TODAY + 731 * DAY),)}, "overrides.0"),
        ({"overrides": (Override(TODAY), Override(TODAY + DAY), Override(TODAY))}, "overrides.2"),
        ({"overrides": tuple(Override(TODAY + n * DAY) for n in range(367))}, "overrides"),
        ({"blackouts": (Blackout(TODAY + DAY, TODAY),)}, "blackouts.0"),
        ({"blackouts": (Blackout(TODAY, TODAY), Blackout(TODAY, TODAY + 731 * DAY))}, "blackouts.1"),
        ({"blackouts": (Blackout(TODAY, TODAY),) * 101}, "blackouts"),
    ],
)
def test_each_limit_is_named_where_it_is_broken(change, field):
    assert set(faults(hours(**change))) == {field}


@pytest.mark.parametrize(
    "change",
    [
        {"buffer_before": 120, "buffer_after": 0, "notice_minutes": 0, "horizon_days": 180},
        {"daily_most": 1, "start_every": 60, "notice_minutes": 10080, "horizon_days": 1},
        {"overrides": tuple(Override(TODAY + n * DAY, (NINE_TO_FIVE,)) for n in range(366))},
        {"blackouts": (Blackout(TODAY, TODAY + 730 * DAY),) * 100},
        {"away": True, "away_until": TODAY},
    ],
)
def test_the_limits_themselves_are_allowed(change):
    assert hours(**change).checked(TODAY) == hours(**change)


def test_all_that_is_wrong_is_said_at_once():
    wrong = replace(on_monday(Range(60, 0)), horizon_days=0, overrides=(Override(TODAY, (Range(1, 2),)),))
    assert set(faults(wrong)) == {"weekly.mon", "horizon_days", "overrides.0"}


def test_ten_thousand_dates_are_refused_at_once():
    many = hours(overrides=tuple(Override(TODAY + n * DAY, (NINE_TO_FIVE,) * 6) for n in range(10_000)))
    began = time.process_time()
    assert set(faults(many)) == {"overrides"}
    assert time.process_time() - began < 0.05


def test_what_is_past_is_left_out():
    old = hours(
        overrides=(Override(TODAY - DAY), Override(TODAY)),
        blackouts=(Blackout(TODAY - 9 * DAY, TODAY - DAY), Blackout(TODAY - 9 * DAY, TODAY)),
        away=True,
        away_until=TODAY - DAY,
    )
    kept = old.checked(TODAY)
    assert kept.overrides == (Override(TODAY),)
    assert kept.blackouts == (Blackout(TODAY - 9 * DAY, TODAY),)
    assert (kept.away, kept.away_until) == (False, None)


def test_a_last_day_of_a_holiday_means_nothing_without_the_holiday():
    assert hours(away_until=TODAY + DAY).checked(TODAY).away_until is None


@given(st.data())
def test_what_has_been_checked_is_in_order_and_opens_the_same_days(data):
    mine = data.draw(calendars.hours(calendars.EDGES[0]))
    today = calendars.EDGES[0].date() - 2 * DAY
    kept = mine.checked(today)
    assert kept.checked(today) == kept
    assert kept.on(today, today + 9 * DAY) == mine.on(today, today + 9 * DAY)
