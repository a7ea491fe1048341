"""Holding an open time: for a quarter of an hour, then confirmed, given back or free again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.errors import DomainError, Invalid
from chalicelib.services import bookings, due, open_times, presence
from chalicelib.stores import keys
from tests.fakes.people import learner, mentor
from tests.fakes.times import claimed, hold, mails, offer, open_hours
from tests.fakes.world import CONFIG, NOON
from tests.refusals import code_of


def core(deps):
    return {key: item for key, item in deps.tables.items.items() if key.table == "core"}


def confirm(deps, who, held, note=""):
    return bookings.confirm_free(deps, learner_id=who.id, booking_id=held.booking.id, note=note)


def test_a_hold_takes_both_peoples_time_and_is_seen_by_both(deps, meera, lesson):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    assert (held.session.status, held.booking.status, held.session.origin) == ("held", "held", "slot")
    assert held.booking.pay_by == NOON + timedelta(minutes=15)
    assert sorted(claimed(deps, meera.account.id)) == [f"q{n}" for n in range(47, 53)]
    assert sorted(claimed(deps, lena.id)) == ["q48", "q49", "q50", "q51"]
    assert set(claimed(deps, lena.id).values()) == {held.session.id}
    assert deps.tables.items[keys.local_day(meera.account.id, date(2026, 3, 3))]["count"] == 1
    assert mails(deps) == []


def test_holding_costs_two_reads_and_one_transaction(deps, meera, lesson):
    lena = learner(deps)
    deps.tables.requests.clear()
    hold(deps, lena, meera, lesson)
    assert deps.tables.requests == ["BatchGetItem", "Query", "TransactWriteItems"]


def test_a_confirmed_hold_is_a_booking_and_both_get_their_invitation(deps, meera, lesson):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    done = confirm(deps, lena, held, "I am new to this.")
    assert (done.session.status, done.booking.status, done.booking.note) == ("booked", "confirmed", "I am new to this.")
    both = [("booking_confirmed_learner", lena.id), ("booking_confirmed_mentor", meera.account.id)]
    assert mails(deps) == both
    assert confirm(deps, lena, held).booking.status == "confirmed"
    assert mails(deps) == both


def test_an_unused_hold_lapses_and_leaves_no_trace_on_either_calendar(deps, meera, lesson, clock):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    clock.forward(timedelta(minutes=15))
    assert code_of(lambda: confirm(deps, lena, held)) == "hold_lapsed"
    assert due.sweep(deps).failed == {}
    assert deps.bookings.find(held.booking.id).status == "expired"
    assert claimed(deps, meera.account.id) == claimed(deps, lena.id) == {}
    assert deps.tables.items[keys.local_day(meera.account.id, date(2026, 3, 3))]["count"] == 0
    lists = {"now": clock(), "limit": 10, "cursor": None}
    for upcoming in (True, False):
        assert deps.bookings.of_learner(lena.id, upcoming=upcoming, **lists).items == []
        assert deps.sessions.of_mentor(meera.account.id, upcoming=upcoming, **lists).items == []
    assert hold(deps, lena, meera, lesson, key="key-hold-0002").booking.status == "held"


def test_a_hold_given_back_frees_the_time_at_once(deps, meera, lesson):
    lena, xu = learner(deps), learner(deps, "Xu")
    held = hold(deps, lena, meera, lesson)
    for _ in range(2):
        gone = bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
        assert gone.booking.status == "expired"
    assert hold(deps, xu, meera, lesson).session.id != held.session.id
    assert deps.allowances.find(lena.id).lapses == ()


def test_the_same_key_gives_the_same_hold(deps, meera, lesson):
    lena = learner(deps)
    first = hold(deps, lena, meera, lesson)
    assert hold(deps, lena, meera, lesson).booking == first.booking
    assert code_of(lambda: hold(deps, lena, meera, lesson, hours=30)) in ("key_reused", "has_hold")


def test_one_hold_at_a_time_unless_it_takes_the_others_place(deps, meera, lesson):
    lena = learner(deps)
    first = hold(deps, lena, meera, lesson)
    with pytest.raises(DomainError) as refusal:
        hold(deps, lena, meera, lesson, hours=30, key="key-hold-0002")
    assert (refusal.value.code, refusal.value.fields) == ("has_hold", {"booking_id": first.booking.id})
    second = hold(deps, lena, meera, lesson, hours=24.5, key="key-hold-0003", replacing=first.booking.id)
    assert second.session.starts_at == NOON + timedelta(hours=24.5)
    assert deps.bookings.find(first.booking.id).status == "expired"
    assert code_of(lambda: hold(deps, learner(deps, "Xu"), meera, lesson, replacing=second.booking.id)) == "not_found"


def test_only_the_learner_confirms_or_gives_back(deps, meera, lesson):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    assert code_of(lambda: confirm(deps, meera.account, held)) == "learner_only"
    assert code_of(lambda: confirm(deps, learner(deps, "Xu"), held)) == "not_found"
    release = lambda: bookings.release(deps, user_id=meera.account.id, booking_id=held.booking.id)  # noqa: E731
    assert code_of(release) == "learner_only"


def test_a_note_that_hides_signs_is_refused(deps, meera, lesson):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    with pytest.raises(Invalid) as refusal:
        confirm(deps, lena, held, "Hello\u202eolleH")
    assert list(refusal.value.fields) == ["note"]


def test_what_has_a_price_is_confirmed_by_paying_exactly_that(deps, clock):
    paying = replace(deps, config=replace(CONFIG, payments=True))
    meera, lena = mentor(paying), learner(paying)
    open_hours(paying, meera)
    held = hold(paying, lena, meera, offer(paying, meera, price_paise=500_00))
    assert code_of(lambda: confirm(paying, lena, held)) == "payment_needed"
    with pytest.raises(DomainError, match="wrong_amount"):
        bookings.confirm(paying, held.booking, 1)
    done = bookings.confirm(paying, held.booking, 500_00)
    assert (done.booking.status, done.booking.paid_paise) == ("confirmed", 500_00)


def test_each_of_the_two_is_told_where_the_others_clock_stands(deps, meera, lesson):
    lena = learner(deps, zone="America/New_York")
    held = hold(deps, lena, meera, lesson)
    zone_for = lambda who: bookings.shown(deps, who.id, held).other_zone  # noqa: E731
    assert (zone_for(lena), zone_for(meera.account)) == ("Asia/Kolkata", "America/New_York")


def test_a_hold_is_kept_when_the_time_to_take_its_place_is_gone(deps, meera, lesson):
    lena = learner(deps)
    first = hold(deps, lena, meera, lesson)
    hold(deps, learner(deps, "Xu"), meera, lesson, hours=27)  # the day is full now
    instead = {"key": "key-hold-0002", "replacing": first.booking.id}
    assert code_of(lambda: hold(deps, lena, meera, lesson, hours=27, **instead)) == "slot_taken"
    assert deps.bookings.find(first.booking.id).status == "held"
    assert hold(deps, lena, meera, lesson, hours=24.5, **instead).booking.status == "held"


def test_a_hold_never_outlives_the_start(deps, clock):
    meera, lena = mentor(deps), learner(deps)
    open_hours(deps, meera, notice_minutes=0)
    lesson = offer(deps, meera)
    clock.forward(timedelta(minutes=12))
    held = hold(deps, lena, meera, lesson, hours=0.25)
    assert held.booking.pay_by == held.session.held_until == NOON + timedelta(minutes=15)
    clock.forward(timedelta(minutes=3))
    assert code_of(lambda: confirm(deps, lena, held)) == "hold_lapsed"


def test_a_hold_asked_for_again_is_the_same_whatever_became_of_the_offering(deps, meera, lesson):
    lena = learner(deps)
    first = hold(deps, lena, meera, lesson)
    deps.tables.commit([deps.offerings.saving(lesson, replace(lesson, status="archived"))])
    assert hold(deps, lena, meera, lesson).booking.id == first.booking.id


def test_what_came_to_nothing_is_forgotten_after_a_while(deps, meera, lesson):
    lena = learner(deps)
    held = hold(deps, lena, meera, lesson)
    bookings.release(deps, user_id=lena.id, booking_id=held.booking.id)
    session, booking = (
        deps.tables.items[key] for key in (keys.session(held.session.id), keys.booking(held.booking.id))
    )
    assert session["ttl"] == booking["ttl"] == int((held.session.starts_at + timedelta(days=30)).timestamp())
    assert "Lena" not in str(session)


def test_notice_is_waived_while_the_mentor_takes_sessions_at_once_and_is_here(deps, clock, lena, meera, lesson):
    soon = {"hours": 1, "key": "key-hold-0001"}
    deps.tables.update(deps.presences.coming(meera.account.id, deps.clock()))
    assert code_of(lambda: hold(deps, lena, meera, lesson, **soon)) == "too_soon"
    presence.take_instant(deps, meera.account.id, instant=True)
    first = hold(deps, lena, meera, lesson, **soon)
    assert (first.booking.status, hold(deps, lena, meera, lesson, **soon)) == ("held", first)
    clock.forward(timedelta(minutes=70))  # her page has not been heard of since
    assert code_of(lambda: hold(deps, learner(deps, "Ravi"), meera, lesson, hours=3)) == "too_soon"


def test_what_could_be_had_at_once_is_shown_to_who_asks_for_it(deps, meera, lesson):
    asked = (deps, meera.mentor.slug, lesson.id, NOON, NOON + timedelta(hours=3))
    assert open_times.between(*asked).starts[0] >= NOON + timedelta(hours=2)
    assert open_times.between(*asked, instant=True).starts[0] < NOON + timedelta(hours=1)
