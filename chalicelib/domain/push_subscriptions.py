"""Push subscriptions: where a browser's push service takes messages for one device, and which services are asked."""

import base64
import binascii
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain import entries

MOST = 20  # a person's; the oldest makes way
LONGEST_ENDPOINT = 1000
POINT, SECRET = 65, 16  # bytes of an uncompressed point of P-256 and of the secret shared with the browser
# The services of the browsers there are; a name that begins with a dot stands for all hosts under it.
SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)
# Narrower than what URLs may look like: nothing in it is read in two ways by two programs.
_ENDPOINT = re.compile(r"(https?)://([a-z0-9.-]+)(:[0-9]+)?/[!-\[\]-~]*")


@dataclass(frozen=True)
class Push:
    """`life` is how long it is worth showing; of those with one `topic`, a browser that was away shows the last."""

    payload: bytes
    life: timedelta
    urgency: Literal["low", "normal", "high"] = "normal"
    topic: str = ""


@dataclass(frozen=True)
class PushSubscription:
    """`p256dh` and `auth` are the browser's own keys; `made_with` is our public key that the browser was given, and
    `device_id` the sign-in it belongs to: where that has ended, nothing is shown any more."""

    user_id: str
    endpoint: str
    p256dh: str
    auth: str
    made_with: str
    device_id: str
    created_at: datetime

    @property
    def id(self) -> str:
        """The same for the same browser: asking again adds nothing."""
        return id_of(self.endpoint)

    def checked(self, our_keys: Collection[str], also: Collection[str]) -> "PushSubscription":
        """As a browser's own; anything else is refused field by field."""
        entries.refuse(
            endpoint=endpoint_fault(self.endpoint, also),
            p256dh=None if _is_point(self.p256dh) else "This is no key of a browser.",
            auth=None if len(_bytes(self.auth)) == SECRET else "This is no secret of a browser.",
            made_with=None if self.made_with in our_keys else "This subscription was made for another key than ours.",
        )
        return self


def id_of(endpoint: str) -> str:
    """By which a subscription is found and forgotten."""
    return f"psh_{hashlib.sha256(endpoint.encode()).hexdigest()[:32]}"


def endpoint_fault(endpoint: str, also: Collection[str]) -> str | None:
    """A browser tells us where to post, so we post to push services only; `also` names hosts of a laptop's stack."""
    return None if is_service(endpoint, also) else "This is not a push service that we know."


def is_service(endpoint: str, also: Collection[str]) -> bool:
    """HTTPS to a service's own port; what is named in `also`, with its port, is taken without it."""
    found = _ENDPOINT.fullmatch(endpoint)
    if found is None or len(endpoint) > LONGEST_ENDPOINT:
        return False
    scheme, host, port = found.groups(default="")
    if f"{host}{port}" in also:
        return True
    ours = scheme == "https" and port in ("", ":443")
    return ours and any(host.endswith(name) if name.startswith(".") else host == name for name in SERVICES)


def _is_point(text: str) -> bool:
    point = _bytes(text)
    return len(point) == POINT and point[0] == 4


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
