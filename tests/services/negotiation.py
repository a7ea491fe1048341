"""Two people who negotiate about a session, for tests."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.requests import Terms
from chalicelib.domain.wishes import Wish
from chalicelib.services import requests
from tests.fakes.times import recorded
from tests.fakes.world import NOON

KEY = "key-00000001"
TIMES = (NOON + timedelta(days=3), NOON + timedelta(days=4))


def wish(**changes):
    return replace(Wish("Help with my thesis", "writing", "Two chapters to go through.", TIMES, 60, 0), **changes)


def ask(deps, lena, meera, key=KEY, **changes):
    return requests.ask(deps, learner_id=lena.id, mentor_slug=meera.mentor.slug, wish=wish(**changes), key=key)


def counter(deps, request, who, *times, price=0, note=""):
    return requests.counter(
        deps, request.id, who, terms=Terms(times, price), note=note, seen=deps.requests.get(request.id).round
    )


def accept(deps, request, who, at=TIMES[0]):
    return requests.accept(deps, request.id, who, starts_at=at, seen=deps.requests.get(request.id).round)


def save_hours(deps, meera, **changes):
    old = deps.availabilities.find(meera.account.id)
    deps.tables.commit([deps.availabilities.saving(old, replace(old, **changes))])


def mails(deps):
    """(template, to whom) of all that was recorded, in any order."""
    return sorted((each.template, each.user_id) for each in recorded(deps))


def forget_mails(deps):
    for key in [key for key, item in deps.tables.items.items() if item.get("kind") == "outgoing"]:
        deps.tables.items.pop(key)


def snapshot(deps):
    return {key: item for key, item in deps.tables.items.items() if key.table == "core"}


def of(deps, user_id, side, is_open=True):
    return [row.id for row in deps.requests.of_person(user_id, side, is_open=is_open, limit=50, cursor=None).items]
