"""A mentor's hours as they are saved, and the week in which they see them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.domain.availability import Blackout, Hours, Override
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.services import availability, bookings, sessions
from chalicelib.services.accounts import people
from chalicelib.services.availability import Overtaken
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.services.opening import DAY, HOUR, hold, offer, publish, save


@pytest.fixture
def meera(deps):
    """An approved mentor in Kolkata."""
    return mentor(deps).account


@pytest.fixture
def lena(deps):
    """A learner."""
    return learner(deps)


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
