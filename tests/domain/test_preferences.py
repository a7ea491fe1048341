"""What a person wants decides at the moment of sending: now, later, once a day, or never."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outgoing import Outgoing
from chalicelib.domain.preferences import GROUPS, NEVER, NOW, Preferences, QuietHours, Verdict, Wish, checked, verdict
from tests.refusals import refusal

INDIA, BERLIN = "Asia/Kolkata", "Europe/Berlin"
NIGHT = QuietHours(22 * 60, 7 * 60)
MIDNIGHT = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)  # in India
MORNING = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)  # seven o'clock there
EIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)


def outgoing(template, **facts):
    return Outgoing("out_1", "usr_l", "", template, MIDNIGHT, facts)


def judged(template, channel="mail", quiet=None, now=MIDNIGHT, zone=INDIA, facts=None, **wishes):
    return verdict(Preferences("usr_l", wishes, quiet), outgoing(template, **(facts or {})), channel, now, zone)


def test_whoever_has_said_nothing_is_told_at_once():
    assert judged("message_received") == judged("message_received", "push") == NOW


def test_each_channel_of_a_group_is_switched_off_by_itself():
    assert judged("message_received", messages=Wish(mail="off")) == NEVER
    assert judged("message_received", "push", messages=Wish(mail="off")) == NOW
    assert judged("message_received", "push", messages=Wish(push="off")) == NEVER
    assert judged("review_received", messages=Wish("off", "off")) == NOW


def test_what_has_no_hurry_waits_for_the_morning_mail():
    daily = {"messages": Wish(mail="daily"), "requests": Wish(mail="daily")}
    assert judged("message_received", **daily) == Verdict("digest", EIGHT)
    assert judged("message_received", "push", **daily) == NOW
    tomorrow, later = (MIDNIGHT + timedelta(days=days) for days in (1, 2))
    assert judged("request_made", facts={"starts_at": later.isoformat()}, **daily) == Verdict("digest", EIGHT)
    assert judged("request_made", facts={"starts_at": tomorrow.isoformat()}, **daily) == NOW


def test_a_morning_mail_waits_for_the_end_of_a_long_night():
    long = QuietHours(22 * 60, 9 * 60)
    assert judged("message_received", quiet=long, messages=Wish(mail="daily")).at == EIGHT + timedelta(hours=1)


@pytest.mark.parametrize("channel", ["mail", "push"])
def test_quiet_hours_put_off_until_they_end(channel):
    assert judged("message_received", channel, NIGHT) == Verdict("later", MORNING)
    assert judged("message_received", channel, NIGHT, now=MORNING) == NOW
    assert judged("message_received", channel, QuietHours(0, 60), now=MORNING) == NOW


@pytest.mark.parametrize("template", ["reminder_soon_learner", "password_changed", "refund_done", "verify_email"])
def test_quiet_hours_spare_reminders_security_and_money(template):
    assert judged(template, quiet=NIGHT) == NOW


def test_quiet_hours_spare_what_happens_within_a_day():
    for hours, found in ((24, "now"), (25, "later")):
        at = (MIDNIGHT + timedelta(hours=hours)).isoformat()
        assert judged("booking_cancelled_learner", quiet=NIGHT, facts={"starts_at": at}).what == found


def test_what_a_person_asked_for_by_mail_comes_whatever_they_want():
    nothing = dict.fromkeys(GROUPS, Wish("off", "off"))
    assert judged("reset_password", quiet=NIGHT, **nothing) == NOW


@given(st.integers(0, 1439), st.integers(0, 1439), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_quiet_ends_when_it_is_over_and_never_lasts_a_day(start, end, moment):
    now, quiet = moment.replace(tzinfo=UTC), QuietHours(start, end)
    until = quiet.over_at(now, BERLIN)
    if until:
        assert now < until <= now + timedelta(hours=25)  # the longest day there is
        assert quiet.over_at(until, BERLIN) is None or (end - start) % 1440 > 1380


def test_what_cannot_be_chosen_is_refused_where_it_stands():
    wishes = {"account": Wish(mail="off"), "money": Wish(mail="daily"), "messages": Wish(mail="daily")}
    refused = refusal(lambda: checked(Preferences("usr_l", wishes, QuietHours(60, 60))))
    assert refused.fields == {
        "groups.account.mail": "This mail cannot be switched off.",
        "groups.money.mail": "This cannot wait a day.",
        "quiet_hours.to": "Quiet hours end at another time than they begin.",
    }
