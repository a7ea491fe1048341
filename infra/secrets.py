"""Mints a stage's secrets, once, straight into Secrets Manager: the same way for production and for a laptop."""

import base64
import json
import secrets
from typing import Any

MADE_UP = "rzp_test_madeup"


def mint() -> dict[str, Any]:
    """Fresh keys for everything that signs or seals."""
    first = f"k{secrets.token_hex(4)}"
    return {
        "jwt": {"current": first, "keys": {first: secrets.token_urlsafe(48)}},
        "refresh": secrets.token_urlsafe(48),
        "peer_tokens": secrets.token_urlsafe(48),
        "totp": _key(),
        "turn": secrets.token_urlsafe(32),
        "origin": secrets.token_urlsafe(32),
        "pan": _key(),
        "razorpay": {  # good for the stand-in on a laptop; a stage that takes money gets Razorpay's own by hand
            "key_id": f"{MADE_UP}{secrets.token_hex(4)}",
            "key_secret": secrets.token_urlsafe(18),
            "x_key_id": f"{MADE_UP}{secrets.token_hex(4)}",
            "x_key_secret": secrets.token_urlsafe(18),
            "webhook_secrets": [secrets.token_urlsafe(32)],
        },
        "vapid": vapid(),
    }


def vapid() -> dict[str, Any]:
    """A pair of P-256 under its public key, as push services and browsers write keys."""
    from cryptography.hazmat.primitives.asymmetric import ec

    pair = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    at = pair.public_numbers
    public = _web(b"\x04" + at.x.to_bytes(32, "big") + at.y.to_bytes(32, "big"))
    return {"current": public, "keys": {public: _web(pair.private_value.to_bytes(32, "big"))}}


def _web(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def hand_out(manager: Any, secret_id: str, value: str) -> None:
    """One of the stage's secrets, and nothing else, where a machine beside the app may read it."""
    try:
        held = manager.get_secret_value(SecretId=secret_id).get("SecretString")
    except manager.exceptions.ResourceNotFoundException:
        held = None
    if held != value:
        manager.put_secret_value(SecretId=secret_id, SecretString=value)


def ensure(manager: Any, secrets_id: str) -> dict[str, Any]:
    """The stage's secrets, minted if it has none yet; a name added since is minted and the rest left as it is."""
    try:
        held = json.loads(manager.get_secret_value(SecretId=secrets_id).get("SecretString") or "{}")
    except manager.exceptions.ResourceNotFoundException:
        held = {}
    whole = {**mint(), **held}
    if whole != held:
        manager.put_secret_value(SecretId=secrets_id, SecretString=json.dumps(whole))
    return whole


def made_up(held: dict[str, Any]) -> list[str]:
    """Which of Razorpay's keys nobody has filled in yet."""
    return [name for name in ("key_id", "x_key_id") if held["razorpay"][name].startswith(MADE_UP)]
