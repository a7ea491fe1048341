"""A person's sessions for other calendars: what a feed shows, whom it is open to, and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest
import vobject

from chalicelib.domain.bookings import Booking
from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.identity import Identity
from chalicelib.domain.sessions import Session
from chalicelib.services import calendar_feeds
from tests.fakes.people import learner, mentor
from tests.fakes.world import NOON
from tests.refusals import code_of

DAY = timedelta(days=1)


@pytest.fixture
def lena(deps):
    """Learns."""
    return learner(deps)


@pytest.fixture
def meera(deps):
    """Teaches."""
    return mentor(deps)


@pytest.fixture
def add(deps, lena, meera):
    """A session of theirs as it is stored, with its booking if it has one."""

    def added(number, starts_at, session="booked", booking="confirmed", **changes):
        names = {"id": f"ses_{number}", "title": f"Hour {number}", "mentor": meera.mentor.card(meera.account)}
        rest = {"description": "-", "topics": ("python",), "domain": "programming", "duration_minutes": 60}
        taken = {"learner": LearnerCard(lena.id, lena.name), "booking_id": f"bkg_{number}"} if booking else {}
        fields = {"starts_at": starts_at, "created_at": NOON, "status": session, "origin": "slot"}
        whole = Session(**(names | rest | taken | fields | changes))
        writes = list(deps.sessions.adding(whole))
        if booking:
            made = Booking(f"bkg_{number}", whole.id, lena.id, starts_at, 0, NOON, booking, meera.account.id)
            writes += deps.bookings.adding(made, whole)
        deps.tables.commit(writes)
        return whole

    return added


def identity(account):
    return Identity(account.id, account.roles, account.auth_epoch, "dev_1", False)


def token_of(link):
    before, _, rest = link.partition("/api/calendar/")
    token, _, after = rest.partition("/")
    assert (before, after) == ("http://localhost:8000", "sessions.ics")
    return token


def turn_on(deps, account):
    return token_of(calendar_feeds.renew(deps, identity(account)))


def events(published):
    return vobject.readOne(published.text, validate=True).contents.get("vevent", [])


def test_a_feed_is_off_until_it_is_turned_on_and_its_link_can_be_seen_again(deps, lena):
    assert calendar_feeds.link(deps, lena.id) is None
    link = calendar_feeds.renew(deps, identity(lena))
    assert calendar_feeds.link(deps, lena.id) == link
    assert events(calendar_feeds.read(deps, token_of(link))) == []


def test_both_see_the_same_sessions_each_with_the_other(deps, lena, meera, add):
    add(1, NOON + DAY, sequence=1)
    add(2, NOON - DAY, "completed", "completed")
    shown = {who.name: events(calendar_feeds.read(deps, turn_on(deps, who))) for who in (lena, meera.account)}
    assert [event.summary.value for event in shown["Lena"]] == ["Hour 2 with Meera", "Hour 1 with Meera"]
    assert [event.summary.value for event in shown["Meera"]] == ["Hour 2 with Lena", "Hour 1 with Lena"]
    assert [event.uid.value for event in shown["Lena"]] == ["bkg_2@localhost", "bkg_1@localhost"]
    assert [event.sequence.value for event in shown["Meera"]] == ["0", "1"]
    assert shown["Lena"][1].url.value == "http://localhost:8000/bookings/bkg_1"


def test_who_teaches_and_learns_has_one_feed_for_both(deps, meera, add):
    asha = mentor(deps, "Asha")
    add(1, NOON + DAY)
    add(2, NOON + 2 * DAY, mentor=asha.mentor.card(asha.account), learner=LearnerCard(meera.account.id, "Meera"))
    row = Booking("bkg_3", "ses_2", meera.account.id, NOON + 2 * DAY, 0, NOON, "confirmed", asha.account.id)
    deps.tables.commit(deps.bookings.adding(row, deps.sessions.get("ses_2")))
    shown = events(calendar_feeds.read(deps, turn_on(deps, meera.account)))
    assert [event.summary.value for event in shown] == ["Hour 1 with Lena", "Hour 2 with Asha"]


def test_it_shows_what_was_cancelled_and_nothing_that_was_never_booked(deps, lena, meera, add):
    add(1, NOON + DAY, "cancelled", "cancelled_by_mentor", sequence=1)
    add(2, NOON + 2 * DAY, "open", None, origin="published")
    add(3, NOON + 3 * DAY, "held", "held", held_until=NOON + timedelta(minutes=15))
    add(4, NOON + 4 * DAY, "cancelled", None)
    for who in (lena, meera.account):
        [gone] = events(calendar_feeds.read(deps, turn_on(deps, who)))
        assert (gone.uid.value, gone.status.value, gone.sequence.value) == ("bkg_1@localhost", "CANCELLED", "1")


def test_it_goes_ninety_days_back_and_as_far_ahead_as_can_be_booked(deps, lena, meera, add):
    for number, days in enumerate((-91, -89, 364)):
        add(number, NOON + days * DAY, "completed" if days < 0 else "booked", "completed" if days < 0 else "confirmed")
    for who in (lena, meera.account):
        shown = events(calendar_feeds.read(deps, turn_on(deps, who)))
        assert [event.uid.value for event in shown] == ["bkg_1@localhost", "bkg_2@localhost"]


def test_reading_it_takes_three_requests(deps, meera, add):
    add(1, NOON + DAY)
    token = turn_on(deps, meera.account)
    deps.tables.requests.clear()
    calendar_feeds.read(deps, token)
    assert deps.tables.requests == ["BatchGetItem", "Query", "Query"]


def test_its_version_changes_with_what_it_shows_and_not_with_time(deps, lena, add, clock):
    add(1, NOON + DAY)
    token = turn_on(deps, lena)
    first = calendar_feeds.read(deps, token)
    clock.forward(timedelta(hours=1))
    assert calendar_feeds.read(deps, token).version == first.version
    add(2, NOON + 2 * DAY)
    assert calendar_feeds.read(deps, token).version != first.version


def test_a_new_link_ends_the_old_one_at_once(deps, lena):
    old, new = turn_on(deps, lena), turn_on(deps, lena)
    assert code_of(lambda: calendar_feeds.read(deps, old)) == "not_found"
    assert calendar_feeds.read(deps, new)


def test_it_can_be_turned_off_without_its_link(deps, lena):
    token = turn_on(deps, lena)
    calendar_feeds.stop(deps, lena.id)
    calendar_feeds.stop(deps, lena.id)
    assert calendar_feeds.link(deps, lena.id) is None
    assert code_of(lambda: calendar_feeds.read(deps, token)) == "not_found"


def test_a_made_up_link_opens_nothing(deps, lena):
    token = turn_on(deps, lena)
    for forged in ("x", token[:-1] + ("A" if token[-1] != "A" else "B"), token.replace(lena.id, "usr_nobody")):
        assert code_of(lambda forged=forged: calendar_feeds.read(deps, forged)) == "not_found"


def test_nothing_that_is_stored_opens_it(deps, lena):
    seal = turn_on(deps, lena)[-43:]
    assert not [key for key, item in deps.tables.items.items() if seal in repr((key, item))]


def test_the_feed_of_somebody_suspended_is_closed(deps, lena):
    token = turn_on(deps, lena)
    account = deps.accounts.find(lena.id)
    deps.tables.commit(deps.accounts.changing(account, replace(account, status="suspended")))
    assert code_of(lambda: calendar_feeds.read(deps, token)) == "not_found"
    assert code_of(lambda: turn_on(deps, lena)) == "signed_out"


def test_the_feed_of_somebody_erased_is_closed_and_can_be_forgotten(deps, lena):
    token = turn_on(deps, lena)
    deps.tables.commit(deps.accounts.removing(deps.accounts.find(lena.id)))
    assert code_of(lambda: calendar_feeds.read(deps, token)) == "not_found"
    deps.tables.commit(calendar_feeds.forget(deps, lena.id))
    assert deps.calendar_feeds.find(lena.id) is None


def test_a_booking_can_be_taken_along_by_its_two_people_only(deps, lena, meera, add):
    add(1, NOON + DAY)
    for who, other in ((lena, "Meera"), (meera.account, "Lena")):
        [event] = events(calendar_feeds.invitation(deps, who.id, "bkg_1"))
        assert (event.uid.value, event.summary.value) == ("bkg_1@localhost", f"Hour 1 with {other}")
    stranger = learner(deps, "Xu")
    for who, booking_id in ((stranger.id, "bkg_1"), (lena.id, "bkg_none")):
        assert code_of(lambda who=who, id=booking_id: calendar_feeds.invitation(deps, who, id)) == "not_found"


def test_only_what_is_confirmed_can_be_taken_along(deps, lena, meera, add):
    add(1, NOON + DAY, "held", "held", held_until=NOON + timedelta(minutes=15))
    for who in (lena, meera.account):
        assert code_of(lambda who=who: calendar_feeds.invitation(deps, who.id, "bkg_1")) == "not_confirmed"


def test_a_mentor_does_not_get_the_next_learners_session_for_an_earlier_booking(deps, lena, meera, add):
    add(1, NOON + DAY, booking="cancelled_by_learner", origin="published")
    session = deps.sessions.get("ses_1")
    xu = learner(deps, "Xu")
    again = replace(session, booking_id="bkg_9", learner=LearnerCard(xu.id, xu.name))
    deps.tables.commit(deps.sessions.saving(session, again))
    assert code_of(lambda: calendar_feeds.invitation(deps, meera.account.id, "bkg_1")) == "not_confirmed"
    [event] = events(calendar_feeds.invitation(deps, lena.id, "bkg_1"))
    assert event.status.value == "CANCELLED"
