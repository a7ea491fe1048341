"""A session as other calendars show it, on both sides and through all that can become of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import appointments
from chalicelib.domain.bookings import Booking, Meeting, cancel
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.sessions import Session

T = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAYS_BEFORE = T - timedelta(days=3)
SITE = "https://peerlearn.example:8443"
MEERA, LENA = MentorCard("usr_m", "meera", "Meera", "Teaches Python"), LearnerCard("usr_l", "Lena")
OPEN = Session("ses_1", MEERA, "Decorators", "What they are.", ("python",), "programming", T, 60, T)
SESSION = replace(OPEN, status="booked", learner=LENA, booking_id="bkg_1", sequence=2)
BOOKING = Booking("bkg_1", "ses_1", "usr_l", T, 0, T, mentor_id="usr_m")


def both(meeting):
    return (
        appointments.learnt(meeting.booking, meeting.session, SITE),
        appointments.mentored(meeting.session, SITE),
    )


def test_each_side_sees_the_other_in_the_same_appointment():
    hers, his = both(Meeting(SESSION, BOOKING))
    assert (hers.summary, his.summary) == ("Decorators with Meera", "Decorators with Lena")
    assert replace(hers, other="") == replace(his, other="")
    assert (hers.uid, hers.sequence, hers.status) == ("bkg_1@peerlearn.example", 2, "CONFIRMED")
    assert (hers.starts_at, hers.ends_at) == (T, T + timedelta(hours=1))
    assert (hers.url, hers.room) == (f"{SITE}/bookings/bkg_1", f"{SITE}/room/ses_1")
    assert hers.description == f"With Meera, on PeerLearn.\nTo see, move or cancel it: {SITE}/bookings/bkg_1"


def test_a_mail_speaks_of_the_same_appointment_as_the_feed():
    facts = {"site": SITE, "booking_id": "bkg_1", "session_id": "ses_1", "title": "Decorators", "other": "Meera"}
    facts |= {"starts_at": T.isoformat(), "minutes": "60", "sequence": "2", "calendar": "request"}
    assert appointments.announced(facts) == both(Meeting(SESSION, BOOKING))[0]
    assert appointments.announced(facts | {"calendar": "cancel"}).status == "CANCELLED"


@pytest.mark.parametrize("by", ["learner", "mentor", "platform"])
@pytest.mark.parametrize("origin", ["published", "slot", "request"])
def test_a_cancelled_one_outdoes_the_invitation_on_each_calendar_that_still_shows_it(by, origin):
    gone = cancel(Meeting(replace(SESSION, origin=origin), BOOKING), by, DAYS_BEFORE)
    hers, his = both(gone)
    assert (hers.status, hers.sequence, hers.uid) == ("CANCELLED", 3, "bkg_1@peerlearn.example")
    if gone.session.status == "open":  # a published session stays with its mentor, for others to book
        assert his is None
    else:
        assert (his.status, his.sequence, his.uid) == (hers.status, hers.sequence, hers.uid)


@pytest.mark.parametrize("status", ["held", "expired"])
def test_what_was_never_confirmed_is_no_appointment(status):
    held = Meeting(replace(SESSION, status=status), replace(BOOKING, status=status))
    assert both(held) == (None, None)
    assert appointments.mentored(OPEN, SITE) is None
    assert appointments.mentored(replace(OPEN, status="cancelled"), SITE) is None


@pytest.mark.parametrize(
    ("session", "booking"),
    [("live", "confirmed"), ("completed", "completed"), ("no_show_learner", "no_show"), ("no_show_both", "no_show")],
)
def test_what_took_place_stays_in_the_calendar(session, booking):
    past = Meeting(replace(SESSION, status=session), replace(BOOKING, status=booking))
    assert {each.status for each in both(past)} == {"CONFIRMED"}


def test_a_line_break_in_a_title_or_a_name_is_a_space():
    odd = replace(SESSION, title="De\r\ncorators", mentor=replace(MEERA, name="Mee\nra"))
    assert both(Meeting(odd, BOOKING))[0].summary == "De corators with Mee ra"
