"""Requests to AWS, signed as it asks (Signature Version 4): what of an SDK every one of our posts needs."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(NamedTuple):
    """Who asks."""

    access_key: str
    secret_key: str
    token: str | None


@cache
def own_credentials() -> Credentials:
    """Lambda's, which live as long as its process; on a desk, those that the SDK finds."""
    held = os.environ
    if "AWS_ACCESS_KEY_ID" in held:
        token = held.get("AWS_SESSION_TOKEN") or None
        return Credentials(held["AWS_ACCESS_KEY_ID"], held["AWS_SECRET_ACCESS_KEY"], token)
    from botocore.session import get_session

    found = get_session().get_credentials().get_frozen_credentials()
    return Credentials(found.access_key, found.secret_key, found.token)


def signed(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    service: str,
    region: str,
    credentials: Credentials,
    now: datetime,
) -> dict[str, str]:
    """The headers with the proof among them; the path is signed as sent, an address with a query is not for this."""
    place, stamp = urlsplit(url), f"{now:%Y%m%dT%H%M%SZ}"
    sent = {**headers, "X-Amz-Date": stamp}
    if credentials.token:
        sent["X-Amz-Security-Token"] = credentials.token
    held = sorted([("host", place.netloc), *((name.lower(), value) for name, value in sent.items())])
    names = ";".join(name for name, _ in held)
    lines = "".join(f"{name}:{value}\n" for name, value in held)
    whole = f"{method}\n{quote(place.path or '/', safe='/~')}\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    text = f"{ALGORITHM}\n{stamp}\n{scope}\n{hashlib.sha256(whole.encode()).hexdigest()}"
    proof = hmac.new(
        _key(credentials.secret_key, stamp[:8], region, service), text.encode(), hashlib.sha256
    ).hexdigest()
    claim = f"Credential={credentials.access_key}/{scope}, SignedHeaders={names}, Signature={proof}"
    return sent | {"Authorization": f"{ALGORITHM} {claim}"}


@lru_cache(maxsize=16)
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    """The same for a whole day."""
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    return key
