"""A learner who asks a mentor for a session, for tests of the rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import requests
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.requests import Terms
from chalicelib.domain.wishes import Wish

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOTICE = 12 * 60
MENTOR = MentorCard("usr_m", "meera", "Meera", "Teaches Python")
LEARNER = LearnerCard("usr_l", "Lena")
DAYS = [NOW + timedelta(days=n) for n in range(10)]


def hours(n):
    return timedelta(hours=n)


def wish(**changes):
    whole = Wish("Help with my thesis", "writing", "Two chapters to go through.", (DAYS[3], DAYS[5]), 60, 0)
    return replace(whole, **changes)


def request(notice_minutes=NOTICE, **changes):
    people = {"learner": LEARNER, "mentor": MENTOR}
    return requests.propose(wish(**changes), request_id="req_1", **people, notice_minutes=notice_minutes, now=NOW)


def counter(old, by, *times, price=0, note="", now=NOW, seen=None, notice=NOTICE, payments=True):
    terms = Terms(tuple(times), price)
    seen = old.round if seen is None else seen
    return old.counter(by, terms, note, seen=seen, notice_minutes=notice, payments=payments, now=now)


def refused(act):
    with pytest.raises(Conflict) as refusal:
        act()
    return refusal.value.code


def faults(act):
    with pytest.raises(Invalid) as refusal:
        act()
    return list(refusal.value.fields)
