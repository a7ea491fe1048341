"""Posts to open sockets: signed by ourselves, sent over connections kept open, without an SDK's weight."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

import msgspec
import urllib3

from chalicelib.gateways import signing
from chalicelib.gateways.lines import Lines

Delivery = Literal["delivered", "gone", "failed"]


class Sockets:
    """A post that fails is told, never raised."""

    def __init__(self, endpoint: str, region: str, send: Callable[..., Any] | None = None):
        self._endpoint, self._region = endpoint, region
        self._send = send or Lines(_pool()).request

    def post(self, connection: str, message: dict[str, Any]) -> Delivery:
        """To one socket; `gone` means that it will never be there again."""
        return self._ask("POST", connection, msgspec.json.encode(message))

    def close(self, connection: str) -> Delivery:
        """Hang up on someone."""
        return self._ask("DELETE", connection, b"")

    def _ask(self, method: str, connection: str, body: bytes) -> Delivery:
        url = f"{self._endpoint}/@connections/{quote(connection, safe='')}"
        headers = signing.signed(
            method,
            url,
            body,
            {"Content-Type": "application/octet-stream"},
            service="execute-api",
            region=self._region,
            credentials=signing.own_credentials(),
            now=datetime.now(UTC),
        )
        try:
            status = self._send(method, url, body=body, headers=headers).status
        except urllib3.exceptions.HTTPError:
            return "failed"
        return "delivered" if status < 300 else "gone" if status == 410 else "failed"


def _pool() -> urllib3.PoolManager:
    retries = urllib3.Retry(total=2, connect=2, read=0, redirect=0, status=1, status_forcelist=(429, 500, 503))
    retries = retries.new(backoff_factor=0.05, raise_on_status=False, allowed_methods=None)
    retries.respect_retry_after_header = False  # whoever waits that long is ended before
    return urllib3.PoolManager(maxsize=50, timeout=urllib3.Timeout(connect=1, read=3), retries=retries)
