"""Signed tokens: the access token, links in mails, socket tickets and room passes. Each is good for one purpose."""

import hashlib
import hmac
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from chalicelib.domain.identity import ACCESS_LIFE, Identity
from chalicelib.gateways.secrets import Secrets

Purpose = Literal["access", "verify", "reset", "change-email", "ticket", "room-pass", "thread", "presence"]


class Tokens:
    """HS256 only; a token for one purpose is worthless for any other."""

    def __init__(self, secrets: Callable[[], Secrets], clock: Callable[[], datetime]):
        self._secrets, self._clock = secrets, clock

    def access(self, user: Identity) -> str:
        """The access token, 15 minutes."""
        claims = {"rol": list(user.roles), "epo": user.epoch, "dev": user.device, "mfa": user.second_factor}
        return self.sign("access", user.user_id, ACCESS_LIFE, claims)

    def known(self, token: str | None) -> Identity | None:
        """Whom an access token proves; None for none, an expired one and a forged one alike."""
        claims = self.read("access", token)
        if claims is None:
            return None
        return Identity(claims["sub"], tuple(claims["rol"]), claims["epo"], claims["dev"], claims["mfa"])

    def successor(self, refresh_token: str) -> str:
        """What replaces a refresh token: always the same for the same one, and only we can tell what."""
        key = self._secrets().refresh.encode()
        return hmac.new(key, refresh_token.encode(), hashlib.sha256).hexdigest()

    def sign(self, purpose: Purpose, subject: str, life: timedelta, claims: dict[str, Any] | None = None) -> str:
        """A token for one purpose about one subject."""
        jwt, keys = _jwt(), self._secrets().jwt
        now = self._clock()
        payload = {**(claims or {}), "sub": subject, "aud": purpose, "iat": now, "exp": now + life}
        signed: str = jwt.encode(payload, keys.keys[keys.current], algorithm="HS256", headers={"kid": keys.current})
        return signed

    def read(self, purpose: Purpose, token: str | None) -> dict[str, Any] | None:
        """The claims of a token of ours for this purpose that has not expired, else None."""
        if not token:
            return None
        jwt = _jwt()
        try:
            key = self._secrets().jwt.keys[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(
                token,
                key,
                algorithms=["HS256"],
                audience=purpose,
                options={"require": ["exp", "sub", "aud"], "verify_exp": False, "verify_iat": False},
            )
        except (jwt.InvalidTokenError, KeyError, TypeError):
            return None
        expired: bool = claims["exp"] <= self._clock().timestamp()
        return None if expired else claims


@cache
def _jwt() -> Any:
    """PyJWT, for Lambdas that show and read tokens, without cryptography: that is in the zip for pushes alone, and
    PyJWT would spend 40 ms of each start on algorithms that are refused here."""
    kept_away = "cryptography" not in sys.modules
    if kept_away:
        sys.modules["cryptography"] = None  # type: ignore[assignment]
    try:
        import jwt
    finally:
        if kept_away:
            del sys.modules["cryptography"]
    return jwt
