"""A browser's manners without a browser: cookies as Chromium keeps them on localhost, our header, JSON both ways."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import urllib3

_POOL = urllib3.PoolManager(num_pools=4, maxsize=64, timeout=30, retries=False)


@dataclass(frozen=True)
class Reply:
    """What came back; `data` is the decoded body."""

    status: int
    headers: Any
    text: str

    @property
    def data(self) -> Any:
        return json.loads(self.text) if self.text else None

    @property
    def code(self) -> str | None:
        """The error's code, if it is one."""
        return self.data["error"]["code"] if self.status >= 400 else None


class Verbs:
    """The words in which a test speaks to the API, whatever carries them."""

    send: Callable[..., Any]

    def get(self, path: str, **options: Any) -> Reply:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PUT", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Reply:
        return self.send("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> Reply:
        return self.send("DELETE", path, **options)


@dataclass
class Client(Verbs):
    """One browser profile at one origin."""

    origin: str
    cookies: dict[str, str] = field(default_factory=dict)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        raw: bytes | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> Reply:
        """`headers` are laid over a browser's own; None leaves one out."""
        sent: dict[str, str | None] = {
            "X-PeerLearn": "1" if method != "GET" else None,
            "Content-Type": "application/json" if body is not None or raw is not None else None,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()) or None,
            "Idempotency-Key": key or (uuid.uuid4().hex if method == "POST" else None),
            **(headers or {}),
        }
        answer = _POOL.request(
            method,
            f"{self.origin}/api{path}",
            body=raw if raw is not None else None if body is None else json.dumps(body).encode(),
            headers={name: value for name, value in sent.items() if value is not None},
            redirect=False,
        )
        self._keep(answer.headers.getlist("set-cookie"))
        return Reply(answer.status, answer.headers, answer.data.decode())

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
