"""Devices: refresh sessions under their person."""

from chalicelib.domain.accounts import Account
from chalicelib.domain.devices import Device
from chalicelib.domain.errors import NotFound, signed_out
from chalicelib.domain.identity import Identity
from chalicelib.stores import keys
from chalicelib.stores.accounts import account_of
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import EXISTING, NEW, Check, Delete, Item, Key, Put, Update

ROTATING = ("token_hash", "previous_hash", "rotated_at", "last_seen_at", "user_agent", "ttl")


class Devices:
    """Only hashes of tokens are kept."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def with_account(self, user_id: str, device_id: str) -> tuple[Device | None, Account | None]:
        """A device and its person's account, in one request."""
        device, account = self._tables.read_many([keys.device(user_id, device_id), keys.account(user_id)])
        return _device(device), account_of(account)

    def find(self, user_id: str, device_id: str) -> Device | None:
        """The device, if it has not been signed out."""
        return _device(self._tables.read(keys.device(user_id, device_id)))

    def of(self, user_id: str) -> list[Device]:
        """A person's devices, newest first."""
        held: list[Device] = []
        cursor: str | None = None
        while True:
            page = self._tables.query(
                "core", f"USR#{user_id}", prefix="DEV#", newest_first=True, limit=100, cursor=cursor
            )
            held += [value_of(Device, item) for item in page.items]
            cursor = page.next
            if cursor is None:
                return held

    def adding(self, device: Device) -> Put:
        """A new sign-in."""
        return Put(key=_key(device), item=_item(device), when=NEW)

    def rotate(self, old: Device, new: Device) -> None:
        """Replace the token, unless another tab has done so first; what else has changed since it was read stays."""
        item = _item(new)
        replaced = {name: item[name] for name in ROTATING}
        self._tables.update(Update(key=_key(old), set=replaced, when={"token_hash": old.token_hash}))

    def signed_in(self, user: Identity) -> Check:
        """The caller's own device has not been signed out since the access token was given."""
        return Check(key=keys.device(user.user_id, user.device), when={"epoch": user.epoch}, lost=signed_out())

    def keeping(self, user_id: str, device_id: str, old: int, new: int) -> Update:
        """This device, signed in until now, stays so while all others are signed out."""
        key = keys.device(user_id, device_id)
        return Update(key=key, set={"epoch": new}, when={"epoch": old}, lost=signed_out())

    def proving(self, user: Identity) -> Update:
        """The caller's device has shown the second factor."""
        key = keys.device(user.user_id, user.device)
        return Update(key=key, set={"second_factor": True}, when={"epoch": user.epoch}, lost=signed_out())

    def forgetting(self, user_id: str, device_id: str) -> Delete:
        """Signed out, if it has not been already."""
        return Delete(key=keys.device(user_id, device_id))

    def removing(self, user_id: str, device_id: str) -> Delete:
        """Signed out."""
        return Delete(key=keys.device(user_id, device_id), when=EXISTING, lost=NotFound("device"))


def _key(device: Device) -> Key:
    return keys.device(device.user_id, device.id)


def _item(device: Device) -> Item:
    return item_of(device) | {"kind": "device", "ttl": int(device.ends_at.timestamp())}


def _device(item: Item | None) -> Device | None:
    return value_of(Device, item) if item else None
