"""Calendar feeds: at most one a person."""

from chalicelib.domain.accounts import Account
from chalicelib.domain.calendar_feeds import CalendarFeed
from chalicelib.stores import keys
from chalicelib.stores.accounts import account_of
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Delete, Item, Put


class CalendarFeeds:
    """Without the deployment's secret no link can be made of what is kept."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str) -> CalendarFeed | None:
        """The person's feed, if it is on."""
        return _feed(self._tables.read(keys.calendar_feed(user_id)))

    def with_account(self, user_id: str) -> tuple[CalendarFeed | None, Account | None]:
        """The feed and its person's account, in one request."""
        feed, account = self._tables.read_many([keys.calendar_feed(user_id), keys.account(user_id)])
        return _feed(feed), account_of(account)

    def keeping(self, feed: CalendarFeed) -> Put:
        """From now on it is this one, whichever it was."""
        return Put(key=keys.calendar_feed(feed.user_id), item=item_of(feed))

    def forgetting(self, user_id: str) -> Delete:
        """It is off, if it was not already."""
        return Delete(key=keys.calendar_feed(user_id))


def _feed(item: Item | None) -> CalendarFeed | None:
    return value_of(CalendarFeed, item) if item else None
