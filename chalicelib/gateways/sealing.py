"""What has to be kept and must not be read by whoever sees the tables: sealed with a key from the secrets."""

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib.gateways.secrets import Secrets

if TYPE_CHECKING:
    from nacl.secret import SecretBox


class Sealing:
    """Tax numbers: nothing sealed here is of use without the secret, and none can be altered unnoticed."""

    def __init__(self, secrets: Callable[[], Secrets]):
        self._secrets = secrets

    def sealed(self, plain: str) -> str:
        """As it is stored; the same twice looks different."""
        return base64.b64encode(self._box().encrypt(plain.encode())).decode()

    def opened(self, sealed: str) -> str:
        """As it was given."""
        return self._box().decrypt(base64.b64decode(sealed)).decode()

    def _box(self) -> "SecretBox":
        from nacl.secret import SecretBox

        return SecretBox(base64.b64decode(self._secrets().pan))
