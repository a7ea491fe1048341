"""The far end of web push: a browser's keys, what it reads of a message, and how its service knows the sender."""

import base64
import json
import os
import time
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
LONGEST_PROOF = 24 * 3600


class Unproven(Exception):
    """The sender has not shown who they are; the words say what is missing."""


class Unreadable(Exception):
    """It was not sealed for this browser."""


@dataclass
class Browser:
    """One subscription with the keys that no page gets to see; `sender` is whom it was made for."""

    sender: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def keys(self) -> dict[str, str]:
        """As PushSubscription.toJSON() has them."""
        return {"p256dh": text(point(self.key)), "auth": text(self.auth)}

    def read(self, body: bytes) -> bytes:
        """RFC 8188's one record, by RFC 8291's keys."""
        salt, length = body[:16], body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
        keyed = _derive(self.auth, shared, b"WebPush: info\0" + point(self.key) + theirs, 32)
        key = _derive(salt, keyed, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derive(salt, keyed, b"Content-Encoding: nonce\0", 12)
        try:
            padded = AESGCM(key).decrypt(nonce, record, None)
        except InvalidTag:
            raise Unreadable("This was sealed for another browser.") from None
        plain, mark, _ = padded.rpartition(b"\x02")
        if not mark:
            raise Unreadable("The record has no end.")
        return plain

    def check(self, authorization: str, origin: str) -> dict[str, Any]:
        """RFC 8292: a fresh token for this very service, signed by whom the subscription was made for; its claims."""
        scheme, _, rest = authorization.partition(" ")
        given = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        if scheme.lower() != "vapid" or not {"t", "k"} <= given.keys():
            raise Unproven("The Authorization is not vapid t=…, k=….")
        if given["k"] != self.sender:
            raise Unproven("The key is not the one that the subscription was made with.")
        claims = verified(given["t"], given["k"])
        if claims.get("aud") != origin:
            raise Unproven(f"The audience is {claims.get('aud')}, and this is {origin}.")
        if not 0 < claims.get("exp", 0) - time.time() <= LONGEST_PROOF:
            raise Unproven("The token has expired, or lives for more than a day.")
        if not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
            raise Unproven("Nobody can be reached about it.")
        return claims


def verified(token: str, key: str) -> dict[str, Any]:
    """The claims of an ES256 token that this public key has signed."""
    head, claims, seal = token.split(".")
    if json.loads(raw(head)).get("alg") != "ES256":
        raise Unproven("The token is not signed by ES256.")
    signature = raw(seal)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw(key))
    try:
        public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Unproven("The signature is not that key's.") from None
    found: dict[str, Any] = json.loads(raw(claims))
    return found


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A public key, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text(raw_bytes: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw_bytes).rstrip(b"=").decode()


def raw(words: str) -> bytes:
    """What such text stands for."""
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def _derive(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)
