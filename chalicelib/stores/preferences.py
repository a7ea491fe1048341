"""What people want to be told."""

from chalicelib.domain.accounts import Account
from chalicelib.domain.preferences import Preferences
from chalicelib.stores import keys
from chalicelib.stores.accounts import account_of
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Below, Delete, Item, Put


class AllPreferences:
    """One item a person, once they have said something."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def with_account(self, user_id: str) -> tuple[Preferences, Account | None]:
        """What a person wants and their account, in one request."""
        item, account = self._tables.read_many([keys.preferences(user_id), keys.account(user_id)])
        return _preferences(user_id, item), account_of(account)

    def keeping(self, preferences: Preferences) -> Put:
        """From now on it is this, unless it was changed since it was read."""
        read = preferences.version
        item = item_of(preferences) | {"kind": "preferences", "version": read + 1}
        return Put(key=keys.preferences(preferences.user_id), item=item, when={"version": read or Below(1)})

    def forgetting(self, user_id: str) -> Delete:
        """Nothing is known any more."""
        return Delete(key=keys.preferences(user_id))


def _preferences(user_id: str, item: Item | None) -> Preferences:
    return value_of(Preferences, item) if item else Preferences(user_id)
