"""What becomes of requests when one of their two people looks different, leaves, or asks what is kept of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.cards import LearnerCard, Side
from chalicelib.domain.requests import OTHER, Request
from chalicelib.services import histories
from chalicelib.services.again import again
from chalicelib.services.requests import letters
from chalicelib.services.requests.moving import expire, saving
from chalicelib.stores.items import item_of

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LEFT = "This mentor takes no requests any more."


def refresh_cards(deps: "Deps", user_id: str, time_is_up: Callable[[], bool] = lambda: False) -> None:
    """A person's new name, photo or headline reaches every request that shows the old one."""
    account, mentor = deps.mentors.with_account_if_any(user_id)
    if account is None:
        return
    learner = LearnerCard(user_id, account.name, account.photo_url)
    for copy in histories.in_time(_all(deps, user_id, "learner"), time_is_up):
        if copy.learner != learner:
            _change(deps, copy.id, lambda old: replace(old, learner=learner))
    if mentor and mentor.slug:
        card = mentor.card(account)
        for copy in histories.in_time(_all(deps, user_id, "mentor"), time_is_up):
            if copy.mentor != card:
                _change(deps, copy.id, lambda old: replace(old, mentor=card))


def withdraw_all(deps: "Deps", user_id: str) -> None:
    """Somebody goes: what they asked for is withdrawn, what they were asked is declined; twice is as good as once."""
    for side in OTHER:
        for request in histories.asked(deps, user_id, side, is_open=True):
            _close(deps, request.id, side)


def forget(deps: "Deps", user_id: str, name: str) -> None:
    """What somebody was called and wrote is taken off what they once negotiated; twice is as good as once."""
    for side in OTHER:
        for request in histories.asked(deps, user_id, side, is_open=False):
            _change(deps, request.id, lambda old: old.forgetting(user_id, name))
            for message in histories.said(deps, request.id):
                if message.by == side:
                    deps.tables.commit([deps.requests.unsaying(request.id, message)])


def exported(deps: "Deps", user_id: str) -> list[dict[str, Any]]:
    """Every request of a person with all its moves, and the words beside it."""
    found = []
    for side in OTHER:
        for copy in _all(deps, user_id, side):
            words = [item_of(message) for message in histories.said(deps, copy.id)]
            found.append(item_of(deps.requests.get(copy.id)) | {"messages": words})
    return found


def _all(deps: "Deps", user_id: str, side: Side) -> Iterator[Request]:
    for is_open in (True, False):
        yield from histories.asked(deps, user_id, side, is_open=is_open)


def _close(deps: "Deps", request_id: str, side: Side) -> None:
    def attempt() -> None:
        old, now = deps.requests.get(request_id), deps.clock()
        if not old.is_open(now):
            expire(deps, request_id)
            return
        if side == "learner":
            new = old.withdraw(side, seen=old.round, now=now)
        else:
            new = old.decline(side, LEFT, seen=old.round, now=now)
        deps.tables.commit([*saving(deps, old, new), *letters.about_last_move(deps, new)])

    again(attempt)


def _change(deps: "Deps", request_id: str, decide: Callable[[Request], Request]) -> None:
    def attempt() -> None:
        old = deps.requests.get(request_id)
        new = decide(old)
        if new != old:
            deps.tables.commit(deps.requests.saving(old, new))

    again(attempt)
