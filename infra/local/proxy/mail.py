"""/dev/mail: the mail that would have been sent. On a developer's machine only; production has no such page."""

import asyncio
import base64
import html
import json
import re
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from aiohttp import ClientError, ClientSession, web

from infra.local.proxy import came_back
from infra.local.proxy.front import Front

STRICT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action {forms}"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Captured mail</title><style>
:root{{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}} 
body{{max-width:48rem;margin:2rem auto;padding:0 1rem}}
article{{border:1px solid #8886;border-radius:.5rem;padding:1rem;margin:1rem 0}} h2{{font-size:1.1rem;margin:0}}
p{{margin:.25rem 0}} small{{opacity:.75}}
pre{{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.75rem 0}}
form{{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}} button{{font:inherit;min-height:44px;padding:0 .75rem}}
</style><h1>Captured mail</h1>
<p>What PeerLearn sent from this machine, latest first. Nothing left it.</p>{mails}</html>"""
MAIL = """<article><h2>{subject}</h2>
<p><small>to {to} · {at} · <a href="/dev/mail/{id}">as its reader sees it</a>{more}</small></p>
<pre>{text}</pre>
<details><summary>Headers, and what may become of it</summary><pre>{headers}</pre>
<form method="post"><button formaction="/dev/mail/{id}/bounce">The address does not exist</button>
<button formaction="/dev/mail/{id}/complaint">They call it spam</button>
<button formaction="/dev/mail/{id}/delay">Their mailbox is full</button></form></details></article>"""
INVITATION = ' · <a href="/dev/mail/{id}/invite.ics">invite.ics</a>'


class Mail:
    """The emulator's captured messages."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def _held(self, front: Front) -> list[dict[str, Any]]:
        try:
            async with self._session.get(f"{front.emulator}/_ministack/ses/messages") as answer:
                held = (await answer.json())["messages"]
        except (ClientError, OSError, TimeoutError):
            raise web.HTTPServiceUnavailable() from None
        mails = [_mail(each) for account in held.values() for each in account]
        return sorted(mails, key=lambda mail: mail["at"], reverse=True)

    async def listed(self, front: Front, request: web.Request) -> web.Response:
        """For people."""
        mails = "".join(_shown(each) for each in await self._held(front)) or "<p>None yet.</p>"
        return _page(PAGE.format(mails=mails), "'self'")

    async def one(self, front: Front, request: web.Request) -> web.Response:
        """A mail's HTML as it is."""
        for each in await self._held(front):
            if each["id"] == request.match_info["id"]:
                return _page(each["html"] or f"<pre>{html.escape(each['text'])}</pre>")
        raise web.HTTPNotFound()

    async def invitation(self, front: Front, request: web.Request) -> web.Response:
        """What came with it for calendars."""
        for each in await self._held(front):
            if each["id"] == request.match_info["id"] and each["invitation"]:
                return web.Response(text=each["invitation"], content_type="text/calendar")
        raise web.HTTPNotFound()

    async def came_back(self, front: Front, request: web.Request) -> web.Response:
        """What SES would tell us of it."""
        for each in await self._held(front):
            if each["id"] == request.match_info["id"]:
                outcome = await asyncio.to_thread(came_back.tell, front, request.match_info["event"], each)
                return web.Response(text=f"{outcome}\n")
        raise web.HTTPNotFound()

    async def as_json(self, front: Front, request: web.Request) -> web.Response:
        """For tests: ?to=someone@example.com narrows it down."""
        to = request.query.get("to", "").lower()
        mails = [each for each in await self._held(front) if not to or to in (each.lower() for each in each["to"])]
        return web.json_response({"items": mails}, headers={"Cache-Control": "no-store"}, dumps=json.dumps)


def _mail(held: dict[str, Any]) -> dict[str, Any]:
    whole = json.loads(held["Type"].removeprefix("Whole ")) if held["Type"].startswith("Whole ") else {}
    raw = message_from_bytes(base64.b64decode(whole.get("Raw") or ""), policy=policy.default)
    named = {each["Name"]: each["Value"] for each in whole.get("Headers", [])}
    return {
        "id": re.sub(r"[^A-Za-z0-9_-]", "", held["MessageId"]),
        "to": [re.sub(r".*<(.*)>", r"\1", each) for each in held["To"]],
        "from": held["Source"],
        "subject": held["Subject"],
        "text": held["BodyText"] or "",
        "html": held["BodyHtml"] or "",
        "invitation": _invitation(raw),
        "headers": named or {name: str(value) for name, value in raw.items()},
        "tags": whole.get("EmailTags") or [],
        "set": whole.get("ConfigurationSetName") or "",
        "at": held["Timestamp"],
    }


def _invitation(raw: Message) -> str | None:
    parts = (each for each in raw.walk() if each.get_content_type() == "text/calendar")
    return next((str(each.get_content()) for each in parts), None)  # type: ignore[attr-defined]


def _shown(mail: dict[str, Any]) -> str:
    text = re.sub(r"https?://[^\s&<>]+(?:&amp;[^\s&<>]+)*", r'<a href="\g<0>">\g<0></a>', html.escape(mail["text"]))
    words = {name: html.escape(str(mail[name])) for name in ("subject", "at", "id")}
    more = INVITATION.format(**words) if mail["invitation"] else ""
    words["headers"] = html.escape("\n".join(f"{name}: {value}" for name, value in mail["headers"].items()))
    return MAIL.format(**words, more=more, to=html.escape(", ".join(mail["to"])), text=text)


def _page(text: str, forms: str = "'none'") -> web.Response:
    headers = {"Content-Security-Policy": STRICT.format(forms=forms), "Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/html", headers=headers)
