"""OpenAPI 3.1 from the very declarations that the routes are checked by."""

import re
from typing import Any

import msgspec

from functions.access import PUBLIC, Access
from functions.http import ACCESS_COOKIE, Route, Routes

ERRORS = {
    400: "The request cannot be read.",
    401: "Nobody is signed in.",
    403: "This person may not.",
    404: "There is no such thing, or not for this person.",
    409: "The present state does not allow it.",
    410: "It has ended or been used up.",
    413: "Too large.",
    415: "Not JSON.",
    422: "Against a rule; `fields` says which.",
    429: "Too often; see Retry-After.",
    503: "A passing fault; see Retry-After.",
}
_OWNERS = {
    "anyone": "",
    "self": "only what is one's own",
    "party": "only for the session's two people",
    "mentor": "only for the session's mentor",
}


class Fault(msgspec.Struct):
    """What went wrong: `code` for programs, `message` for people, `fields` for forms."""

    code: str
    message: str
    fields: dict[str, str] = {}


class Refusal(msgspec.Struct):
    """Every answer that is not 2xx."""

    error: Fault


def document(declared: list[Route]) -> dict[str, Any]:
    """The whole description; the order of paths and schemas is stable."""
    named = [kind for route in declared for kind in (route.body, route.answer, route.query)]
    types = [kind for kind in named if kind is not None and not isinstance(kind, str)]
    _, schemas = msgspec.json.schema_components([*types, Refusal], ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for route in sorted(declared, key=lambda route: (route.path, route.method)):
        paths.setdefault(f"/api{route.path}", {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "PeerLearn", "version": "1", "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"access": {"type": "apiKey", "in": "cookie", "name": ACCESS_COOKIE}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.view.__name__,
        "summary": (route.view.__doc__ or "").strip(),
        "tags": [route.view.__module__.rpartition(".")[2]],
        "description": _who(route.access),
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if route.access.signed_in:
        operation["security"] = [{"access": []}]
    if route.body is not None:
        content = {"application/json": {"schema": _ref(route.body)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _who(access: Access) -> str:
    if access.signs:
        return "For the payment gateway, which signs what it sends."
    if access.by_link:
        return "For whoever has the link; what is sent beside it is not read."
    if access == PUBLIC:
        return "For everyone."
    who = f"For {access.role}s" if access.role else "For everyone signed in"
    return ", ".join(filter(None, (who, _OWNERS[access.owner]))) + "."


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,80}$"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    if route.method != "GET" and route.access.by_pages:
        found.append({"name": "X-PeerLearn", "in": "header", "required": True, "schema": {"const": "1"}})
    if route.keyed:
        key = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": key})
    if route.query is not None:
        shape = msgspec.json.schema_components([route.query])[1][route.query.__name__]
        for name, schema in shape["properties"].items():
            needed = {"required": True} if name in shape["required"] else {}
            found.append({"name": name, "in": "query", **needed, "schema": schema})
    return found


def _responses(route: Route) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done."}
    answers = {str(route.status): good}
    if isinstance(route.answer, str):
        good["content"] = {route.answer: {"schema": {"type": "string"}}}
        answers["304"] = {"description": "The caller has this version already."}
    elif route.answer is not None:
        good["content"] = {"application/json": {"schema": _ref(route.answer)}}
    refusal = {"application/json": {"schema": _ref(Refusal)}}
    return answers | {str(status): {"description": words, "content": refusal} for status, words in ERRORS.items()}


def _ref(kind: Any) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{msgspec.inspect.type_info(kind).cls.__name__}"}  # type: ignore[union-attr]


_ABOUT = (
    "Times are ISO 8601 in UTC with Z; money is integer paise in fields named *_paise. "
    "Calls that change something carry the header X-PeerLearn. Lists take limit and cursor and answer items and next."
)
routes = Routes(__name__)


@routes.add("GET", "/openapi.json", PUBLIC, answer=None)
def openapi(call: Any) -> dict[str, Any]:
    """This description."""
    return document(Routes.declared)
