"""How answers are written: JSON, or text of another kind, with its headers and cookies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from chalice.app import Request, Response


@dataclass(frozen=True)
class Answer:
    """An answer that needs more than a body: a status of its own, headers, cookies (whole Set-Cookie values)."""

    body: Any = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()


def written(answer: Answer, status: int, kind: Any, request: Request) -> Response:
    """A view's answer; `kind` is the route's: a media type for text of that kind, anything else for JSON."""
    if _known(answer, request):
        return response(None, 304, answer.headers)
    if not isinstance(kind, str):
        return response(answer.body, status, answer.headers, answer.cookies)
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "no-store", **answer.headers}
    return Response(answer.body, headers=headers, status_code=status)


def response(
    body: Any, status: int, headers: Mapping[str, str] | None = None, cookies: tuple[str, ...] = ()
) -> Response:
    """JSON that no cache keeps."""
    sent: dict[str, Any] = {"Cache-Control": "no-store", "Content-Type": "application/json", **(headers or {})}
    if cookies:
        sent["Set-Cookie"] = list(cookies)
    text = "" if body is None else msgspec.json.encode(body).decode()
    return Response(text, headers=sent, status_code=status)


def fault(code: str, message: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The body of every refusal."""
    return {"error": {"code": code, "message": message, **({"fields": fields} if fields else {})}}


def _known(answer: Answer, request: Request) -> bool:
    """Whoever has this very version already is not sent it again."""
    version, known = answer.headers.get("ETag"), request.headers.get("if-none-match", "")
    return version is not None and version in [each.strip() for each in known.split(",")]
