"""A mentor's hours as they are saved, and what everyone and they themselves see of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.availability import Blackout, Hours, Override, Range
from chalicelib.domain.errors import Conflict, DomainError, Invalid, NotFound
from chalicelib.services import availability, bookings, holds, offerings, open_times, sessions
from chalicelib.services.accounts import people
from chalicelib.services.availability import Overtaken
from chalicelib.stores.throttles import Throttles
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON

ALL_DAY = ((Range(0, 1440),),) * 7
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def meera(deps):
    """An approved mentor in Kolkata."""
    return mentor(deps).account


@pytest.fixture
def lena(deps):
    """A learner."""
    return learner(deps)


def save(deps, account, zone=None, **changes):
    fields = {"weekly": ALL_DAY, "notice_minutes": 0} | changes
    return availability.save(deps, Hours(account.id, **fields), zone)


def offer(deps, account, minutes=60, status="published", title="Whatever you are stuck on"):
    pitch = offerings.Pitch(title, "Bring it.", ("python",), "programming", minutes)
    return offerings.create(deps, mentor_id=account.id, pitch=pitch, status=status, key=f"key-{title}-{minutes}")


def publish(deps, account, starts_at, minutes=60):
    wanted = sessions.Offer("Decorators in an hour", "What they are.", ("python",), "programming", starts_at, minutes)
    return sessions.publish(deps, mentor_id=account.id, offer=wanted, key=f"key-{starts_at.isoformat()}")


def hold(deps, who, offering, starts_at, slug="meera"):
    slot = holds.Slot(slug, offering.id, starts_at)
    return holds.hold(deps, learner_id=who.id, slot=slot, key=f"key-{starts_at.isoformat()}")


def starts(deps, offering, first=NOON, until=NOON + DAY):
    return open_times.between(deps, "meera", offering.id, first, until).starts


def times_to_move(deps, who, booking_id, offering, slug="meera"):
    stretch, own = (NOON, NOON + 5 * HOUR), {"user_id": who.id, "booking_id": booking_id}
    return open_times.between_moving(deps, slug, offering.id, *stretch, **own).starts


def code_of(act):
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


class TestSaving:
    def test_what_was_never_saved_is_version_nought_in_the_mentors_zone(self, deps, meera):
        assert availability.of(deps, meera.id) == availability.Availability(Hours(meera.id), "Asia/Kolkata")

    def test_what_is_saved_is_what_is_read(self, deps, meera):
        saved = save(deps, meera, daily_most=3)
        assert saved.hours.version == 1
        assert availability.of(deps, meera.id) == saved

    def test_whoever_comes_second_is_told_what_was_saved_first(self, deps, meera):
        first = save(deps, meera)
        with pytest.raises(Overtaken) as overtaken:
            save(deps, meera, daily_most=1)
        assert overtaken.value.current == first
        assert save(deps, meera, daily_most=1, version=1).hours.version == 2

    def test_a_page_that_saves_between_the_look_and_the_write_is_not_written_over(self, deps, meera):
        commit = deps.tables.commit

        def overtaken(writes):
            deps.tables.commit = commit
            save(deps, meera, horizon_days=7)
            commit(writes)

        deps.tables.commit = overtaken
        with pytest.raises(Overtaken) as refusal:
            save(deps, meera)
        assert refusal.value.current.hours.horizon_days == 7
        assert availability.of(deps, meera.id).hours.horizon_days == 7

    def test_the_same_hours_sent_twice_are_saved_once(self, deps, meera):
        assert save(deps, meera) == save(deps, meera)
        assert availability.of(deps, meera.id).hours.version == 1

    def test_what_is_wrong_is_refused_before_who_was_faster(self, deps, meera):
        save(deps, meera)
        with pytest.raises(Invalid):
            save(deps, meera, horizon_days=0)

    def test_hours_drawn_on_another_zones_clock_are_not_saved(self, deps, meera):
        with pytest.raises(Overtaken) as overtaken:
            save(deps, meera, "Europe/Berlin")
        assert overtaken.value.current.zone == "Asia/Kolkata"
        assert save(deps, meera, "Asia/Kolkata").hours.version == 1

    def test_a_zone_that_is_none_is_refused(self, deps, meera):
        with pytest.raises(Invalid) as refusal:
            save(deps, meera, "Mars/Olympus")
        assert set(refusal.value.fields) == {"zone"}

    def test_today_is_the_mentors_own_day(self, deps, clock):
        clock.now = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # the third in Kolkata, the second in Bogota
        days = (Override(date(2026, 3, 2)), Override(date(2026, 3, 3)))
        far, near = mentor(deps, "Kavya").account, mentor(deps, "Tomas", zone="America/Bogota").account
        assert save(deps, far, overrides=days).hours.overrides == days[1:]
        assert save(deps, near, overrides=days).hours.overrides == days

    def test_what_has_passed_since_is_shown_no_more(self, deps, clock, meera):
        save(deps, meera, blackouts=(Blackout(NOON.date(), NOON.date()),), away=True, away_until=NOON.date())
        clock.forward(DAY)
        hours = availability.of(deps, meera.id).hours
        assert (hours.blackouts, hours.away) == ((), False)

    def test_one_who_was_suspended_in_between_saves_nothing(self, deps, meera):
        commit = deps.tables.commit

        def suspended(writes):
            deps.tables.commit = commit
            people.change_account(deps, meera.id, lambda account: replace(account, status="suspended"))
            commit(writes)

        deps.tables.commit = suspended
        with pytest.raises(Conflict):
            save(deps, meera)
        assert availability.of(deps, meera.id).hours.version == 0


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
        bookings.release(deps, learner_id=lena.id, booking_id=held.booking.id)
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
        bookings.release(deps, learner_id=lena.id, booking_id=held.booking.id)
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
                bookings.release(deps, learner_id=lena.id, booking_id=held.booking.id)

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


class TestWeek:
    def test_it_shows_both_sides_of_a_person_by_time(self, deps, meera, lena):
        sana = mentor(deps, "Sana").account
        later = publish(deps, sana, NOON + 5 * HOUR)
        own = publish(deps, meera, NOON + 2 * HOUR)
        booked = bookings.book(deps, learner_id=meera.id, session_id=later.id, key="key-00000001").booking
        bookings.book(deps, learner_id=lena.id, session_id=own.id, key="key-00000002")
        mine, learning = availability.week(deps, meera.id, NOON, NOON + DAY)
        assert (mine.side, mine.session.id, mine.other) == ("mentor", own.id, lena.name)
        assert (learning.side, learning.booking_id, learning.other) == ("learner", booked.id, sana.name)

    def test_an_open_session_has_nobody_beside_the_mentor(self, deps, meera):
        publish(deps, meera, NOON + 2 * HOUR)
        (entry,) = availability.week(deps, meera.id, NOON, NOON + DAY)
        assert (entry.booking_id, entry.other, entry.session.status) == (None, None, "open")

    def test_buffers_are_the_mentors_own_matter(self, deps, meera, lena):
        save(deps, meera, buffer_before=30, buffer_after=15)
        hold(deps, lena, offer(deps, meera), NOON + 3 * HOUR)
        (mine,), (theirs,) = (availability.week(deps, who.id, NOON, NOON + DAY) for who in (meera, lena))
        assert (mine.session.buffer_before, mine.session.buffer_after) == (30, 15)
        assert (theirs.session.buffer_before, theirs.session.buffer_after) == (0, 0)

    @pytest.mark.parametrize(
        ("first", "until", "seen"),
        [(0, 2.5, 0), (0, 2.75, 1), (4.25, 9, 0), (4, 9, 1), (3.25, 3.5, 1)],  # it lasts from 3 to 4
    )
    def test_what_reaches_into_the_stretch_with_its_buffers_belongs_to_it(self, deps, meera, first, until, seen):
        save(deps, meera, buffer_before=30, buffer_after=15)
        publish(deps, meera, NOON + 3 * HOUR)
        assert len(availability.week(deps, meera.id, NOON + first * HOUR, NOON + until * HOUR)) == seen

    def test_what_was_called_off_is_gone_from_it(self, deps, meera, lena):
        save(deps, meera)
        offered = offer(deps, meera)
        held = hold(deps, lena, offered, NOON + 30 * HOUR)
        bookings.confirm_free(deps, learner_id=lena.id, booking_id=held.booking.id, note="")
        bookings.cancel(deps, user_id=lena.id, booking_id=held.booking.id, reason="", refund_paise=0)
        sessions.withdraw(deps, mentor_id=meera.id, session_id=publish(deps, meera, NOON + 2 * HOUR).id)
        for who in (meera, lena):
            assert availability.week(deps, who.id, NOON, NOON + 2 * DAY) == []

    def test_a_full_month_is_shown_to_its_end(self, deps, meera):
        for number in range(220):
            publish(deps, meera, NOON + (number + 1) * HOUR, 30)
        assert len(availability.week(deps, meera.id, NOON, NOON + 45 * DAY)) == 220
