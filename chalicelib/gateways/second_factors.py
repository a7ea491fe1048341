"""Second factors: authenticator apps (TOTP, RFC 6238), their secrets encrypted at rest, and recovery codes."""

import base64
import hashlib
import hmac
import io
import secrets as randomness
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.gateways.secrets import Secrets

if TYPE_CHECKING:
    from nacl.secret import SecretBox

ISSUER = "PeerLearn"
STEP, DRIFT = 30, 1  # seconds; steps by which a phone's clock may be off
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class SecondFactors:
    """Nothing stored here is of use without the deployment's secret."""

    def __init__(self, secrets: Callable[[], Secrets]):
        self._secrets = secrets

    def new_secret(self) -> str:
        """A secret to share with an authenticator app."""
        import pyotp

        return pyotp.random_base32()

    def sealed(self, secret: str) -> str:
        """As it is stored."""
        return base64.b64encode(self._box().encrypt(secret.encode())).decode()

    def step_of(self, sealed: str, code: str, now: datetime) -> int | None:
        """The time step that a code belongs to, if it is one of this secret's codes of just now."""
        import pyotp

        totp = pyotp.TOTP(self._box().decrypt(base64.b64decode(sealed)).decode())
        present = int(now.timestamp()) // STEP
        steps = range(present - DRIFT, present + DRIFT + 1)
        return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)), None)

    def uri(self, secret: str, email: str) -> str:
        """What an authenticator app reads from the picture."""
        import pyotp

        return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)

    def qr_svg(self, uri: str) -> str:
        """The picture, to be put into a page."""
        import segno

        drawn = io.BytesIO()  # with its namespace: a data: picture is none without
        segno.make(uri, error="m").save(drawn, kind="svg", xmldecl=False, scale=4, border=2)
        return drawn.getvalue().decode().strip()

    def new_recovery_codes(self, count: int) -> list[str]:
        """Codes to print, each good once."""
        return ["-".join("".join(randomness.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(count)]

    def recovery_hashes(self, codes: Sequence[str]) -> tuple[str, ...]:
        """As they are stored; capitals, spaces and hyphens make no difference."""
        key = self._key()
        plain = ["".join(letter for letter in code.lower() if letter.isalnum()) for code in codes]
        return tuple(hmac.new(key, code.encode(), hashlib.sha256).hexdigest() for code in plain)

    def _box(self) -> "SecretBox":
        from nacl.secret import SecretBox

        return SecretBox(self._key())

    def _key(self) -> bytes:
        return base64.b64decode(self._secrets().totp)
