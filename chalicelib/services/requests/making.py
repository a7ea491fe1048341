"""Asking a mentor for a session."""

from typing import TYPE_CHECKING

from chalicelib.domain import requests as rules
from chalicelib.domain import throttles
from chalicelib.domain.allowances import Allowance
from chalicelib.domain.cards import LearnerCard, MentorCard
from chalicelib.domain.errors import Conflict, signed_out
from chalicelib.domain.mentors import DOMAINS, Profile
from chalicelib.domain.requests import Request
from chalicelib.domain.wishes import Wish, check_wish
from chalicelib.services.again import again
from chalicelib.services.requests import letters
from chalicelib.stores.answered import KeyUsed

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def ask(deps: "Deps", *, learner_id: str, mentor_slug: str, wish: Wish, key: str) -> Request:
    """A learner proposes a session; the same key again returns the same request."""
    asked = (mentor_slug, wish)
    deps.throttles.count(throttles.requests(learner_id), deps.clock())
    profile = deps.mentors.profile(mentor_slug)
    if profile.id == learner_id:
        raise Conflict("own_request", "This is your own page: you cannot ask yourself for a session.")
    try:
        return again(lambda: _ask(deps, learner_id, profile, wish, (key, asked)))
    except KeyUsed:
        return deps.requests.get(deps.answered.made(learner_id, key, asked) or "")
    except Conflict as conflict:
        if conflict.code == "has_request":
            open_one = deps.requests.between(learner_id, profile.id)
            conflict.fields = {"request_id": open_one} if open_one else {}
        raise


def _ask(deps: "Deps", learner_id: str, profile: Profile, wish: Wish, again_as: tuple[str, object]) -> Request:
    now = deps.clock()
    notice = _notice(deps, profile, wish, now)
    check_wish(wish, domains=DOMAINS, payments=deps.config.payments, notice_minutes=notice, now=now)
    account, allowance = deps.accounts.find(learner_id), deps.allowances.find(learner_id)
    if account is None:
        raise signed_out()
    request = rules.propose(
        wish,
        request_id=deps.new_id("req"),
        learner=LearnerCard(learner_id, account.name, account.photo_url),
        mentor=MentorCard(profile.id, profile.slug, profile.name, profile.headline, profile.photo_url),
        notice_minutes=notice,
        now=now,
    )
    key, asked = again_as
    deps.tables.commit(
        [
            deps.answered.marking(learner_id, key, asked, request.id, now),
            deps.accounts.verified(learner_id),
            deps.requests.listed(profile.slug, profile.id),
            *deps.requests.adding(request),
            *deps.allowances.saving(allowance, _asking(deps, allowance, learner_id, again_as)),
            *letters.about_last_move(deps, request),
        ]
    )
    return request


def _asking(deps: "Deps", allowance: Allowance, learner_id: str, again_as: tuple[str, object]) -> Allowance:
    """One more; if it is the one that was made before, it was counted before, too."""
    try:
        return allowance.ask()
    except Conflict:
        if deps.answered.made(learner_id, *again_as):
            raise KeyUsed from None
        raise
