"""TURN credentials that coturn checks by a shared secret: short-lived, one person's, made without asking anyone."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.gateways.secrets import Secrets


@dataclass(frozen=True)
class IceServer:
    """What a browser's RTCPeerConnection is given."""

    urls: tuple[str, ...]
    username: str
    credential: str


class Turn:
    """TURN's REST convention: the name holds the expiry, the credential is its HMAC-SHA1."""

    def __init__(self, urls: tuple[str, ...], secrets: Callable[[], Secrets]):
        self._urls, self._secrets = urls, secrets

    def servers(self, user_id: str, until: datetime) -> list[IceServer]:
        """The deployment's TURN servers, open to this person until then."""
        if not self._urls:
            return []
        username = f"{int(until.astimezone(UTC).timestamp())}:{user_id}"
        sealed = hmac.digest(self._secrets().turn.encode(), username.encode(), hashlib.sha1)
        return [IceServer(self._urls, username, base64.b64encode(sealed).decode())]
