"""Razorpay's client as we use it; imported when something is first asked, since it brings `requests` along."""

import json
import logging
from typing import Any

import razorpay
import requests

from chalicelib.domain.gateway import Refused, Unknown

CONNECT, READ = 3, 8  # seconds
OUR_FAULT = (401, 403)
NOT_YET = (408, 409, 425, 429)  # among them: the same key's first call is still at work, and too many calls
THEIRS = ("SERVER_ERROR", "GATEWAY_ERROR")
# A 400 too can mean that we are not let in, which is no answer to what was asked.
OUR_KEYS = ("The api key", "Authentication failed", "Access Denied")
OTHER_BODY = "Different request"  # the other 409

logger = logging.getLogger(__name__)


def connected(keys: tuple[str, str], url: str) -> Any:
    """A client that waits for nothing for long and tries nothing twice."""
    return razorpay.Client(session=Session(), auth=keys, base_url=url.rstrip("/"))


class Session(requests.Session):
    """Raises what the SDK would lose: it tells neither a 409 from a 400 nor what a cut line leaves open."""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """Every call has a time limit; no redirect is followed with our keys."""
        try:
            limits = {"timeout": (CONNECT, READ), "allow_redirects": False}
            answer = super().request(method, url, *args, **{**options, **limits})
        except requests.RequestException as fault:
            raise Unknown(type(fault).__name__) from None
        judge(answer.status_code, answer.content)
        return answer


def judge(status: int, content: bytes) -> None:
    """A 2xx that can be read is done, a 4xx that says why is refused; of anything else we do not know."""
    try:
        body = json.loads(content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Unknown(f"{status} with a body that cannot be read")
    if not 200 <= status < 300:
        error = body.get("error")
        error = error if isinstance(error, dict) else {}
        raise _fault(status, str(error.get("code") or ""), str(error.get("description") or ""))


def _fault(status: int, code: str, words: str) -> Refused | Unknown:
    if status in OUR_FAULT or words.startswith(OUR_KEYS):
        logger.error("Razorpay does not take our keys", extra={"status": status})
        return Unknown(f"{status}: our keys are not taken")
    if status == 409 and words.startswith(OTHER_BODY):
        return Refused(code, words)
    if not 400 <= status < 500 or status in NOT_YET or not code or code in THEIRS:
        return Unknown(f"{status} {code or 'without a code'}")
    return Refused(code, words)
