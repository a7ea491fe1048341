"""Web push: messages that only the person's own browser can read, taken there by its maker's push service."""

import base64
import hashlib
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import msgspec
import urllib3

from chalicelib.domain.push_subscriptions import Push, PushSubscription, is_service
from chalicelib.gateways.secrets import Secrets

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

Delivery = Literal["delivered", "gone", "failed", "refused"]
PROOF_LIFE = timedelta(hours=12)  # 24 hours at most; clocks of push services differ from ours
MOST_BYTES = 3000  # services take 4,096 of what is sealed
RECORD = 4096
PASSING = (408, 425, 429)


class WebPush:
    """VAPID (RFC 8292) says who we are; aes128gcm (RFC 8291) keeps the service from reading along.

    `hosts` are taken besides the known services; `send` posts, which only a test does in another way.
    """

    def __init__(
        self,
        secrets: Callable[[], Secrets],
        clock: Callable[[], datetime],
        contact: str,
        hosts: Collection[str] = (),
        send: Callable[..., Any] | None = None,
    ):
        self._secrets, self._clock, self._contact, self._hosts = secrets, clock, contact, hosts
        self._send = send

    def post(self, subscription: PushSubscription, push: Push) -> Delivery:
        """`gone` will never be there again, `failed` may be another time, `refused` is our fault or the browser's."""
        private = self._secrets().vapid.keys.get(subscription.made_with)
        if private is None or not is_service(subscription.endpoint, self._hosts) or len(push.payload) > MOST_BYTES:
            return "refused"
        try:
            body = sealed(push.payload, _bytes(subscription.p256dh), _bytes(subscription.auth))
        except ValueError:  # a point that is not on the curve
            return "gone"
        headers = {
            "Authorization": self._proof(subscription, private),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(push.life.total_seconds())),
            "Urgency": push.urgency,
            **({"Topic": push.topic} if push.topic else {}),
        }
        return self._posted(subscription.endpoint, body, headers)

    def _posted(self, endpoint: str, body: bytes, headers: dict[str, str]) -> Delivery:
        if self._send is None:
            self._send = _pool().request
        try:
            answer = self._send("POST", endpoint, body=body, headers=headers, redirect=False, preload_content=False)
            status: int = answer.status
            answer.release_conn()  # whatever a service has to say, we read none of it
        except urllib3.exceptions.HTTPError:
            return "failed"
        if 200 <= status < 300:
            return "delivered"
        if status in (404, 410):
            return "gone"
        return "failed" if status >= 500 or status in PASSING else "refused"

    def _proof(self, subscription: PushSubscription, private: str) -> str:
        parts = urlsplit(subscription.endpoint)
        until = self._clock() + PROOF_LIFE
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(until.timestamp()), "sub": self._contact}
        token = signed(claims, _private_key(private))
        return f"vapid t={token}, k={subscription.made_with}"


def sealed(payload: bytes, point: bytes, auth: bytes, salt: bytes = b"", own: Any = None) -> bytes:
    """RFC 8291: one record for the holder of `point`'s private key; `salt` and our `own` key are new each time."""
    import os

    from cryptography.hazmat.primitives.asymmetric import ec  # here and below: only who pushes pays for it
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    ours = _point(own)
    shared = own.exchange(ec.ECDH(), theirs)
    keyed = derived(auth, shared, b"WebPush: info\x00" + point + ours, 32)
    key = derived(salt, keyed, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = derived(salt, keyed, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, payload + b"\x02", None)


def derived(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256, whose results here are never longer than one hash."""
    import hmac

    extracted = hmac.digest(salt, material, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:length]


def signed(claims: dict[str, Any], private: "EllipticCurvePrivateKey") -> str:
    """A JWT by ES256: PyJWT would do the same, and be imported for it."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    head = _text(msgspec.json.encode({"typ": "JWT", "alg": "ES256"}))
    said = f"{head}.{_text(msgspec.json.encode(claims))}"
    r, s = decode_dss_signature(private.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{said}.{_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _private_key(text: str) -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.derive_private_key(int.from_bytes(_bytes(text), "big"), ec.SECP256R1())


def _point(key: "EllipticCurvePrivateKey") -> bytes:
    numbers = key.public_key().public_numbers()
    return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def _pool() -> urllib3.PoolManager:
    """No retries of its own: what failed is counted, and tried again in its own time."""
    return urllib3.PoolManager(maxsize=20, timeout=urllib3.Timeout(connect=2, read=5), retries=False)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
