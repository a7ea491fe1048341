"""The service at /dev/push: pages and tests get a browser's subscription here, and see what was pushed to it."""

import html
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from infra.local.proxy.front import Front
from infra.local.push.browser import Browser, Unproven, Unreadable

MOST = 4096
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
STRICT = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "no-store"}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Captured pushes</title><style>:root{{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}}
body{{max-width:48rem;margin:2rem auto;padding:0 1rem}}
article{{border:1px solid #8886;border-radius:.5rem;padding:1rem;margin:1rem 0}}
h2{{font-size:1.1rem;margin:0}} p{{margin:.25rem 0}} small{{opacity:.75}}</style><h1>Captured pushes</h1>
<p>What was pushed to browsers that subscribed here, latest first. A real browser has its maker's own service.</p>
{pushes}</html>"""
PUSH = "<article><h2>{title}</h2><p>{text}</p><p><small>{link} · TTL {ttl} s · {urgency}</small></p></article>"


@dataclass
class Subscription:
    """`answer` is what the service says to the next message: a test may have it gone, or out of order."""

    browser: Browser
    answer: int = 201
    pushed: list[dict[str, Any]] = field(default_factory=list)


class PushService:
    """Forgotten when the stack stops, as is everything that a browser did not take in time."""

    def __init__(self) -> None:
        self._held: dict[str, Subscription] = {}

    async def subscribe(self, front: Front, request: web.Request) -> web.Response:
        """What pushManager.subscribe({applicationServerKey}) would give."""
        wanted = await request.json()
        name = uuid.uuid4().hex
        held = self._held[name] = Subscription(Browser(wanted["applicationServerKey"]))
        endpoint = f"http://{request.host}/dev/push/{name}"
        return web.json_response({"endpoint": endpoint, "keys": held.browser.keys}, status=201)

    async def take(self, front: Front, request: web.Request) -> web.Response:
        """A message, if it is as a push service wants it."""
        held = self._held.get(request.match_info["name"])
        if held is None:
            raise web.HTTPNotFound()
        body, headers = await request.read(), request.headers
        if fault := _fault(headers, body):
            raise web.HTTPBadRequest(text=fault)
        if len(body) > MOST:
            raise web.HTTPRequestEntityTooLarge(MOST, len(body))
        try:
            claims = held.browser.check(headers.get("Authorization", ""), f"http://{request.host}")
            payload = json.loads(held.browser.read(body))
        except Unproven as unproven:
            raise web.HTTPForbidden(text=str(unproven)) from None
        except Unreadable as unreadable:
            raise web.HTTPBadRequest(text=str(unreadable)) from None
        if held.answer < 300:
            told = {name.lower(): headers.get(name, "") for name in ("TTL", "Urgency", "Topic")}
            held.pushed.append(told | {"payload": payload, "claims": claims, "at": time.time(), "bytes": len(body)})
        return web.Response(status=held.answer)

    async def control(self, front: Front, request: web.Request) -> web.Response:
        """What it answers from now on."""
        self._held[request.match_info["name"]].answer = int((await request.json())["answer"])
        return web.Response(status=204)

    async def as_json(self, front: Front, request: web.Request) -> web.Response:
        """For tests: what one browser got, in order."""
        held = self._held.get(request.match_info["name"])
        if held is None:
            raise web.HTTPNotFound()
        return web.json_response({"items": held.pushed}, headers={"Cache-Control": "no-store"})

    async def listed(self, front: Front, request: web.Request) -> web.Response:
        """For people."""
        found = sorted((each for held in self._held.values() for each in held.pushed), key=lambda each: -each["at"])
        shown = "".join(PUSH.format(**_words(each)) for each in found) or "<p>None yet.</p>"
        return web.Response(text=PAGE.format(pushes=shown), content_type="text/html", headers=STRICT)


def _words(pushed: dict[str, Any]) -> dict[str, str]:
    told = {**pushed["payload"], "ttl": pushed["ttl"], "urgency": pushed["urgency"]}
    return {name: html.escape(str(told.get(name, ""))) for name in ("title", "text", "link", "ttl", "urgency")}


def _fault(headers: Any, body: bytes) -> str:
    if headers.get("Content-Encoding") != "aes128gcm":
        return "The content is not aes128gcm."
    if not headers.get("TTL", "").isdigit():
        return "There is no TTL."
    if headers.get("Urgency", "normal") not in ("very-low", "low", "normal", "high"):
        return "There is no such urgency."
    if "Topic" in headers and not TOPIC.fullmatch(headers["Topic"]):
        return "A topic has at most 32 letters of base64url."
    return "" if len(body) > 86 else "There is no record in it."
