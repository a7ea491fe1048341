"""Devices, two-step sign-in, and what becomes of a person's data."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from chalicelib.services.accounts import belongings, devices, second_factors
from functions import cookies
from functions.access import SELF
from functions.accounts.shapes import Input, Line, Secret
from functions.http import Answer, Call, Routes

routes = Routes(__name__)


class Device(Struct):
    """A browser that is signed in; `current` is the one that asks."""

    id: str
    created_at: datetime
    last_seen_at: datetime
    user_agent: str
    current: bool


class Devices(Struct):
    """Those just used first."""

    items: list[Device]


class Enrolment(Struct):
    """For the authenticator app: as text, as a link, as a picture."""

    secret: str
    uri: str
    qr_svg: str


class Code(Input):
    """From the authenticator app."""

    code: Line


class RecoveryCodes(Struct):
    """Shown this once; each works once."""

    recovery_codes: list[str]


class PasswordAndCode(Input):
    """Both proofs."""

    password: Secret
    code: Line


class Password(Input):
    """Proof that it is the person who asks."""

    password: Secret


class Belongings(Struct):
    """Everything held of a person, as it is stored."""

    exported_at: datetime
    user_id: str
    items: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    chats: list[dict[str, Any]]
    reviews: list[dict[str, Any]]


@routes.add("GET", "/me/devices", SELF, answer=Devices)
def list_devices(call: Call) -> Devices:
    """Where the person is signed in."""
    held = devices.of(call.deps, call.user.user_id)
    return Devices([Device(d.id, d.created_at, d.last_seen_at, d.user_agent, d.id == call.user.device) for d in held])


@routes.add("DELETE", "/me/devices/{device_id}", SELF, status=204)
def revoke_device(call: Call, device_id: str) -> None:
    """Sign one out."""
    devices.revoke(call.deps, call.user, device_id)


@routes.add("POST", "/me/totp", SELF, body=Password, answer=Enrolment)
def begin_totp(call: Call) -> Enrolment:
    """A secret for the authenticator app, for the password; nothing is on before a code is confirmed."""
    begun = second_factors.begin(call.deps, call.user, call.body.password)
    return Enrolment(begun.secret, begun.uri, begun.qr_svg)


@routes.add("POST", "/me/totp/confirm", SELF, body=Code, answer=RecoveryCodes)
def confirm_totp(call: Call) -> Answer:
    """The first code turns two-step sign-in on."""
    codes, token = second_factors.confirm(call.deps, call.user, call.body.code)
    return Answer(RecoveryCodes(codes), cookies=(cookies.access(token),))


@routes.add("POST", "/me/totp/disable", SELF, body=PasswordAndCode, status=204)
def disable_totp(call: Call) -> None:
    """Off again; admins may not."""
    second_factors.disable(call.deps, call.user, password=call.body.password, code=call.body.code)


@routes.add("GET", "/me/export", SELF, answer=Belongings)
def export_me(call: Call) -> Answer:
    """Everything held of the person, as a file."""
    held = belongings.export(call.deps, call.user)
    name = f'attachment; filename="peerlearn-{call.deps.clock():%Y-%m-%d}.json"'
    return Answer(Belongings(**held), headers={"Content-Disposition": name})


@routes.add("POST", "/me/delete", SELF, body=Password, status=204)
def delete_me(call: Call) -> Answer:
    """The account and all personal data are erased, unless something is still to come."""
    belongings.delete(call.deps, call.user, call.body.password)
    return Answer(cookies=cookies.signed_out())
