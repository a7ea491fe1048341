"""The browsers on which a person wants to be alerted."""

from typing import TYPE_CHECKING

from chalicelib.domain.identity import Identity
from chalicelib.domain.push_subscriptions import MOST, PushSubscription
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def add(deps: "Deps", user: Identity, *, endpoint: str, p256dh: str, auth: str, made_with: str) -> str:
    """This browser shows the person's pushes from now on, and nobody else's; its id. Twice is as good as once."""
    wanted = PushSubscription(user.user_id, endpoint, p256dh, auth, made_with, user.device, deps.clock())
    wanted.checked(deps.secrets().vapid.keys.keys(), deps.config.push_hosts)

    def attempt() -> str:
        shown_to = deps.push_subscriptions.user_of(endpoint)
        held = deps.push_subscriptions.of(user.user_id)
        adding = deps.push_subscriptions.adding(wanted, shown_to)
        deps.tables.commit([deps.devices.signed_in(user), *adding, *_making_way(deps, held, wanted)])
        return wanted.id

    return again(attempt)


def remove(deps: "Deps", user_id: str, subscription_id: str) -> None:
    """No more pushes there; one that is not the person's is left alone."""
    forget(deps, [each for each in deps.push_subscriptions.of(user_id) if each.id == subscription_id])


def forget(deps: "Deps", subscriptions: list[PushSubscription]) -> None:
    """Browsers that are gone, or are not wanted any more."""
    for each in subscriptions:
        again(lambda each=each: _forget(deps, each))  # type: ignore[misc]


def forget_all(deps: "Deps", user_id: str) -> None:
    """Of somebody who leaves."""
    forget(deps, deps.push_subscriptions.of(user_id))


def _forget(deps: "Deps", each: PushSubscription) -> None:
    mine = deps.push_subscriptions.user_of(each.endpoint) == each.user_id
    deps.tables.commit(deps.push_subscriptions.removing(each.user_id, each.id, whole=mine))


def _making_way(deps: "Deps", held: list[PushSubscription], wanted: PushSubscription) -> list[Write]:
    others = [each for each in held if each.id != wanted.id]
    oldest = others[: max(0, len(others) + 1 - MOST)]
    return [write for each in oldest for write in deps.push_subscriptions.removing(each.user_id, each.id)]
