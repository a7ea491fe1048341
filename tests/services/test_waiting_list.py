"""The sessions somebody waits for, as their dashboard lists them."""

from chalicelib.services import bookings, waitlists
from tests.fakes.people import learner
from tests.fakes.times import book, publish


def waited_for(deps, who):
    return [each.id for each in deps.waitlists.waited_for(who.id, deps.clock(), 10, None).items]


def test_what_one_waits_for_is_listed_soonest_first(deps, meera, lena):
    asha = learner(deps, "Asha")
    later, sooner = publish(deps, meera, hours=72), publish(deps, meera, hours=48, key="key-publish-2")
    for session in (later, sooner):
        book(deps, asha, session, key=f"key-{session.id}")
        waitlists.join(deps, user_id=lena.id, session_id=session.id)
    assert waited_for(deps, lena) == [sooner.id, later.id]
    assert waited_for(deps, asha) == []


def test_what_is_kept_for_oneself_is_waited_for_no_longer(deps, meera, lena):
    asha, session = learner(deps, "Asha"), publish(deps, meera, hours=48)
    booked = book(deps, asha, session, key=f"key-{session.id}")
    waitlists.join(deps, user_id=lena.id, session_id=session.id)
    bookings.cancel(deps, user_id=asha.id, booking_id=booked.booking.id, reason="", refund_paise=0)
    assert waited_for(deps, lena) == []


def test_what_has_begun_is_not_worth_waiting_for(deps, clock, meera, lena):
    asha, session = learner(deps, "Asha"), publish(deps, meera, hours=48)
    book(deps, asha, session, key=f"key-{session.id}")
    waitlists.join(deps, user_id=lena.id, session_id=session.id)
    clock.now = session.starts_at
    assert waited_for(deps, lena) == []
