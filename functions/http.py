"""The one place where requests are read, callers are let in or refused, and errors become answers."""

import hmac
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

import msgspec
from chalice.app import Blueprint, Request, Response

from chalicelib import wiring
from chalicelib.domain import errors
from chalicelib.domain.errors import DomainError
from chalicelib.domain.identity import Identity
from functions import faults
from functions.access import Access
from functions.answers import Answer, fault, response, written
from functions.logs import logger
from functions.statuses import ORIGIN_HEADER, STATUS

ACCESS_COOKIE, REFRESH_COOKIE, HINT_COOKIE = "__Host-access", "__Host-refresh", "signed_in"
CSRF_HEADER = "x-peerlearn"
MAX_BODY = 64 * 1024
# What a path value names, where its own name does not say.
THINGS = {"slug": "mentor", "feed_token": "calendar", "unsubscribe_token": "link"}
_PATH_VALUE = re.compile(r"[A-Za-z0-9_-]{1,80}")
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class Call:
    """One authorised request: who, from where, and the decoded input."""

    deps: wiring.Deps
    user: Identity
    body: Any
    query: Any
    key: str | None
    ip: str
    user_agent: str
    cookies: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Route:
    """A route as declared: what the router, OpenAPI and the walk over every route read.

    An `answer` that is a media type, such as "text/calendar", is text of that kind instead of JSON.
    """

    method: str
    path: str
    view: Callable[..., Any]
    access: Access
    body: Any
    query: Any
    answer: Any
    status: int
    keyed: bool


class Routes(Blueprint):
    """A blueprint whose views receive the call, return plain values and may raise domain errors."""

    declared: list[Route] = []

    def add(
        self,
        method: str,
        path: str,
        access: Access,
        *,
        body: Any = None,
        query: Any = None,
        answer: Any = None,
        status: int = 200,
        keyed: bool = False,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a view; `body` and `query` are msgspec types, `keyed` asks for an Idempotency-Key."""

        def declare(view: Callable[..., Any]) -> Callable[..., Any]:
            route = Route(method, path, view, access, body, query, answer, status, keyed)
            Routes.declared.append(route)

            def answering(**values: str) -> Response:
                return _answer(route, self.current_request, values)

            self.route(path, methods=[method], name=view.__name__, content_types=["*/*"])(answering)
            return view

        return declare


def _answer(route: Route, request: Request, values: Mapping[str, str]) -> Response:
    user_id = None
    try:
        call = _call(route, request, values)
        user_id = call.user.user_id if call.user else None
        result = route.view(call, **values)
        answer = result if isinstance(result, Answer) else Answer(result)
        answered = written(answer, answer.status or route.status, route.answer, request)
        _log(route, user_id, answered.status_code)
        return answered
    except DomainError as error:
        status = _status(error)
        _log(route, user_id, status, error.code)
        return refusal(error)
    except Exception as error:  # the message may quote what a person sent: log the place, not the words
        place = traceback.format_tb(error.__traceback__)
        logger.error(
            "surprise", extra={"route": route.path, "user": user_id, "type": type(error).__name__, "at": place}
        )
        return response(fault("surprise", "Something went wrong on our side. Please try again."), 500)


def refusal(error: DomainError) -> Response:
    """A domain error as the answer every client understands."""
    retry_after = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return response(fault(error.code, error.message, error.fields), _status(error), headers)


def refused(error: DomainError, *, cookies: tuple[str, ...] = (), also: Mapping[str, Any] | None = None) -> Answer:
    """A refusal that also changes what the browser keeps, or that has something beside the error."""
    words = fault(error.code, error.message, error.fields)
    return Answer({**words, **(also or {})}, _status(error), cookies=cookies)


def _status(error: DomainError) -> int:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _call(route: Route, request: Request, values: Mapping[str, str]) -> Call:
    deps, headers = wiring.deps(), request.headers
    if not hmac.compare_digest(headers.get(ORIGIN_HEADER, "").encode(), deps.secrets().origin.encode()):
        raise errors.Forbidden("wrong_door", "Please use the site's own address.")
    if route.method != "GET" and route.access.by_pages and not headers.get(CSRF_HEADER):
        raise errors.Forbidden("csrf", "This request did not come from our pages.")
    for name, value in values.items():
        if not _PATH_VALUE.fullmatch(value):
            raise errors.NotFound(THINGS.get(name, name.removesuffix("_id")))
    cookies, key = _cookies(headers.get("cookie", "")), _key(route, headers.get("idempotency-key"))
    raw = _raw(request)
    return Call(
        deps=deps,
        user=route.access.admit(deps, cookies.get(ACCESS_COOKIE), headers, raw),
        body=_body(route, request, raw),
        query=_query(route, request),
        key=key,
        ip=headers.get("cloudfront-viewer-address", "").rpartition(":")[0],
        user_agent=headers.get("user-agent", "")[:300],
        cookies=cookies,
        headers=headers,
    )


def _raw(request: Request) -> bytes:
    try:
        raw: bytes = request.raw_body
    except ValueError:
        raise errors.Malformed("bad_json", "The request's body cannot be read.") from None
    if len(raw) > MAX_BODY:
        raise errors.TooLarge("too_large", f"At most {MAX_BODY // 1024} KB can be sent here.")
    return raw


def _body(route: Route, request: Request, raw: bytes) -> Any:
    if route.access.by_link:
        return None
    if route.body is None:
        if raw.strip() not in (b"", b"{}"):
            raise errors.Malformed("unexpected_body", "Nothing may be sent in the body here.")
        return None
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise errors.Unsupported("not_json", "Please send JSON (Content-Type: application/json).")
    try:
        return msgspec.json.decode(raw, type=route.body)
    except msgspec.ValidationError as error:
        raise errors.Invalid(faults.fields(error)) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise errors.Malformed("bad_json", "The request's body is not proper JSON.") from None


def _query(route: Route, request: Request) -> Any:
    given = request.query_params or {}
    if route.query is None:
        if given:
            raise errors.Invalid(dict.fromkeys(given, "This is not asked for here."))
        return None
    try:
        return msgspec.convert(dict(given), type=route.query, strict=False)
    except msgspec.ValidationError as error:
        raise errors.Invalid(faults.fields(error)) from None


def _key(route: Route, given: str | None) -> str | None:
    if not route.keyed:
        return None
    if not given or not _KEY.fullmatch(given):
        raise errors.Malformed("no_key", "An Idempotency-Key of 8 to 64 letters, digits, - or _ is needed here.")
    return given


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _log(route: Route, user_id: str | None, status: int, code: str | None = None) -> None:
    logger.info(
        "answered", extra={"route": f"{route.method} {route.path}", "user": user_id, "status": status, "code": code}
    )
