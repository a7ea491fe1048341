"""Accounts, and the copy of each under its proven address, by which signing in finds it with one read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict, Forbidden, signed_out
from chalicelib.domain.identity import Identity
from chalicelib.domain.topics import changes
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.topics import counting
from chalicelib.stores.writes import NEW, Check, Delete, Item, Put, Write

PLACES = {"pk", "g1pk", "g1sk", "g2pk", "g2sk"}
SECRETS = {"pan_sealed", "password_hash", "second_factor", "token_hash", "previous_hash", "auth"}


class Accounts:
    """Every write of an account brings along its copy, always of the same version, and the counts of what they name."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str) -> Account | None:
        """The account as it is now."""
        return account_of(self._tables.read(keys.account(user_id)))

    def get(self, user_id: str) -> Account:
        """The account of somebody who is signed in, or the word that they are not."""
        account = self.find(user_id)
        if account is None:
            raise signed_out()
        return account

    def find_both(self, one: str, other: str) -> tuple[Account | None, Account | None]:
        """Two people's accounts in one request."""
        first, second = self._tables.read_many([keys.account(one), keys.account(other)])
        return account_of(first), account_of(second)

    def owner_of(self, address_key: str) -> Account | None:
        """Who has proven that this address is theirs: one read, no second one for the account."""
        return account_of(self._tables.read(keys.login(address_key)))

    def held_of(self, user_id: str) -> list[Item]:
        """Every item under the person and their calendar, without keys and secrets; what was only mailed is in their
        mailbox, and here it holds what its link is good for."""
        items = [item for pk in (f"USR#{user_id}", f"CAL#{user_id}") for item in self._partition(pk)]
        return [_shareable(item) for item in items if not item["sk"].startswith(keys.MAIL)]

    def adding(self, account: Account) -> Put:
        """A new account; its address is not claimed before it is proven."""
        return Put(key=keys.account(account.id), item=_item(account), when=NEW)

    def founding(self, account: Account) -> list[Write]:
        """A new account whose address is known to be its own: claimed at once."""
        claims = _claims(replace(account, email_verified=False), account)
        return [self.adding(account), *claims, *counting(account.id, changes(None, account))]

    def changing(self, old: Account, new: Account) -> list[Write]:
        """The account's next state, unless someone else changed it first; its claim on an address follows."""
        if new == old:
            return []
        new = replace(new, version=old.version + 1)
        moved = Put(key=keys.account(new.id), item=_item(new), when={"version": old.version})
        return [moved, *_claims(old, new), *counting(new.id, changes(old, new))]

    def removing(self, account: Account) -> list[Write]:
        """Nothing of the person remains; the address is free again."""
        gone: list[Write] = [Delete(key=keys.account(account.id), when={"version": account.version})]
        if account.email_verified:
            gone.append(Delete(key=keys.login(account.address_key), when={"id": account.id}))
        return [*gone, *counting(account.id, changes(account, None))]

    def erasing(self, user_id: str, due: datetime) -> Put:
        """Something of the person is left, and is looked after from then on."""
        return Put(key=keys.erasure(user_id), item={"kind": "erasure", "id": user_id} | keys.due(user_id, due))

    def erased(self, user_id: str) -> Delete:
        """Nothing is left."""
        return Delete(key=keys.erasure(user_id))

    def unchanged(self, account: Account) -> Check:
        """What is written beside this was decided on the account as it was read."""
        return Check(key=keys.account(account.id), when={"version": account.version})

    def writing_to_nobody(self, message_id: str, now: datetime) -> Put:
        """As much work as recording a mail, where an answer must not tell whether there was one."""
        return Put(key=keys.nobody(message_id), item={"ttl": int(now.timestamp()) + 3600})

    def in_standing(self, account: Account) -> Check:
        """Neither suspended nor signed out everywhere since it was read."""
        return Check(key=keys.account(account.id), when={"status": "active", "auth_epoch": account.auth_epoch})

    def verified(self, user_id: str) -> Check:
        """An active person whose address is proven."""
        return Check(
            key=keys.account(user_id),
            when={"email_verified": True, "status": "active"},
            lost=Forbidden("email_unverified", "Please confirm your e-mail address first: open the link in our mail."),
        )

    def signed_in(self, user: Identity) -> Check:
        """Nothing has signed this person out everywhere since the access token was given."""
        return Check(
            key=keys.account(user.user_id),
            when={"auth_epoch": user.epoch, "status": "active"},
            lost=signed_out(),
        )

    def _partition(self, pk: str) -> Iterator[Item]:
        cursor: str | None = None
        while True:
            page = self._tables.query("core", pk, limit=100, cursor=cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next


def account_of(item: Item | None) -> Account | None:
    """The account held by an item, be it the account itself or the copy under its address."""
    return value_of(Account, item) if item else None


def _claims(old: Account, new: Account) -> list[Write]:
    """What becomes of the copy under the address: claimed on proof, moved with the address, else kept the same."""
    if not new.email_verified:
        return []
    copy, key = _item(new) | {"kind": "login"}, keys.login(new.address_key)
    if old.email_verified and old.address_key == new.address_key:
        return [Put(key=key, item=copy, when={"id": new.id})]
    taken = Conflict("address_taken", "This address already belongs to another account.")
    claim = Put(key=key, item=copy, when=NEW, lost=taken)
    if not old.email_verified:
        return [claim]
    return [claim, Delete(key=keys.login(old.address_key), when={"id": old.id})]


def _shareable(item: Item) -> Item:
    return {name: value for name, value in item.items() if name not in PLACES | SECRETS}


def _item(account: Account) -> Item:
    ends_at = account.ends_at
    return item_of(account) | {"kind": "account", "ttl": int(ends_at.timestamp()) if ends_at else None}
