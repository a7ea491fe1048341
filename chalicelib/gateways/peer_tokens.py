"""Peer tokens: a signed way from one connection to another, so that a relay needs no database."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from chalicelib.domain.rooms import Address
from chalicelib.gateways.secrets import Secrets


class PeerTokens:
    """HMAC-SHA256 over a compact list; whether the token is good here and now is the domain's question."""

    def __init__(self, secrets: Callable[[], Secrets]):
        self._secrets = secrets

    def sign(self, address: Address) -> str:
        """The token of one way."""
        fields = [*vars(address).values()]
        fields[-1] = int(address.until.timestamp())
        payload = msgspec.json.encode(fields)
        return f"{_text(payload)}.{_text(self._seal(payload))}"

    def read(self, token: str) -> Address | None:
        """The way that a token of ours opens; None for a forged one."""
        payload, _, seal = token.partition(".")
        try:
            signed = _bytes(payload)
            if not hmac.compare_digest(self._seal(signed), _bytes(seal)):
                return None
        except (binascii.Error, ValueError):
            return None
        fields = msgspec.json.decode(signed)
        fields[-1] = datetime.fromtimestamp(fields[-1], UTC)
        return Address(*fields)

    def _seal(self, payload: bytes) -> bytes:
        return hmac.digest(self._secrets().peer_tokens.encode(), payload, hashlib.sha256)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
