"""Hours and timetables on both kinds of tables: the version that was seen, and all of a mentor in one request."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.availability import MOST_BLACKOUTS, MOST_OVERRIDES, Blackout, Hours, Override, Range
from chalicelib.domain.cards import MentorCard
from chalicelib.domain.claims import quarters
from chalicelib.domain.errors import Conflict
from chalicelib.domain.offerings import Offering
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.availabilities import Availabilities
from chalicelib.stores.calendars import Calendars
from chalicelib.stores.offerings import Offerings
from chalicelib.stores.sessions import Sessions
from chalicelib.stores.writes import Put

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tables):
    """The store."""
    return Availabilities(tables)


@pytest.fixture
def mentor_id():
    """A mentor whom no other test knows."""
    return f"usr_{uuid.uuid4().hex}"


def full(mentor_id):
    """As much as a mentor may say."""
    six = tuple(Range(240 * n, 240 * n + 225) for n in range(6))
    return Hours(
        mentor_id,
        weekly=(six,) * 7,
        overrides=tuple(Override(date(2026, 3, 3) + timedelta(n), six if n % 2 else ()) for n in range(MOST_OVERRIDES)),
        blackouts=tuple(Blackout(date(2026, 5, 1), date(2026, 5, 1 + n % 30)) for n in range(MOST_BLACKOUTS)),
        daily_most=3,
        away=True,
        away_until=date(2026, 3, 9),
    )


def offering(mentor_id, status="published"):
    fields = {"title": "An hour of Python", "description": "Yours.", "topics": ("python",), "domain": "programming"}
    return Offering(f"off_{uuid.uuid4().hex}", mentor_id, **fields, **MINUTES, created_at=NOON, status=status)


MINUTES = {"duration_minutes": 60, "price_paise": 0}


def claim(tables, mentor_id, at, session_id="ses_1"):
    lost = Conflict("slot_taken", "Taken.")
    tables.commit(Calendars(tables).moving(mentor_id, {}, quarters(at, at + HOUR), session_id, lost))


def count(tables, mentor_id, day):
    tables.commit(Calendars(tables).counting(mentor_id, None, day, None, Conflict("day_full", "Full.")))


def session(mentor_id, starts_at):
    card = MentorCard(mentor_id, "meera", "Meera", "Teaches")
    words = {"title": "Decorators", "description": "What they are.", "topics": ("python",), "domain": "programming"}
    return Session(f"ses_{uuid.uuid4().hex}", card, **words, starts_at=starts_at, duration_minutes=60, created_at=NOON)


def refused(tables, writes):
    with pytest.raises(Conflict) as refusal:
        tables.commit(writes)
    return refusal.value.code


def test_a_mentor_who_never_saved_any_has_no_hours_at_version_nought(store, mentor_id):
    assert store.find(mentor_id) == store.timetable(mentor_id, NOON).hours == Hours(mentor_id)


def test_the_most_that_can_be_said_comes_back_as_it_was_saved(tables, store, mentor_id):
    new = full(mentor_id)
    tables.commit([store.saving(Hours(mentor_id), new)])
    assert store.find(mentor_id) == store.timetable(mentor_id, NOON).hours == replace(new, version=1)


def test_hours_are_saved_over_the_version_that_was_seen_and_no_other(tables, store, mentor_id):
    never = Hours(mentor_id)
    tables.commit([store.saving(never, never)])
    first = store.find(mentor_id)
    assert refused(tables, [store.saving(never, full(mentor_id))]) == "availability_changed"
    tables.commit([store.saving(first, replace(first, daily_most=1))])
    assert refused(tables, [store.saving(first, full(mentor_id))]) == "availability_changed"
    assert (store.find(mentor_id).version, store.find(mentor_id).daily_most) == (2, 1)


def test_of_ten_pages_that_save_at_once_one_does(tables, store, mentor_id):
    codes = []

    def save(most):
        try:
            tables.commit([store.saving(Hours(mentor_id), replace(Hours(mentor_id), daily_most=most))])
        except Conflict as conflict:
            codes.append(conflict.code)

    threads = [threading.Thread(target=save, args=(most,)) for most in range(1, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["availability_changed"] * 9
    assert store.find(mentor_id).version == 1


def test_what_was_decided_on_hours_holds_only_while_they_stand(tables, store, mentor_id):
    never, key = Hours(mentor_id), keys.local_day(mentor_id, NOON.date())
    beside = Put(key=key, item={"count": 1})
    tables.commit([beside, store.unchanged(never)])
    tables.commit([store.saving(never, never)])
    assert refused(tables, [beside, store.unchanged(never)]) == "changed_meanwhile"
    saved = store.find(mentor_id)
    tables.commit([beside, store.unchanged(saved)])
    tables.commit([store.saving(saved, saved)])
    assert refused(tables, [beside, store.unchanged(saved)]) == "changed_meanwhile"


def test_hours_can_be_forgotten_whether_there_are_any_or_not(tables, store, mentor_id):
    tables.commit([store.saving(Hours(mentor_id), full(mentor_id))])
    for _ in range(2):
        tables.commit([store.forgetting(mentor_id)])
        assert store.find(mentor_id) == Hours(mentor_id)


def test_a_timetable_is_all_there_is_from_the_day_before(tables, store, mentor_id):
    made = [offering(mentor_id, status) for status in ("published", "draft", "archived")]
    opened = session(mentor_id, NOON + timedelta(days=3))
    tables.commit([Offerings(tables).adding(each) for each in made])
    tables.commit(Sessions(tables).adding(opened))
    for days in (-2, -1, 0, 200):
        claim(tables, mentor_id, NOON + timedelta(days=days))
    count(tables, mentor_id, date(2026, 3, 4))
    count(tables, mentor_id, date(2026, 3, 4))
    tables.commit([store.saving(Hours(mentor_id), full(mentor_id))])
    table = store.timetable(mentor_id, NOON)
    hour = dict.fromkeys(("q48", "q49", "q50", "q51"), "ses_1")
    assert table.claims == {(NOON + timedelta(days=days)).date(): hour for days in (-1, 0, 200)}
    assert table.counts == {date(2026, 3, 4): 2}
    assert table.hours == replace(full(mentor_id), version=1)
    assert {each.id for each in table.offerings} == {each.id for each in made}
    assert table.on_offer == [made[0]]
    assert table.sessions == (opened,)


def test_an_open_session_leaves_the_timetable_when_it_is_taken_back(tables, store, mentor_id):
    opened = session(mentor_id, NOON + timedelta(days=3))
    tables.commit(Sessions(tables).adding(opened))
    tables.commit(Sessions(tables).saving(opened, opened.withdraw()))
    assert store.timetable(mentor_id, NOON).sessions == ()


def test_only_what_is_published_can_be_booked(tables, store, mentor_id):
    made = [offering(mentor_id, status) for status in ("published", "draft", "archived")]
    tables.commit([Offerings(tables).adding(each) for each in made])
    table = store.timetable(mentor_id, NOON)
    assert table.published(made[0].id) == made[0]
    for unknown in (made[1].id, made[2].id, "off_nothing"):
        with pytest.raises(Conflict) as refusal:
            table.published(unknown)
        assert refusal.value.code == "not_offered"


def test_a_year_of_full_days_is_read_to_its_end(tables, store, mentor_id):
    names = [f"q{number:02d}" for number in range(96)]
    days = [NOON.date() + timedelta(days=n) for n in range(400)]  # more than one megabyte, in one page or several
    for first in range(0, len(days), 100):
        part = days[first : first + 100]
        tables.commit([Put(key=keys.day(mentor_id, day), item=dict.fromkeys(names, "ses_" + "x" * 26)) for day in part])
    tables.commit([store.saving(Hours(mentor_id), full(mentor_id))])
    table = store.timetable(mentor_id, NOON)
    assert (len(table.claims), {len(day) for day in table.claims.values()}) == (400, {96})
    assert table.hours.version == 1


def test_times_at_the_ends_of_the_calendar_are_read_like_any_other(store, mentor_id):
    for at in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert store.timetable(mentor_id, at).claims == {}
