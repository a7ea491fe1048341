"""The browsers on which a person is alerted, over HTTP."""

from typing import Annotated

import msgspec

from chalicelib.services import push_subscriptions
from functions.access import SELF
from functions.accounts.shapes import Input
from functions.http import Call, Routes

routes = Routes(__name__)
Key = Annotated[str, msgspec.Meta(max_length=200)]
Endpoint = Annotated[str, msgspec.Meta(max_length=2000)]


class BrowserKeys(Input):
    """The browser's own, as PushSubscription.toJSON() gives them."""

    p256dh: Key
    auth: Key


class BrowserSubscription(Input):
    """A browser's subscription; `made_with` is the key of ours that it was given (`push_key` of /config)."""

    endpoint: Endpoint
    keys: BrowserKeys
    made_with: Key


class Subscribed(msgspec.Struct):
    """By which it is taken back."""

    id: str


@routes.add("POST", "/me/push-subscriptions", SELF, body=BrowserSubscription, answer=Subscribed, status=201)
def subscribe_to_pushes(call: Call) -> Subscribed:
    """Alerts are shown on this browser from now on; of more than twenty the oldest makes way."""
    given: BrowserSubscription = call.body
    added = push_subscriptions.add(
        call.deps,
        call.user,
        endpoint=given.endpoint,
        p256dh=given.keys.p256dh,
        auth=given.keys.auth,
        made_with=given.made_with,
    )
    return Subscribed(added)


@routes.add("DELETE", "/me/push-subscriptions/{subscription_id}", SELF, status=204)
def unsubscribe_from_pushes(call: Call, subscription_id: str) -> None:
    """No more alerts there."""
    push_subscriptions.remove(call.deps, call.user.user_id, subscription_id)
