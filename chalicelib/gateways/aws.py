"""AWS's JSON services: one signed request each, over connections kept open, without an SDK's weight."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
import urllib3

from chalicelib.gateways import signing
from chalicelib.gateways.lines import Lines

VERSIONS: Mapping[str, str] = {"dynamodb": "1.0", "secretsmanager": "1.1"}


class Aws:
    """`endpoint` is the emulator's, if there is one; what cannot be reached is a ConnectionError, never asked again."""

    def __init__(self, region: str, endpoint: str | None, send: Callable[..., Any] | None = None):
        self._region, self._endpoint = region, endpoint
        self._send = send or Lines(_pool()).request

    def ask(self, service: str, target: str, request: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and what was answered; {} for what is no JSON."""
        url = f"{self._endpoint or f'https://{service}.{self._region}.amazonaws.com'}/"
        body = msgspec.json.encode(request)
        headers = {"Content-Type": f"application/x-amz-json-{VERSIONS[service]}", "X-Amz-Target": target}
        proven = signing.signed(
            "POST",
            url,
            body,
            headers,
            service=service,
            region=self._region,
            credentials=signing.own_credentials(),
            now=datetime.now(UTC),
        )
        try:
            answer = self._send("POST", url, body=body, headers=proven)
        except urllib3.exceptions.HTTPError:
            raise ConnectionError(f"{service} could not be reached") from None
        return answer.status, _read(answer.data)


def _read(data: bytes) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=50, timeout=urllib3.Timeout(connect=1, read=3), retries=False)
