"""What everyone sees of a mentor: the page, and the times that are open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.availability import Range
from chalicelib.domain.errors import DomainError, NotFound
from chalicelib.services import bookings, offerings, open_times, sessions
from chalicelib.services.accounts import people
from chalicelib.stores.throttles import Throttles
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import code_of
from tests.services.opening import DAY, HOUR, hold, offer, publish, save, starts, times_to_move


@pytest.fixture
def meera(deps):
    """An approved mentor in Kolkata."""
    return mentor(deps).account


@pytest.fixture
def lena(deps):
    """A learner."""
    return learner(deps)


class TestMentorPage:
    def test_it_takes_two_requests(self, deps, meera):
        save(deps, meera)
        offer(deps, meera)
        publish(deps, meera, NOON + 2 * HOUR)
        deps.tables.requests.clear()
        assert open_times.page(deps, "meera").soonest
        assert deps.tables.requests == ["GetItem", "Query"]

    def test_it_shows_what_is_published_and_what_is_still_open(self, deps, clock, meera, lena):
        kept = offer(deps, meera)
        offer(deps, meera, status="draft", title="Not quite ready")
        offerings.archive(deps, mentor_id=meera.id, offering_id=offer(deps, meera, title="Not any more").id)
        opened = [publish(deps, meera, NOON + hours * HOUR) for hours in (1, 3, 5, 7)]
        bookings.book(deps, learner_id=lena.id, session_id=opened[1].id, key="key-00000001")
        sessions.withdraw(deps, mentor_id=meera.id, session_id=opened[2].id)
        clock.forward(HOUR)
        page = open_times.page(deps, "meera")
        assert page.offerings == [kept]
        assert [session.id for session in page.sessions] == [opened[3].id]

    def test_without_hours_or_offerings_nothing_is_soonest(self, deps, meera):
        assert open_times.page(deps, "meera").soonest is None
        offer(deps, meera)
        assert open_times.page(deps, "meera").soonest is None

    def test_the_soonest_start_is_that_of_the_offering_that_fits_first(self, deps, meera):
        evening = (Range(18 * 60, 18 * 60 + 30), Range(20 * 60, 22 * 60))  # in Kolkata: from 12:30 and 14:30
        save(deps, meera, weekly=(evening,) * 7)
        long = offer(deps, meera, 60)
        assert open_times.page(deps, "meera").soonest == (long.id, NOON + timedelta(minutes=150))
        short = offer(deps, meera, 30)
        assert open_times.page(deps, "meera").soonest == (short.id, NOON + timedelta(minutes=30))

    def test_of_two_that_can_begin_equally_soon_the_older_is_named(self, deps, meera):
        save(deps, meera)
        first = offer(deps, meera, 60)
        offer(deps, meera, 30)
        assert open_times.page(deps, "meera").soonest.offering_id == first.id

    def test_a_mentor_is_away_by_their_own_calendar(self, deps, clock, meera):
        save(deps, meera, away=True, away_until=date(2026, 3, 2))
        assert open_times.page(deps, "meera").away
        clock.now = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)  # midnight in Kolkata
        assert not open_times.page(deps, "meera").away

    def test_nobody_else_has_a_page(self, deps):
        mentor(deps, "Waiting", status="pending")
        for slug in ("waiting", "nobody"):
            with pytest.raises(NotFound):
                open_times.page(deps, slug)


class TestOpenTimes:
    def test_they_take_two_requests(self, deps, meera):
        save(deps, meera)
        offered = offer(deps, meera)
        deps.tables.requests.clear()
        starts(deps, offered)
        assert deps.tables.requests == ["GetItem", "Query"]

    def test_the_end_is_not_part_of_the_stretch_but_may_be_what_is_next(self, deps, meera):
        save(deps, meera)
        found = open_times.between(deps, "meera", offer(deps, meera).id, NOON, NOON + HOUR)
        assert found.starts == [NOON, NOON + HOUR / 2]
        assert found.next == NOON + HOUR
        assert found.zone == "Asia/Kolkata"

    def test_two_stretches_that_meet_are_the_same_as_one(self, deps, meera, lena):
        save(deps, meera, notice_minutes=95, horizon_days=3, daily_most=4)
        offered = offer(deps, meera, 45)
        hold(deps, lena, offered, NOON + 26 * HOUR)
        whole = open_times.between(deps, "meera", offered.id, NOON, NOON + 5 * DAY)
        assert whole.next is None
        for cut in (NOON + HOUR / 4, NOON + 25 * HOUR, NOON + 49.2 * HOUR):
            early = open_times.between(deps, "meera", offered.id, NOON, cut)
            late = open_times.between(deps, "meera", offered.id, cut, NOON + 5 * DAY)
            assert early.starts + late.starts == whole.starts
            assert early.next == late.starts[0]

    def test_a_held_time_is_open_to_nobody_until_it_is_given_back(self, deps, meera, lena):
        save(deps, meera)
        offered = offer(deps, meera)
        held = hold(deps, lena, offered, NOON + 2 * HOUR)
        gone = {NOON + minutes * HOUR / 2 for minutes in (3, 4, 5)}
        assert not gone & set(starts(deps, offered))
        bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
        assert gone < set(starts(deps, offered))

    def test_a_booking_is_not_in_the_way_of_its_own_moving(self, deps, meera, lena):
        save(deps, meera, daily_most=1)
        offered = offer(deps, meera)
        held = hold(deps, lena, offered, NOON + 2 * HOUR)
        assert starts(deps, offered, NOON, NOON + 5 * HOUR) == []  # the day is full
        for who in (lena, meera):
            deps.tables.requests.clear()
            found = times_to_move(deps, who, held.booking.id, offered)
            assert found == [NOON + n * HOUR / 2 for n in range(10)]
            assert len(deps.tables.requests) == 3
        bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
        hold(deps, learner(deps, "Asha"), offered, NOON + 2 * HOUR)
        assert times_to_move(deps, lena, held.booking.id, offered) == []  # it takes up nothing any more

    def test_a_booking_opens_its_times_to_its_two_people_and_at_its_own_mentor_only(self, deps, meera, lena):
        save(deps, meera)
        offered, sana, asha = offer(deps, meera), mentor(deps, "Sana").account, learner(deps, "Asha")
        held = hold(deps, lena, offered, NOON + 2 * HOUR)
        elsewhere = offer(deps, sana)
        for who, offering, slug in ((asha, offered, "meera"), (lena, elsewhere, "sana")):
            with pytest.raises(NotFound):
                times_to_move(deps, who, held.booking.id, offering, slug)
        with pytest.raises(NotFound):
            times_to_move(deps, lena, "bkg_nothing", offered)

    def test_whatever_is_shown_can_be_held_and_nothing_else(self, deps, meera, lena):
        limits = {"buffer_before": 15, "buffer_after": 30, "start_every": 15, "notice_minutes": 60}
        save(deps, meera, weekly=((Range(60, 1125),),) * 7, **limits)
        publish(deps, meera, NOON + 20 * HOUR)
        offered = offer(deps, meera, 45)
        shown = set(starts(deps, offered))
        deps = replace(deps, throttles=Throttles(deps.tables, 100))
        for quarter in range(0, 96, 3):
            at = NOON + quarter * HOUR / 4
            try:
                held = hold(deps, lena, offered, at)
            except DomainError:
                assert at not in shown
            else:
                assert at in shown
                bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)

    def test_hours_follow_the_mentor_to_another_zone_and_bookings_stay(self, deps, meera, lena):
        save(deps, meera, weekly=((Range(600, 660),),) * 7)
        offered = offer(deps, meera)
        kolkata, berlin = (
            datetime(2026, 3, 3, 10, 0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
            for zone in ("Asia/Kolkata", "Europe/Berlin")
        )
        assert starts(deps, offered) == [kolkata]
        held = hold(deps, lena, offered, kolkata)
        people.change_account(deps, meera.id, lambda account: replace(account, zone="Europe/Berlin"))
        assert starts(deps, offered) == [berlin]
        assert bookings.of(deps, held.booking).session.starts_at == kolkata

    def test_new_hours_leave_what_is_booked_as_it_is(self, deps, meera, lena):
        save(deps, meera)
        offered = offer(deps, meera)
        held = hold(deps, lena, offered, NOON + 2 * HOUR)
        save(deps, meera, version=1, weekly=((),) * 7, buffer_before=120, away=True)
        assert bookings.of(deps, held.booking).session == deps.sessions.get(held.session.id)
        assert deps.sessions.get(held.session.id).status == "held"
        assert starts(deps, offered) == []
        confirmed = bookings.confirm_free(deps, learner_id=lena.id, booking_id=held.booking.id, note="")
        assert confirmed.booking.status == "confirmed"

    @pytest.mark.parametrize(("change", "refusal"), [({"away": True}, "away"), ({"daily_most": 5}, None)])
    def test_hours_that_change_while_somebody_books_are_decided_on_anew(self, deps, meera, lena, change, refusal):
        save(deps, meera)
        offered = offer(deps, meera)
        commit = deps.tables.commit

        def overtaken(writes):
            deps.tables.commit = commit
            save(deps, meera, version=1, **change)
            commit(writes)

        deps.tables.commit = overtaken
        if refusal:
            assert code_of(lambda: hold(deps, lena, offered, NOON + 2 * HOUR)) == refusal
        else:
            assert hold(deps, lena, offered, NOON + 2 * HOUR).booking.status == "held"
        assert bool(deps.availabilities.timetable(meera.id, NOON).claims) == (refusal is None)

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_what_is_not_published_has_none(self, deps, meera, status):
        save(deps, meera)
        made = offer(deps, meera, status="draft")
        if status == "archived":
            offerings.archive(deps, mentor_id=meera.id, offering_id=made.id)
        for offering_id in (made.id, "off_nothing"):
            with pytest.raises(NotFound):
                open_times.between(deps, "meera", offering_id, NOON, NOON + DAY)

    def test_stretches_behind_us_beyond_the_horizon_or_at_the_end_of_time_are_empty(self, deps, meera):
        save(deps, meera)
        offered = offer(deps, meera)
        end_of_time = datetime(9999, 12, 31, tzinfo=UTC)
        for first in (datetime(1, 1, 1, tzinfo=UTC), NOON - 2 * DAY, NOON + 90 * DAY, end_of_time - DAY):
            assert starts(deps, offered, first, first + DAY) == []
