"""Who takes part in a measurement: by a cookie on the bare relay, on a real stack by signing in."""

import json
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

TOPIC = {"title": "A session to measure the room by", "description": "Nothing but a measurement.", "topics": ["room"]}
WHEN = {"domain": "programming", "duration_minutes": 30}


@dataclass
class Guest:
    """Cookies of one person, for a browser and for requests."""

    role: str
    base: str
    cookies: dict[str, str]

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A call of the API; what the answer sets is kept."""
        headers = {"Content-Type": "application/json", "X-PeerLearn": "1", "Cookie": self.header}
        headers["Idempotency-Key"] = uuid.uuid4().hex
        asked = urllib.request.Request(
            f"{self.base}/api{path}", json.dumps(body or {}).encode(), headers, method="POST"
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:
            self.keep(answer.headers)
            content = answer.read()
        return json.loads(content) if content else None

    def keep(self, headers: Message) -> None:
        """By hand, for clients outside a browser do not send Secure cookies to localhost."""
        for line in headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value

    @property
    def header(self) -> str:
        """As a request carries them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def for_browser(self) -> list[dict[str, Any]]:
        """As a browser context takes them: Secure ones as if from https, which localhost counts as."""
        secure = self.base.replace("http://", "https://")
        return [
            {"name": name, "value": value, "url": secure if name.startswith("__Host-") else self.base}
            | {"secure": name.startswith("__Host-")}
            for name, value in self.cookies.items()
        ]

    def ticket(self) -> str:
        """The address of a socket."""
        at = urlsplit(self.base)
        return f"ws://{at.netloc}/ws?ticket={self.post('/realtime/ticket')['ticket']}"


def on_bare_relay(base: str) -> tuple[Guest, Guest, str]:
    """The bare relay believes the cookie, and has every room."""
    return Guest("mentor", base, {"who": "mentor"}), Guest("learner", base, {"who": "learner"}), "ses_bench"


def on_stack(base: str, mentor: str, learner: str) -> tuple[Guest, Guest, str]:
    """Two accounts, each as `email:password`, with a session at the next quarter-hour, booked."""
    guests = (Guest("mentor", base, {}), Guest("learner", base, {}))
    for guest, account in zip(guests, (mentor, learner), strict=True):
        email, _, password = account.partition(":")
        guest.post("/auth/sign-in", {"email": email, "password": password})
    now = datetime.now(UTC)
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    card = guests[0].post("/sessions", {**TOPIC, **WHEN, "starts_at": quarter.isoformat().replace("+00:00", "Z")})
    guests[1].post(f"/sessions/{card['id']}/bookings")
    return *guests, card["id"]
