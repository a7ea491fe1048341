from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain import slots
from chalicelib.domain.availability import Blackout, Hours, Override, Range
from chalicelib.domain.errors import Invalid
from tests.domain import calendars, oracle
from tests.domain.calendars import AWKWARD, QUARTER, ZONES, turns

ALL_DAY = ((Range(0, 1440),),) * 7
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
DURATIONS = [30, 45, 60, 90, 180]


def at(text):
    return datetime.fromisoformat(text)


def hours(weekly=ALL_DAY, **changes):
    return Hours("usr_m", **({"weekly": weekly, "notice_minutes": 0, "start_every": 15} | changes))


def found(mine, zone="UTC", claims=None, counts=None, *, minutes=30, now=NOW, first=None, last=None):
    first = first or now
    last = last or first + timedelta(days=1)
    given = {"minutes": minutes, "now": now, "first": first, "last": last}
    starts = slots.open_starts(mine, zone, claims or {}, counts or {}, **given)
    assert starts == oracle.open_starts(mine, zone, claims or {}, counts or {}, **given)
    return starts


def walls(starts, zone):
    return [start.astimezone(ZoneInfo(zone)).strftime("%H:%M") for start in starts]


def code(mine, start, zone="UTC", claims=None, counts=None, minutes=30, but=None):
    refused = slots.refusal(mine, claims or {}, counts or {}, minutes, NOW, start, zone, but=but)
    return refused and refused.code


# --- against the rule by the letter, minute by minute ---


@settings(max_examples=100, deadline=None)
@given(data=st.data(), zone=st.sampled_from(ZONES) | st.sampled_from(AWKWARD), minutes=st.sampled_from(DURATIONS))
def test_open_starts_are_those_that_the_rule_gives_minute_by_minute(data, zone, minutes):
    first = data.draw(calendars.moments(zone))
    mine = data.draw(calendars.hours(first))
    claims, counts = data.draw(calendars.claims(first)), data.draw(calendars.counts(first))
    now = first + timedelta(minutes=data.draw(st.integers(-2000, 300)))
    window = {"minutes": minutes, "now": now, "first": first, "last": first + timedelta(hours=30)}
    expected = oracle.open_starts(mine, zone, claims, counts, **window)
    assert slots.open_starts(mine, zone, claims, counts, **window) == expected


@settings(max_examples=100, deadline=None)
@given(data=st.data(), zone=st.sampled_from(ZONES) | st.sampled_from(AWKWARD), minutes=st.sampled_from(DURATIONS))
def test_a_start_is_refused_just_when_it_is_not_open(data, zone, minutes):
    first = data.draw(calendars.moments(zone))
    mine = data.draw(calendars.hours(first))
    claims, counts = data.draw(calendars.claims(first)), data.draw(calendars.counts(first))
    now, but = first - timedelta(minutes=data.draw(st.integers(-60, 1500))), data.draw(st.sampled_from([None, "ses_a"]))
    for start in (first + n * QUARTER for n in range(0, 96, 5)):
        window = {"minutes": minutes, "now": now, "first": start, "last": start, "but": but}
        expected = oracle.open_starts(mine, zone, claims, counts, **window) == [start]
        refused = slots.refusal(mine, claims, counts, minutes, now, start, zone, but=but)
        assert (refused is None) == expected


@pytest.mark.parametrize("year", [2026, 2031])
def test_every_zone_there_is_turns_its_clocks_rightly(year):
    mine, seen = hours(((Range(0, 150), Range(165, 1380)),) * 7, start_every=30), 0
    for zone in ZONES:
        for turn in turns(zone, year):
            found(mine, zone, now=turn - timedelta(hours=4), last=turn + timedelta(hours=4))
            seen += 1
    assert seen > 200


# --- daylight saving, by hand ---


def test_an_hour_that_the_clocks_skip_is_not_offered():
    mine = hours(((Range(60, 240),),) * 7, start_every=30)  # 01:00 to 04:00
    morning = at("2026-03-29T00:00+00:00")  # Berlin: 02:00 becomes 03:00
    assert walls(found(mine, "Europe/Berlin", now=morning, last=morning + timedelta(hours=6)), "Europe/Berlin") == [
        "01:00",
        "01:30",
        "03:00",
        "03:30",
    ]


def test_a_session_may_run_over_the_skipped_hour():
    mine = hours(((Range(60, 240),),) * 7, start_every=30)
    morning = at("2026-03-29T00:00+00:00")
    starts = found(mine, "Europe/Berlin", minutes=60, now=morning, last=morning + timedelta(hours=6))
    assert walls(starts, "Europe/Berlin") == ["01:00", "01:30", "03:00"]


