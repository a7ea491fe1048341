"""Push subscriptions: under their person, and each browser under one person at a time."""

from chalicelib.domain.push_subscriptions import PushSubscription, id_of
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Put, Write


class PushSubscriptions:
    """A browser that another person signs in on shows them what is theirs, and no longer what was its last user's."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of(self, user_id: str) -> list[PushSubscription]:
        """A person's browsers, the one that was added first first."""
        page = self._tables.query("core", f"USR#{user_id}", prefix="PUSH#", limit=100)
        return sorted((value_of(PushSubscription, item) for item in page.items), key=lambda each: each.created_at)

    def user_of(self, endpoint: str) -> str | None:
        """Whose pushes the browser shows now."""
        item = self._tables.read(keys.push_endpoint(id_of(endpoint)))
        return item["user_id"] if item else None

    def adding(self, subscription: PushSubscription, shown_to: str | None) -> list[Write]:
        """This person's from now on; `shown_to` is whose it was when it was looked up."""
        link = {"user_id": subscription.user_id}
        held = {"user_id": shown_to} if shown_to else NEW
        writes: list[Write] = [
            Put(key=keys.push_endpoint(subscription.id), item=link, when=held),
            Put(key=keys.push_subscription(subscription.user_id, subscription.id), item=item_of(subscription)),
        ]
        if shown_to and shown_to != subscription.user_id:
            writes.append(Delete(key=keys.push_subscription(shown_to, subscription.id)))
        return writes

    def removing(self, user_id: str, subscription_id: str, *, whole: bool = True) -> list[Write]:
        """The browser shows this person's pushes no more; not `whole`: it shows another person's by now."""
        mine = Delete(key=keys.push_subscription(user_id, subscription_id))
        link = Delete(key=keys.push_endpoint(subscription_id), when={"user_id": user_id})
        return [mine, link] if whole else [mine]
