"""Asking a mentor for a session."""

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import requests as rules
from chalicelib.domain import throttles
from chalicelib.domain.availability import Hours
from chalicelib.domain.cards import LearnerCard
from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.mentors import DOMAINS, Profile
from chalicelib.domain.requests import Request
from chalicelib.domain.wishes import Wish, check_wish, must_be_there
from chalicelib.services.again import again
from chalicelib.services.requests import letters

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def ask(deps: "Deps", *, learner_id: str, mentor_slug: str, wish: Wish, key: str) -> Request:
    """A learner proposes a session; the same key again returns the same request, whatever has become of it."""
    asked = (mentor_slug, wish)
    deps.throttles.count(throttles.requests(learner_id), deps.clock())
    try:
        return again(lambda: _ask(deps, learner_id, mentor_slug, wish, key))
    except (Conflict, Invalid) as refusal:
        made = deps.answered.made(learner_id, key, asked)
        if made:
            return deps.requests.get(made)
        if refusal.code == "has_request":
            raise _naming_it(deps, learner_id, mentor_slug, refusal) from None
        raise


def _ask(deps: "Deps", learner_id: str, mentor_slug: str, wish: Wish, key: str) -> Request:
    now = deps.clock()
    profile, account, allowance = deps.mentors.with_learner(mentor_slug, learner_id)
    if profile.id == learner_id:
        raise Conflict("own_request", "This is your own page: you cannot ask yourself for a session.")
    hours = _checked(deps, profile, wish, now)
    request = rules.propose(
        wish,
        request_id=deps.new_id("req"),
        learner=LearnerCard(learner_id, account.name, account.photo_url),
        mentor=profile.card(),
        notice_minutes=hours.notice_minutes,
        now=now,
    )
    deps.tables.commit(
        [
            deps.answered.marking(learner_id, key, (mentor_slug, wish), request.id, now),
            deps.accounts.verified(learner_id),
            deps.requests.listed(profile.slug, profile.id),
            deps.blocks.free(profile.id, learner_id),
            *deps.requests.adding(request),
            *deps.allowances.saving(allowance, allowance.ask()),
            *letters.about_last_move(deps, request, account.zone),
        ]
    )
    return request


def _checked(deps: "Deps", profile: Profile, wish: Wish, now: datetime) -> Hours:
    """The mentor's hours, once the wish is found to keep to them."""
    hours = deps.availabilities.find(profile.id)
    limits = {"notice_minutes": hours.notice_minutes, "horizon_days": hours.horizon_days}
    check_wish(wish, domains=DOMAINS, payments=deps.config.payments, now=now, **limits)
    must_be_there(hours, wish.times, profile.zone)
    return hours


def _naming_it(deps: "Deps", learner_id: str, mentor_slug: str, refusal: Conflict | Invalid) -> Conflict:
    """The refusal of a second open request, with a way to the first."""
    open_one = deps.requests.between(learner_id, deps.mentors.profile(mentor_slug).id)
    return Conflict(refusal.code, refusal.message, {"request_id": open_one} if open_one else None)
