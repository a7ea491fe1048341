"""The deployment's secrets, read once from Secrets Manager (locally from the emulator's)."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

Ask = Callable[[str, str, Mapping[str, Any]], tuple[int, dict[str, Any]]]
ATTEMPTS = 3
_PASSING = ("ThrottlingException", "RequestLimitExceeded")


@dataclass(frozen=True)
class SigningKeys:
    """The key that signs (`current`) and all that are still believed, by their ids."""

    current: str
    keys: Mapping[str, str]


@dataclass(frozen=True)
class RazorpayKeys:
    """A pair for payments and one (`x_…`) for payouts; events signed with any of `webhook_secrets` are believed,
    if they are of our account (any, while `account_id` is empty)."""

    key_id: str
    key_secret: str
    x_key_id: str
    x_key_secret: str
    webhook_secrets: tuple[str, ...]
    account_id: str = ""


@dataclass(frozen=True)
class VapidKeys:
    """Pairs by which push services know us, private keys under public ones (base64url); browsers are given `current`,
    and those that were given an earlier one are served with it."""

    current: str
    keys: Mapping[str, str]


@dataclass(frozen=True)
class Secrets:
    """`refresh` derives each refresh token's successor; `totp` (base64, 32 bytes) encrypts second factors,
    `pan` (the same) tax numbers; `origin` proves that CloudFront is asking."""

    jwt: SigningKeys
    refresh: str
    peer_tokens: str
    totp: str
    turn: str
    origin: str
    pan: str
    razorpay: RazorpayKeys
    vapid: VapidKeys


def read(ask: Ask, secret_id: str, pause: Callable[[float], None] = time.sleep) -> Secrets:
    """One request, or a few where the fault is a passing one: many processes may start, and ask, at once.

    A malformed secret is an error at the first use, not a default.
    """
    why: object = "no answer"
    for attempt in range(ATTEMPTS):
        pause(random.uniform(0, 0.2 * attempt))
        try:
            status, answer = ask("secretsmanager", "secretsmanager.GetSecretValue", {"SecretId": secret_id})
        except ConnectionError:
            continue
        if status == 200:
            return msgspec.json.decode(answer["SecretString"], type=Secrets)
        why = str(answer.get("__type", status)).rpartition("#")[2]
        if status < 500 and why not in _PASSING:
            break
    raise RuntimeError(f"the secrets cannot be read: {why}")
