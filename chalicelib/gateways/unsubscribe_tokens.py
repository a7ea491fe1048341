"""The tokens in the links by which one kind of mail is switched off: good for that alone, and without signing in."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import NamedTuple

from chalicelib.domain.preferences import GROUPS
from chalicelib.gateways.secrets import Secrets

SEAL = 22  # letters of 128 bits
KINDS = (*GROUPS, "digest")


class Unsubscription(NamedTuple):
    """Whose mails, and of which group, or the daily one."""

    user_id: str
    what: str


class UnsubscribeTokens:
    """A person's id, a kind of mail and a seal over both; they stand in mails for years, so they do not expire."""

    def __init__(self, secrets: Callable[[], Secrets]):
        self._secrets = secrets

    def token(self, user_id: str, what: str) -> str:
        """What stands in the mail."""
        key = hmac.digest(self._secrets().refresh.encode(), b"unsubscribe", hashlib.sha256)
        seal = hmac.digest(key, f"{user_id} {what}".encode(), hashlib.sha256)[:16]
        return f"{user_id}-{what}-{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"

    def read(self, token: str) -> Unsubscription | None:
        """What it switches off; None for a forged one."""
        said, seal = token[: -SEAL - 1], token[-SEAL - 1 :]
        found = Unsubscription(*said.rpartition("-")[::2])
        if not found.user_id or found.what not in KINDS or not seal.startswith("-"):
            return None
        return found if hmac.compare_digest(self.token(*found).encode(), token.encode()) else None
