"""A browser against the app in this process: keeps cookies, sends our header, speaks JSON."""

import json
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from chalice.test import Client

from tests.client import Verbs

PASSWORD = "river tall lamp 42"
LENA = {
    "name": "Lena Roy",
    "email": "Lena@Example.com",
    "password": PASSWORD,
    "birth_date": "1990-01-01",
    "zone": "Asia/Kolkata",
    "terms_version": "2026-11-22",
}


@dataclass
class Reply:
    """What came back; `cookies` are the Set-Cookie lines."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    data: Any

    @property
    def code(self) -> str | None:
        return self.data["error"]["code"] if self.status >= 400 else None

    @property
    def fields(self) -> dict[str, str]:
        return self.data["error"].get("fields", {})


@dataclass
class Browser(Verbs):
    """One profile on one device."""

    app: Any
    ip: str = "203.0.113.7"
    cookies: dict[str, str] = field(default_factory=dict)

    def send(
        self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, **headers: str | None
    ) -> Reply:
        """`headers` (with _ for -) are laid over a browser's own; None leaves one out."""
        sent: dict[str, str | None] = {
            "x-peerlearn-origin": "origin-secret",
            "cloudfront-viewer-address": f"{self.ip}:55555",
            "user-agent": "Firefox",
            "x-peerlearn": "1" if method != "GET" else None,
            "content-type": "application/json" if body is not None or raw is not None else None,
            "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()) or None,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        payload = raw if raw is not None else json.dumps(body).encode() if body is not None else b""
        given = {name: value for name, value in sent.items() if value is not None}
        with Client(self.app) as client:
            answer = client.http.request(method, path, headers=given, body=payload)
        lines = answer.headers.get("Set-Cookie", [])
        self._keep(lines)
        return Reply(answer.status_code, answer.headers, lines, json.loads(answer.body) if answer.body else None)

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