def test_an_hour_that_comes_twice_is_offered_twice():
    mine = hours(((Range(60, 180),),) * 7, start_every=60)  # 01:00 to 03:00
    night = at("2026-10-24T22:00+00:00")  # Berlin: 03:00 becomes 02:00
    starts = found(mine, "Europe/Berlin", now=night, last=night + timedelta(hours=6))
    assert walls(starts, "Europe/Berlin") == ["01:00", "02:00", "02:00"]
    assert starts[2] - starts[1] == timedelta(hours=1)


def test_half_an_hour_of_daylight_saving_is_exact():
    mine = hours(((Range(60, 180),),) * 7, start_every=30)
    night = at("2026-10-03T14:00+00:00")  # Lord Howe: 02:00 becomes 02:30
    starts = found(mine, "Australia/Lord_Howe", now=night, last=night + timedelta(hours=4))
    assert walls(starts, "Australia/Lord_Howe") == ["01:00", "01:30", "02:30"]


def test_hours_stay_on_the_wall_while_utc_moves():
    mine, zone = hours(((Range(540, 570),),) * 7), "America/New_York"
    before, after = (found(mine, zone, now=at(f"2026-03-0{day}T12:00+00:00"))[0] for day in (7, 8))
    assert (before.isoformat()[11:16], after.isoformat()[11:16]) == ("14:00", "13:00")
    assert walls([before, after], zone) == ["09:00", "09:00"]


@pytest.mark.parametrize(
    ("zone", "minute"), [("Asia/Kathmandu", "15"), ("Pacific/Chatham", "15"), ("Asia/Kolkata", "30")]
)
def test_starts_of_odd_offsets_lie_on_the_quarter_hours_of_utc(zone, minute):
    starts = found(hours(((Range(540, 1020),),) * 7, start_every=60), zone)
    assert {start.strftime("%M") for start in starts} == {minute}
    assert walls(starts, zone)[0].endswith(":00")


def test_a_day_that_a_zone_leaves_out_has_no_hours():
    skipped = at("2011-12-29T00:00+00:00")  # Apia went from the 29th to the 31st
    starts = found(hours(start_every=60), "Pacific/Apia", now=skipped, last=skipped + timedelta(days=3))
    assert {start.astimezone(ZoneInfo("Pacific/Apia")).day for start in starts} == {28, 29, 31, 1}


# --- ranges, midnight, steps ---


def test_steps_are_counted_from_the_start_of_each_range():
    mine = hours(((Range(555, 660), Range(780, 870)),) * 7, start_every=60)  # 09:15 to 11:00, 13:00 to 14:30
    assert walls(found(mine, first=at("2026-03-03T00:00+00:00")), "UTC") == ["09:15", "10:15", "13:00", "14:00"]


def test_a_session_runs_over_midnight_where_the_next_day_goes_on():
    mine = hours(((Range(0, 60), Range(1380, 1440)),) * 7, start_every=30)
    starts = found(mine, minutes=90, first=at("2026-03-03T12:00+00:00"))
    assert walls(starts, "UTC") == ["23:00", "23:30"]


def test_no_session_reaches_into_a_day_that_is_closed():
    mine = hours(blackouts=(Blackout(date(2026, 3, 4), date(2026, 3, 4)),))
    starts = found(mine, minutes=60, first=at("2026-03-03T22:00+00:00"), last=at("2026-03-05T00:15+00:00"))
    assert walls(starts, "UTC") == ["22:00", "22:15", "22:30", "22:45", "23:00", "00:00", "00:15"]


def test_hours_of_a_date_stand_in_for_its_weekdays():
    mine = hours(overrides=(Override(date(2026, 3, 3), (Range(600, 660),)), Override(date(2026, 3, 4))), start_every=30)
    starts = found(mine, first=at("2026-03-03T00:00+00:00"), last=at("2026-03-05T00:00+00:00"))
    assert [start.isoformat()[8:16] for start in starts] == ["03T10:00", "03T10:30", "05T00:00"]


def test_a_holiday_lasts_through_its_last_day_or_until_it_is_ended():
    back = hours(away=True, away_until=date(2026, 3, 3))
    assert found(back, last=NOW + timedelta(days=3))[0] == at("2026-03-04T00:00+00:00")
    assert found(hours(away=True)) == []
    assert found(hours(away=False, away_until=date(2026, 3, 3)))[0] == NOW


# --- claims, buffers, limits ---


def taken(first, quarters, owner="ses_a"):
    claims = {}
    for n in range(quarters):
        when = first + n * QUARTER
        claims.setdefault(when.date(), {})[f"q{when.hour * 4 + when.minute // 15:02d}"] = owner
    return claims


