"""Claims, daily counts, allowances, strikes and waiting lists on both kinds of tables."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.allowances import Allowance
from chalicelib.domain.cards import MentorCard
from chalicelib.domain.claims import quarters
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.domain.standings import Standing
from chalicelib.stores import keys
from chalicelib.stores.allowances import Allowances
from chalicelib.stores.calendars import Calendars
from chalicelib.stores.standings import Standings
from chalicelib.stores.waitlists import Waiter, Waitlists

NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
BUSY, FULL = Conflict("time_taken", "Taken."), Conflict("day_full", "Full.")
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def me():
    """Somebody whom no other test knows."""
    return f"usr_{uuid.uuid4().hex}"


def refused(tables, writes):
    with pytest.raises(Conflict) as refusal:
        tables.commit(writes)
    return refusal.value.code


def test_time_is_claimed_over_midnight_given_back_and_never_taken_twice(tables, me):
    calendars = Calendars(tables)
    hour, later = quarters(NOW, NOW + HOUR), quarters(NOW + HOUR / 2, NOW + 2 * HOUR)
    tables.commit(calendars.moving(me, {}, hour, "ses_1", BUSY))
    assert calendars.claimed(me, MONDAY) == {"q94": "ses_1", "q95": "ses_1"}
    assert calendars.claimed(me, TUESDAY) == {"q00": "ses_1", "q01": "ses_1"}
    assert refused(tables, calendars.moving(me, {}, later, "ses_2", BUSY)) == "time_taken"
    tables.commit(calendars.moving(me, hour, later, "ses_1", BUSY))
    assert calendars.claimed(me, MONDAY) == {}
    assert sorted(calendars.claimed(me, TUESDAY)) == ["q00", "q01", "q02", "q03", "q04", "q05"]
    assert refused(tables, calendars.moving(me, later, {}, "ses_2", BUSY)) == "changed_meanwhile"
    tables.commit(calendars.moving(me, later, {}, "ses_1", BUSY))
    assert calendars.claimed(me, TUESDAY) == {}
    assert calendars.moving(me, hour, hour, "ses_1", BUSY) == []


def test_a_day_is_full_at_its_most_and_has_room_again(tables, me):
    calendars = Calendars(tables)
    for _ in range(2):
        tables.commit(calendars.counting(me, None, MONDAY, 2, FULL))
    assert refused(tables, calendars.counting(me, None, MONDAY, 2, FULL)) == "day_full"
    tables.commit(calendars.counting(me, MONDAY, TUESDAY, 2, FULL))
    tables.commit(calendars.counting(me, None, MONDAY, 2, FULL))
    assert [tables.read(keys.local_day(me, day))["count"] for day in (MONDAY, TUESDAY)] == [2, 1]
    tables.commit(calendars.counting(me, None, MONDAY, None, FULL))
    assert calendars.counting(me, MONDAY, MONDAY, 0, FULL) == []


def test_of_twenty_who_want_the_last_place_of_a_day_one_gets_it(tables, me):
    calendars, won = Calendars(tables), []
    tables.commit(calendars.counting(me, None, MONDAY, 2, FULL))

    def try_it():
        try:
            tables.commit(calendars.counting(me, None, MONDAY, 2, FULL))
        except Conflict:
            return
        won.append(1)

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 and tables.read(keys.local_day(me, MONDAY))["count"] == 2


def test_an_allowance_is_moved_on_only_as_it_was_read(tables, me):
    allowances = Allowances(tables)
    fresh = allowances.find(me)
    assert fresh == Allowance(me)
    once = fresh.hold_on("bkg_1", "usr_m", NOW).lapsed("usr_m", NOW).missed(NOW)
    tables.commit(allowances.saving(fresh, once))
    stored = allowances.find(me)
    assert stored == replace(once, version=1)
    assert refused(tables, allowances.saving(fresh, once)) == "changed_meanwhile"
    assert allowances.saving(stored, stored) == []
    tables.commit([allowances.forgetting(me)])
    assert allowances.find(me) == fresh


def test_strikes_add_up_and_whoever_is_flagged_is_found_by_it(tables, me):
    standings = Standings(tables)
    for number in range(3):
        old = standings.find(me)
        tables.commit(standings.saving(old, old.struck(f"ses_{number}", "no_show", NOW)))
    flagged = standings.find(me)
    assert (len(flagged.strikes), flagged.flagged_at) == (3, NOW)
    page = tables.query("core", "MENTORS#flagged", index="gsi1", limit=100)
    assert me in [item["id"] for item in page.items]
    assert refused(tables, standings.saving(Standing(me), flagged)) == "changed_meanwhile"


def test_waiting_is_in_order_of_coming_and_nobody_waits_twice(tables, me):
    waitlists, card = Waitlists(tables), MentorCard("usr_m", "meera", "Meera", "Teaches Python")
    session = Session(
        f"ses_{uuid.uuid4().hex}", card, "Decorators", "What.", ("py",), "programming", NOW + HOUR, 60, NOW
    )
    late, early = Waiter(session.id, f"{me}_late", NOW), Waiter(session.id, me, NOW - HOUR)
    for waiter in (late, early):
        tables.commit(waitlists.joining(waiter, session))
    assert waitlists.first(session.id) == early == waitlists.find(session.id, me)
    again = Waiter(session.id, me, NOW)
    assert refused(tables, waitlists.joining(again, session)) == "already_waiting"
    assert waitlists.of(me) == [early]
    tables.commit(waitlists.leaving(early))
    assert waitlists.first(session.id) == late
    assert refused(tables, waitlists.leaving(early)) == "changed_meanwhile"
    assert waitlists.waited_for(f"{me}_none", NOW, 10, None).items == []
