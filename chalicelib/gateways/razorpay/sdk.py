"""Razorpay's client as we use it; imported when something is first asked, since it brings `requests` along."""

import logging
from typing import Any

import razorpay
import requests

from chalicelib.domain.gateway import Refused, Unknown

CONNECT, READ = 3, 8  # seconds
OUR_FAULT = (401, 403)
NOT_YET = (408, 409, 425, 429)  # among them: the same key's first call is still at work, and too many calls
THEIRS = ("SERVER_ERROR", "GATEWAY_ERROR")

logger = logging.getLogger(__name__)


def connected(keys: tuple[str, str], url: str) -> Any:
    """A client that waits for nothing for long and tries nothing twice."""
    return razorpay.Client(session=Session(), auth=keys, base_url=url.rstrip("/"))


class Session(requests.Session):
    """Raises what the SDK would lose: it tells neither a 409 from a 400 nor what a cut line leaves open."""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """Every call has a time limit; no redirect is followed with our keys."""
        try:
            answer = super().request(
                method, url, *args, **{**options, "timeout": (CONNECT, READ), "allow_redirects": False}
            )
        except requests.RequestException as fault:
            raise Unknown(type(fault).__name__) from None
        body = _body(answer)
        if not 200 <= answer.status_code < 300:
            raise _fault(answer.status_code, body)
        return answer


def _body(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Unknown(f"{answer.status_code} with a body that cannot be read")
    return body


def _fault(status: int, body: dict[str, Any]) -> Refused | Unknown:
    error = body.get("error")
    code, words = (error.get("code"), error.get("description")) if isinstance(error, dict) else (None, None)
    if status in OUR_FAULT:
        logger.error("Razorpay does not take our keys", extra={"status": status})
        return Unknown(f"{status}: our keys are not taken")
    if not 400 <= status < 500 or status in NOT_YET or not code or code in THEIRS:
        return Unknown(f"{status} {code or 'without a code'}")
    return Refused(str(code), str(words or ""))