def test_buffers_keep_their_distance_from_what_is_claimed():
    claims = taken(at("2026-03-02T15:00+00:00"), 2)
    mine = hours(buffer_before=30, buffer_after=15)
    starts = walls(found(mine, claims=claims, last=at("2026-03-02T17:00+00:00")), "UTC")
    assert starts == ["12:00", "12:15", "12:30", "12:45", "13:00", "13:15", "13:30", "13:45", "14:00", "14:15"] + [
        "16:00",
        "16:15",
        "16:30",
        "16:45",
        "17:00",
    ]


def test_a_claim_of_the_day_before_or_after_is_felt_over_midnight():
    claims = taken(at("2026-03-02T23:30+00:00"), 2) | taken(at("2026-03-03T04:00+00:00"), 1)
    mine = hours(buffer_before=120, buffer_after=120)
    midnight = at("2026-03-03T00:00+00:00")
    assert walls(found(mine, claims=claims, minutes=30, first=midnight, last=midnight + 8 * QUARTER), "UTC") == []
    assert code(mine, midnight, claims=taken(at("2026-03-02T21:45+00:00"), 1)) is None
    assert code(mine, midnight, claims=taken(at("2026-03-02T22:00+00:00"), 1)) == "slot_taken"


def test_notice_and_horizon_are_exact_to_the_minute():
    mine = hours(notice_minutes=61, horizon_days=2)
    starts = found(mine, now=NOW, last=NOW + timedelta(days=5))
    assert (starts[0], starts[-1]) == (NOW + timedelta(minutes=75), NOW + timedelta(days=2))
    assert found(hours(notice_minutes=60), now=NOW)[0] == NOW + timedelta(minutes=60)


def test_notice_beyond_the_horizon_leaves_nothing():
    assert found(hours(notice_minutes=10080, horizon_days=1), last=NOW + timedelta(days=30)) == []


def test_a_full_day_is_full_by_the_mentors_own_calendar():
    mine = hours(daily_most=2)
    counts = {date(2026, 3, 3): 2}
    starts = found(mine, "Asia/Kolkata", counts=counts, last=NOW + timedelta(days=2))
    assert date(2026, 3, 3) not in {start.astimezone(ZoneInfo("Asia/Kolkata")).date() for start in starts}
    assert {start.date() for start in starts} == {date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)}


def test_each_refusal_has_its_own_word():
    mine = hours(notice_minutes=60, horizon_days=10, daily_most=1, start_every=30)
    tomorrow = at("2026-03-03T09:00+00:00")
    assert code(mine, tomorrow) is None
    assert isinstance(slots.refusal(mine, {}, {}, 30, NOW, tomorrow + timedelta(minutes=5), "UTC"), Invalid)
    assert code(mine, NOW + timedelta(minutes=45)) == "too_soon"
    assert code(mine, NOW - timedelta(days=1)) == "too_soon"
    assert code(mine, NOW + timedelta(days=10, minutes=15)) == "too_far"
    assert code(hours(away=True, away_until=date(2026, 3, 3)), tomorrow) == "away"
    assert code(mine, tomorrow + QUARTER) == "not_offered"
    assert code(hours(() * 7 or ((),) * 7), tomorrow) == "not_offered"
    assert code(mine, tomorrow, counts={date(2026, 3, 3): 1}) == "day_full"
    assert code(mine, tomorrow, claims=taken(tomorrow + QUARTER, 1)) == "slot_taken"


def test_a_session_that_moves_is_not_in_its_own_way():
    tomorrow = at("2026-03-03T09:00+00:00")
    claims = taken(tomorrow, 4) | taken(tomorrow + timedelta(days=1), 4, "ses_b")
    assert code(hours(), tomorrow + QUARTER, claims=claims, but="ses_a") is None
    assert code(hours(), tomorrow + timedelta(days=1), claims=claims, but="ses_a") == "slot_taken"


def test_times_at_the_ends_of_the_calendar_are_refused_not_stumbled_over():
    assert code(hours(), datetime.min.replace(tzinfo=UTC)) == "too_soon"
    assert code(hours(), datetime(9999, 12, 31, 23, 45, tzinfo=UTC)) == "too_far"


def test_the_soonest_start_is_the_first_of_all():
    board = slots.board(hours(), "UTC", taken(NOW, 6), {}, now=NOW, first=NOW, last=NOW + timedelta(days=3))
    assert board.soonest(60) == board.starts(60)[0] == NOW + timedelta(minutes=90)
    assert slots.board(hours(((),) * 7), "UTC", {}, {}, now=NOW, first=NOW, last=NOW).soonest(30) is None
