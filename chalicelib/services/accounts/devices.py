"""Signed-in devices: admitting one, replacing its token, signing it out."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.domain.accounts import Account
from chalicelib.domain.devices import Device
from chalicelib.domain.errors import Conflict, DomainError, signed_out
from chalicelib.domain.identity import Identity

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True)
class Admission:
    """The two tokens of a signed-in device; `refresh` is the cookie's whole value."""

    user_id: str
    access: str
    refresh: str


class RefreshToken(NamedTuple):
    """Whose device it is, and the secret that proves it."""

    user_id: str
    device_id: str
    secret: str

    @property
    def hash(self) -> str:
        """What is stored of it; 256 random bits need no slow hash."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


def admit(deps: "Deps", account: Account, *, user_agent: str, second_factor: bool) -> tuple[Device, Admission]:
    """A new device for the person; it counts once it has been committed."""
    now, token = deps.clock(), RefreshToken(account.id, deps.new_id("dev"), deps.random())
    device = Device(
        id=token.device_id,
        user_id=account.id,
        epoch=account.auth_epoch,
        token_hash=token.hash,
        created_at=now,
        last_seen_at=now,
        user_agent=user_agent,
        second_factor=second_factor,
    )
    return device, Admission(account.id, access_token(deps, account, device.id, second_factor), ".".join(token))


def access_token(deps: "Deps", account: Account, device_id: str, second_factor: bool) -> str:
    """Fifteen minutes of being this person on this device; a second factor counts only while it is on."""
    proven = second_factor and account.totp_enabled
    return deps.tokens.access(Identity(account.id, account.roles, account.auth_epoch, device_id, proven))


def refresh(deps: "Deps", *, cookie: str | None, user_agent: str) -> Admission:
    """The successor of a refresh token; a token used again after the grace signs its whole family out."""
    token = _parsed(cookie)
    device, account = deps.devices.with_account(token.user_id, token.device_id)
    if device is None or account is None or account.status != "active" or device.epoch != account.auth_epoch:
        raise signed_out()
    successor = token._replace(secret=deps.tokens.successor(token.secret))
    _replace(deps, device, token, successor, user_agent)
    access = access_token(deps, account, device.id, device.second_factor)
    return Admission(account.id, access, ".".join(successor))


def _replace(deps: "Deps", device: Device, token: RefreshToken, successor: RefreshToken, user_agent: str) -> None:
    now = deps.clock()
    match device.shown(token.hash, now):
        case "current":
            try:
                deps.devices.rotate(device, device.rotated(successor.hash, user_agent, now))
            except Conflict:  # another tab was faster, or the device was signed out just now
                present = deps.devices.find(token.user_id, token.device_id)
                if present is None or present.shown(token.hash, now) != "just_replaced":
                    raise signed_out() from None
        case "reused":
            _forget(deps, token)
            raise signed_out()


def sign_out(deps: "Deps", *, cookie: str | None) -> None:
    """The device is forgotten, if the token is (or has just been) its own."""
    try:
        token = _parsed(cookie)
    except DomainError:
        return
    device = deps.devices.find(token.user_id, token.device_id)
    if device and device.shown(token.hash, deps.clock()) != "reused":
        _forget(deps, token)


def of(deps: "Deps", user_id: str) -> list[Device]:
    """The devices that are signed in, those just used first."""
    account = deps.accounts.find(user_id)
    if account is None:
        raise signed_out()
    now = deps.clock()
    alive = [d for d in deps.devices.of(user_id) if d.epoch == account.auth_epoch and now < d.ends_at]
    return sorted(alive, key=lambda device: device.last_seen_at, reverse=True)


def revoke(deps: "Deps", user: Identity, device_id: str) -> None:
    """Sign one device out; its access token runs out within 15 minutes, and signs nothing else out until then."""
    here = [deps.devices.signed_in(user)] if device_id != user.device else []
    deps.tables.commit([deps.accounts.signed_in(user), deps.devices.removing(user.user_id, device_id), *here])


def _forget(deps: "Deps", token: RefreshToken) -> None:
    deps.tables.commit([deps.devices.forgetting(token.user_id, token.device_id)])


def _parsed(cookie: str | None) -> RefreshToken:
    parts = (cookie or "").split(".")
    if len(parts) != 3 or not all(parts) or len(cookie or "") > 300:
        raise signed_out()
    return RefreshToken(*parts)
